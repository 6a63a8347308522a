"""docs/security.md says what the code does: its limits are the table's, its walls are those that are tried."""

import re
from pathlib import Path

import pytest

from hackathon.defaults import rows
from sandbox.proof import WALLS, Place

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def table(head: str) -> list[tuple[str, ...]]:
    """The rows of the table that begins with this head."""
    lines = PAPER.partition(f"{head}\n")[2].splitlines()[1:]
    end = next(number for number, line in enumerate(lines) if not line.startswith("|"))
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[:end]]


def test_the_limits_are_those_of_the_one_table() -> None:
    limits = [(f"{row.group.en}: {row.title.en}", row.shown.en) for row in rows() if "limits" in row.key]
    assert table("| limit | default |") == limits


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("### Around a prototype", Place.RUN),
        ("### Around a step of a build", Place.BUILD),
        ("### Before the engine is asked", Place.VETTING),
    ],
)
def test_the_walls_are_those_that_are_tried(heading: str, place: Place) -> None:
    told = table(f"{heading}\n\n| wall | without it |")
    assert told == [(f"`{wall.name}`", wall.missing.en) for wall in WALLS if wall.place is place]


def test_it_is_linked_where_people_look() -> None:
    assert "(docs/security.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(security.md)" in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_each_wall_that_the_matrix_names_exists() -> None:
    names = {wall.name for wall in WALLS}
    matrix = PAPER.partition("## What was proven")[2].partition("## How to report")[0]
    told = {name for name in re.findall(r"`([a-z-]+)`", matrix) if name not in {"cgroupfs", "systemd"}}
    assert told - {"--network=host"} <= names, told - names
