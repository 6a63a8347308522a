"""Registering, signing in and out, one's own account, through the real application."""

import html
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from hackathon import accounts, credentials, sessions, store
from hackathon.accounts import PRIVACY_VERSION
from hackathon.credentials import hashing
from hackathon.model import SYSTEM, Role
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.sukaraya import Sukaraya

DEWI = "dewi@sukaraya.go.id"
GOOD, BETTER = "kuda baterai staples", "lampu jalan kampung"
NIP = "199208172015032004"

REGISTRATION = {"nama": "Dewi Saraswati", "surel": DEWI, "sandi": GOOD, "setuju": "ya"}


async def dewi(browser: Browser) -> Signed:
    """Dewi, registered and signed in."""
    account = await credentials.register(
        "Dewi Saraswati", DEWI, GOOD, agreed_to=PRIVACY_VERSION, key=bytes(32), now=datetime.now(UTC)
    )
    return await browser.sign_in(account.id)


def cookie(answer: Answer) -> str:
    """The session's secret that an answer sets; empty where it sets none."""
    found = re.search(r"^gelanggang=([^;]*)", answer.headers.get("set-cookie", ""), re.MULTILINE)
    return found[1] if found else ""


def problems(answer: Answer) -> list[str]:
    """What the summary says, in order."""
    found = re.search(r'<div class="summary".*?<ul>(.*?)</ul>', answer.text, re.DOTALL)
    return (
        [html.unescape(re.sub("<[^>]+>", "", one)) for one in re.findall("<li>(.*?)</li>", found[1])] if found else []
    )


async def test_a_server_that_is_too_busy_to_look_counts_no_password_as_wrong(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await dewi(browser)
    with monkeypatch.context() as crowded:
        crowded.setattr(hashing, "_waiting", hashing.MOST_WAITING)
        for _ in range(12):
            assert (await browser.post("/masuk", {"surel": DEWI, "sandi": GOOD})).status == 503
        assert (await person.post("/akun/sandi", {"sandi-lama": GOOD, "sandi-baru": BETTER})).status == 503
        assert (await browser.post("/daftar", REGISTRATION | {"surel": "budi@sukaraya.go.id"})).status == 503
    assert await store.fetch_value("SELECT count(*) FROM attempt") == 0
    assert (await browser.post("/masuk", {"surel": DEWI, "sandi": GOOD})).status == 303


async def test_who_registers_is_signed_in_and_told_to_confirm(browser: Browser) -> None:
    answer = await browser.post("/daftar", REGISTRATION)
    assert (answer.status, answer.headers["location"]) == (303, "/akun?kabar=terdaftar")
    page = await browser.get("/akun?kabar=terdaftar", {"Cookie": f"gelanggang={cookie(answer)}"})
    assert page.status == 200
    assert "Kami mengirim surel ke alamat Anda" in page.text
    assert "Belum dikonfirmasi" in page.text
    assert DEWI in page.text
    assert page.headers["cache-control"] == "no-store"
    assert await store.fetch_value("SELECT count(*) FROM consent WHERE version = $1", PRIVACY_VERSION) == 1


async def test_an_address_that_has_an_account_gets_the_same_answers(browser: Browser) -> None:
    def without_secrets(answer: Answer) -> tuple[int, dict[str, str], str]:
        headers = answer.headers | {"set-cookie": re.sub("=[^;]{20,}", "=", answer.headers.get("set-cookie", ""))}
        text = re.sub(r'(value|data-key)="[\w-]{43}"', "", answer.text)
        return answer.status, headers, text

    first = await browser.post("/daftar", REGISTRATION)
    second = await browser.post("/daftar", REGISTRATION | {"sandi": BETTER})
    assert without_secrets(first) == without_secrets(second)
    for url in ("/akun", "/akun/sandi", "/akun/token"):
        pages = [await browser.get(url, {"Cookie": f"gelanggang={cookie(one)}"}) for one in (first, second)]
        shown = [
            re.sub(r'(data-now|name="nomor" value|content-length)="[^"]*"', "", without_secrets(one)[2])
            for one in pages
        ]
        assert shown[0] == shown[1]
    for password in (GOOD, BETTER):
        assert (await browser.post("/masuk", {"surel": DEWI, "sandi": password})).status == 303


async def test_everything_wrong_with_a_registration_is_told_at_once(browser: Browser) -> None:
    answer = await browser.post("/daftar", {"nama": " ", "surel": "dewi@", "sandi": "pendek"})
    assert answer.status == 422
    assert "<title>Galat:" in answer.text
    assert [one.partition(".")[0].partition(":")[0] for one in problems(answer)] == [
        "Nama belum diisi",
        "Alamat surel tidak dapat dipakai",
        "Kata sandi terlalu pendek",
        "Setujui dulu pemberitahuan pelindungan data pribadi",
    ]
    assert 'value="dewi@"' in answer.text
    assert "pendek" not in re.findall(r'value="([^"]*)"', answer.text)
    assert cookie(answer) == ""
    assert await store.fetch("SELECT id FROM account") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"nama": "Dewi\0"},
        {"nama": "<script>alert(1)</script>" * 20},
        {"surel": "d\u0435wi@sukaraya.go.id"},
        {"surel": "x" * 10_000},
        {"sandi": "dewisaraswati"},
        {"setuju": ""},
    ],
)
async def test_hostile_registrations_are_refused_in_words(browser: Browser, fields: dict[str, str]) -> None:
    answer = await browser.post("/daftar", REGISTRATION | fields)
    assert answer.status == 422
    assert len(problems(answer)) == 1
    assert "<script>alert" not in answer.text


async def test_the_address_is_typed_in_any_case(browser: Browser) -> None:
    await dewi(browser)
    answer = await browser.post("/masuk", {"surel": f"  {DEWI.upper()} ", "sandi": GOOD})
    assert (answer.status, answer.headers["location"]) == (303, "/akun")
    session = await sessions.authenticate(cookie(answer))
    assert session is not None
    assert session.name == "Dewi Saraswati"


async def test_wrong_address_and_wrong_password_get_one_sentence(browser: Browser) -> None:
    await dewi(browser)
    answers = [
        await browser.post("/masuk", fields)
        for fields in (
            {"surel": DEWI, "sandi": BETTER},
            {"surel": "budi@sukaraya.go.id", "sandi": GOOD},
            {"surel": DEWI},
            {"sandi": GOOD},
            {},
        )
    ]
    assert {answer.status for answer in answers} == {422}
    assert len({tuple(problems(answer)) for answer in answers}) == 1
    assert f'value="{DEWI}"' in answers[0].text
    assert all(cookie(answer) == "" for answer in answers)


async def test_guessing_ends_after_ten_and_the_owner_still_gets_in_from_elsewhere(browser: Browser) -> None:
    await dewi(browser)
    for _ in range(10):
        assert (await browser.post("/masuk", {"surel": DEWI, "sandi": BETTER})).status == 422
    answer = await browser.post("/masuk", {"surel": DEWI, "sandi": GOOD})
    assert answer.status == 429
    assert "menit lagi" in problems(answer)[0]
    assert (await browser.post("/masuk", {"surel": "budi@sukaraya.go.id", "sandi": GOOD})).status == 422


@pytest.mark.parametrize(
    ("onward", "where"),
    [
        ("/acara/asn-2026/tim?x=1", "/acara/asn-2026/tim?x=1"),
        ("", "/akun"),
        ("//evil.example/", "/akun"),
        ("/\\evil.example/", "/akun"),
        ("\\\\evil.example", "/akun"),
        ("https://evil.example/", "/akun"),
        ("javascript:alert(1)", "/akun"),
        ("/a\r\nSet-Cookie: x=1", "/akun"),
        ("/" + "x" * 1500, "/akun"),
        ("acara", "/akun"),
    ],
)
async def test_one_goes_on_to_a_page_of_this_site_only(browser: Browser, onward: str, where: str) -> None:
    signed = await dewi(browser)
    answer = await browser.post("/masuk", {"surel": DEWI, "sandi": GOOD, "lanjut": onward})
    assert (answer.status, answer.headers["location"]) == (303, where)
    again = await signed.get("/masuk?" + urlencode({"lanjut": onward}))
    assert (again.status, again.headers["location"]) == (303, where)


async def test_a_page_that_needs_a_person_leads_there_and_back(browser: Browser) -> None:
    answer = await browser.get("/akun/token")
    assert (answer.status, answer.headers["location"]) == (303, "/masuk?lanjut=%2Fakun%2Ftoken")
    page = await browser.get(answer.headers["location"])
    assert '<input type="hidden" name="lanjut" value="/akun/token">' in html.unescape(page.text)
    assert 'href="/daftar?lanjut=%2Fakun%2Ftoken"' in html.unescape(page.text)


async def test_no_session_is_made_for_a_visitor(browser: Browser) -> None:
    for url in ("/masuk", "/daftar", "/privasi"):
        answer = await browser.get(url)
        assert answer.status == 200
        assert cookie(answer) == ""
    assert await store.fetch("SELECT id FROM session") == []


@pytest.mark.parametrize("url", ["/masuk", "/daftar"])
async def test_a_form_of_another_site_is_refused(browser: Browser, url: str) -> None:
    answer = await browser.post(url, REGISTRATION, key="x" * 43)
    assert answer.status == 403
    assert await store.fetch("SELECT id FROM account") == []


async def test_signing_out_ends_the_session_and_twice_is_fine(browser: Browser) -> None:
    signed = await dewi(browser)
    assert (await signed.post("/keluar", key="falsch")).status == 403
    answer = await signed.post("/keluar")
    assert (answer.status, answer.headers["location"]) == (303, "/?kabar=keluar")
    assert 'gelanggang=""' in answer.headers["set-cookie"] or "gelanggang=;" in answer.headers["set-cookie"]
    assert await sessions.authenticate(signed.secret) is None
    assert (await signed.post("/keluar")).status == 303
    assert (await signed.get("/akun")).status == 303


async def test_a_session_that_ended_in_another_tab_asks_to_sign_in(browser: Browser) -> None:
    signed = await dewi(browser)
    await sessions.end_sessions(signed.account_id)
    for url in ("/akun", "/akun/sandi", "/akun/nip", "/akun/token", "/akun/perangkat/akhiri"):
        answer = await signed.post(url, {"nama": "X"})
        assert answer.status == 303, url
        assert answer.headers["location"].startswith("/masuk?lanjut=")
    assert (await accounts.get_account(signed.account_id)).name == "Dewi Saraswati"


async def test_the_profile_is_changed_and_pages_follow(browser: Browser) -> None:
    signed = await dewi(browser)
    answer = await signed.post("/akun", {"nama": "Dewi S.", "zona": "Asia/Jayapura", "bahasa": "en"})
    assert (answer.status, answer.headers["location"]) == (303, "/akun?kabar=tersimpan")
    assert "bahasa=en" in answer.headers["set-cookie"]
    page = await signed.get("/akun/perangkat", {"Accept-Language": "id"})
    assert '<html lang="en"' in page.text
    assert " WIT" in page.text
    wrong = await signed.post("/akun", {"nama": "", "zona": "Asia/Tokyo", "bahasa": "en"})
    assert wrong.status == 422
    assert problems(wrong) == ["The name is missing."] or problems(wrong) == ["Nama belum diisi."]


async def test_a_nip_is_kept_masked_replaced_and_removed(browser: Browser) -> None:
    signed = await dewi(browser)
    wrong = await signed.post("/akun/nip", {"nip": "19920817 201503 3 004"})
    assert wrong.status == 422
    assert "19920817 201503 3 004" in wrong.text
    answer = await signed.post("/akun/nip", {"nip": "19920817 201503 2 004"})
    assert answer.headers["location"] == "/akun?kabar=nip-tersimpan#nip"
    page = await signed.get("/akun")
    assert "1992••••••••••••04" in page.text
    for shown in (page.text, (await signed.get("/akun/data")).text):
        assert NIP not in shown
        assert "19920817" not in shown
    assert json.loads((await signed.get("/akun/data.json")).text)["data"]["nip"] == NIP
    await signed.post("/akun/nip/hapus")
    await signed.post("/akun/nip/hapus")
    assert "1992•" not in (await signed.get("/akun")).text


async def test_a_changed_password_signs_other_browsers_out(browser: Browser) -> None:
    signed = await dewi(browser)
    other = await browser.sign_in(signed.account_id)
    for fields, words in (
        ({"sandi-lama": BETTER, "sandi-baru": BETTER}, "Kata sandi yang sekarang tidak cocok"),
        ({"sandi-lama": GOOD, "sandi-baru": "dewi1234567"}, "nama atau alamat surel"),
        ({"sandi-lama": GOOD}, "belum diisi"),
        ({}, "tidak cocok"),
    ):
        answer = await signed.post("/akun/sandi", fields)
        assert answer.status == 422
        assert words in problems(answer)[0]
    answer = await signed.post("/akun/sandi", {"sandi-lama": GOOD, "sandi-baru": BETTER})
    assert answer.headers["location"] == "/akun/sandi?kabar=sandi-diganti"
    assert await sessions.authenticate(signed.secret) is None
    assert await sessions.authenticate(other.secret) is None
    assert (await browser.get("/akun", {"Cookie": f"gelanggang={cookie(answer)}"})).status == 200
    assert (await browser.post("/masuk", {"surel": DEWI, "sandi": BETTER})).status == 303


async def test_an_open_browser_is_no_place_to_guess_a_password(browser: Browser) -> None:
    signed = await dewi(browser)
    for _ in range(10):
        await signed.post("/akun/sandi", {"sandi-lama": BETTER, "sandi-baru": BETTER})
    assert (await signed.post("/akun/sandi", {"sandi-lama": GOOD, "sandi-baru": BETTER})).status == 429


async def test_other_devices_are_shown_and_signed_out(browser: Browser) -> None:
    signed = await dewi(browser)
    opened = await sessions.open_session(
        signed.account_id, now=datetime.now(UTC), browser="Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile"
    )
    budi = await accounts.create_account("Budi", actor=SYSTEM, now=datetime.now(UTC))
    foreign = await browser.sign_in(budi.id)
    page = await signed.get("/akun/perangkat")
    assert "Chrome, Android" in page.text
    assert page.text.count("Perangkat ini") == 1
    theirs = await sessions.authenticate(foreign.secret)
    assert theirs is not None
    for one in (str(theirs.id), str(uuid4()), "x"):
        await signed.post("/akun/perangkat/akhiri", {"sesi": one})
    assert await sessions.authenticate(foreign.secret) is not None
    await signed.post("/akun/perangkat/akhiri", {"sesi": str(opened.session_id)})
    assert await sessions.authenticate(opened.secret) is None
    more = await browser.sign_in(signed.account_id)
    await signed.post("/akun/perangkat/akhiri")
    assert await sessions.authenticate(more.secret) is None
    assert await sessions.authenticate(signed.secret) is not None
    assert await sessions.authenticate(foreign.secret) is not None


async def test_a_token_is_shown_once_and_works_until_it_is_revoked(browser: Browser) -> None:
    signed = await dewi(browser)
    page = await signed.get("/akun/token")
    number = re.search(r'name="nomor" value="([^"]+)"', page.text)
    assert number is not None
    fields = {"untuk": "laptop kantor", "masa": "90", "nomor": number[1]}
    answer = await signed.post("/akun/token", fields)
    secret = re.search(r"glg_[\w-]{43}", answer.text)
    assert secret is not None
    assert "gelanggang submit" in answer.text
    principal = await accounts.authenticate(secret[0])
    assert principal is not None
    assert principal.account_id == signed.account_id
    again = await signed.post("/akun/token", fields)
    assert again.status == 409
    assert "hanya ditampilkan satu kali" in problems(again)[0]
    page = await signed.get("/akun/token")
    assert "laptop kantor" in page.text
    assert secret[0] not in page.text
    assert len(await accounts.list_tokens(signed.account_id, actor=principal)) == 1
    assert (await signed.post(f"/akun/token/{number[1]}/cabut")).status == 303
    assert await accounts.authenticate(secret[0]) is None
    assert (await signed.post(f"/akun/token/{uuid4()}/cabut")).status == 404
    assert (await signed.post("/akun/token/x/cabut")).status == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"masa": "90"}, "Keterangan token belum diisi"),
        ({"untuk": "x" * 201, "masa": "90"}, "terlalu panjang"),
        ({"untuk": "laptop", "masa": "99999999"}, "Pilih masa berlaku"),
        ({"untuk": "laptop"}, "Pilih masa berlaku"),
    ],
)
async def test_tokens_that_cannot_be(browser: Browser, fields: dict[str, str], words: str) -> None:
    answer = await (await dewi(browser)).post("/akun/token", fields)
    assert answer.status == 422
    assert words in problems(answer)[0]
    assert await store.fetch("SELECT id FROM api_token") == []


async def test_all_that_is_kept_is_shown_and_nothing_of_others(browser: Browser) -> None:
    signed = await dewi(browser)
    budi = await accounts.create_account(
        "Budi Santoso", email="budi@sukaraya.go.id", actor=SYSTEM, now=datetime.now(UTC)
    )
    await signed.post("/akun/token", {"untuk": "laptop kantor", "masa": "0"})
    page = await signed.get("/akun/data")
    assert page.status == 200
    for words in ("Dewi Saraswati", DEWI, "laptop kantor", f"versi {PRIVACY_VERSION}", "Mendaftar", "Membuat token",
                  "Konfirmasi alamat surel"):  # fmt: skip
        assert words in page.text
    file = await signed.get("/akun/data.json")
    assert file.headers["content-disposition"] == 'attachment; filename="data-saya.json"'
    kept = json.loads(file.text)["data"]
    assert UUID(kept["account"]["id"]) == signed.account_id
    assert {act["kind"] for act in kept["acts"]} >= {"account.registered", "session.opened", "token.created"}
    for text in (page.text, file.text):
        assert "Budi" not in text
        assert str(budi.id) not in text
        assert "argon2id$" not in text


async def test_teams_and_files_stand_among_ones_data(browser: Browser, sukaraya: Sukaraya) -> None:
    captain = sukaraya.captains["Kawan Lapor"].account_id
    await sukaraya.hand_in("Kawan Lapor")
    await store.execute("UPDATE upload SET account_id = $1", captain)
    page = await (await browser.sign_in(captain)).get("/akun/data")
    assert page.status == 200
    for words in ("Kawan Lapor", "ketua", "Kecamatan Karangjati", "p.zip", "pengajuan 1"):
        assert words in page.text


async def test_an_account_of_the_organizers_has_no_consent_and_says_so(browser: Browser) -> None:
    ayu = await accounts.create_account("Ayu", roles=[Role.ORGANIZER], actor=SYSTEM, now=datetime.now(UTC))
    signed = await browser.sign_in(ayu.id)
    assert "dibuat oleh panitia" in (await signed.get("/akun/data")).text
    for url in ("/akun", "/akun/sandi", "/akun/perangkat", "/akun/token", "/privasi"):
        assert (await signed.get(url)).status == 200


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_page_is_there_in_both_languages(browser: Browser, language: str) -> None:
    signed = await dewi(browser)
    for url in ("/akun", "/akun/sandi", "/akun/perangkat", "/akun/token", "/akun/data", "/privasi"):
        answer = await signed.get(f"{url}?bahasa={language}")
        assert answer.status == 200
        assert f'<html lang="{language}"' in answer.text
    for url in ("/masuk", "/daftar", "/privasi"):
        answer = await browser.get(f"{url}?bahasa={language}")
        assert f'<html lang="{language}"' in answer.text
