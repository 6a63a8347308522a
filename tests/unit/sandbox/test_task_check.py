"""The parts of a task's proof that need no engine: nearness, probes, and what a broken task gives."""

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon import benchmarks
from sandbox.fake import FakeProvider
from sandbox.model import Case
from sandbox.provider import Provider
from sandbox.task_check import Finding, check_task
from sandbox.task_nearness import NEAR, nearest
from sandbox.task_probes import known_answers, shuffled_answers, write_probe

LETTER = (
    "Bersama ini kami sampaikan bahwa rapat koordinasi penataan arsip akan diselenggarakan pada hari Rabu tanggal "
    "sepuluh Juni di Aula Cempaka mulai pukul sembilan pagi sampai selesai"
)


def letter(identity: str, text: str) -> Case:
    return Case(identity, {"teks": text, "isian": [{"nama": "tempat", "keterangan": "Tempat acara"}]}, {})


class TestNearness:
    def test_the_same_input_is_nearest(self) -> None:
        near = nearest([letter("h1", LETTER)], [letter("p1", LETTER)])
        assert near is not None
        assert (near.hidden, near.public, near.index) == ("h1", "p1", 1.0)

    def test_a_changed_word_is_still_near(self) -> None:
        near = nearest([letter("h1", LETTER.replace("Rabu", "Kamis"))], [letter("p0", "x" * 80), letter("p1", LETTER)])
        assert near is not None
        assert near.public == "p1"
        assert NEAR < near.index < 1

    def test_case_and_punctuation_hide_nothing(self) -> None:
        assert nearest([letter("h1", LETTER.upper().replace(" ", ", "))], [letter("p1", LETTER)]) is not None

    def test_shared_questions_do_not_make_texts_near(self) -> None:
        other = "Kami melaporkan lampu jalan padam di perempatan pasar sejak Sabtu malam dan sudah ada yang jatuh"
        assert nearest([letter("h1", other)], [letter("p1", LETTER)]) is None

    def test_short_inputs_are_near_only_when_equal(self) -> None:
        public = [Case("p1", {"x": "2 + 3"}, 5)]
        assert nearest([Case("h1", {"x": "2 + 4"}, 6)], public) is None
        assert nearest([Case("h1", {"x": "2 + 3"}, 5)], public) is not None

    @given(st.lists(st.text("ab c", min_size=60, max_size=90), min_size=1, max_size=4))
    def test_every_text_is_near_to_itself(self, texts: list[str]) -> None:
        cases = [letter(f"c{number}", text) for number, text in enumerate(texts)]
        near = nearest(cases, cases)
        assert near is not None
        assert near.index == 1.0


def answering(folder: Path) -> Any:
    """`predict` of a probe, imported with its own folder first on the path, as the kit's server does."""
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("probe", folder / "app.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop("faults", None)
    return module.predict


TURNS = """\
def turns(input, expected, give):
    said = []
    for word, answer in zip(input["kata"], [*expected["giliran"], expected], strict=True):
        said.append(word)
        said.append(give({"kata": list(said)}, answer)["jawaban"])


def f1(answer, input):
    return {"jawaban": answer["jawaban"] + "!"}
"""


class TestProbes:
    CASES = tuple(Case(f"c{n}", {"n": n, "teks": f"surat “{n}”"}, {"jawaban": n}) for n in range(5))

    def test_perfect_answers(self, tmp_path: Path) -> None:
        predict = answering(write_probe(tmp_path / "perfect", known_answers(self.CASES)))
        assert [predict("t", dict(case.input)) for case in self.CASES] == [case.expected for case in self.CASES]

    def test_key_order_of_the_input_does_not_matter(self, tmp_path: Path) -> None:
        predict = answering(write_probe(tmp_path / "perfect", known_answers(self.CASES)))
        assert predict("t", dict(reversed([*self.CASES[2].input.items()]))) == {"jawaban": 2}

    def test_shuffled_answers_are_all_of_others(self, tmp_path: Path) -> None:
        predict = answering(write_probe(tmp_path / "shuffled", shuffled_answers(self.CASES)))
        given_answers = [predict("t", dict(case.input))["jawaban"] for case in self.CASES]
        assert sorted(given_answers) == [0, 1, 2, 3, 4]
        assert all(got != case.expected["jawaban"] for got, case in zip(given_answers, self.CASES, strict=True))

    def test_spoilt_answers(self, tmp_path: Path) -> None:
        faults = tmp_path / "faults.py"
        faults.write_text("def f1(answer, input):\n    return {'jawaban': answer['jawaban'] + input['n'] + 1}\n")
        predict = answering(write_probe(tmp_path / "spoilt", known_answers(self.CASES), faults, "f1"))
        assert predict("t", dict(self.CASES[3].input)) == {"jawaban": 7}

    @pytest.mark.parametrize(("fault", "wanted"), [("", ["1", "2"]), ("f1", ["1!", "2!"])])
    def test_turns_are_answered_whatever_was_answered_before(
        self, tmp_path: Path, fault: str, wanted: list[str]
    ) -> None:
        faults = tmp_path / "faults.py"
        faults.write_text(TURNS)
        case = Case("c", {"kata": ["a", "b"]}, {"jawaban": "2", "giliran": [{"jawaban": "1"}]})
        predict = answering(write_probe(tmp_path / "turns", known_answers([case]), faults, fault))
        said: list[str] = []
        for word in case.input["kata"]:
            said.append(word)
            said.append(predict("t", {"kata": list(said)})["jawaban"])
        assert said[1::2] == wanted


class Unreached:
    """A provider for tasks that are refused before anything is built or run."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AssertionError(f"the provider's {name} was asked for")


class TestBrokenTask:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        source = benchmarks.folder() / "otomasi-formulir"
        return shutil.copytree(source, tmp_path / "otomasi-formulir", ignore=shutil.ignore_patterns("__pycache__"))

    def check(self, folder: Path) -> tuple[Finding, ...]:
        return check_task(folder, cast(Provider, Unreached()))

    def test_a_broken_file_is_one_finding_with_its_line(self, folder: Path) -> None:
        path = folder / "task.toml"
        path.write_text(path.read_text().replace("case_seconds = 3", "case_seconds = -3"))
        (finding,) = self.check(folder)
        assert (finding.check, finding.passed, finding.path) == ("load", False, "task.toml")
        assert finding.line == path.read_text().splitlines().index("case_seconds = -3") + 1

    def test_words_that_name_no_metric_of_the_task(self, folder: Path) -> None:
        (folder / "words.toml").write_text('[[metrics]]\nname = "f7"\nmeaning = { id = "a", en = "b" }\n')
        (finding,) = self.check(folder)
        assert (finding.passed, finding.path, finding.line) == (False, "words.toml", 2)

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        (finding,) = self.check(tmp_path / "none")
        assert not finding.passed

    @pytest.mark.parametrize(
        ("old", "new", "check"),
        [
            ('"tipe": "tanggal"', '"tipe": "waktu"', "public-schema"),
            ('"isian": {', '"isian": {"warna": {}, ', "public-schema"),
        ],
    )
    def test_public_cases_that_miss_their_schema(self, folder: Path, old: str, new: str, check: str) -> None:
        path = folder / "public.jsonl"
        lines = path.read_text().splitlines()
        assert old in lines[4]
        lines[4] = lines[4].replace(old, new, 1)
        path.write_text("\n".join(lines))
        found = self.findings_before_the_engine(folder)
        assert not found[check].passed
        assert found[check].line == 5

    def test_too_few_and_repeated_public_cases(self, folder: Path) -> None:
        path = folder / "public.jsonl"
        lines = path.read_text().splitlines()[:3]
        path.write_text("\n".join([*lines, lines[0].replace('"p01"', '"p99"')]))
        found = self.findings_before_the_engine(folder)
        assert not found["public-cases"].passed
        assert not found["public-twins"].passed

    def findings_before_the_engine(self, folder: Path) -> Mapping[str, Finding]:
        found: dict[str, Finding] = {}
        with pytest.raises(AssertionError, match="generate was asked for"):
            check_task(
                folder, cast(Provider, Unreached()), on_finding=lambda finding: found.update({finding.check: finding})
            )
        return found


SUMS_TOML = """\
slug = "jumlah"
version = "1.0.0"
protocol = "invocations"
human_minutes = 0.1
human_minutes_why = { id = "sebentar", en = "a moment" }
title = { id = "Jumlah", en = "Sum" }
summary = { id = "Dua bilangan", en = "Two numbers" }
limits = { ready_seconds = 20, case_seconds = 5 }
cases = { board = 5, final = 5 }
baseline = { tepat = 1.0, satuan = 1.0, angka = 1.0 }
""" + "".join(
    f"""
[[metrics]]
name = "{name}"
title = {{ id = "Tepat", en = "Right" }}
direction = "higher"
weight = 1
floor = 0
target = 1
worst = 0
why = {{ id = "jumlah", en = "sum" }}
source = "arithmetic"
"""
    for name in ("tepat", "satuan", "angka")
)
SUMS_TEST = """\
def test_sum(prototype, case, record):
    right = prototype(case.input).get("jumlah") == case.expected["jumlah"]
    for metric in ("tepat", "satuan", "angka"):
        record(metric, float(right))
    assert right
"""
SUMS_GENERATE = """\
import random


def generate(seed, count):
    rng = random.Random(int.from_bytes(seed, "big"))
    for number in range(count):
        a, b = rng.randrange(1000, 10**9), rng.randrange(1000, 10**9)
        yield {"id": f"k{number}", "input": {"a": a, "b": b}, "expected": {"jumlah": a + b}}
"""
ADDS = "def predict(task, input):\n    return {'jumlah': input['a'] + input['b']}\n"
SAYS = "def predict(task, input):\n    return {'jumlah': %s}\n"


class TestWholeProof:
    """A small task with the fake engine: sound, and with everything wrong that a task can have wrong."""

    @pytest.fixture
    def sums(self, tmp_path: Path) -> Path:
        numbers = ", ".join(f'"{name}": {{"type": "integer"}}' for name in "ab")
        files = {
            "task.toml": SUMS_TOML,
            "test_sum.py": SUMS_TEST,
            "generate.py": SUMS_GENERATE,
            "input.schema.json": f'{{"type": "object", "properties": {{{numbers}}}}}',
            "output.schema.json": '{"type": "object", "required": ["jumlah"]}',
            "public.jsonl": "".join(
                f'{{"id": "p{n}", "input": {{"a": {n}, "b": 1}}, "expected": {{"jumlah": {n + 1}}}}}\n'
                for n in range(40)
            ),
            "starter/app.py": SAYS % "None",
            "starter/README.md": "Jumlahkan dua bilangan.",
            "baseline/app.py": ADDS,
            "controls/empty/app.py": SAYS % "None",
            "controls/constant/app.py": SAYS % "7",
            "controls/echo/app.py": "def predict(task, input):\n    return input\n",
            "controls/faults.py": "def tepat(answer, input):\n    return {'jumlah': answer['jumlah'] + 1}\n\n\n"
            "def satuan(answer, input):\n    return tepat(answer, input)\n\n\n"
            "def angka(answer, input):\n    return tepat(answer, input)\n",
        }
        for name, content in files.items():
            (tmp_path / "jumlah" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "jumlah" / name).write_text(content)
        return tmp_path / "jumlah"

    def failed(self, folder: Path) -> set[str]:
        provider = FakeProvider()
        try:
            return {finding.check for finding in check_task(folder, provider) if not finding.passed}
        finally:
            provider.close()

    def test_a_sound_task(self, sums: Path) -> None:
        assert self.failed(sums) == set()

    def test_a_task_with_everything_wrong(self, sums: Path) -> None:
        seven = SUMS_TEST.replace('case.expected["jumlah"]', '(7 if case.input["a"] % 2 else case.expected["jumlah"])')
        (sums / "test_sum.py").write_text(seven)
        (sums / "generate.py").write_text(
            "import os\n\n\ndef generate(seed, count):\n"
            "    for n in range(count):\n"
            "        a = int.from_bytes(os.urandom(4), 'big') if n else 3\n"
            "        yield {'id': f'k{n}', 'input': {'a': a, 'b': 1}, 'expected': {'jumlah': str(a)} if n else 4}\n"
        )
        (sums / "controls/faults.py").write_text("def tepat(answer, input):\n    return answer\n")
        (sums / "controls/empty/app.py").unlink()
        (sums / "starter/app.py").write_text("raise SystemExit('belum selesai')\n" + ADDS)
        (sums / "baseline/app.py").write_text(
            # Right on other cases in each process, and never on all: chance could make two runs alike.
            "import os\n\n\ndef predict(task, input):\n"
            "    return {'jumlah': input['a'] + input['b'] if input['a'] < 5 + os.getpid() % 29 else 0}\n"
        )
        assert self.failed(sums) == {
            *("generator", "generator-schema", "generator-seeds", "hidden-is-new"),
            *(
                "perfect",
                "control-empty",
                "control-constant",
                "causes",
                "cause-tepat",
                "baseline",
                "two-runs",
                "starter",
            ),
        }
