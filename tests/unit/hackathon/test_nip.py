"""The number of a civil servant, as people type and paste it."""

from datetime import date

import pytest

from hackathon.accounts import NipInvalid, mask_nip, parse_nip

TODAY = date(2026, 11, 24)
DEWI = "199208172015032004"


@pytest.mark.parametrize(
    "typed",
    [
        DEWI,
        "19920817 201503 2 004",
        " 19920817.201503.2.004 ",
        "19920817-201503-2-004",
        "19920817\u00a0201503\u20132\u2013004\n",
        "\ufeff1992 0817 2015 0320 04\u200b",
    ],
)
def test_it_is_taken_as_it_was_pasted(typed: str) -> None:
    assert parse_nip(typed, TODAY) == DEWI


@pytest.mark.parametrize(
    "nip",
    [
        "199208172024212004",  # a PPPK: the count of the contract stands where the month would
        "199208172024002004",
        "200002292026121001",  # a leap day
        "196001011985031999",
    ],
)
def test_the_month_is_not_checked_and_odd_days_exist(nip: str) -> None:
    assert parse_nip(nip, TODAY) == nip


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "belum diisi"),
        ("   ", "belum diisi"),
        ("19920817201503200", "yang Anda tulis ada 17"),
        (DEWI + "1", "yang Anda tulis ada 19"),
        ("1992O8172015032004", "hanya berisi angka"),  # the letter O
        ("１９９２０８１７２０１５０３２００４", "hanya berisi angka"),
        ("१९९२०८१७२०१५०३२००४", "hanya berisi angka"),
        (DEWI[:17] + "\0", "hanya berisi angka"),
        ("1" * 100_000, "hanya berisi angka"),
        ("199213172015032004", "tanggal lahir"),
        ("199902292020032004", "tanggal lahir"),
        ("000000002015032004", "tanggal lahir"),
        ("202612012015032004", "tanggal lahir"),  # not born yet
        ("190001011920032004", "tanggal lahir"),
        ("199208171992032004", "tahun mulai bekerja"),
        ("199208172031032004", "tahun mulai bekerja"),
        ("199208172015033004", "ke-15"),
        ("199208172015030004", "ke-15"),
        ("199208172015032000", "nomor urut"),
    ],
)
def test_a_slip_is_found_and_told(typed: str, words: str) -> None:
    with pytest.raises(NipInvalid) as caught:
        parse_nip(typed, TODAY)
    assert words in caught.value.message.id
    assert caught.value.message.en != caught.value.message.id
    assert caught.value.code == "nip_invalid"


def test_little_of_it_is_shown() -> None:
    assert mask_nip(DEWI) == "1992••••••••••••04"
    assert len(mask_nip(DEWI)) == len(DEWI)
