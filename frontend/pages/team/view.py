"""A person's team as its page shows it. Pure: everything comes in as values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.team.steps import Step, next_step
from hackathon.events import Event, Track, teams_lock
from hackathon.teams import Approval, Member, Team, TeamEntry, members_open, teams_open


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member. `hand_over` and `remove` lead to the pages that ask again; empty where that is not possible."""

    name: str
    initials: str
    captain: bool
    own: bool
    joined: str
    hand_over: str
    remove: str


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A track of the event: `entered` or not, `told` says what stands there; at most one of `enter` and
    `withdraw` is set. `feedback` leads to what judges said, once results are out.
    """

    slug: str
    title: str
    entered: bool
    told: str
    enter: bool
    withdraw: str
    submissions: str
    feedback: str


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """What the organizers say: `state` is ok, wait or bad; `since` is its age in words."""

    state: str
    title: str
    words: str
    since: str


@dataclass(frozen=True, slots=True)
class TeamView:
    """All that a team's page shows beside the invitation. `lock` says until when members change, `lock_left` is the
    time until then; zero afterwards.
    """

    id: UUID
    name: str
    agency: str
    venue: str
    base: str
    captain: bool
    step: Step
    members: tuple[MemberLine, ...]
    seats: int
    seats_told: str
    size_told: str
    may_invite: bool
    may_change: bool
    may_leave: bool
    lock: datetime
    lock_left: timedelta
    locked: bool
    tracks: tuple[TrackLine, ...]
    tracks_hint: str
    approval: ApprovalLine | None


def draw_team(
    event: Event,
    team: Team,
    members: Sequence[Member],
    entries: Sequence[TeamEntry],
    *,
    person: UUID,
    invited: bool,
    now: datetime,
    zone: ZoneInfo,
    language: Language,
    out: Collection[UUID] = (),
) -> TeamView:
    """The page of a team as one of its members sees it. `invited`: it has an invitation that can be shown.

    `out` are the tracks whose results are published.
    """
    base = f"/acara/{event.slug}/tim"
    captain = any(one.captain and one.account_id == person for one in members)
    changing, filling = teams_open(event.schedule, now), members_open(event.schedule, now)
    seats = max(0, event.rules.team_size_max - len(members))
    missing = max(0, event.rules.team_size_min - len(members))
    return TeamView(
        id=team.id,
        name=team.name,
        agency=team.agency,
        venue=next((venue.name for venue in event.venues if venue.id == team.venue_id), ""),
        base=base,
        captain=captain,
        step=next_step(
            event, team, members, entries, base=base, captain=captain, invited=invited, now=now, zone=zone,
            language=language,
        ),
        members=tuple(
            _member(one, base, person, captain=captain, changing=changing, filling=filling, zone=zone,
                    language=language)
            for one in members
        ),
        seats=seats,
        seats_told=_seats(seats, event.rules.team_size_max, language),
        size_told=say(
            language,
            "{least} sampai {most} orang",
            least=formats.whole(event.rules.team_size_min, language),
            most=formats.whole(event.rules.team_size_max, language),
        ),
        may_invite=captain and filling,
        may_change=captain and changing,
        may_leave=filling,
        lock=teams_lock(event.schedule),
        lock_left=max(timedelta(0), teams_lock(event.schedule) - now),
        locked=now >= teams_lock(event.schedule),
        tracks=tuple(
            _track(track, entries, event, base, may_enter=not missing, changing=changing, out=out, language=language)
            for track in event.tracks
        ),
        tracks_hint=_tracks_hint(missing, changing=changing, language=language),
        approval=_approval(event, team, now, zone, language),
    )  # fmt: skip


def _member(
    one: Member,
    base: str,
    person: UUID,
    *,
    captain: bool,
    changing: bool,
    filling: bool,
    zone: ZoneInfo,
    language: Language,
) -> MemberLine:
    words = one.name.split()
    other = captain and one.account_id != person
    here = f"{base}/anggota/{one.account_id}"
    return MemberLine(
        name=one.name,
        initials="".join(word[0] for word in (words[:1] + words[1:][-1:])).upper(),
        captain=one.captain,
        own=one.account_id == person,
        joined=formats.short_day(one.joined_at, zone, language),
        hand_over=f"{here}/ketua" if other and changing else "",
        remove=f"{here}/keluarkan" if other and filling else "",
    )


def _seats(seats: int, most: int, language: Language) -> str:
    if not seats:
        return say(language, "Tim sudah penuh.")
    return say_count(
        language,
        "Masih ada {n} tempat dari {most}.",
        seats,
        formats.whole(seats, language),
        most=formats.whole(most, language),
    )


def _track(
    track: Track,
    entries: Sequence[TeamEntry],
    event: Event,
    base: str,
    *,
    may_enter: bool,
    changing: bool,
    out: Collection[UUID],
    language: Language,
) -> TrackLine:
    entry = next((one for one in entries if one.track_id == track.id), None)
    sent = 0 if entry is None else entry.submissions
    told = ""
    if sent:
        told = say_count(language, "{n} pengajuan", sent, formats.whole(sent, language))
    elif entry is not None:
        told = say(language, "Belum ada pengajuan")
    return TrackLine(
        slug=track.slug,
        title=pick(track.title, language),
        entered=entry is not None,
        told=told,
        enter=entry is None and may_enter and changing,
        withdraw=f"{base}/kategori/{track.slug}/mundur" if entry is not None and not sent and changing else "",
        submissions=f"/acara/{event.slug}/pengajuan/{track.slug}" if entry is not None else "",
        feedback=f"{base}/umpan-balik/{track.slug}" if entry is not None and track.id in out else "",
    )


def _tracks_hint(missing: int, *, changing: bool, language: Language) -> str:
    if not changing:
        return say(language, "Kategori tidak dapat diubah lagi.")
    if missing:
        return say_count(
            language,
            "Kategori dapat dipilih setelah {n} orang lagi bergabung.",
            missing,
            formats.whole(missing, language),
        )
    return say(language, "Tim boleh ikut lebih dari satu kategori, dan boleh mundur selama belum mengirim.")


def _approval(event: Event, team: Team, now: datetime, zone: ZoneInfo, language: Language) -> ApprovalLine | None:
    if team.approval is Approval.REJECTED:
        state, title, words = "bad", say(language, "Ditolak panitia"), team.approval_reason or ""
    elif not event.rules.approval:
        return None
    elif team.approval is Approval.PENDING:
        words = say(language, "Menunggu panitia memeriksa. Sampai disetujui, tim belum dapat mengirim.")
        state, title = "wait", say(language, "Menunggu persetujuan")
    else:
        state, title, words = "ok", say(language, "Disetujui panitia"), ""
    since = formats.moment_short(team.approval_at, zone, language)
    age = say(language, "{span} lalu", span=formats.remaining(now - team.approval_at, language))
    return ApprovalLine(state, title, words, f"{since} ({age})")
