"""Ways to break a task that was just made: the check names the file and the line, and says what to write instead."""

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from frontend.cli.task_new import make
from sandbox.fake import FakeProvider
from sandbox.provider import Provider
from sandbox.task_check import Finding, check_task

Break = Callable[[Path], None]


def swap(name: str, old: str, new: str) -> Break:
    """Write `new` for the first `old` in a file."""

    def do(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return do


def case(number: int, change: Callable[[str], str]) -> Break:
    """Change a line of the public cases."""

    def do(folder: Path) -> None:
        lines = (folder / "public.jsonl").read_text().split("\n")
        lines[number - 1] = change(lines[number - 1])
        (folder / "public.jsonl").write_text("\n".join(lines))

    return do


def latin(folder: Path) -> None:
    data = (folder / "public.jsonl").read_text().replace("Selamat", "Sélamat", 1)
    (folder / "public.jsonl").write_bytes(data.encode("latin-1"))


def other_unit(line: str) -> str:
    """The line with a unit that the schema does not know."""
    return re.sub(r'"bidang": "\w+"', '"bidang": "kebun"', line)


def twin(line: str) -> str:
    """The line, and the same input under another id."""
    return line + "\n" + json.dumps(json.loads(line) | {"id": "p99"})


class Ended(Exception):
    """The check came to the engine."""


class NoEngine:
    """A provider for what is found before anything runs."""

    def generate(self, *_: object, **__: object) -> None:
        raise Ended


# What is broken; the finding's name, its file, what stands on its line ("" where a whole file is meant), what to write.
BEFORE_THE_ENGINE = {
    "text without quotes": (
        swap("task.toml", 'version = "1.0.0"', "version = 1.0.0"),
        ("load", "task.toml", "version = 1.0.0", 'key = "value"'),
    ),
    "unknown key": (
        swap("task.toml", "human_minutes = 2.0", "human_minutes = 2.0\nmenit = 3"),
        ("load", "task.toml", "menit = 3", "Take `menit` out"),
    ),
    "missing key": (swap("task.toml", "weight = 4\n", ""), ("load", "task.toml", "[[metrics]]", "Add `weight`")),
    "quoted number": (
        swap("task.toml", "case_seconds = 3", 'case_seconds = "3"'),
        ("load", "task.toml", "case_seconds", "without quotes"),
    ),
    "negative number": (
        swap("task.toml", "case_seconds = 3", "case_seconds = -3"),
        ("load", "task.toml", "case_seconds", "within that bound"),
    ),
    "direction": (
        swap("task.toml", 'direction = "higher"', 'direction = "up"'),
        ("load", "task.toml", 'direction = "up"', '"higher" or "lower"'),
    ),
    "protocol": (
        swap("task.toml", '"invocations"', '"http"'),
        ("load", "task.toml", "protocol", '"invocations" or "openai-chat"'),
    ),
    "version": (swap("task.toml", '"1.0.0"', '"1.0"'), ("load", "task.toml", "version", '"1.0.0"')),
    "metric's name": (
        swap("task.toml", 'name = "f1_barang"', 'name = "F1 Barang"'),
        ("load", "task.toml", "F1 Barang", "lower-case letters, digits and _"),
    ),
    "target below floor": (
        swap("task.toml", "target = 0.9\n", "target = -0.9\n"),
        ("load", "task.toml", "target = -0.9", "better side of `floor`"),
    ),
    "worst above floor": (
        swap("task.toml", "worst = 0.0", "worst = 0.5"),
        ("load", "task.toml", "worst = 0.5", "equal to `floor` or worse"),
    ),
    "baseline's names": (
        swap("task.toml", "siap_pakai = 0.5", "siap = 0.5"),
        ("load", "task.toml", "[baseline]", "for each metric"),
    ),
    "slug": (swap("task.toml", '"bon-gudang"', '"bon-lain"'), ("slug", "task.toml", "bon-lain", '"bon-gudang"')),
    "schema is no JSON": (
        swap("input.schema.json", '["teks"],', '["teks"]'),
        ("load", "input.schema.json", "additionalProperties", "commas and brackets"),
    ),
    "schema of an unknown type": (
        swap("input.schema.json", '"string"', '"strng"'),
        ("public-schema", "input.schema.json", "strng", "valid keyword"),
    ),
    "case is no JSON": (case(7, lambda line: line[:-2]), ("load", "public.jsonl", '"p07"', "One JSON object a line")),
    "case without expected": (
        case(7, lambda line: re.sub(r', "expected".*', "}", line)),
        ("load", "public.jsonl", '"p07"', "Add `expected`"),
    ),
    "case with another key": (
        case(7, lambda line: line[:-1] + ', "catatan": 1}'),
        ("load", "public.jsonl", '"p07"', "Take `catatan` out"),
    ),
    "id twice": (
        case(7, lambda line: line.replace('"p07"', '"p06"')),
        ("load", "public.jsonl", '"p06", "input": {"teks": "As', "not used yet"),
    ),
    "case against its schema, behind blank lines": (
        case(7, lambda line: "\n\n" + other_unit(line)),
        ("public-schema", "public.jsonl", '"p07"', "output.schema.json"),
    ),
    "input twice": (case(7, twin), ("public-twins", "public.jsonl", '"p99"', "Line 8 repeats the input of line 7")),
    "not UTF-8": (latin, ("load", "public.jsonl", "lamat", "Save the file as UTF-8")),
    "test is no Python": (
        swap("test_tugas.py", "case, record):", "case, record)"),
        ("load", "test_tugas.py", "def test_bon", "Python cannot read"),
    ),
    "test without a test": (
        swap("test_tugas.py", "def test_bon", "def uji_bon"),
        ("load", "test_tugas.py", "", "test_...(prototype, case, record)"),
    ),
    "test with another fixture": (
        swap("test_tugas.py", "case, record):", "kasus, record):"),
        ("test", "test_tugas.py", "kasus, record):", "nothing else"),
    ),
    "generator is no Python": (
        swap("generate.py", "def make(rng, unit):", "def make(rng, unit)"),
        ("load", "generate.py", "def make", "Python cannot read"),
    ),
    "generator without generate": (
        swap("generate.py", "def generate(", "def generates("),
        ("load", "generate.py", "", "generate(seed, count)"),
    ),
    "words are no TOML": (swap("words.toml", "[story]", "[story"), ("load", "words.toml", "[story", "[name]")),
    "words of another metric": (
        swap("words.toml", 'name = "siap_pakai"', 'name = "siap"'),
        ("load", "words.toml", 'name = "siap"', "name of a metric in task.toml"),
    ),
    "faults are no Python": (
        swap("controls/faults.py", "def siap_pakai(answer, input):", "def siap_pakai(answer, input)"),
        ("causes", "controls/faults.py", "def siap_pakai", "Python cannot read"),
    ),
    "no fault for a metric": (
        swap("controls/faults.py", "def siap_pakai", "def siap"),
        ("causes", "controls/faults.py", '"""Planted', "def siap_pakai(answer, input):"),
    ),
    "starter too long": (
        swap("starter/app.py", "import re\n", "import re\n" + "# panjang\n" * 60),
        ("starter-short", "starter/app.py", "# panjang", "Shorten it"),
    ),
}
ON_THE_ENGINE = {
    "generator raises": (
        [swap("generate.py", "other = rng.choice([", "other = rng.chois([")],
        [("generator", "generate.py", "rng.chois([", "raised on this line")],
    ),
    "generator makes too few": (
        [swap("generate.py", "range(1, count + 1)", "range(1, count)")],
        [("generator", "generate.py", "def generate", "exactly `count` cases")],
    ),
    "generator by chance, with another key": (
        [
            swap("generate.py", "rng = random.Random(int", "rng = random.Random(); (int"),
            swap("generate.py", '"hari": day}', '"hari": day and day.upper()}'),
        ],
        [
            ("generator", "generate.py", "random.Random()", "random.Random(seed) alone"),
            ("generator-schema", "generate.py", "def generate", "output.schema.json"),
        ],
    ),
    "test raises": (
        [swap("test_tugas.py", 'answer.get("bidang") == case', 'answer["bidang"] == case.harapan')],
        [("perfect", "test_tugas.py", "case.harapan", "bear any answer")],
    ),
    "test records another metric": (
        [swap("test_tugas.py", 'record("bidang_tepat"', 'record("bidang"')],
        [("recorded", "test_tugas.py", 'record("bidang"', "bidang_tepat")],
    ),
    "everything else": (
        [
            swap("controls/empty/app.py", "return {", 'return {}["x"] or {'),
            swap("controls/faults.py", 'answer["hari"] != "senin"', 'answer["day"] != "senin"'),
            swap("controls/faults.py", 'return answer | {"bidang": "umum"', 'return answer or {"bidang": "umum"'),
            swap("task.toml", "siap_pakai = 0.5", "siap_pakai = 0.75"),
            swap("starter/app.py", 'input["teks"].lower()', 'input["text"].lower()'),
        ],
        [
            ("control-empty", "controls/empty/app.py", '{}["x"]', "answer every case"),
            ("cause-siap_pakai", "controls/faults.py", 'answer["day"]', "answer every case"),
            ("cause-bidang_tepat", "controls/faults.py", "def bidang_tepat", "lost 0.0 points"),
            ("baseline", "task.toml", "siap_pakai = 0.75", "siap_pakai = 0.5"),
            ("starter", "starter/app.py", 'input["text"]', "answer every case"),
        ],
    ),
}


def is_told(found: dict[str, Finding], folder: Path, wanted: tuple[str, str, str, str]) -> None:
    """The finding is there, with its place and with what to write, in both languages."""
    name, path, on_line, todo = wanted
    finding = found[name]
    assert (finding.passed, finding.path) == (False, path)
    assert finding.todo is not None
    assert todo in finding.todo.en
    assert finding.todo.id != finding.todo.en
    if on_line:
        assert finding.line is not None
        lines = (folder / path).read_bytes().decode("utf-8", "replace").split("\n")
        assert on_line in lines[finding.line - 1]


@pytest.mark.parametrize("name", BEFORE_THE_ENGINE)
def test_what_is_found_before_the_engine(name: str, tmp_path: Path) -> None:
    spoil, wanted = BEFORE_THE_ENGINE[name]
    folder = make("bon-gudang", tmp_path)
    spoil(folder)
    found: dict[str, Finding] = {}
    with contextlib.suppress(Ended):
        check_task(folder, cast(Provider, NoEngine()), on_finding=lambda one: found.update({one.check: one}))
    assert {one.check for one in found.values() if not one.passed} == {wanted[0]}
    is_told(found, folder, wanted)


@pytest.mark.parametrize("name", ON_THE_ENGINE)
def test_what_is_found_with_an_engine(name: str, tmp_path: Path) -> None:
    spoils, wanted = ON_THE_ENGINE[name]
    folder = make("bon-gudang", tmp_path)
    for spoil in spoils:
        spoil(folder)
    provider = FakeProvider()
    try:
        found = {one.check: one for one in check_task(folder, provider) if not one.passed}
    finally:
        provider.close()
    for one in wanted:
        is_told(found, folder, one)
