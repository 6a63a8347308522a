"""Reading a task folder, and what is said about a broken one."""

import dataclasses
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import TaskInvalid
from sandbox.limits import RunLimits
from sandbox.model import CaseSet, Direction, Protocol, Text
from sandbox.tasks import TaskLimits, find_tasks, load_public_cases, load_task, parse_cases

TASK_TOML = """\
slug = "surat"
version = "1.2.0"
protocol = "invocations"
human_minutes = 4
human_minutes_why = { id = "diukur", en = "measured" }
title = { id = "Surat", en = "Letters" }
summary = { id = "Isi", en = "Content" }

[limits]
ready_seconds = 30
case_seconds = 2.5

[cases]
board = 40
final = 80

[[metrics]]
name = "f1"
title = { id = "F1", en = "F1" }
direction = "higher"
weight = 2
floor = 0.1
target = 0.9
worst = 0
why = { id = "sebab", en = "because" }
source = "van Rijsbergen 1979"

[[metrics]]
name = "invented"
title = { id = "Karangan", en = "Inventions" }
direction = "lower"
weight = 1
floor = 0.5
target = 0.0
worst = 1.0
why = { id = "sebab", en = "because" }
source = "house rule"

[baseline]
f1 = 0.5
invented = 0.1
"""

Break = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    task = tmp_path / "surat"
    task.mkdir()
    (task / "task.toml").write_text(TASK_TOML)
    (task / "input.schema.json").write_text('{"type": "object"}')
    (task / "output.schema.json").write_text('{"type": "object"}')
    (task / "public.jsonl").write_text('{"id": "p1", "input": {"teks": "a"}, "expected": {"x": 1}}\n')
    (task / "test_surat.py").write_text("from surat_lib import f\n\ndef test_f1(prototype, case, record):\n    f()\n")
    (task / "surat_lib.py").write_text("def f():\n    pass\n")
    (task / "generate.py").write_text("import generate_words\n\ndef generate(seed, count):\n    return []\n")
    (task / "generate_words.py").write_text("WORDS = ()\n")
    (task / "starter").mkdir()
    (task / "starter" / "app.py").write_text("def predict(task, input):\n    return {}\n")
    return task


@pytest.fixture
def change(folder: Path) -> Break:
    def apply(old: str, new: str) -> None:
        assert old in TASK_TOML
        (folder / "task.toml").write_text(TASK_TOML.replace(old, new, 1))

    return apply


def line_of(needle: str) -> int:
    return next(n for n, line in enumerate(TASK_TOML.splitlines(), start=1) if needle in line)


class TestLoad:
    def test_everything_is_there(self, folder: Path) -> None:
        task = load_task(folder)
        assert (task.slug, task.version, task.protocol) == ("surat", "1.2.0", Protocol.INVOCATIONS)
        assert task.title == Text("Surat", "Letters")
        assert task.limits == TaskLimits(30, 2.5, None)
        assert task.cases == {CaseSet.BOARD: 40, CaseSet.FINAL: 80}
        assert [metric.name for metric in task.metrics] == ["f1", "invented"]
        assert task.metric("invented").direction is Direction.LOWER
        assert task.files.keys() == {"test_surat.py", "surat_lib.py"}
        assert task.generator.keys() == {"generate.py", "generate_words.py"}
        assert [case.id for case in load_public_cases(task)] == ["p1"]

    def test_unknown_metric(self, folder: Path) -> None:
        with pytest.raises(KeyError):
            load_task(folder).metric("akurasi")

    @pytest.mark.parametrize(
        "name",
        [
            *("task.toml", "public.jsonl", "input.schema.json", "output.schema.json"),
            *("test_surat.py", "surat_lib.py", "generate.py", "generate_words.py"),
        ],
    )
    def test_hash_covers_what_can_change_a_score(self, folder: Path, name: str) -> None:
        before = load_task(folder).hash
        with (folder / name).open("a") as file:
            file.write("\n")
        assert load_task(folder).hash != before

    def test_hash_ignores_starter_and_place(self, folder: Path) -> None:
        before = load_task(folder).hash
        (folder / "starter" / "app.py").write_text("")
        moved = folder.rename(folder.parent / "moved")
        assert load_task(moved).hash == before

    def test_find(self, folder: Path) -> None:
        assert find_tasks(folder.parent).keys() == {"surat"}
        folder.rename(folder.parent / "lain")
        with pytest.raises(TaskInvalid, match="differs from the folder's name `lain`"):
            find_tasks(folder.parent)

    def test_stricter_limit_holds(self) -> None:
        assert TaskLimits(30, 20, 60).within(RunLimits(60, 10, 300)) == RunLimits(30, 10, 60)
        assert TaskLimits(30, 20).within(RunLimits(60, 10, 300)) == RunLimits(30, 10, 300)


class TestBrokenToml:
    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ('version = "1.2.0"', 'version = "1.2"', "matching regex"),
            ('version = "1.2.0"', "version = 1.2", "Expected `str`"),
            ('slug = "surat"', 'slug = "Surat Dinas"', "matching regex"),
            ('protocol = "invocations"', 'protocol = "grpc"', "Invalid enum value"),
            ("case_seconds = 2.5", "case_seconds = 0", "> 0.0"),
            ("case_seconds = 2.5", 'case_seconds = "2"', "Expected `float`"),
            ("board = 40", "board = true", "Expected `int`"),
            ("final = 80", "final = 100000", "<= 10000"),
            ("weight = 2", "weight = -2", ">= 0.0"),
            ("weight = 2", "weight = inf", "finite"),
            ("weight = 2", 'aggregate = "median"\nweight = 2', "Invalid enum value"),
            ('direction = "higher"', 'direction = "higher"\naggregate = "gap"', "better the lower"),
            ("floor = 0.1", "floor = nan", "finite"),
            ("target = 0.9", "target = 0.1", "not better than floor"),
            ("target = 0.0", "target = 0.6", "not better than floor"),
            ("worst = 1.0", "worst = 0.4", "better than floor"),
            ('name = "invented"', 'name = "f1"', "twice"),
            ('source = "house rule"', 'sumber = "house rule"', "unknown field `sumber`"),
            ('title = { id = "F1", en = "F1" }', 'title = { id = "F1" }', "missing required field `en`"),
            ("[baseline]", "[garis_dasar]", "unknown field"),
            ("f1 = 0.5", "f2 = 0.5", "look at: f1, f2"),
        ],
    )
    def test_line_and_reason(self, folder: Path, change: Break, old: str, new: str, reason: str) -> None:
        change(old, new)
        with pytest.raises(TaskInvalid) as caught:
            load_task(folder)
        assert reason in caught.value.reason
        assert caught.value.path == "task.toml"
        expected = line_of("[baseline]") if "look at" in reason else line_of(old.splitlines()[0])
        assert caught.value.line == expected

    def test_something_must_count(self, folder: Path, change: Break) -> None:
        change("weight = 2", "weight = 0")
        assert [metric.counted for metric in load_task(folder).metrics] == [False, True]
        nothing = TASK_TOML.replace("weight = 2", "weight = 0").replace("weight = 1\n", "weight = 0\n")
        (folder / "task.toml").write_text(nothing)
        with pytest.raises(TaskInvalid, match="no metric has a weight above 0"):
            load_task(folder)

    def test_missing_key_of_a_table_points_at_the_table(self, folder: Path, change: Break) -> None:
        change('source = "van Rijsbergen 1979"\n', "")
        with pytest.raises(TaskInvalid, match="missing required field `source`") as caught:
            load_task(folder)
        assert caught.value.line == line_of("[[metrics]]")

    def test_bad_syntax(self, folder: Path, change: Break) -> None:
        change("[limits]", "[limits")
        with pytest.raises(TaskInvalid) as caught:
            load_task(folder)
        assert caught.value.line == line_of("[limits]")

    def test_not_utf8(self, folder: Path) -> None:
        (folder / "task.toml").write_bytes(b'slug = "surat"\nversion = "\xff"\n')
        with pytest.raises(TaskInvalid, match="not UTF-8") as caught:
            load_task(folder)
        assert caught.value.line == 2

    def test_empty(self, folder: Path) -> None:
        (folder / "task.toml").write_bytes(b"")
        with pytest.raises(TaskInvalid, match="missing required field"):
            load_task(folder)

    @given(st.binary(max_size=200))
    def test_any_bytes_give_a_task_error(self, data: bytes) -> None:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "task.toml").write_bytes(data)
            with pytest.raises(TaskInvalid):
                load_task(Path(name))


class TestBrokenFiles:
    @pytest.mark.parametrize("name", ["task.toml", "public.jsonl", "test_surat.py", "generate.py", "input.schema.json"])
    def test_missing(self, folder: Path, name: str) -> None:
        (folder / name).unlink()
        with pytest.raises(TaskInvalid):
            load_task(folder)

    @pytest.mark.parametrize(
        ("name", "content", "line"),
        [
            ("test_surat.py", "def test_f1(prototype, case, record):\n    return (\n", 2),
            ("generate.py", "def generate(seed, count):\nreturn []\n", 2),
        ],
    )
    def test_syntax_errors_name_the_line(self, folder: Path, name: str, content: str, line: int) -> None:
        (folder / name).write_text(content)
        with pytest.raises(TaskInvalid) as caught:
            load_task(folder)
        assert (caught.value.path, caught.value.line) == (name, line)

    def test_a_test_file_without_test(self, folder: Path) -> None:
        (folder / "test_surat.py").write_text("x = 1\n")
        with pytest.raises(TaskInvalid, match="no function"):
            load_task(folder)

    def test_a_generator_without_generate(self, folder: Path) -> None:
        (folder / "generate.py").write_text("def make(seed, count):\n    return []\n")
        with pytest.raises(TaskInvalid, match="no function `generate"):
            load_task(folder)

    def test_null_bytes(self, folder: Path) -> None:
        (folder / "surat_lib.py").write_bytes(b"x = 1\0")
        with pytest.raises(TaskInvalid, match=r"surat_lib\.py"):
            load_task(folder)

    def test_a_schema_that_is_no_object(self, folder: Path) -> None:
        (folder / "input.schema.json").write_text("[]")
        with pytest.raises(TaskInvalid, match="Expected `object`"):
            load_task(folder)


GOOD = b'{"id": "a", "input": {}, "expected": null}'


class TestParseCases:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{", "truncated"),
            (b"[]", "Expected `object`"),
            (b'{"id": "b", "input": {}}', "missing required field `expected`"),
            (b'{"id": "b", "input": [], "expected": 1}', "Expected `object`"),
            (b'{"id": 1, "input": {}, "expected": 1}', "Expected `str`"),
            (b'{"id": "b", "input": {}, "expected": 1, "x": 1}', "unknown field `x`"),
            (b'{"id": "a", "input": {}, "expected": 1}', "twice"),
            (b'{"id": "../b", "input": {}, "expected": 1}', "1 to 64"),
            (b'{"id": "", "input": {}, "expected": 1}', "1 to 64"),
            (b'{"id": "b", "input": {}, "expected": NaN}', "malformed"),
            (b'{"id": "\xff", "input": {}, "expected": 1}', "utf-8"),
            (b'{"id": "b", "input": {}, "expected": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "recursion depth"),
        ],
    )
    def test_line_and_reason(self, line: bytes, reason: str) -> None:
        with pytest.raises(TaskInvalid) as caught:
            parse_cases(GOOD + b"\n\n" + line + b"\n", "public.jsonl")
        assert caught.value.line == 3
        assert reason.lower() in caught.value.reason.lower()

    def test_none(self) -> None:
        with pytest.raises(TaskInvalid, match="no case"):
            parse_cases(b"\n \n", "public.jsonl")

    def test_too_many(self) -> None:
        lines = b"\n".join(b'{"id":"c%d","input":{},"expected":0}' % n for n in range(10_001))
        with pytest.raises(TaskInvalid, match="more than 10000") as caught:
            parse_cases(lines, "cases.jsonl")
        assert caught.value.line == 10_001

    def test_windows_line_ends_and_separators_inside_strings(self) -> None:
        data = '{"id": "a", "input": {"teks": "satu\u2028dua"}, "expected": 1}\r\n'.encode() + GOOD.replace(
            b'"a"', b'"b"'
        )
        assert [case.id for case in parse_cases(data, "x")] == ["a", "b"]

    def test_cases_are_immutable(self) -> None:
        case = parse_cases(GOOD, "x")[0]
        with pytest.raises(dataclasses.FrozenInstanceError):
            case.id = "b"  # type: ignore[misc]  # the mistake under test

    @given(st.binary(max_size=100))
    def test_any_bytes(self, data: bytes) -> None:
        with pytest.raises(TaskInvalid):
            parse_cases(data, "x")
