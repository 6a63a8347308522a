"""Addresses and forms that nobody types by accident: each gets an answer, none breaks a page."""

from datetime import UTC, datetime

import pytest

from frontend.keys import FIELD, VISITOR, key_of
from hackathon import accounts
from hackathon.model import SYSTEM, Role
from tests.integration.frontend.conftest import FORM, VISITOR_SECRET, Browser
from tests.integration.sukaraya import Sukaraya, new_account

EVENT, DESK = "/acara/asn-2026", "/konsol/asn-2026"
TRACK = f"{EVENT}/pengajuan/layanan-publik"
HUGE = str(10**30)
NOBODY = "7d1d6c0e-54b4-4f57-9a52-2f6f0e7f6d11"

FOR_ALL = (
    "/masuk?lanjut=//[",
    "/daftar?lanjut=//[",
    "/masuk?lanjut=https://[",
    "/masuk?lanjut=%00",
    "/masuk?kabar=%00%0d%0aX",
    "/masuk/kode?kode=%00",
    "/undangan/%00",
    "/konfirmasi/%00",
    "/sandi/%00",
    "/sandi/%F0%9F%92%A9",
    "/acara/%00",
    f"{EVENT}/papan/%00",
    f"{EVENT}/papan/layanan-publik?cari=%00%1b[31m",
    f"{EVENT}/layar/%00",
    f"{EVENT}/kabar?halaman={HUGE}",
    f"{EVENT}/kabar?hal={HUGE}",
    "/hidup/papan/x",
    f"/hidup/log/{NOBODY}",
    "/static/%00/x.css",
    "/?bahasa=%00&tema=%00",
    "/api/v1/events/%00",
    "/api/v1/%00",
)

SIGNED_IN = (
    f"/presentasi/{NOBODY}/{HUGE}",
    f"/pengajuan/{NOBODY}?hal={HUGE}",
    f"/pengajuan/{NOBODY}/log?baris={HUGE}",
    f"{TRACK}/presentasi?hal={HUGE}",
    f"{TRACK}/tanda-terima/{NOBODY}",
    f"{TRACK}/kirim/{NOBODY}",
    f"{EVENT}/pengajuan/%00",
    f"{EVENT}/tim?kabar=%00",
    "/konfirmasi?kode=%00",
    f"/api/v1/uploads/{NOBODY}/parts/{HUGE}",
    f"/api/v1/submissions/{NOBODY}/log?offset={HUGE}",
)

FOR_ORGANIZERS = (
    f"{DESK}/tim?cari=%00&halaman={HUGE}&keadaan=%00",
    f"{DESK}/tim?halaman=%C2%B2",
    f"{DESK}/orang?cari=%00&halaman=999999",
    f"{DESK}/keikutsertaan?cari=%00&kategori=%00&halaman=-1",
    f"{DESK}/perpanjangan?sasaran=%00",
    f"{DESK}/perpanjangan?sasaran=team:%00",
    f"{DESK}/kode?surel=%00",
    "/konsol/%00/tim",
)

FIELDS = """nama surel sandi sandi-lama sandi-baru zona bahasa nip untuk masa nomor sesi kode instansi lokasi kategori
video versi name summary data_used limits human_oversight tim putusan alasan judul teks judul_en teks_en penting jumlah
sampai sasaran pasti dilihat registration_opens building_opens building_closes"""

NASTY = "a\x00\u202e\ufeff<script>\r\nX: y"


@pytest.mark.parametrize("address", FOR_ALL)
async def test_an_address_of_a_stranger_breaks_nothing(browser: Browser, sukaraya: Sukaraya, address: str) -> None:
    assert (await browser.get(address)).status < 500


async def test_addresses_of_members_break_nothing(browser: Browser, sukaraya: Sukaraya) -> None:
    member = await browser.sign_in(next(iter(sukaraya.captains.values())).account_id)
    assert {address: status for address in SIGNED_IN if (status := (await member.get(address)).status) >= 500} == {}


async def test_addresses_of_organizers_break_nothing(browser: Browser, sukaraya: Sukaraya) -> None:
    account = await new_account("Ratna", datetime.now(UTC), roles=(Role.ORGANIZER,))
    organizer = await browser.sign_in(account)
    told = {address: (await organizer.get(address)).status for address in FOR_ORGANIZERS}
    assert {address: status for address, status in told.items() if status >= 500} == {}


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/masuk", ("surel", "sandi", "lanjut")),
        ("/daftar", ("nama", "surel", "sandi", "lanjut", "setuju")),
        ("/lupa-sandi", ("surel",)),
        ("/masuk/kode", ("kode", "sandi")),
        ("/sandi/x", ("sandi",)),
        ("/konfirmasi/x", ()),
    ],
)
async def test_a_strangers_form_of_nonsense_is_answered(
    browser: Browser, sukaraya: Sukaraya, address: str, fields: tuple[str, ...]
) -> None:
    assert (await browser.post(address, dict.fromkeys(fields, NASTY))).status < 500


@pytest.mark.parametrize(
    "address",
    [
        "/akun",
        "/akun/nip",
        "/akun/sandi",
        "/akun/token",
        "/akun/perangkat/akhiri",
        "/konfirmasi",
        f"{EVENT}/tim",
        f"{EVENT}/tim/ubah",
        f"{EVENT}/tim/kategori",
        f"{TRACK}/kartu",
        f"{TRACK}/presentasi/video",
        f"{DESK}/tim",
        f"{DESK}/kabar",
        f"{DESK}/kode",
        f"{DESK}/jadwal",
        f"{DESK}/perpanjangan",
    ],
)
async def test_nonsense_in_every_field_of_an_organizer_in_a_team_is_answered(
    browser: Browser, sukaraya: Sukaraya, address: str
) -> None:
    captain = next(iter(sukaraya.captains.values())).account_id
    await accounts.set_roles(captain, (Role.ORGANIZER,), actor=SYSTEM)
    organizer = await browser.sign_in(captain)
    assert (await organizer.get(address.removesuffix("/akhiri").removesuffix("/video"))).status in (200, 405)
    assert (await organizer.post(address, dict.fromkeys(FIELDS.split(), NASTY))).status < 500


async def test_a_form_that_came_from_an_unreadable_address_is_answered(browser: Browser) -> None:
    headers = FORM | {"Cookie": f"{VISITOR}={VISITOR_SECRET}", "Referer": "http://["}
    body = f"{FIELD}={key_of(VISITOR_SECRET)}&surel=x&sandi=y".encode()
    assert (await browser.send("POST", "/masuk", headers, body)).status == 422
