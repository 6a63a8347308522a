"""The field of an event: a petal for each team, and what it says in words."""

from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, say
from frontend.pages.charts import Field, field
from hackathon.overview import Overview


@dataclass(frozen=True, slots=True)
class TeamPetal:
    """A team's petal: `state` is on (has handed in), off, or now (handed in last)."""

    x: int
    y: int
    quarter: int
    state: str


@dataclass(frozen=True, slots=True)
class Petals:
    """The field of an event's teams, and what it says in words."""

    field: Field
    teams: tuple[TeamPetal, ...]
    label: str
    caption: str


def draw_petals(teams: Overview, language: Language) -> Petals:
    """A petal for each team, in the order in which they came."""
    room, latest = field(len(teams.teams)), teams.latest
    petals = tuple(
        TeamPetal(
            petal.x,
            petal.y,
            petal.quarter,
            "off" if team.handed_in_at is None else "now" if latest is not None and team.id == latest.id else "on",
        )
        for petal, team in zip(room.petals, teams.teams, strict=True)
    )
    sent = sum(team.handed_in_at is not None for team in teams.teams)
    values = {"sent": formats.whole(sent, language), "all": formats.whole(len(teams.teams), language)}
    caption = (
        say(language, "Satu kelopak, satu tim. {sent} dari {all} sudah mengirim, yang merah paling akhir.", **values)
        if latest is not None
        else say(language, "Satu kelopak, satu tim. Belum ada yang mengirim.")
    )
    label = say(language, "{all} kelopak, satu untuk tiap tim: {sent} sudah mengirim", **values)
    return Petals(room, petals, label, caption)
