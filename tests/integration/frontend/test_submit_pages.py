"""The pages of handing in, called as browsers without scripts call them: forms with files, cards, pitches."""

import hashlib
import html
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from frontend import formats
from frontend.keys import FIELD, key_of
from frontend.language import Language
from hackathon import accounts, cards, events, pitches, store, submissions, teams
from hackathon.events import Extension, Scope
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.pitches.drawing import Drawer
from sandbox.conformance.documents import pdf, words
from sandbox.fake import FakeProvider
from tests.integration.frontend.conftest import Answer, Browser, Signed
from tests.integration.sukaraya import Sukaraya

BASE = "/acara/asn-2026/pengajuan/layanan-publik"
BOUNDARY = "----batasformulir"


def archive(note: str = "") -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as pack:
        pack.writestr("app.py", f"def predict(task, input):\n    return {{}}  # {note}\n")
    return body.getvalue()


@dataclass
class Desk:
    """Rina of team "Pena Desa", signed in."""

    browser: Browser
    signed: Signed
    actor: Principal
    entry_id: UUID
    team_id: UUID

    async def get(self, path: str = "") -> Answer:
        return await self.signed.get(f"{BASE}{path}")

    async def post(self, path: str, **fields: str) -> Answer:
        return await self.signed.post(f"{BASE}{path}", fields)

    async def send(
        self,
        data: bytes,
        *,
        path: str = "/kirim",
        name: str = "lapor.zip",
        key: str | None = None,
        more: tuple[tuple[str, bytes], ...] = (),
        end: bytes | None = None,
    ) -> Answer:
        """Send a form with a file. `more` are further files, `end` replaces the end of the body."""
        token = key_of(self.signed.secret) if key is None else key
        parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n{token}\r\n'.encode()]
        for filename, content in ((name, data), *more):
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="berkas"; filename="{filename}"\r\n'
            parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
        body = b"".join(parts) + (f"--{BOUNDARY}--\r\n".encode() if end is None else end)
        return await self.raw(path, body)

    async def raw(self, path: str, body: bytes, kind: str = f"multipart/form-data; boundary={BOUNDARY}") -> Answer:
        headers = self.signed.cookie | {"Content-Type": kind, "Content-Length": str(len(body))}
        return await self.browser.send("POST", f"{BASE}{path}", headers, body)


@pytest.fixture
async def desk(sukaraya: Sukaraya, browser: Browser, tmp_path: Path) -> Desk:
    now = datetime.now(UTC)
    # The event's hidden cases are planned with the installation's own key.
    load_key(tmp_path / "secret.key")
    people = [await person(name, now) for name in ("Rina", "Tono")]
    team = await teams.create_team(
        sukaraya.event.id,
        "Pena Desa",
        "Kecamatan Karangjati",
        member_ids=[one.account_id for one in people],
        actor=SYSTEM,
        now=now,
    )
    entry = await teams.enter_track(team.id, sukaraya.track.id, actor=SYSTEM, now=now)
    return Desk(browser, await browser.sign_in(people[0].account_id), people[0], entry.id, team.id)


async def person(name: str, now: datetime) -> Principal:
    account = await accounts.create_account(name, actor=SYSTEM, now=now)
    return Principal(account.id, account.name, account.roles)


async def handed_in(desk: Desk) -> tuple[submissions.Submission, ...]:
    return await submissions.list_submissions(desk.entry_id)


async def test_a_form_with_a_file_becomes_a_submission_with_a_receipt(desk: Desk) -> None:
    data = archive()
    answer = await desk.send(data)
    (made,) = await handed_in(desk)
    assert (answer.status, answer.headers["location"]) == (303, f"{BASE}/tanda-terima/{made.id}?kabar=diterima")
    receipt = await desk.get(f"/tanda-terima/{made.id}")
    for told in (hashlib.sha256(data).hexdigest(), "lapor.zip", "Didaftarkan", "Lengkap", "WIB", "Sisa 9 dari 10"):
        assert told in receipt.text
    shown = await desk.get()
    assert "Versi 1" in shown.text
    assert "Antre" in shown.text


@pytest.mark.parametrize(
    ("send", "status", "words"),
    [
        ({"data": b"", "name": ""}, 422, "Berkas belum dipilih"),
        ({"data": b""}, 422, "Berkas kosong"),
        ({"data": b"Rar!" + bytes(99), "name": "lapor.rar"}, 422, "lapor.rar"),
        ({"data": archive(), "end": b""}, 422, "Kiriman terputus sebelum berkasnya lengkap"),
        ({"data": archive(), "end": b"--" + BOUNDARY.encode()}, 422, "Kiriman terputus"),
        ({"data": archive(), "more": (("dua.zip", archive("dua")),)}, 422, "lebih dari satu berkas"),
    ],
)
async def test_what_is_wrong_with_a_form_is_told_and_costs_nothing(
    send: dict[str, object], status: int, words: str, desk: Desk, tmp_path: Path
) -> None:
    answer = await desk.send(**send)  # type: ignore[arg-type]
    assert answer.status == status
    assert "<title>Galat: Kirim prototipe" in answer.text
    if words != "lapor.rar":
        assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Sisa 10 dari 10 hari ini" in answer.text
    assert await handed_in(desk) == ()
    assert list((tmp_path / "scratch").glob("*")) == []


async def test_a_second_field_without_a_file_is_fine(desk: Desk) -> None:
    """A browser sends an empty file for a field that was left alone."""
    assert (await desk.send(archive(), more=(("", b""),))).status == 303


async def test_a_form_of_another_site_is_not_read(desk: Desk) -> None:
    for key in ("", "x", key_of("another session")):
        answer = await desk.send(archive(), key=key)
        assert answer.status == 403
    assert await handed_in(desk) == ()


async def test_the_key_stands_in_front_of_the_file(desk: Desk) -> None:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="berkas"; filename="a.zip"\r\n\r\n'.encode()
    tail = f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n'.encode()
    body = head + archive() + tail + key_of(desk.signed.secret).encode() + f"\r\n--{BOUNDARY}--\r\n".encode()
    assert (await desk.raw("/kirim", body)).status == 403


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "multipart/form-data; boundary=x", 422),
        (b"hello", "multipart/form-data", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"\x00\xff" * 500, f"multipart/form-data; boundary={BOUNDARY}", 422),
        (f"--{BOUNDARY}\r\nX: {'y' * 9000}".encode(), f"multipart/form-data; boundary={BOUNDARY}", 422),
        (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n{"k" * 20_000}\r\n'.encode(),
            f"multipart/form-data; boundary={BOUNDARY}",
            413,
        ),
    ],
)
async def test_what_is_no_form_is_refused(body: bytes, kind: str, status: int, desk: Desk) -> None:
    assert (await desk.raw("/kirim", body, kind)).status == status


async def test_the_same_bytes_are_asked_about_before_they_are_charged(desk: Desk) -> None:
    data = archive()
    await desk.send(data)
    answer = await desk.send(data)
    sure = answer.headers["location"]
    assert sure.startswith(f"{BASE}/kirim/")
    page = await desk.signed.get(sure)
    assert "sama persis dengan versi 1" in page.text
    assert len(await handed_in(desk)) == 1
    assert (await desk.signed.post(sure, {"buang": "ya"})).headers["location"] == f"{BASE}/kirim?kabar=unggahan-dibuang"
    assert (await desk.signed.get(sure)).headers["location"] == f"{BASE}/kirim"
    again = (await desk.send(data)).headers["location"]
    done = await desk.signed.post(again)
    assert done.headers["location"].endswith("?kabar=diterima")
    assert (await desk.signed.post(again)).headers["location"] == done.headers["location"]
    assert [one.number for one in await handed_in(desk)] == [2, 1]


async def test_an_unfinished_upload_is_shown_with_who_began_it(desk: Desk) -> None:
    data = archive()
    await submissions.register_upload(
        desk.entry_id, filename="separuh.zip", size=len(data), sha256=hashlib.sha256(data).hexdigest(), actor=desk.actor
    )
    page = await desk.get("/kirim")
    assert "Unggahan yang belum selesai" in page.text
    assert "separuh.zip" in page.text
    assert "oleh Rina" in page.text


async def test_others_find_neither_pages_nor_pictures(desk: Desk, sukaraya: Sukaraya) -> None:
    await desk.send(archive())
    (made,) = await handed_in(desk)
    stranger = await desk.browser.sign_in(sukaraya.account)
    for path in ("", "/kirim", "/kartu", "/presentasi", f"/tanda-terima/{made.id}"):
        other = await stranger.get(f"{BASE}{path}")
        assert (other.status, f'href="/acara/{sukaraya.event.slug}/tim"' in html.unescape(other.text)) == (404, True)
        visitor = await desk.browser.get(f"{BASE}{path}")
        assert (visitor.status, visitor.headers["location"].partition("?")[0]) == (303, "/masuk")


async def test_without_a_team_the_next_step_is_told(desk: Desk, sukaraya: Sukaraya) -> None:
    stranger = await desk.browser.sign_in(sukaraya.account)
    page = await stranger.get("/acara/asn-2026/pengajuan")
    assert "Anda belum punya tim di acara ini" in page.text
    own = await desk.signed.get("/acara/asn-2026/pengajuan")
    assert (own.status, own.headers["location"]) == (303, BASE)


CARD = {
    "name": "Pena",
    "summary": "Membantu petugas desa menulis surat keterangan.",
    "data_used": "Surat contoh buatan sendiri, 300 buah, tanpa data pribadi siapa pun.",
    "limits": "Keliru pada surat yang ditulis tangan dan pada nama tempat yang jarang.",
    "human_oversight": "Kepala seksi membaca setiap surat sebelum ditandatangani.",
}


async def test_a_card_is_saved_whole_or_as_a_draft(desk: Desk) -> None:
    bad = await desk.post("/kartu", versi="0", aksi="simpan", **{**CARD, "limits": "Belum tahu."})
    assert bad.status == 422
    assert "<title>Galat: Kartu prototipe" in bad.text
    assert "Belum tahu." in bad.text
    assert 'href="#limits"' in bad.text
    draft = await desk.post("/kartu", versi="0", aksi="draf", **{**CARD, "limits": "Belum tahu."})
    assert draft.headers["location"] == f"{BASE}/kartu?kabar=kartu-draf"
    whole = await desk.post("/kartu", versi="1", aksi="simpan", **CARD)
    assert whole.headers["location"] == f"{BASE}?kabar=kartu-tersimpan"
    assert (await desk.post("/kartu", versi="1", aksi="simpan", **CARD)).status == 303


async def test_two_who_edit_a_card_see_both_texts(desk: Desk) -> None:
    members = await teams.list_members(desk.team_id)
    tono = next(one for one in members if one.name == "Tono")
    other = Principal(tono.account_id, tono.name, frozenset())
    await cards.save_card(desk.entry_id, {**CARD, "name": "Punya Tono"}, base=0, draft=False, actor=other)
    answer = await desk.post("/kartu", versi="0", aksi="simpan", **{**CARD, "name": "Punya Rina"})
    assert answer.status == 409
    assert 'value="Punya Rina"' in answer.text
    assert "Tulisan Tono" in answer.text
    assert "Punya Tono" in answer.text
    assert 'name="versi" value="1"' in answer.text
    kept = await desk.post("/kartu", versi="1", aksi="simpan", **{**CARD, "name": "Punya Rina"})
    assert kept.status == 303


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "٣"])
async def test_an_odd_version_overwrites_nothing(version: str, desk: Desk) -> None:
    await desk.post("/kartu", versi="0", aksi="simpan", **CARD)
    answer = await desk.post("/kartu", versi=version, aksi="simpan", **{**CARD, "name": "Lain"})
    assert answer.status == 409


async def test_a_pitch_is_shown_as_pictures_and_its_video_as_a_link(desk: Desk) -> None:
    objects = desk.browser.app.state.objects
    deck = pdf([words("satu"), words("dua")])
    answer = await desk.send(deck, path="/presentasi", name="pena.pdf")
    assert answer.headers["location"] == f"{BASE}/presentasi?kabar=presentasi-diunggah"
    waiting = await desk.get("/presentasi")
    assert "Digambar" in waiting.text
    assert "Mesin penggambar sedang tidak aktif" in waiting.text
    before = (await desk.get("/presentasi/keadaan")).text
    await Drawer(objects, FakeProvider()).draw_next()
    assert (await desk.get("/presentasi/keadaan")).text != before
    shown = await desk.get("/presentasi?hal=2")
    pitch = (await pitches.pitch_of(desk.entry_id, actor=desk.actor)).shown
    assert pitch is not None
    assert f'src="/presentasi/{pitch.id}/2"' in shown.text
    picture = await desk.signed.get(f"/presentasi/{pitch.id}/2/kecil")
    assert (picture.headers["content-type"], picture.body[:4]) == ("image/png", b"\x89PNG")
    assert (await desk.signed.get(f"/presentasi/{pitch.id}/3")).status == 404
    assert (await desk.browser.get(f"/presentasi/{pitch.id}/1")).status == 303
    await desk.post("/presentasi/video", video="https://video.contoh.id/v/1")
    shown = await desk.get("/presentasi")
    assert 'href="https://video.contoh.id/v/1" rel="noopener noreferrer"' in unescape(shown.text)
    assert "document.pdf" not in shown.text


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"", "", 422, "Berkas belum dipilih"),
        (b"PK\x03\x04", "pena.pptx", 422, "bukan PDF"),
        (b"%PDF-" + bytes(pitches.MOST_BYTES), "pena.pdf", 413, "paling besar 20 MB"),
    ],
)
async def test_what_is_no_pitch_is_told(data: bytes, name: str, status: int, words: str, desk: Desk) -> None:
    answer = await desk.send(data, path="/presentasi", name=name)
    assert answer.status == status
    assert words in answer.text
    assert "<title>Galat: Presentasi dan video" in answer.text


async def test_a_video_that_is_no_address_keeps_what_was_typed(desk: Desk) -> None:
    answer = await desk.post("/presentasi/video", video="http://contoh.id/v?a=1&b=2")
    assert answer.status == 422
    assert "https://, bukan http://" in unescape(answer.text)
    assert 'value="http://contoh.id/v?a=1&b=2"' in unescape(answer.text)
    assert "a=1&b" not in answer.text


async def test_after_the_deadline_everything_can_be_read_and_nothing_sent(desk: Desk, sukaraya: Sukaraya) -> None:
    await desk.post("/kartu", versi="0", aksi="simpan", **CARD)
    await store.execute(
        "UPDATE event SET schedule = jsonb_set(schedule, '{building_closes}', to_jsonb(now() - interval '1 s'))"
    )
    for path in ("", "/kirim", "/kartu", "/presentasi"):
        page = await desk.get(path)
        assert page.status == 200
        assert "Batas waktu pengajuan sudah lewat" in page.text
    for answer in (
        await desk.send(archive()),
        await desk.post("/kartu", versi="1", aksi="simpan", **{**CARD, "name": "Lain"}),
        await desk.send(pdf([words("x")]), path="/presentasi", name="p.pdf"),
        await desk.post("/presentasi/video", video="https://contoh.id/v"),
    ):
        assert answer.status == 422
        assert "Batas waktu pengajuan sudah lewat" in answer.text


async def test_more_time_for_a_team_is_shown_and_taken(desk: Desk, sukaraya: Sukaraya) -> None:
    closes, until = sukaraya.event.schedule.building_closes, sukaraya.event.schedule.building_closes + timedelta(days=1)
    await events.extend_deadline(
        sukaraya.event.id,
        Extension(Scope.TEAM, desk.team_id, until),
        reason="Listrik padam.",
        actor=SYSTEM,
        now=datetime.now(UTC),
    )
    page = await desk.get()
    zone = ZoneInfo("Asia/Jakarta")
    assert formats.moment_long(until, zone, Language.ID) in page.text
    assert f"mendapat perpanjangan dari {formats.moment_short(closes, zone, Language.ID)}" in page.text


async def test_english_is_whole(desk: Desk) -> None:
    await desk.send(archive())
    (made,) = await handed_in(desk)
    for path in ("", "/kirim", "/kartu", "/presentasi", f"/tanda-terima/{made.id}"):
        page = await desk.signed.get(f"{BASE}{path}?bahasa=en")
        assert page.status == 200
        for word in ("Pengajuan", "Kirim", "Berkas", "Simpan"):
            assert f">{word}" not in page.text
