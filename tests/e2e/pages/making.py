"""Fills a database with the world, through the services, one step after the other as people would have done it."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from frontend.demo.plan import PROTOTYPES
from frontend.packing import pack
from hackathon import (
    accounts,
    announcements,
    cards,
    codes,
    commits,
    credentials,
    events,
    pitches,
    proofs,
    sessions,
    store,
    teams,
)
from hackathon.accounts import profile
from hackathon.commits.fetching import Fetcher
from hackathon.events import Schedule
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.model import Role as Power
from hackathon.objects import Objects
from hackathon.proofs import Purpose
from hackathon.settings import Settings
from hackathon.submissions import Upload, complete_upload, register_upload, store_part
from judging import publications
from sandbox.fake import FakeProvider
from sandbox.model import Text
from tests.e2e.pages.engine import Line
from tests.e2e.pages.judging import make_judging
from tests.e2e.pages.world import AGENCY, OWN, PASSWORD, PEOPLE, RIVALS, Role, State, World, schedule, spec

NO_COPY = "FROM python\nCOPY nilai.py /app/nilai.py\nCMD python3 /app/nilai.py\n"

NEWS = (
    "Hari ini pukul 15.00 WIB di ruang rapat daring. Tautannya dikirim lewat surel kepada semua ketua tim.",
    "Today at 15.00 WIB in the online room. The link comes by mail to all captains.",
)

CARD = {
    "name": "Lapor Ringkas",
    "summary": "Mengisi formulir dari surat warga.",
    "data_used": "Surat rekaan dari kasus terbuka, tanpa data pribadi siapa pun.",
    "limits": "Tulisan tangan dan pindaian miring sering salah dibaca.",
    "human_oversight": "Petugas loket memeriksa tiap isian sebelum surat diteruskan.",
}

PDF = b"%PDF-1.4\n" + b"".join(
    b"%d 0 obj\n<< /Type /Page /Parent 9 0 R /MediaBox [0 0 960 540] >>\nendobj\n" % number for number in (1, 2, 3)
)


class Maker:
    """Fills a database; one step after the other, as people would have done it."""

    def __init__(self, settings: Settings, objects: Objects, line: Line, scratch: Path) -> None:
        self.settings = settings
        self.objects = objects
        self.line = line
        self.scratch = scratch
        self.world = World()
        self._archives = 0
        self._captains: dict[tuple[State, str], Principal] = {}

    async def make(self) -> World:
        """All of it. Afterwards one submission of Ayu's team runs and stands still, and one waits behind it."""
        now = await store.clock()
        for role, (name, email) in PEOPLE.items():
            await self._person(role, name, email, now)
        for state in State:
            # While work is handed in, everything is open and nothing is frozen.
            filled = state in (State.BUILDING, State.FROZEN, State.CLOSED)
            await self._event(state, now, schedule(now, State.BUILDING if filled else state))
            if state is not State.UPCOMING:
                await self._teams(state, now)
        await make_judging(self.world, now)
        await self.line.start()
        await self._hand_in_all()
        for state in (State.FROZEN, State.CLOSED):
            await self._event(state, now, schedule(now, state))
        await self._leave_some_unfinished()
        await self._tell_news(now)
        await self._keep_secrets(now)
        await self._present(now)
        await self._decide_teams(now)
        return self.world

    async def _person(self, role: Role, name: str, email: str, now: datetime) -> None:
        powers = (Power.ORGANIZER,) if role is Role.ORGANIZER else ()
        account = await accounts.create_account(
            name, email=email, roles=powers, confirmed=role is not Role.NEWCOMER, actor=SYSTEM, now=now
        )
        await credentials.set_password(account.id, PASSWORD)
        self.world.people[role] = Principal(account.id, account.name, account.roles)
        # A second browser, so that there is one to end.
        await sessions.open_session(account.id, now=now, browser="Mozilla/5.0 (Android 14; Mobile) Firefox/131.0")
        self.world.secrets[role] = (await sessions.open_session(account.id, now=now)).secret

    async def _event(self, state: State, now: datetime, timing: Schedule) -> None:
        key = load_key(self.settings.secret_file)
        made = await events.apply_event(spec(now, state, timing), key=key, actor=SYSTEM, now=now)
        self.world.events[state] = made

    async def _teams(self, state: State, now: datetime) -> None:
        own = [self.world.people[Role.CAPTAIN].account_id, self.world.people[Role.MEMBER].account_id]
        await self._team(state, OWN, AGENCY, own, now)
        for name, (agency, _) in RIVALS.items():
            await self.found_rival(state, name, agency, now)

    async def found_rival(self, state: State, name: str, agency: str, now: datetime) -> None:
        """Another team, with a captain whom nobody else knows."""
        captain = await accounts.create_account(f"Ketua {name}", actor=SYSTEM, now=now)
        await self._team(state, name, agency, [captain.id], now)
        self._captains[state, name] = Principal(captain.id, captain.name, captain.roles)

    async def _team(self, state: State, name: str, agency: str, members: list[UUID], now: datetime) -> None:
        event = self.world.events[state]
        team = await teams.create_team(
            event.id, name, agency, actor=SYSTEM, now=now, member_ids=members, venue=event.venues[0].slug
        )
        entry = await teams.enter_track(team.id, event.tracks[0].id, actor=SYSTEM, now=now)
        self.world.team_ids[state, name] = team.id
        self.world.entries[state, name] = entry.id

    async def _hand_in_all(self) -> None:
        mine = self.world.submissions
        mine["lemah"] = await self.hand_in(State.BUILDING, OWN, "pola-pertama")
        for name, (_, prototypes) in RIVALS.items():
            await self.hand_in(State.BUILDING, name, prototypes[0])
        await self._publish()
        for name, (_, prototypes) in RIVALS.items():
            for prototype in prototypes[1:]:
                await self.hand_in(State.BUILDING, name, prototype)
        await self._publish()
        mine["gagal-build"] = await self.hand_in(State.BUILDING, OWN, "salah-urut", {"Dockerfile": NO_COPY})
        mine["mogok"] = await self.hand_in(State.BUILDING, OWN, "mogok-tengah")
        await self._publish()
        mine["baik"] = await self.hand_in(State.BUILDING, OWN, "aturan-berlapis")
        for state in (State.FROZEN, State.CLOSED):
            mine[state.value] = await self.hand_in(state, OWN, "pola-pertama")
            await self.hand_in(state, "Satu Meja", "aturan-berlapis")
        await self._publish()

    async def _publish(self) -> None:
        """Boards that move have something to show: a publication after each round of work."""
        await self.line.finished()
        for event in self.world.events.values():
            for track in event.tracks:
                await publications.publish(track.id)

    async def _leave_some_unfinished(self) -> None:
        self.line.engine.hold.set()
        mine = self.world.submissions
        mine["berjalan"] = await self.hand_in(State.BUILDING, OWN, "kamus-wilayah")
        mine["antre"] = await self.hand_in(State.BUILDING, OWN, "naif-tebak")
        for _ in range(200):
            running: int = await store.fetch_value(
                "SELECT count(*) FROM evaluation WHERE submission_id = $1 AND state = 'running'", mine["berjalan"]
            )
            if running and self.line.engine.held.is_set():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("no evaluation came to be held")

    async def _tell_news(self, now: datetime) -> None:
        event, citra = self.world.events[State.BUILDING], self.world.people[Role.ORGANIZER]
        told = (
            (Text("Sesi tanya jawab", "Questions and answers"), Text(*NEWS), False),
            (
                Text("Jaringan lokasi Jayapura pulih", "Jayapura is back on line"),
                Text("Silakan unggah.", "Go on."),
                True,
            ),
            (Text("Salah kirim", "Sent by mistake"), Text("Abaikan.", "Ignore it."), False),
        )
        made = [
            await announcements.publish(event.id, title, body, important=important, actor=citra, now=now)
            for title, body, important in told
        ]
        await announcements.retract(made[-1].id, "Salah acara.", actor=citra, now=now)
        self.world.places["kabar"] = str(made[0].id)

    async def _keep_secrets(self, now: datetime) -> None:
        world, key = self.world, load_key(self.settings.secret_file)
        ayu, eko = world.people[Role.CAPTAIN], world.people[Role.NEWCOMER]
        await profile.set_nip("19900101 201503 2 001", key=key, actor=ayu, now=now)
        await accounts.create_token(ayu.account_id, label="laptop kantor", actor=ayu, now=now)
        invitation = await teams.new_invitation(world.team_ids[State.BUILDING, OWN], key=key, actor=ayu, now=now)
        async with store.transaction():
            confirm, _ = await proofs.issue(Purpose.CONFIRM, eko.account_id, PEOPLE[Role.NEWCOMER][1], now=now)
            reset, _ = await proofs.issue(Purpose.RESET, ayu.account_id, PEOPLE[Role.CAPTAIN][1], now=now)
        world.places |= {
            **{name: str(submission) for name, submission in world.submissions.items()},
            "undangan": invitation.secret,
            "konfirmasi": confirm,
            "sandi": reset,
            "bima": str(world.people[Role.MEMBER].account_id),
            "eko": str(eko.account_id),
            "keikutsertaan": str(world.entries[State.BUILDING, OWN]),
            "uji": str(
                await store.fetch_value(
                    "SELECT id FROM evaluation WHERE submission_id = $1 AND case_set = 'board'",
                    world.submissions["mogok"],
                )
            ),
        }

    async def _decide_teams(self, now: datetime) -> None:
        citra = self.world.people[Role.ORGANIZER]
        of = {name: team for (state, name), team in self.world.team_ids.items() if state is State.REGISTRATION}
        await teams.approve_teams([of["Satu Meja"]], actor=citra, now=now)
        await teams.reject_teams([of[OWN]], "Surat tugas kurang tanda tangan kepala dinas.", actor=citra, now=now)

    async def _present(self, now: datetime) -> None:
        """A card, a pitch of three pages with its video, and an upload that waits for its word."""
        ayu, entry = self.world.people[Role.CAPTAIN], self.world.entries[State.BUILDING, OWN]
        await cards.save_card(entry, CARD, base=0, draft=False, actor=ayu)
        await pitches.save_video(entry, "https://video.invalid/kawan-lapor", actor=ayu)
        await pitches.offer_pitch(entry, filename="lapor.pdf", stream=_stream(PDF), objects=self.objects, actor=ayu)
        upload = await self._send(State.BUILDING, OWN, "naif-tebak")
        batch = await codes.make_batch(
            uuid4(),
            self.world.events[State.BUILDING].id,
            purpose=codes.Purpose.CONFIRM,
            size=6,
            expires_at=now + timedelta(days=1),
            key=load_key(self.settings.secret_file),
            actor=self.world.people[Role.ORGANIZER],
            now=now,
        )
        self.world.places |= {"unggahan": str(upload.id), "lembar": str(batch.batch.id)}
        group = uuid4()
        await store.execute(
            "INSERT INTO judging_group (id, event_id, name, everybody, made_at)"
            " VALUES ($1, $2, 'Panel utama', true, $3)",
            group,
            self.world.events[State.BUILDING].id,
            now,
        )
        self.world.places["kelompok"] = str(group)
        for name, revision in (("commit-ditolak", "main"), ("commit-menunggu", "4f2a9c1e" * 5)):
            asked = await commits.ask_commit(
                self.world.entries[State.FROZEN, OWN],
                repository="https://github.com/kawan-lapor/prototipe",
                revision=revision,
                hosts=("github.com",),
                actor=ayu,
            )
            self.world.places[name] = str(asked.id)
            if revision == "main":
                # There is no such repository, and it says so.
                await Fetcher(self.objects, FakeProvider(), hosts=("github.com",)).fetch_next()
        await store.execute("UPDATE git_fetch SET due_at = due_at + interval '1 day' WHERE state = 'waiting'")

    async def hand_in(self, state: State, team: str, prototype: str, files: Mapping[str, str] | None = None) -> UUID:
        """A prototype of the demo, with other bytes each time; `files` are put in place of it."""
        upload = await self._send(state, team, prototype, files)
        receipt = await complete_upload(upload.id, objects=self.objects, actor=self._captain(state, team))
        return receipt.submission_id

    def _captain(self, state: State, team: str) -> Principal:
        return self.world.people[Role.CAPTAIN] if team == OWN else self._captains[state, team]

    async def _send(self, state: State, team: str, prototype: str, files: Mapping[str, str] | None = None) -> Upload:
        self._archives += 1
        target = self.scratch / f"{self._archives}-{prototype}.zip"
        source = self.scratch / f"{self._archives}"
        source.mkdir()
        for path in sorted((PROTOTYPES / prototype).rglob("*")) if files is None else ():
            if path.is_file():
                copy = source / path.relative_to(PROTOTYPES / prototype)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
        for name, text in (files or {}).items():
            (source / name).write_text(text)
        (source / "CATATAN.txt").write_text(f"Versi {self._archives}\n")
        pack(source, target)
        data = target.read_bytes()
        captain = self._captain(state, team)
        upload = await register_upload(
            self.world.entries[state, team],
            filename=f"{prototype}.zip",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            actor=captain,
        )
        for number in upload.missing:
            part = data[(number - 1) * upload.part_bytes : number * upload.part_bytes]
            await store_part(upload.id, number, _stream(part), objects=self.objects, actor=captain)
        return upload


async def _stream(data: bytes) -> AsyncIterator[bytes]:
    yield data
