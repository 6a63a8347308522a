"""From a form to a letter in a real mail server to the page it leads to; codes from the console to the account."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from frontend import keys
from frontend.outer import shown_path
from hackathon import accounts, credentials, resets, store
from hackathon.accounts import PRIVACY_VERSION
from hackathon.codes.model import make_code
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Role
from hackathon.settings import Settings
from tests.integration.frontend.conftest import FORM, Answer, Browser, Signed
from tests.integration.hackathon.loops import eventually
from tests.integration.hackathon.mailbox import MailServer, mail_server
from tests.integration.sukaraya import Sukaraya

DEWI = "dewi@sukaraya.go.id"
OLD, NEW = "kuda baterai staples", "lampu jalan kampung"
REGISTRATION = {"nama": "Dewi Saraswati", "surel": DEWI, "sandi": OLD, "setuju": "ya"}


@pytest.fixture
async def post_office() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
def environment(post_office: MailServer) -> dict[str, str]:
    return {"GELANGGANG_SMTP_URL": post_office.url, "GELANGGANG_PUBLIC_URL": "http://gelanggang.test"}


async def link(post_office: MailServer, number: int, path: str) -> str:
    """The path of the link in the `number`-th letter (1 and more), once it is there."""

    async def arrived() -> bool:
        return len(post_office.arrived) >= number

    await eventually(arrived)
    found = re.search(
        rf"http://gelanggang\.test(/{path}/[\w-]{{43}})\r?$", post_office.texts()[number - 1], re.MULTILINE
    )
    assert found is not None
    return found[1]


def cookie(answer: Answer) -> str:
    found = re.search(r"^gelanggang=([^;]+)", answer.headers.get("set-cookie", ""), re.MULTILINE)
    return found[1] if found else ""


def signed(browser: Browser, answer: Answer) -> Signed:
    """The browser that an answer signed in."""
    assert cookie(answer)
    return Signed(browser, UUID(int=0), cookie(answer))


def words(answer: Answer) -> str:
    """What people read."""
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.text)))


async def panitia(browser: Browser) -> Signed:
    account = await accounts.create_account("Panitia", roles=[Role.ORGANIZER], actor=SYSTEM, now=datetime.now(UTC))
    return await browser.sign_in(account.id)


async def dewi(browser: Browser, *, key: bytes) -> Signed:
    now = datetime.now(UTC)
    account = await credentials.register("Dewi Saraswati", DEWI, OLD, agreed_to=PRIVACY_VERSION, key=key, now=now)
    return await browser.sign_in(account.id)


def key_of(browser: Browser) -> bytes:
    settings: Settings = browser.app.state.settings
    return load_key(settings.secret_file)


async def test_from_registration_to_a_confirmed_account(browser: Browser, post_office: MailServer) -> None:
    person = signed(browser, await browser.post("/daftar", REGISTRATION))
    waiting = await person.get("/konfirmasi")
    assert DEWI in waiting.text
    path = await link(post_office, 1, "konfirmasi")
    # A scanner of mail opens the link: nothing happens yet.
    page = await browser.get(path)
    assert page.status == 200
    assert "no-store" in page.headers["cache-control"] or "no-cache" in page.headers["cache-control"]
    assert "Belum dikonfirmasi" in (await person.get("/akun")).text
    answer = await browser.post(path)
    assert (answer.status, answer.headers["location"]) == (303, "/masuk?kabar=terkonfirmasi")
    assert "Terkonfirmasi" in (await person.get("/akun")).text
    again = await person.post(path)
    assert (again.status, again.headers["location"]) == (303, "/akun?kabar=terkonfirmasi")
    assert "Sudah dikonfirmasi" in (await browser.get(path)).text
    assert "sudah dikonfirmasi" in (await person.get("/konfirmasi")).text


async def test_a_letter_in_english_for_who_reads_english(browser: Browser, post_office: MailServer) -> None:
    await browser.post("/daftar?bahasa=en", REGISTRATION)
    await link(post_office, 1, "konfirmasi")
    assert post_office.arrived[0]["Subject"] == "Confirm your e-mail address"
    assert post_office.arrived[0]["Content-Language"] == "en"


async def test_the_letter_is_sent_again_three_times_an_hour(browser: Browser, post_office: MailServer) -> None:
    person = signed(browser, await browser.post("/daftar", REGISTRATION))
    for _ in range(3):
        answer = await person.post("/konfirmasi", {"kirim": "ya"})
        assert (answer.status, answer.headers["location"]) == (303, "/konfirmasi?kabar=surel-dikirim")
    refused = await person.post("/konfirmasi", {"kirim": "ya"})
    assert refused.status == 429
    assert re.search(r"Coba lagi 60 menit lagi \(\d\d\.\d\d WIB, \d\d\.\d\d WITA, \d\d\.\d\d WIT\)", words(refused))
    await link(post_office, 4, "konfirmasi")


async def test_whose_address_is_used_by_a_stranger_hears_of_it(browser: Browser, post_office: MailServer) -> None:
    await dewi(browser, key=key_of(browser))
    await link(post_office, 1, "konfirmasi")
    await browser.post("/daftar", REGISTRATION | {"nama": "Baca https://jahat.example", "sandi": NEW})

    async def told() -> bool:
        return len(post_office.arrived) == 2

    await eventually(told)
    assert post_office.arrived[1]["Subject"] == "Alamat surel Anda sudah terdaftar"
    assert post_office.arrived[1]["To"] == DEWI
    assert "jahat" not in post_office.arrived[1].as_string()


async def test_a_new_password_by_mail(browser: Browser, post_office: MailServer) -> None:
    before = await dewi(browser, key=key_of(browser))
    answer = await browser.post("/lupa-sandi", {"surel": DEWI.upper()})
    assert (answer.status, answer.headers["location"]) == (303, "/lupa-sandi/terkirim")
    assert "60 menit" in (await browser.get("/lupa-sandi/terkirim")).text
    path = await link(post_office, 2, "sandi")
    page = await browser.get(path)
    assert DEWI in page.text
    short = await browser.post(path, {"sandi": "pendek"})
    assert short.status == 422
    assert "Galat:" in short.text
    assert "terlalu pendek" in short.text
    done = await browser.post(path, {"sandi": NEW})
    assert (done.status, done.headers["location"]) == (303, "/akun?kabar=sandi-baru")
    assert (await signed(browser, done).get("/akun")).status == 200
    assert (await before.get("/akun")).status == 303
    assert (await browser.post("/masuk", {"surel": DEWI, "sandi": OLD})).status == 422
    assert (await browser.post("/masuk", {"surel": DEWI, "sandi": NEW})).status == 303
    for over in (await browser.get(path), await browser.post(path, {"sandi": OLD})):
        assert over.status == 410
        assert "Minta tautan baru" in over.text

    async def told() -> bool:
        return len(post_office.arrived) == 3

    await eventually(told)
    assert post_office.arrived[2]["Subject"] == "Kata sandi Anda sudah diganti"


async def test_who_guessed_too_often_gets_in_with_a_new_password(browser: Browser, post_office: MailServer) -> None:
    await dewi(browser, key=key_of(browser))
    for _ in range(10):
        await browser.post("/masuk", {"surel": DEWI, "sandi": "bukan ini sandinya"})
    locked = await browser.post("/masuk", {"surel": DEWI, "sandi": OLD})
    assert locked.status == 429
    assert "Buat kata sandi baru lewat surel" in words(locked)
    await browser.post("/lupa-sandi", {"surel": DEWI})
    await browser.post(await link(post_office, 2, "sandi"), {"sandi": NEW})
    assert (await browser.post("/masuk", {"surel": DEWI, "sandi": NEW})).status == 303


async def test_an_address_without_an_account_gets_the_same_answer(browser: Browser, post_office: MailServer) -> None:
    await dewi(browser, key=key_of(browser))
    known = await browser.post("/lupa-sandi", {"surel": DEWI})
    unknown = await browser.post("/lupa-sandi", {"surel": "siapa@sukaraya.go.id"})
    assert (known.status, known.headers, known.text) == (unknown.status, unknown.headers, unknown.text)
    # Nor does the time: nobody is told before a letter would be written.
    begun = asyncio.get_running_loop().time()
    await browser.post("/lupa-sandi", {"surel": "lain@sukaraya.go.id"})
    assert asyncio.get_running_loop().time() - begun >= resets.service.ANSWER_SECONDS
    await link(post_office, 2, "sandi")
    assert await store.fetch_value("SELECT count(*) FROM mail") == 2
    wrong = await browser.post("/lupa-sandi", {"surel": "siapa"})
    assert wrong.status == 422
    assert "Alamat surel" in words(wrong)


@pytest.mark.parametrize("path", ["konfirmasi", "sandi"])
@pytest.mark.parametrize("secret", ["A" * 43, "x", "A" * 5000, "%00" * 43, "%C3%A9" * 43, "..%2F..%2Fetc"])
async def test_links_that_nobody_sent(browser: Browser, path: str, secret: str) -> None:
    for answer in (await browser.get(f"/{path}/{secret}"), await browser.post(f"/{path}/{secret}", {"sandi": NEW})):
        assert answer.status == 404
        assert "tidak" in words(answer)


async def test_forms_of_other_sites_are_refused(browser: Browser, post_office: MailServer) -> None:
    person = await dewi(browser, key=key_of(browser))
    path = await link(post_office, 1, "konfirmasi")
    for url in (path, "/lupa-sandi", "/sandi/x", "/masuk/kode"):
        assert (await browser.post(url, {}, key="palsu")).status == 403
    assert (await person.post("/konfirmasi", {"kirim": "ya"}, key="palsu")).status == 403
    assert (await person.get("/konfirmasi")).status == 200
    assert (await browser.get("/konfirmasi?kode=K7MR-2XWD")).headers["location"] == (
        "/masuk?lanjut=%2Fkonfirmasi%3Fkode%3DK7MR-2XWD"
    )


async def test_logs_keep_no_secret_of_a_link() -> None:
    assert shown_path(f"/sandi/{'x' * 43}") == "/sandi/..."
    assert shown_path(f"//konfirmasi/{'x' * 43}") == "/konfirmasi/..."
    assert shown_path("/konfirmasi") == "/konfirmasi"
    assert shown_path("/acara/sukaraya") == "/acara/sukaraya"


# Codes


async def print_codes(desk: Signed, sukaraya: Sukaraya, **fields: str) -> Answer:
    until = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    values = {"nomor": str(uuid4()), "untuk": "confirm", "jumlah": "4", "sampai": until} | fields
    return await desk.post(f"/konsol/{sukaraya.event.slug}/kode", values)


def codes_on(sheet: Answer) -> list[str]:
    return re.findall(r'class="sheet-c">([2-9A-Z]{4}-[2-9A-Z]{4})<', sheet.text)


async def test_a_printed_code_confirms_an_account(browser: Browser, sukaraya: Sukaraya) -> None:
    desk, person = await panitia(browser), await dewi(browser, key=key_of(browser))
    sheet = await print_codes(desk, sukaraya)
    codes = codes_on(sheet)
    assert (sheet.status, len(codes), sheet.text.count('class="sheet-qr"')) == (200, 4, 4)
    assert "gelanggang.test/konfirmasi" in words(sheet)
    assert "style=" not in sheet.text
    assert sheet.headers["cache-control"] == "no-store"
    asked = await person.get(f"/konfirmasi?kode={codes[0]}")
    assert f'value="{codes[0]}"' in asked.text
    mistyped = await person.post("/konfirmasi", {"kode": codes[0][:-1] + ("2" if codes[0][-1] != "2" else "3")})
    assert mistyped.status == 422
    assert "salah ketik" in words(mistyped)
    unknown = await person.post("/konfirmasi", {"kode": make_code()})
    assert unknown.status == 422
    used = await person.post("/konfirmasi", {"kode": codes[0].lower()})
    assert (used.status, used.headers["location"]) == (303, "/akun?kabar=terkonfirmasi")
    page = await desk.get(f"/konsol/{sukaraya.event.slug}/kode")
    assert "1 dari 4 terpakai" in page.text
    assert not any(code in page.text for code in codes)


async def test_who_was_invited_is_led_back_once_the_account_is_confirmed(browser: Browser, sukaraya: Sukaraya) -> None:
    desk, person = await panitia(browser), await dewi(browser, key=key_of(browser))
    captain = await browser.sign_in(sukaraya.captains["Kawan Lapor"].account_id)
    home = f"/acara/{sukaraya.event.slug}/tim"
    assert (await captain.post(f"{home}/undangan")).status == 303
    invitation = re.findall(r"/undangan/[\w-]{43}", html.unescape((await captain.get(home)).text))[0]
    looked = await person.get(invitation)
    kept = looked.headers["set-cookie"].partition(";")[0]
    assert kept == f"undangan={invitation.rpartition('/')[2]}"
    assert "set-cookie" not in (await captain.get(invitation)).headers
    (code, *_) = codes_on(await print_codes(desk, sukaraya))
    body = urlencode({"kode": code, keys.FIELD: keys.key_of(person.secret)}).encode()
    cookies = {"Cookie": f"{person.cookie['Cookie']}; {kept}"}
    used = await browser.send("POST", "/konfirmasi", FORM | cookies, body)
    assert (used.status, used.headers["location"]) == (303, f"{invitation}?kabar=terkonfirmasi")
    assert "undangan=" in used.headers["set-cookie"]
    assert "Max-Age=0" in used.headers["set-cookie"]


async def test_a_sheet_sent_twice_is_one_and_shown_once(browser: Browser, sukaraya: Sukaraya) -> None:
    desk, number = await panitia(browser), str(uuid4())
    first = await print_codes(desk, sukaraya, nomor=number)
    again = await print_codes(desk, sukaraya, nomor=number)
    assert again.status == 409
    assert codes_on(first)
    assert codes_on(again) == []
    assert "hanya ditampilkan satu kali" in words(again)
    assert await store.fetch_value("SELECT count(*) FROM code_batch") == 1


async def test_a_revoked_sheet_confirms_nobody(browser: Browser, sukaraya: Sukaraya) -> None:
    desk, person = await panitia(browser), await dewi(browser, key=key_of(browser))
    code = codes_on(await print_codes(desk, sukaraya, jumlah="1"))[0]
    batch_id = await store.fetch_value("SELECT id FROM code_batch")
    url = f"/konsol/{sukaraya.event.slug}/kode/{batch_id}"
    assert "Batalkan lembar ini" in (await desk.get(url)).text
    answer = await desk.post(url)
    assert answer.headers["location"].endswith("/kode?kabar=lembar-dibatalkan")
    assert "Batalkan lembar ini" not in (await desk.get(url)).text
    refused = await person.post("/konfirmasi", {"kode": code})
    assert "dibatalkan panitia" in words(refused)
    assert (await desk.get(f"/konsol/{sukaraya.event.slug}/kode/{uuid4()}")).status == 404


async def test_a_sign_in_code_for_who_lost_the_password(browser: Browser, sukaraya: Sukaraya) -> None:
    desk, before = await panitia(browser), await dewi(browser, key=key_of(browser))
    await store.execute("UPDATE account SET confirmed_at = now() WHERE email = $1", DEWI)
    root = f"/konsol/{sukaraya.event.slug}"
    people = await desk.get(f"{root}/orang")
    assert html.unescape(people.text).count(f'href="{root}/kode?surel=dewi%40sukaraya.go.id"') == 1
    assert f'value="{DEWI}"' in (await desk.get(f"{root}/kode?surel=dewi%40sukaraya.go.id")).text
    sheet = await print_codes(desk, sukaraya, untuk="sign_in", surel=DEWI)
    (code,) = codes_on(sheet)
    assert "Kode masuk untuk Dewi Saraswati" in sheet.text
    assert (await browser.get(f"/masuk/kode?kode={code}")).text.count(code) == 1
    short = await browser.post("/masuk/kode", {"kode": code, "sandi": "pendek"})
    assert short.status == 422
    assert f'value="{code}"' in short.text
    done = await browser.post("/masuk/kode", {"kode": code, "sandi": NEW})
    assert (done.status, done.headers["location"]) == (303, "/akun?kabar=sandi-baru")
    assert (await signed(browser, done).get("/akun")).status == 200
    assert (await before.get("/akun")).status == 303
    assert "sudah dipakai" in words(await browser.post("/masuk/kode", {"kode": code, "sandi": NEW}))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"jumlah": "0"}, "1 sampai 500"),
        ({"jumlah": "501"}, "1 sampai 500"),
        ({"jumlah": "banyak"}, "1 sampai 500"),
        ({"jumlah": "٣"}, "1 sampai 500"),
        ({"sampai": "besok"}, "Tulis tanggal dan jamnya"),
        ({"sampai": "2020-01-01T00:00"}, "masih akan datang"),
        ({"lokasi": "atlantis"}, "Pilih lokasi"),
        ({"nomor": "x"}, "tidak lengkap"),
        ({"untuk": "sign_in", "surel": "siapa@sukaraya.go.id"}, "Tidak ada akun"),
        ({"untuk": "sign_in", "surel": "panitia@sukaraya.go.id"}, "hanya untuk peserta"),
    ],
)
async def test_sheets_that_cannot_be(browser: Browser, sukaraya: Sukaraya, fields: dict[str, str], said: str) -> None:
    await accounts.create_account(
        "Ketua Panitia", email="panitia@sukaraya.go.id", roles=[Role.ORGANIZER], actor=SYSTEM, now=datetime.now(UTC)
    )
    answer = await print_codes(await panitia(browser), sukaraya, **fields)
    assert answer.status == 422
    assert said in words(answer)
    assert await store.fetch_value("SELECT count(*) FROM code") == 0


async def test_codes_are_the_organizers_business(browser: Browser, sukaraya: Sukaraya) -> None:
    person, url = await dewi(browser, key=key_of(browser)), f"/konsol/{sukaraya.event.slug}/kode"
    assert (await browser.get(url)).status == 303
    for answer in (await person.get(url), await print_codes(person, sukaraya), await person.get(f"{url}/{uuid4()}")):
        assert answer.status == 403
    desk = await panitia(browser)
    assert (await desk.post(url, {}, key="palsu")).status == 403


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_page_is_there_in_both_languages(browser: Browser, sukaraya: Sukaraya, language: str) -> None:
    desk, person = await panitia(browser), await dewi(browser, key=key_of(browser))
    await print_codes(desk, sukaraya)
    batch_id = await store.fetch_value("SELECT id FROM code_batch")
    for url in ("/lupa-sandi", "/lupa-sandi/terkirim", "/masuk/kode", "/konfirmasi/x", "/sandi/x"):
        answer = await browser.get(f"{url}?bahasa={language}")
        assert f'<html lang="{language}"' in answer.text
    assert (await person.get(f"/konfirmasi?bahasa={language}")).status == 200
    root = f"/konsol/{sukaraya.event.slug}/kode"
    for url in (root, f"{root}/{batch_id}"):
        assert (await desk.get(f"{url}?bahasa={language}")).status == 200
