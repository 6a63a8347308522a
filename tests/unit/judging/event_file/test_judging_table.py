"""`[judging]` of an event file: what it gives, and how its mistakes are told."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from hackathon.events import EventInvalid, parse_event
from judging.composite.methods import Method
from judging.event_file import parse_judging
from judging.rules import JudgingRules, Showing

DOCUMENT = (Path(__file__).parents[4] / "docs" / "events.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"<!-- contoh: event -->\n```toml\n(.*?)```", DOCUMENT, re.DOTALL)


def read(text: str) -> object:
    data = text.encode()
    return parse_judging(data, parse_event(data, elsewhere={"judging"}))


def test_the_example_of_the_docs_is_what_it_says() -> None:
    spec = parse_judging(EXAMPLE.encode(), parse_event(EXAMPLE.encode(), elsewhere={"judging"}))
    assert spec is not None
    assert spec.on(JudgingRules(named=True, calibration=("x",))) == JudgingRules(
        Method.ADJUSTED, reviews=3, max_load=20, showing=Showing.END, calibration=("x",)
    )
    (rubric,) = spec.rubrics
    assert rubric.track == "naskah-dan-formulir"
    assert rubric.rubric.keys == ("manfaat", "mutu")
    assert rubric.rubric.criteria[1].anchors[5].en == "Right in hard cases too."


def test_every_rule_is_in_the_docs() -> None:
    for rule in fields(JudgingRules):
        assert rule.name == "calibration" or f"{rule.name} = " in DOCUMENT, rule.name


def test_what_is_left_out_stays() -> None:
    head = EXAMPLE[: EXAMPLE.index("[judging]")]
    assert read(head) is None
    spec = parse_judging(f"{head}[judging]\nmax_load = 0\n".encode(), parse_event(head.encode()))
    assert spec is not None
    assert spec.on(JudgingRules(blind=True, max_load=7)) == JudgingRules(blind=True, max_load=None)


def test_without_a_reader_the_table_is_refused() -> None:
    with pytest.raises(EventInvalid, match="unknown field `judging`"):
        parse_event(EXAMPLE.encode())


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ('method = "adjusted"', 'method = "median"', "method = ", "median"),
        ("reviews = 3 ", "reviews = 0 ", "reviews = ", "between 1 and 50"),
        ("reviews = 3 ", "reviews = true ", "reviews = ", "Expected `int"),
        ("blind = false", "blnd = false", "blnd = ", "unknown field `blnd`"),
        ("blind = false", "judges_share = 30", "judges_share = ", "give the judges 40 percent, not 30"),
        ("blind = false", "judges_share = nan", "judges_share = ", "between 0 and 100"),
        ('ties = ["judges", "automated"]', 'ties = ["luck"]', "ties = ", "Choose one"),
        ("max_load = 20", "max_load = -1", "max_load = ", "between 1 and 1000"),
        ('track = "naskah-dan-formulir"', 'track = "lain"', 'track = "lain"', "no track `lain`"),
        ('key = "mutu"', 'key = "manfaat"', 'key = "manfaat"\nweight = 40', "stands twice"),
        ('key = "mutu"', 'key = "Mutu!"', "key = ", "lower-case"),
        ('weight = 40\ntitle = { id = "Mutu"', 'weight = 0\ntitle = { id = "Mutu"', "weight = 0", "above 0"),
        ('3 = { id = "Benar pada', '4 = { id = "Benar pada', "4 = {", "unknown field `4`"),
        ('en = "Often wrong."', 'en = " "', '1 = { id = "Sering', "missing"),
        ('"Apakah jawabannya benar?"', f'"{"a" * 601}"', 'question = { id = "aaa', "too long"),
    ],
)
def test_mistakes_name_their_line(old: str, new: str, where: str, told: str) -> None:
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new)
    with pytest.raises(EventInvalid) as caught:
        read(text)
    assert told in caught.value.reason
    lines = text.splitlines()
    assert caught.value.line is not None
    begins = text[text.rindex(where) :].splitlines()[0]
    assert lines[caught.value.line - 1].endswith(begins), (caught.value.line, caught.value.reason)
