"""Sample tasks and prototypes of the checks."""

import json
from pathlib import Path

from sandbox.model import Case

ECHO_TEST = """
def test_echo(prototype, case, record):
    output = prototype(case.input)
    record("same", 1.0 if output.get("x") == case.expected else 0.0)
    assert output.get("x") == case.expected, "x berbeda"
"""

GENERATE = """
import random

def generate(seed, count):
    rng = random.Random(seed)
    for number in range(count):
        x = rng.randrange(10**9)
        yield {"id": f"k{number}", "input": {"x": x}, "expected": x}
"""

ECHO = """
def predict(task, input):
    print("diterima", input["x"])
    return {"x": input["x"]}
"""

_TASK = """
slug = "{slug}"
version = "1.0.0"
protocol = "invocations"
human_minutes = 1.0
human_minutes_why = {{ id = "contoh", en = "a sample" }}
title = {{ id = "Gema", en = "Echo" }}
summary = {{ id = "Menjawab x.", en = "Answers x." }}

[limits]
ready_seconds = 60.0
case_seconds = 10.0

[cases]
board = 12
final = 12

[[metrics]]
name = "same"
title = {{ id = "Sama", en = "Same" }}
direction = "higher"
weight = 1.0
floor = 0.0
target = 1.0
worst = 0.0
why = {{ id = "contoh", en = "a sample" }}
source = "a sample"

[baseline]
same = 1.0
"""


def cases(count: int, prefix: str = "p") -> tuple[Case, ...]:
    """`count` cases whose answer is their input."""
    return tuple(Case(id=f"{prefix}{number}", input={"x": number}, expected=number) for number in range(count))


def write_task(folder: Path, slug: str, test: str, generate: str) -> Path:
    """Write a whole task folder; returns it."""
    folder.mkdir()
    (folder / "task.toml").write_text(_TASK.format(slug=slug))
    (folder / "test_task.py").write_text(test)
    (folder / "generate.py").write_text(generate)
    for name in ("input.schema.json", "output.schema.json"):
        (folder / name).write_text('{"type": "object"}')
    lines = [{"id": case.id, "input": dict(case.input), "expected": case.expected} for case in cases(3)]
    (folder / "public.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder
