"""Everything a team can have, and everybody who may ask for it; and a way to see whether anything of it changed.

The team is Kawan Lapor: Dewi is its captain, Rangga is in it. Tono is in no team, Yusuf is captain of a rival in the
same track, Wira organizes. Whatever the team alone may read holds the word `PRIVATE`.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID, uuid4

from frontend.keys import FIELD, HEADER, VISITOR, key_of, session_name
from hackathon import (
    accounts,
    announcements,
    cards,
    codes,
    commits,
    credentials,
    objects,
    pitches,
    proofs,
    sessions,
    store,
    submissions,
    teams,
)
from hackathon.accounts import profile
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.pitches.drawing import Drawer
from hackathon.proofs import Purpose
from judging import judges
from sandbox.conformance.documents import pdf, words
from sandbox.fake import FakeProvider
from sandbox.model import Text
from tests.integration.frontend.conftest import FORM, VISITOR_SECRET, Answer, Browser
from tests.integration.frontend.result.scene import TEAM, Scene
from tests.integration.sukaraya import Sukaraya, new_account

RIVAL = "Satu Meja"
PRIVATE = "kata-rahasia-tim"
PASSWORD, BETTER = "kuda baterai staples", "lampu jalan kampung"
EMAIL = "dewi.kawanlapor@sukaraya.example"
BOUNDARY = "----batas"
GIT_HOSTS = ("git.sukaraya.example",)
REPOSITORY = f"https://{GIT_HOSTS[0]}/kawan"

CARD = {
    "name": f"Lapor {PRIVATE}",
    "summary": f"Mengisi formulir dari surat warga {PRIVATE}.",
    "data_used": "Surat rekaan dari kasus terbuka, tanpa data pribadi siapa pun.",
    "limits": "Tulisan tangan dan pindaian miring sering salah dibaca.",
    "human_oversight": "Petugas loket memeriksa tiap isian sebelum surat diteruskan.",
}

MOVING = {"audit", "outbox_cursor", "worker", "publication", "migration"}
"""Tables that move by themselves."""

MOVING_COLUMNS = {"session": {"seen_at"}, "outbox": {"number"}, "api_token": {"last_used_at"}}


class Who(StrEnum):
    """Who asks."""

    VISITOR = "visitor"
    NOBODY = "tono"
    RIVAL = "yusuf"
    MEMBER = "rangga"
    CAPTAIN = "dewi"
    ORGANIZER = "wira"
    JUDGE = "ratna"


@dataclass
class Quarter:
    """The world. `places` are what stands in addresses: `{name}` of a route, or `route/name` where a name means several
    things.
    """

    browser: Browser
    accounts: dict[Who, UUID]
    places: dict[str, str]
    ids: tuple[str, ...]
    token: str
    secrets: dict[Who, str] = field(default_factory=dict)

    async def secret(self, who: Who) -> str:
        """The secret of a session of somebody; a new one where the old one was ended."""
        if who is Who.VISITOR:
            return VISITOR_SECRET
        known = self.secrets.get(who)
        if known is None or await sessions.authenticate(known) is None:
            opened = await sessions.open_session(self.accounts[who], now=datetime.now(UTC))
            self.secrets[who] = opened.secret
        return self.secrets[who]

    async def headers(self, who: Who) -> dict[str, str]:
        """What the browser of somebody sends along."""
        name = VISITOR if who is Who.VISITOR else session_name(self.browser.app.state.settings)
        return {"Cookie": f"{name}={await self.secret(who)}"}

    def address(self, route: str) -> str:
        """An address of this pattern that leads to what the team has."""
        parts = []
        for part in route.split("/"):
            name = part.strip("{}").partition(":")[0]
            parts.append(self.places.get(f"{route}/{name}", self.places.get(name, "")) if part[:1] == "{" else part)
        assert "" not in parts[1:] or route == "/", f"no name stands for {route}"
        return "/".join(parts)

    async def get(self, who: Who, address: str) -> Answer:
        """An answer; of a stream, its beginning."""
        async with self.browser.listen(address, await self.headers(who)) as events:
            async for chunk in events.chunks():
                events.answer.body += chunk
                if events.answer.headers.get("content-type", "").startswith("text/event-stream"):
                    break
        return events.answer

    async def send(
        self,
        who: Who,
        method: str,
        address: str,
        fields: dict[str, str] | bytes,
        *,
        key: str | None = None,
        cookie: str = "",
    ) -> Answer:
        """Send a form, or to the API what it takes; `key` replaces the right one, and empty leaves it out. `cookie` is
        sent beside the session's.
        """
        headers, key = await self.headers(who), key_of(await self.secret(who)) if key is None else key
        headers["Cookie"] += f"; {cookie}" if cookie else ""
        if address.startswith("/api/"):
            headers |= {HEADER: key} if key else {}
            return await self._api(method, address, fields, headers)
        if "berkas" in fields:
            assert isinstance(fields, dict)
            headers |= {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            return await self.browser.send(method, address, headers, _with_file(fields, key))
        assert isinstance(fields, dict)
        body = urlencode(fields | ({FIELD: key} if key else {})).encode()
        return await self.browser.send(method, address, headers | FORM, body)

    async def call(self, method: str, address: str, fields: dict[str, str] | bytes) -> Answer:
        """Call the API as Dewi's program does: with her token."""
        return await self._api(method, address, fields, {"Authorization": f"Bearer {self.token}"})

    async def _api(self, method: str, address: str, fields: dict[str, str] | bytes, headers: dict[str, str]) -> Answer:
        body = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
        kind = "application/octet-stream" if isinstance(fields, bytes) else "application/json"
        headers |= {"Content-Type": kind, "Content-Length": str(len(body))}
        return await self.browser.send(method, address, headers, body)

    async def state(self, *, own: bool = False) -> list[str]:
        """Every row there is, sorted; with `own`, those that speak of the team, its captain and what they have."""
        names = await store.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
        )
        found = []
        for name in [row["tablename"] for row in names if row["tablename"] not in MOVING]:
            for row in await store.fetch(f'SELECT row_to_json(t)::text AS line FROM "{name}" t'):  # noqa: S608
                line = {k: v for k, v in json.loads(row["line"]).items() if k not in MOVING_COLUMNS.get(name, ())}
                text = f"{name} {json.dumps(line, sort_keys=True)}"
                if not own or any(one in text for one in self.ids):
                    found.append(text)
        return sorted(found)


async def make_quarter(sukaraya: Sukaraya, browser: Browser) -> Quarter:
    """Build all of it."""
    now = datetime.now(UTC)
    key = load_key(browser.app.state.settings.secret_file)
    scene = await Scene.make(sukaraya, browser)
    captain, entry = sukaraya.captains[TEAM], sukaraya.entries[TEAM]
    submission = await _evaluated(scene)
    await store.execute("UPDATE account SET email = $2 WHERE id = $1", captain.account_id, EMAIL)
    await credentials.set_password(captain.account_id, PASSWORD)
    token = await accounts.create_token(captain.account_id, label=PRIVATE, actor=captain, now=now)
    await profile.set_nip("199208172015032004", key=key, actor=captain, now=now)
    upload = await submissions.register_upload(entry, filename=f"{PRIVATE}.zip", size=9, sha256="1" * 64, actor=captain)
    fetch = await commits.ask_commit(
        entry, repository=f"{REPOSITORY}/{PRIVATE}", revision="v1", hosts=GIT_HOSTS, actor=captain
    )
    pitch = await _pitch(entry, captain, browser.app.state.objects)
    await cards.save_card(entry, CARD, base=0, draft=False, actor=captain)
    invitation = await teams.new_invitation(sukaraya.teams[TEAM], key=key, actor=captain, now=now)
    wira = Principal(scene.wira.account_id, "Wira", frozenset())
    organizer = await sukaraya.organizer()
    news = await announcements.publish(
        sukaraya.event.id, Text("Kabar", "News"), Text("Halo.", "Hello."), important=False, actor=organizer, now=now
    )
    newcomer = await accounts.create_account(
        "Eko", email="eko@sukaraya.example", confirmed=False, actor=SYSTEM, now=now
    )
    batch, signing = [
        await codes.make_batch(
            uuid4(),
            sukaraya.event.id,
            purpose=purpose,
            size=1,
            expires_at=now + timedelta(hours=20),
            account_id=captain.account_id if purpose is codes.Purpose.SIGN_IN else None,
            key=key,
            actor=organizer,
            now=now,
        )
        for purpose in (codes.Purpose.CONFIRM, codes.Purpose.SIGN_IN)
    ]
    async with store.transaction():
        confirm, _ = await proofs.issue(Purpose.CONFIRM, newcomer.id, "eko@sukaraya.example", now=now)
        reset, _ = await proofs.issue(Purpose.RESET, captain.account_id, EMAIL, now=now)
    evaluation = await store.fetch_value(
        "SELECT id FROM evaluation WHERE submission_id = $1 AND case_set = 'board'", submission
    )
    people = {
        Who.NOBODY: scene.tono.account_id,
        Who.RIVAL: sukaraya.captains[RIVAL].account_id,
        Who.MEMBER: scene.rangga.account_id,
        Who.CAPTAIN: captain.account_id,
        Who.ORGANIZER: wira.account_id,
    }
    guest = await judges.add_judge(
        sukaraya.event.id, "Sari", email=None, agency="Universitas Nusa Jaya", actor=organizer, now=now
    )
    judge_link = await judges.new_link(guest.id, sukaraya.event.id, actor=organizer, now=now)
    people[Who.JUDGE], assignment = await _judge(sukaraya, entry, now)
    group = uuid4()
    await store.execute(
        "INSERT INTO judging_group (id, event_id, name, tracks, made_at) VALUES ($1, $2, 'Panel lama', $3, $4)",
        group,
        sukaraya.event.id,
        [sukaraya.track.id],
        now,
    )
    places = {
        "group_id": str(group),
        "assignment_id": str(assignment),
        "slug": sukaraya.event.slug,
        "event": sukaraya.event.slug,
        "track_slug": sukaraya.track.slug,
        "track": sukaraya.track.slug,
        "task": "otomasi-formulir",
        "name": "public.jsonl",
        "file": "hasil.csv",
        "digest": "x",
        "rest": "tidak-ada",
        "path": "tidak-ada",
        "face": "pengajuan",
        "subject": str(submission),
        "submission_id": str(submission),
        "submission": str(submission),
        "upload_id": str(upload.id),
        "upload": str(upload.id),
        "entry_id": str(entry),
        "entry": str(entry),
        "evaluation_id": str(evaluation),
        "fetch_id": str(fetch.id),
        "commit": str(fetch.id),
        "pitch_id": str(pitch),
        "number": "1",
        "member_id": str(people[Who.MEMBER]),
        "account_id": str(newcomer.id),
        "token_id": str(token.id),
        "announcement_id": str(news.id),
        "batch_id": str(batch.batch.id),
        "judge_id": str(guest.id),
        "/undangan-juri/{secret:str}/secret": judge_link.secret,
        "/undangan/{secret:str}/secret": invitation.secret,
        "/sandi/{secret:str}/secret": reset,
        "/konfirmasi/{secret:str}/secret": confirm,
        "team": str(sukaraya.teams[TEAM]),
        "version": (await teams.get_team(sukaraya.teams[TEAM])).version,
        "code": signing.codes[0],
        "soon": (now + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M"),
        "session": str(await _other_session(captain.account_id, now)),
    }
    own = (sukaraya.teams[TEAM], entry, submission, upload.id, fetch.id, pitch, evaluation, token.id)
    ids = tuple(str(one) for one in (*own, captain.account_id))
    return Quarter(browser, people, places, ids, token.secret)


async def _evaluated(scene: Scene) -> UUID:
    submission = await scene.hand_in(TEAM, f"{PRIVATE}.zip")
    claim = await scene.claim()
    await scene.build(claim)
    await scene.write_log(claim, f"build {PRIVATE} selesai\nsiap\n".encode())
    await scene.end(claim)
    return submission


async def _pitch(entry: UUID, captain: Principal, objects: objects.Objects) -> UUID:
    document = pdf([words("Lapor"), words("Ringkas")])
    offered = await pitches.offer_pitch(
        entry, filename=f"{PRIVATE}.pdf", stream=_stream(document), objects=objects, actor=captain
    )
    await Drawer(objects, FakeProvider()).draw_next()
    await pitches.save_video(entry, f"https://video.contoh.id/{PRIVATE}", actor=captain)
    return offered.id


async def _judge(sukaraya: Sukaraya, entry: UUID, now: datetime) -> tuple[UUID, UUID]:
    """Ratna, who judges the team; her account and the assignment."""
    account, judge, assignment = await new_account("Ratna Handayani", now), uuid4(), uuid4()
    await store.execute(
        "INSERT INTO judge (id, event_id, account_id, name, state, invited_at, joined_at, declared_at)"
        " VALUES ($1, $2, $3, 'Ratna Handayani', 'active', $4, $4, $4)",
        judge,
        sukaraya.event.id,
        account,
        now,
    )
    await store.execute(
        "INSERT INTO assignment (id, judge_id, entry_id, kind, state, made_at)"
        " VALUES ($1, $2, $3, 'review', 'open', $4)",
        assignment,
        judge,
        entry,
        now,
    )
    return account, assignment


async def _other_session(account_id: UUID, now: datetime) -> UUID:
    await sessions.open_session(account_id, now=now)
    found: UUID = await store.fetch_value("SELECT id FROM session WHERE account_id = $1 LIMIT 1", account_id)
    return found


async def _stream(data: bytes) -> AsyncIterator[bytes]:
    yield data


def _with_file(fields: dict[str, str], key: str) -> bytes:
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n{key}\r\n'] if key else []
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="berkas"; filename="berkas"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n{fields['berkas']}\r\n--{BOUNDARY}--\r\n")
    return "".join(parts).encode()
