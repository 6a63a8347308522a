"""Which passwords are taken, and how they are kept."""

import pytest

from hackathon.credentials import LONGEST, SHORTEST, PasswordRefused, check_password
from hackathon.credentials.hashing import HASHER, hash_password, is_outdated, is_password

GOOD = "kuda baterai staples"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "Xk9#mPq2vL",
        "   spasi di depan",
        "sandi yang panjang sekali dan hanya huruf kecil",
        "ｆｕｌｌｗｉｄｔｈ７",
        "пароль-мой-дом",
        "🐘🐃🐅🐍🐎🐓🐖🐇🐒🐏",
        "k" * 60 + "abcde" * 28,
        "nul\0di tengah",
    ],
)
def test_long_ones_of_any_signs_are_taken(password: str) -> None:
    check_password(password, name="Dewi Saraswati", email="dewi@sukaraya.go.id")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "belum diisi"),
        ("payung", f"6 huruf, paling sedikit {SHORTEST}"),
        ("x1y2z3a4b5" * 20 + "c", f"paling banyak {LONGEST}"),
        ("x1y2z3a4b5" * 100_000, f"paling banyak {LONGEST}"),
        ("aaaaaaaaaaaa", "urutan atau pengulangan"),
        ("ababababab", "urutan atau pengulangan"),
        ("1234567890", "urutan atau pengulangan"),
        ("0987654321", "urutan atau pengulangan"),
        ("abcdefghij", "urutan atau pengulangan"),
        ("QWERTYUIOP", "urutan atau pengulangan"),
        ("password123", "paling sering dipakai"),
        ("P4ssw0rd!2026", "paling sering dipakai"),
        ("Indonesia1945", "paling sering dipakai"),
        ("bismillah bismillah", "paling sering dipakai"),
        ("!!sayang2026!!", "paling sering dipakai"),
        ("Hackathon2026", "paling sering dipakai"),
        ("dewisaraswati", "nama atau alamat surel"),
        ("Dewi!!!1990", "nama atau alamat surel"),
        ("saraswati-92", "nama atau alamat surel"),
        ("dewi.s@sukaraya.go.id", "nama atau alamat surel"),
        ("sukaraya2026", "nama atau alamat surel"),
        ("\ud800abcdefghijk", "tidak dapat dibaca"),
    ],
)
def test_what_anybody_would_guess_is_refused_in_words(password: str, words: str) -> None:
    with pytest.raises(PasswordRefused) as caught:
        check_password(password, name="Dewi Saraswati", email="dewi.s@sukaraya.go.id")
    assert words in caught.value.message.id
    assert caught.value.message.en != caught.value.message.id
    assert not password or password not in caught.value.message.id


async def test_a_hash_knows_its_password_and_no_other() -> None:
    kept = await hash_password(GOOD)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await is_password(kept, GOOD)
    for other in ("", GOOD + " ", GOOD.upper(), "\ud800" * 12, GOOD * 100_000):
        assert not await is_password(kept, other)
    assert not await is_password(None, "nobody has this password")
    assert not await is_password("kein hash", GOOD)


async def test_two_keyboards_write_the_same_password() -> None:
    assert await is_password(await hash_password("cafe\u0301 di pojok"), "caf\u00e9 di pojok")


async def test_weaker_hashes_of_before_are_known_as_such() -> None:
    weaker = type(HASHER)(time_cost=1, memory_cost=1024, parallelism=1)
    assert is_outdated(weaker.hash(GOOD))
    assert await is_password(weaker.hash(GOOD), GOOD)
    assert not is_outdated(HASHER.hash(GOOD))
