"""The table of defaults."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from hackathon.defaults import Defaults, Row, Unit, rows
from hackathon.events import Rules
from sandbox.model import Text

SHOWN = {
    "rules.limits.archive.compressed_bytes": "100 MB",
    "rules.limits.archive.unpacked_bytes": "500 MB",
    "rules.limits.archive.files": "10,000",
    "rules.limits.archive.ratio": "100:1",
    "rules.limits.build.seconds": "10 min",
    "rules.limits.build.memory_bytes": "2 GiB",
    "rules.limits.build.steps": "60",
    "rules.limits.build.bytes_over_base": "2 GiB",
    "rules.limits.prototype.memory_bytes": "1 GiB",
    "rules.limits.prototype.cpus": "1",
    "rules.limits.prototype.pids": "128",
    "rules.limits.prototype.tmp_bytes": "256 MiB",
    "rules.limits.prototype.open_files": "1,024",
    "rules.limits.prototype.log_bytes": "2 MiB",
    "rules.limits.run.ready_seconds": "60 s",
    "rules.limits.run.case_seconds": "10 s",
    "rules.limits.run.total_seconds": "5 min",
    "rules.limits.answer.bytes": "1 MiB",
    "rules.limits.answer.json_depth": "64",
    "rules.attempts_a_day": "10",
    "rules.uploads_an_hour": "60",
    "rules.running_at_once": "1",
    "model.requests": "500",
    "model.tokens_in": "400,000",
    "model.tokens_out": "100,000",
    "model.at_once": "4",
    "rules.team_size_min": "2",
    "rules.team_size_max": "5",
    "rules.fourfold": "yes",
    "rules.approval": "no",
    "machine.unused_seconds": "7 days",
    "machine.bytes": "20 GB",
    "machine.disk_floor": "3 GB",
}


def _leaves(value: Any, path: str = "") -> Iterator[str]:
    for spec in fields(value):
        inner, name = getattr(value, spec.name), f"{path}{spec.name}"
        if is_dataclass(inner):
            yield from _leaves(inner, f"{name}.")
        else:
            yield name


def test_the_table_says_what_was_promised() -> None:
    table = {row.key: row.shown.en for row in rows()}
    assert {key: table[key] for key in SHOWN} == SHOWN


def test_every_limit_and_rule_has_exactly_one_row() -> None:
    keys = [row.key for row in rows()]
    assert sorted(keys) == sorted(_leaves(Defaults()))


def test_an_events_own_rules_are_shown() -> None:
    table = {row.key: row.value for row in rows(Defaults(rules=replace(Rules(), attempts_a_day=3)))}
    assert table["rules.attempts_a_day"] == 3


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (10_000, Unit.PIECES, "10.000"),
        (1.5, Unit.PIECES, "1,5"),
        (90, Unit.SECONDS, "90 detik"),
        (600, Unit.SECONDS, "10 menit"),
        (1536, Unit.BYTES, "1.536 B"),
        (2048, Unit.BYTES, "2 KiB"),
        (255, Unit.BYTES, "255 B"),
    ],
)
def test_values_are_written_as_indonesians_do(value: float, unit: Unit, shown: str) -> None:
    assert Row("x", Text("", ""), Text("", ""), value, unit).shown.id == shown
