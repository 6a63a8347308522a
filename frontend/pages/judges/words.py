"""How a judge stands, in the words of the organizers' pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontend import formats
from frontend.language import message, say
from frontend.pages.console.desk import Desk
from hackathon.mail import State as LetterState
from judging.judges import JudgeLine, State
from judging.notices import Standing, Unreached

LETTERS: Mapping[LetterState, str] = {
    LetterState.WAITING: message("surel menunggu dikirim"),
    LetterState.SENT: message("surel terkirim {at}"),
    LetterState.REFUSED: message("surel ditolak {at}: periksa alamatnya"),
    LetterState.EXPIRED: message("surel tidak terkirim sampai {at}"),
}
UNREACHED: Mapping[Unreached, str] = {
    Unreached.NO_ADDRESS: message("tanpa surel: akunnya tidak punya alamat"),
    Unreached.UNCONFIRMED: message("tanpa surel: alamat akunnya belum dikonfirmasi"),
}


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state: its class, its icon, its word, and what stands below it."""

    tone: str
    icon: str
    word: str
    below: str = ""


def state_of(line: JudgeLine, standing: Standing | None, desk: Desk) -> StateWord:
    """Where a judge stands in the list."""
    language = desk.language
    if line.judge.state is State.INVITED:
        return StateWord("st-warn", "hourglass", say(language, "Diundang"))
    if line.judge.state is State.LEFT:
        return StateWord("", "", say(language, "Berhenti"))
    if standing is None:
        return StateWord("st-warn", "ban", say(language, "Anggota tim"), say(language, "tidak lagi menilai acara ini"))
    below = "" if standing.unreached is None else say(language, UNREACHED[standing.unreached])
    if is_slow(standing, desk):
        return StateWord("st-warn", "hourglass", say(language, "Tertinggal"), below)
    return StateWord("st-ok", "circle-check", say(language, "Bertugas"), below)


def link_words(line: JudgeLine, desk: Desk) -> tuple[str, ...]:
    """What became of an invitation."""
    language = desk.language
    if line.judge.state is not State.INVITED:
        return ()
    if line.link_until is None:
        return (say(language, "tidak ada tautan yang berlaku"),)
    until = formats.moment_short(line.link_until, desk.zone, language)
    words = (say(language, "tautan berlaku sampai {until}", until=until),)
    if line.letter is None:
        return words
    at = formats.moment_short(line.letter.at, desk.zone, language)
    return (say(language, LETTERS[line.letter.state], at=at), *words)


def is_slow(standing: Standing, desk: Desk) -> bool:
    """Whether a judge is behind the pace needed to finish."""
    schedule = desk.event.schedule
    return standing.is_slow(schedule.building_closes, schedule.judging_closes, desk.now)


def expected(standing: Standing, desk: Desk) -> int:
    """How many scorecards an even pace would have sent by now."""
    schedule = desk.event.schedule
    return round(standing.expected(schedule.building_closes, schedule.judging_closes, desk.now))
