"""The demo's event, teams and prototypes fit together, and each prototype is what it is meant to be at intake."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import frontend
from hackathon.events import parse_event
from sandbox.kits import Kit, KitRule, Refusal, Source, inspect
from sandbox.limits import Limits

DEMO = Path(frontend.__path__[0], "demo")
PROTOTYPES = sorted(path for path in (DEMO / "prototypes").iterdir() if path.is_dir())
REFUSED = "minta-torch"


@pytest.fixture(scope="module")
def teams() -> list[dict[str, Any]]:
    return tomllib.loads((DEMO / "teams.toml").read_text(encoding="utf-8"))["teams"]


def test_the_event_is_one_and_says_that_it_is_a_sample() -> None:
    spec = parse_event((DEMO / "event.toml").read_bytes())
    assert spec.demo
    assert "contoh" in spec.title.id
    assert {venue.zone for venue in spec.venues} == {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


def test_teams_fit_the_event(teams: list[dict[str, Any]]) -> None:
    spec = parse_event((DEMO / "event.toml").read_bytes())
    venues = {venue.slug for venue in spec.venues}
    people = [person for team in teams for person in team["members"]]
    assert len(people) == len(set(people))
    assert len({team["name"].casefold() for team in teams}) == len(teams)
    for team in teams:
        assert team["venue"] in venues
        assert spec.rules.team_size_min <= len(team["members"]) <= spec.rules.team_size_max
        assert 1 <= len(team["prototypes"]) <= spec.rules.attempts_a_day


def test_every_prototype_is_handed_in_once(teams: list[dict[str, Any]]) -> None:
    handed_in = [slug for team in teams for slug in team["prototypes"]]
    assert sorted(handed_in) == [path.name for path in PROTOTYPES]
    assert len(handed_in) >= 8


def test_the_event_that_is_judged_has_people_of_its_own(teams: list[dict[str, Any]]) -> None:
    judged = tomllib.loads((DEMO / "panel.toml").read_text(encoding="utf-8"))
    people = [person for team in teams + judged["teams"] for person in team["members"]]
    people += [judge["name"] for judge in judged["judges"]]
    assert len(people) == len(set(people))
    names = [team["name"] for team in teams + judged["teams"]]
    assert len(names) == len(set(names))
    handed_in = {slug for team in teams for slug in team["prototypes"]}
    for team in judged["teams"]:
        assert set(team["prototypes"]) <= handed_in - {REFUSED}
    assert [judge["name"] for judge in judged["judges"] if judge.get("guest")] == ["Retno Prameswari"]
    assert "contoh" in judged["title"]["id"]


@pytest.mark.parametrize("folder", PROTOTYPES, ids=lambda path: path.name)
def test_intake_takes_all_but_the_one_that_asks_for_too_much(folder: Path) -> None:
    source = inspect(folder, Limits())
    if folder.name == REFUSED:
        assert isinstance(source, Refusal)
        assert (source.rule, source.entry, source.line) == (KitRule.REQUIREMENTS, "requirements.txt", 3)
        assert "torch" in source.message.id
        return
    assert isinstance(source, Source)
    assert source.kit is (Kit.DOCKER if (folder / "Dockerfile").exists() else Kit.PYTHON)
    card = source.manifest.card
    assert all((source.manifest.name, source.manifest.summary, card.data_used, card.limits, card.human_oversight))


def test_every_kit_and_base_has_its_face() -> None:
    sources = [source for folder in PROTOTYPES if isinstance(source := inspect(folder, Limits()), Source)]
    assert {base.name for source in sources for base in source.bases} == {"python", "python-ml", "node"}
