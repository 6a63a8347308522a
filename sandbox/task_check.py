"""The proof of a benchmark task: what it declares is measured, by the engine that an event uses.

A task is sound when perfect answers earn 100 and doing nothing earns 0, when right answers to other questions earn
little, when what is right stays right in other words, when every metric moves with its own cause, when two runs agree,
and when its hidden cases are new. Every finding names the file, the line where there is one, and what to write instead.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema

from sandbox.errors import TaskInvalid
from sandbox.model import Case, CaseSet, Protocol, Text
from sandbox.provider import Cancel, Provider
from sandbox.task_bench import Bench
from sandbox.task_findings import Finding, failed, invalid
from sandbox.task_fixtures import unknown_fixtures
from sandbox.task_folder import look_at
from sandbox.task_nearness import nearest
from sandbox.task_packages import NAME as REQUIREMENTS
from sandbox.task_places import case_lines, chance_line, function_line, json_line, text_of
from sandbox.task_words import load_words
from sandbox.tasks import Task, load_public_cases, load_task

__all__ = ["PUBLIC_CASES", "SEEDS", "Finding", "check_task"]

PUBLIC_CASES = 30
"""Cases that a task has at least."""

SEEDS = 10
"""How many seeds are tried: a second each."""

_SCHEMAS = {"input": "input.schema.json", "expected": "output.schema.json"}


def check_task(
    folder: Path,
    provider: Provider,
    *,
    on_finding: Callable[[Finding], None] = lambda finding: None,
    cancel: Cancel | None = None,
) -> tuple[Finding, ...]:
    """Look at everything a task promises; takes a minute on the real engine. `on_finding` is told each as it comes.

    A broken task is a finding, never an exception. Raises EngineUnavailable, ImageMissing, GraderFailed,
    MirrorUnavailable where its packages cannot be had here, Cancelled.
    """
    findings = []
    for finding in _findings(folder, provider, cancel):
        findings.append(finding)
        on_finding(finding)
    return tuple(findings)


def _findings(folder: Path, provider: Provider, cancel: Cancel | None) -> Iterator[Finding]:
    try:
        task = load_task(folder)
        public = load_public_cases(task)
        load_words(task)
    except TaskInvalid as error:
        yield invalid("load", error)
        return
    told = f"{task.slug} {task.version}, {len(public)}"
    yield Finding("load", True, Text(f"{told} kasus publik", f"{told} public cases"), "task.toml")
    yield from look_at(task)
    if task.packages:
        try:
            provider.warm((task,))
        except TaskInvalid as error:
            yield invalid("packages", error)
            return
        names = ", ".join(str(package) for package in task.packages)
        yield Finding("packages", True, Text(names, names), REQUIREMENTS)
    for name, line, fixture in unknown_fixtures(task.files):
        yield invalid("test", TaskInvalid(name, f"fixture '{fixture}' is not there", line))
    yield from _public(task, public)
    yield from _hidden(task, public, provider, cancel)
    if task.protocol is not Protocol.INVOCATIONS:
        told = "only invocations can be checked"
        yield failed("probes", Text("hanya protokol invocations yang diperiksa", told), path="task.toml")
        return
    with tempfile.TemporaryDirectory(prefix="gelanggang-task-check-") as room:
        yield from Bench(task, public, provider, cancel, Path(room)).findings()


def _public(task: Task, public: tuple[Case, ...]) -> Iterator[Finding]:
    there, lines = len(public), case_lines(text_of(task.folder / "public.jsonl"))
    told = Text(f"{there} kasus publik, paling sedikit {PUBLIC_CASES}", f"{there} cases, at least {PUBLIC_CASES}")
    more = PUBLIC_CASES - there
    yield Finding(
        "public-cases",
        more <= 0,
        told,
        "public.jsonl",
        None if more <= 0 else lines[-1],
        None if more <= 0 else Text(f"Tulis {more} baris lagi.", f"Write {more} more lines."),
    )
    first: dict[str, int] = {}
    twins = [
        (line, first[key])
        for line, case in zip(lines, public, strict=False)
        if first.setdefault(key := repr(case.input), line) != line
    ]
    told = Text(f"{len(twins)} masukan kembar", f"{len(twins)} inputs are there twice")
    if twins:
        line, other = twins[0]
        todo = Text(
            f"Baris {line} mengulang masukan baris {other}. Ganti.",
            f"Line {line} repeats the input of line {other}. Change it.",
        )
        yield failed("public-twins", told, path="public.jsonl", line=line, todo=todo)
    else:
        yield Finding("public-twins", True, told, "public.jsonl")
    yield _schemas("public-schema", task, public, "public.jsonl", lines)


def _schemas(name: str, task: Task, cases: tuple[Case, ...], path: str, lines: list[int] | int | None) -> Finding:
    """Every input fits the input schema, every expected value, as the perfect answer, the output schema; likewise the
    answers to earlier turns, which stand in `giliran` of the expected value.
    """
    wanted = []
    for schema, part in ((dict(task.input_schema), "input"), (dict(task.output_schema), "expected")):
        validator = jsonschema.validators.validator_for(schema)(schema)
        try:
            validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            where = json_line(text_of(task.folder / _SCHEMAS[part]), tuple(error.absolute_path))
            told = f"{error.json_path.removeprefix('$.')}: {error.message[:200]}"
            todo = Text("Tulis kata kunci JSON Schema yang sah.", "Write a valid keyword of JSON Schema.")
            return failed(name, Text(told, told), path=_SCHEMAS[part], line=where, todo=todo)
        wanted.append((validator, part))
    for at, case in enumerate(cases):
        for validator, part in wanted:
            for place, value in _parts(case, part):
                broken = jsonschema.exceptions.best_match(validator.iter_errors(value))
                if broken is not None:
                    reason = f"{case.id}: {place}{broken.json_path.removeprefix('$')}: {broken.message[:200]}"
                    file = _SCHEMAS[part]
                    todo = Text(f"Perbaiki nilai itu, atau {file}.", f"Mend that value, or {file}.")
                    line = lines[at] if isinstance(lines, list) else lines
                    return failed(name, Text(reason, reason), path=path, line=line, todo=todo)
    told = f"{len(cases)}"
    return Finding(name, True, Text(f"{told} kasus sesuai skema", f"{told} cases fit the schemas"), path)


def _parts(case: Case, part: str) -> Iterator[tuple[str, Any]]:
    """What a schema holds of a case: the input, or the answers to all its turns."""
    value = getattr(case, part)
    yield part, value
    if part == "expected" and isinstance(value, Mapping) and isinstance(value.get("giliran"), list):
        for at, answer in enumerate(value["giliran"]):
            yield f"{part}.giliran[{at}]", answer


def _hidden(task: Task, public: tuple[Case, ...], provider: Provider, cancel: Cancel | None) -> Iterator[Finding]:
    source = text_of(task.folder / "generate.py")
    begins = function_line(source, "generate")
    try:
        board = provider.generate(task, CaseSet.BOARD, _seed(0), cancel=cancel)
        made = [provider.generate(task, CaseSet.FINAL, _seed(number), cancel=cancel) for number in range(SEEDS)]
        # Providers remember the cases of a task by its hash; under another one the generator runs again.
        twin = replace(task, hash=task.hash[::-1])
        again = provider.generate(twin, CaseSet.BOARD, _seed(0), cancel=cancel)
    except TaskInvalid as error:
        yield invalid("generator", error, begins if error.path == "generate.py" else None)
        return
    told = Text("benih yang sama harus memberi kasus yang sama", "the same seed must give the same cases")
    if again == board:
        yield Finding("generator", True, told, "generate.py")
    else:
        todo = Text(
            "Acak hanya dari random.Random(benih): jangan waktu, urutan himpunan, atau hash().",
            "Take chance from random.Random(seed) alone: no clock, no order of a set, no hash().",
        )
        yield failed("generator", told, path="generate.py", line=chance_line(source) or begins, todo=todo)
    every = (*board, *(case for cases in made for case in cases))
    yield _schemas("generator-schema", task, every, "generate.py", begins)
    sets = [{repr(case.input) for case in cases} for cases in made]
    shared = sum(len(cases) for cases in sets) - len(set().union(*sets))
    told = Text(f"{shared} masukan sama pada {SEEDS} benih", f"{shared} inputs come up again under {SEEDS} seeds")
    todo = Text(
        "Bentuk random.Random dari `seed`, dan buat teksnya lebih beragam.",
        "Make random.Random of `seed`, and let the texts vary more.",
    )
    yield Finding(
        "generator-seeds", not shared, told, "generate.py", begins if shared else None, todo if shared else None
    )
    yield _news(task, every, public, begins)


def _news(task: Task, hidden: tuple[Case, ...], public: tuple[Case, ...], begins: int | None) -> Finding:
    near = nearest(hidden, public)
    if near is None:
        there = len(hidden)
        told = Text(
            f"{there} kasus tersembunyi tidak mirip kasus publik", f"none of {there} hidden cases is near a public one"
        )
        return Finding("hidden-is-new", True, told, "generate.py")
    lines = case_lines(text_of(task.folder / "public.jsonl"))
    line = next((line for line, case in zip(lines, public, strict=False) if case.id == near.public), None)
    share = f"{100 * near.index:.0f}"
    return failed(
        "hidden-is-new",
        Text(
            f"{near.hidden} mirip kasus publik {near.public} (public.jsonl:{line}): {share} % potongan katanya sama",
            f"{near.hidden} is near the public case {near.public} (public.jsonl:{line}): {share} % of its runs of words"
            " are the same",
        ),
        path="generate.py",
        line=begins,
        todo=Text(
            "Tulis kalimat yang lain dari public.jsonl, dan lebih banyak bentuk kalimat.",
            "Write sentences that are not those of public.jsonl, and more forms of each.",
        ),
    )


def _seed(number: int) -> bytes:
    return bytes([number + 1]) * 32
