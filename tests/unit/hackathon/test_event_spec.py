"""Event files: what they give, and how their mistakes are told."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hackathon.events import EventInvalid, parse_event
from sandbox.limits import GIB, Limits

EVENT = """\
slug = "asn-digital"
zone = "Asia/Jakarta"

[title]
id = "Hackathon AI ASN Digital"
en = "ASN Digital AI Hackathon"

[schedule]
registration_opens = 2026-11-20T08:00:00
building_opens = 2026-11-24T08:00:00+07:00
building_closes = 2026-11-26T10:00:00Z
judging_closes = 2026-11-27T17:00:00
objection_closes = 2026-11-30T17:00:00
freeze_at = 2026-11-26T15:00:00

[rules]
attempts_a_day = 5

[rules.limits.prototype]
memory_bytes = 2147483648
cpus = 2

[[venues]]
slug = "jayapura"
name = "Balai Kota Jayapura"
zone = "Asia/Jayapura"

[[tracks]]
slug = "formulir"
title = { id = "Formulir", en = "Forms" }
tasks = [{ slug = "otomasi-formulir", weight = 2.5 }]

[[tracks]]
slug = "formulir-cepat"
title = { id = "Formulir cepat", en = "Fast forms" }
tasks = [{ slug = "otomasi-formulir" }]
"""


def test_a_whole_event() -> None:
    spec = parse_event(EVENT.encode())
    jakarta = ZoneInfo("Asia/Jakarta")
    assert (spec.slug, spec.title.id, spec.zone, spec.demo) == (
        "asn-digital",
        "Hackathon AI ASN Digital",
        "Asia/Jakarta",
        False,
    )
    assert spec.schedule.registration_opens == datetime(2026, 11, 20, 8, tzinfo=jakarta)
    assert spec.schedule.building_closes == datetime(2026, 11, 26, 17, tzinfo=jakarta)
    assert (spec.rules.attempts_a_day, spec.rules.running_at_once) == (5, 1)
    assert (spec.rules.team_size_min, spec.rules.team_size_max) == (2, 5)
    assert (spec.rules.limits.prototype.memory_bytes, spec.rules.limits.prototype.cpus) == (2 * GIB, 2.0)
    assert spec.rules.limits.build == Limits().build
    assert [track.slug for track in spec.tracks] == ["formulir", "formulir-cepat"]
    assert [task.weight for track in spec.tracks for task in track.tasks] == [2.5, 1.0]
    assert spec.venues[0].zone == "Asia/Jayapura"


def test_the_uploads_of_an_hour_are_the_events_own() -> None:
    assert parse_event(EVENT.encode()).rules.uploads_an_hour == 60
    own = EVENT.replace("attempts_a_day = 5", "uploads_an_hour = 20")
    assert parse_event(own.encode()).rules.uploads_an_hour == 20


def test_a_lock_date_of_teams_and_their_approval_may_be_asked_for() -> None:
    plain = parse_event(EVENT.encode())
    assert (plain.schedule.teams_lock_at, plain.rules.approval) == (None, False)
    asked = EVENT.replace("attempts_a_day = 5", "approval = true").replace(
        "[rules]", "teams_lock_at = 2026-11-25T10:00:00\n[rules]"
    )
    spec = parse_event(asked.encode())
    assert spec.schedule.teams_lock_at == datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert spec.rules.approval


@pytest.mark.parametrize("lock", ["2026-11-20T08:00:00", "2026-11-26T17:00:01", "2026-12-01T08:00:00"])
def test_teams_lock_between_registration_and_the_end_of_building(lock: str) -> None:
    with pytest.raises(EventInvalid, match="teams_lock_at") as caught:
        parse_event(EVENT.replace("[rules]", f"teams_lock_at = {lock}\n[rules]").encode())
    assert caught.value.line == 16


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('zone = "Asia/Jakarta"', 'zone = "WIB"', 2, "not a time zone"),
        ('slug = "asn-digital"', 'slug = "ASN Digital"', 1, "slug"),
        ('slug = "asn-digital"', "slug = 7", 1, "Expected `str`, got `int`"),
        ('slug = "asn-digital"', 'slug = "asn-digital', 1, ""),
        ("attempts_a_day = 5", "attempts_a_day = 0", 17, "attempts_a_day"),
        ("attempts_a_day = 5", "uploads_an_hour = 0", 17, "uploads_an_hour"),
        ("attempts_a_day = 5", "attempts_per_day = 5", 17, "attempts_per_day"),
        ("attempts_a_day = 5", "team_size_max = 1", 17, "smaller"),
        ("cpus = 2", "cpus = -1", 21, "cpus"),
        ("cpus = 2", "pids = 2.5", 21, "whole number"),
        ("cpus = 2", "gpus = 2", 21, "no limit `gpus`"),
        ("[rules.limits.prototype]", "[rules.limits.prototipe]", 19, "no limits of `prototipe`"),
        ("building_opens = 2026-11-24T08:00:00+07:00", "building_opens = 2026-11-24", 10, "building_opens"),
        ("building_opens = 2026-11-24T08:00:00+07:00", "building_opens = 2026-11-19T08:00:00", 10, "later than"),
        ("freeze_at = 2026-11-26T15:00:00", "freeze_at = 2026-12-26T15:00:00", 14, "freeze_at"),
        ("objection_closes = 2026-11-30T17:00:00", "", 8, "objection_closes"),
        ('id = "Hackathon AI ASN Digital"', 'id = "  "', 5, "missing"),
        ('"otomasi-formulir", weight', '"otomasi-faktur", weight', 31, "otomasi-faktur"),
        ("weight = 2.5", "weight = 0", 31, "weight"),
        ('slug = "formulir-cepat"', 'slug = "formulir"', 34, "twice"),
        ('zone = "Asia/Jayapura"', 'zone = "Asia/Papua"', 26, "not a time zone"),
    ],
)
def test_a_mistake_names_its_line_and_field(old: str, new: str, line: int, words: str) -> None:
    assert EVENT.count(old) == 1
    with pytest.raises(EventInvalid) as caught:
        parse_event(EVENT.replace(old, new).encode())
    assert caught.value.line == line
    assert words in caught.value.message.en
    assert f"baris {line}" in caught.value.message.id


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(EventInvalid, match="UTF-8") as caught:
        parse_event(b"slug = 'x'\nzone = '\xff'\n")
    assert caught.value.line == 2


def test_an_empty_file_is_told() -> None:
    with pytest.raises(EventInvalid, match="slug"):
        parse_event(b"")


def test_tasks_of_the_installations_own_folder_can_be_named() -> None:
    text = EVENT.replace("otomasi-formulir", "ringkas-surat").encode()
    assert parse_event(text, known_tasks={"ringkas-surat"}).tracks[0].tasks[0].slug == "ringkas-surat"
