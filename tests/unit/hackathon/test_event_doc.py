"""The example of docs/events.md is a whole event file, and the numbers beside it are those that hold."""

import re
from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest

from hackathon.events import content_spec as spec
from hackathon.events import parse_event
from hackathon.events.spec import EventSpec

DOCUMENT = (Path(__file__).parents[3] / "docs" / "events.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def event() -> EventSpec:
    (example,) = re.findall(r"<!-- contoh: event -->\n```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    return parse_event(example.encode(), elsewhere={"judging"})


def test_the_example_is_whole(event: EventSpec) -> None:
    for name in get_type_hints(type(event.content)):
        assert getattr(event.content, name), name
    assert event.schedule.freeze_at is not None
    assert event.venues[0].address
    assert event.tracks[0].summary is not None
    assert event.content.terms[0].body.id.count("\n\n") == 1


def test_the_numbers_are_those_that_hold() -> None:
    def told(number: int) -> str:
        return f"{number:,}"

    for longest in (spec.LONGEST_TITLE, spec.LONGEST_SUMMARY, spec.LONGEST_BODY, spec.LONGEST_LINK):
        assert re.search(rf"\| {told(longest)}( characters)? \|", DOCUMENT), longest
    assert f"| {told(spec.LONGEST_CONTENT)} |" in DOCUMENT
    words = {"themes": "themes", "agenda": "points of the agenda", "terms": "rules", "criteria": "criteria"}
    words |= {"prizes": "prizes", "partners": "partners", "faq": "questions"}
    for field in msgspec.structs.fields(spec.ContentDocument):
        if field.name in words:
            most = field.type.__metadata__[0].max_length
            assert f"{most} {words[field.name]}" in DOCUMENT, field.name
