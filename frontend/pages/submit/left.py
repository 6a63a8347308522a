"""What is left to do for an entry, line by line, and the one step that comes next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.outcomes import outcome
from frontend.pages.submit.desk import Desk
from frontend.pages.submit.own import Own
from hackathon.cards import FIELDS
from hackathon.evaluations import State, Version
from hackathon.pitches import PitchState
from hackathon.teams import Approval
from sandbox.model import Status


@dataclass(frozen=True, slots=True)
class Mark:
    """A state: how it looks (ok, run, warn, bad or nothing), an icon (petals while something runs) and a word."""

    look: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the list. `done` things are never the next step; `needed` ones keep the entry from counting."""

    title: str
    href: str
    hint: str
    mark: Mark
    done: bool
    needed: bool = True


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the table. `total` is empty without a score."""

    id: str
    number: int
    filename: str
    received: str
    author: str
    total: str
    mark: Mark
    counts: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """All that an entry's page shows. `step` is the next thing to do and `button` its words; both may be missing."""

    lines: tuple[Line, ...]
    done: int
    step: Line | None
    button: str
    attempts: str
    renewal: str
    left: int
    rows: tuple[VersionRow, ...]


def draw_desk(own: Own, desk: Desk) -> DeskView:
    """The page of an entry."""
    language = own.language
    lines = (
        _team(own, desk),
        _card(own, desk),
        _handed_in(own, desk),
        _result(own, desk),
        _pitch(own, desk),
        _choice(own, desk),
    )
    step = next((line for line in lines if not line.done and line.needed), None)
    attempts = desk.attempts
    return DeskView(
        lines=lines,
        done=sum(line.done for line in lines),
        step=None if own.over else step,
        button=_button(step, lines, language),
        attempts=say(
            language,
            "Sisa {left} dari {all} hari ini",
            left=formats.whole(attempts.left, language),
            all=formats.whole(attempts.allowed, language),
        ),
        renewal=formats.moment_short(attempts.resets_at, own.zone, language),
        left=attempts.left,
        rows=version_rows(own, desk),
    )


def version_rows(own: Own, desk: Desk) -> tuple[VersionRow, ...]:
    """The table of versions, newest first."""
    language, counting = own.language, desk.counting
    authors = {one.id: desk.names.get(one.account_id, "") for one in desk.handed_in}
    return tuple(
        VersionRow(
            id=str(version.submission_id),
            number=version.number,
            filename=version.filename,
            received=formats.moment_short(version.received_at, own.zone, language),
            author=authors.get(version.submission_id, ""),
            total="" if version.score is None else formats.score(version.score, language),
            mark=version_mark(version, language),
            counts=counting is not None and counting.submission_id == version.submission_id,
        )
        for version in desk.versions
    )


def version_mark(version: Version, language: Language) -> Mark:
    """Where a version stands."""
    if version.state is State.QUEUED:
        return Mark("", "clock", say(language, "Antre"))
    if version.state is State.BUILDING:
        return Mark("run", "petals", say(language, "Build"))
    if version.state is State.RUNNING:
        return Mark("run", "petals", say(language, "Uji"))
    bad = None if version.status in (None, Status.OK) else outcome(version.status.value)
    if bad is not None:
        return Mark("bad", bad.icon, pick(bad.word, language))
    return Mark("ok", "check", say(language, "Selesai"))


def _done(language: Language) -> Mark:
    return Mark("ok", "check", say(language, "Selesai"))


def _open(language: Language) -> Mark:
    return Mark("", "circle-dashed", say(language, "Belum"))


def _team(own: Own, desk: Desk) -> Line:
    language, rules, count = own.language, own.event.rules, len(desk.members)
    hint = say(
        language,
        "{count} dari paling banyak {most} orang",
        count=formats.whole(count, language),
        most=formats.whole(rules.team_size_max, language),
    )
    complete = count >= rules.team_size_min
    mark = _done(language)
    if not complete:
        missing = rules.team_size_min - count
        hint = say_count(language, "Kurang {n} orang lagi", missing, formats.whole(missing, language))
        mark = Mark("bad", "circle-alert", say(language, "Perlu dilengkapi"))
    elif not desk.team.may_hand_in(rules):
        complete = False
        if desk.team.approval is Approval.REJECTED:
            hint, mark = (
                say(language, "Baca alasannya di halaman tim"),
                Mark("bad", "x", say(language, "Ditolak panitia")),
            )
        else:
            hint = say(language, "Prototipe dapat dikirim setelah tim disetujui")
            mark = Mark("warn", "hourglass", say(language, "Menunggu panitia"))
    return Line(say(language, "Lengkapi anggota tim"), f"/acara/{own.event.slug}/tim", hint, mark, done=complete)


def _card(own: Own, desk: Desk) -> Line:
    language, card = own.language, desk.card
    total = formats.whole(len(FIELDS), language)
    if card is None:
        hint, mark = say(language, "Juri membacanya di samping hasil uji"), _open(language)
    elif card.complete:
        hint = say(
            language,
            "Versi {n}, {when}, oleh {who}",
            n=formats.whole(card.version, language),
            when=formats.moment_short(card.saved_at, own.zone, language),
            who=card.author,
        )
        mark = _done(language)
    else:
        hint = say(
            language, "{count} dari {total} bagian terisi", count=formats.whole(card.answered, language), total=total
        )
        mark = Mark("warn", "circle-dashed", say(language, "Draf"))
    title = say(language, "Isi kartu prototipe")
    return Line(title, f"{own.base}/kartu", hint, mark, done=card is not None and card.complete)


def _handed_in(own: Own, desk: Desk) -> Line:
    language, latest, fetch = own.language, desk.latest, desk.fetch
    href = f"{own.base}/kirim"
    if fetch is not None and fetch.under_way:
        href = f"{href}/commit/{fetch.id}"
        asked = formats.moment_short(fetch.asked_at, own.zone, language)
        hint = say(language, "Commit {name}, diminta {when}", name=(fetch.commit or fetch.revision)[:12], when=asked)
        mark = Mark("run", "petals", say(language, "Mengambil dari git"))
    elif latest is not None:
        hint = say(
            language,
            "Versi {n}, {when}",
            n=formats.whole(latest.number, language),
            when=formats.moment_short(latest.received_at, own.zone, language),
        )
        mark = _done(language)
    elif desk.uploads:
        hint, mark = say(language, "Unggahan belum selesai"), Mark("warn", "upload", say(language, "Belum lengkap"))
    elif not own.open and not own.over:
        opens = formats.moment_short(own.event.schedule.building_opens, own.zone, language)
        hint, mark = say(language, "Dibuka {when}", when=opens), Mark("", "clock", say(language, "Belum dibuka"))
    else:
        hint, mark = say(language, "Arsip zip atau tar.gz dari folder prototipe Anda"), _open(language)
    return Line(say(language, "Kirim prototipe"), href, hint, mark, done=latest is not None)


def _result(own: Own, desk: Desk) -> Line:
    language, latest = own.language, desk.latest
    title = say(language, "Baca hasil uji")
    if latest is None:
        return Line(title, "", say(language, "Muncul setelah prototipe pertama dikirim"), _open(language), done=False)
    mark, href = version_mark(latest, language), f"/pengajuan/{latest.submission_id}"
    finished = latest.state is State.FINISHED
    if not finished:
        hint = (
            say(language, "Versi {n} sedang diproses", n=formats.whole(latest.number, language))
            if desk.workers
            else say(language, "Mesin penguji sedang tidak aktif. Pengujian berjalan sendiri begitu mesin kembali.")
        )
    elif latest.score is not None and latest.status is Status.OK:
        hint = say(
            language,
            "Versi {n} mendapat nilai {total}",
            n=formats.whole(latest.number, language),
            total=formats.score(latest.score, language),
        )
    else:
        hint = say(language, "Versi {n} belum berhasil. Baca sebabnya.", n=formats.whole(latest.number, language))
    return Line(title, href, hint, mark, done=finished)


def _pitch(own: Own, desk: Desk) -> Line:
    language, pitch = own.language, desk.pitch
    parts: list[str] = []
    if pitch.shown is not None:
        count = len(pitch.shown.pages)
        parts.append(say_count(language, "{n} halaman", count, formats.whole(count, language)))
    if pitch.video is not None:
        parts.append(say(language, "video di {host}", host=pitch.video.host))
    hint = ", ".join(parts) or say(language, "PDF sampai 30 halaman, dan tautan video bila ada")
    mark = _done(language) if pitch.complete else _open(language)
    if pitch.latest is not None and pitch.latest.under_way:
        mark = Mark("run", "petals", say(language, "Digambar"))
    elif pitch.latest is not None and pitch.latest.state is PitchState.REFUSED:
        mark = Mark("bad", "circle-alert", say(language, "Perlu diganti"))
    title = say(language, "Unggah presentasi dan video")
    return Line(title, f"{own.base}/presentasi", hint, mark, done=pitch.complete)


def _choice(own: Own, desk: Desk) -> Line:
    language, counting = own.language, desk.counting
    title = say(language, "Pilih versi yang dinilai")
    if counting is None:
        hint = say(language, "Bila tidak dipilih, versi terbaru yang selesai diuji yang dinilai")
        return Line(title, "", hint, _open(language), done=False, needed=False)
    number = formats.whole(counting.number, language)
    chosen = desk.chosen is not None
    hint = (
        say(language, "Versi {n}, pilihan tim", n=number)
        if chosen
        else say(language, "Versi {n}, terbaru yang selesai diuji", n=number)
    )
    word = say(language, "Dipilih") if chosen else say(language, "Otomatis")
    mark = Mark("ok" if chosen else "", "check" if chosen else "refresh-cw", word)
    return Line(title, f"/pengajuan/{counting.submission_id}#versi", hint, mark, done=True, needed=False)


def _button(step: Line | None, lines: Sequence[Line], language: Language) -> str:
    if step is None:
        return ""
    words = (
        say(language, "Lengkapi tim"),
        say(language, "Isi kartu prototipe"),
        say(language, "Kirim prototipe"),
        say(language, "Lihat kemajuannya"),
        say(language, "Unggah presentasi"),
        "",
    )
    return words[list(lines).index(step)]
