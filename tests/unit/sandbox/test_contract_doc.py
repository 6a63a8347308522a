"""docs/contract.md and docs/tasks.md say what the code does: examples, limits, outcomes, files."""

import re
import tomllib
from pathlib import Path

import pytest

from hackathon import benchmarks
from sandbox import task_check
from sandbox.kits import Kit, Source, inspect
from sandbox.limits import GIB, MB, MIB, Limits
from sandbox.manifest import read_manifest
from sandbox.model import Status
from sandbox.tasks import load_task

DOCS = Path(__file__).parents[3] / "docs"
CONTRACT = (DOCS / "contract.md").read_text(encoding="utf-8")
TASKS = (DOCS / "tasks.md").read_text(encoding="utf-8")
FENCE = re.compile(r"<!-- contoh: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)


def write_examples(folder: Path) -> dict[str, Path]:
    """The examples of the contract, each in a folder of its own, by name."""
    for name, content in FENCE.findall(CONTRACT):
        path = folder / (name if "/" in name else f"{name}/app.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return {path.name: path for path in folder.iterdir()}


class TestContract:
    def test_the_three_examples_pass_the_intake(self, tmp_path: Path) -> None:
        examples = write_examples(tmp_path)
        assert examples.keys() == {"python", "docker-python", "docker-node"}
        for name, folder in examples.items():
            source = inspect(folder, Limits())
            assert isinstance(source, Source)
            assert source.kit is (Kit.PYTHON if name == "python" else Kit.DOCKER)

    def test_the_python_example_answers(self) -> None:
        (code,) = [content for name, content in FENCE.findall(CONTRACT) if name == "python"]
        scope: dict[str, object] = {}
        exec(code, scope)  # noqa: S102 - the example itself is under test
        predict = scope["predict"]
        assert callable(predict)
        given = {"teks": "Nomor : 005/1/UM/2026\n", "isian": [{"nama": "nomor_surat"}, {"nama": "perihal"}]}
        assert predict("otomasi-formulir", given) == {"isian": {"nomor_surat": "005/1/UM/2026", "perihal": None}}

    def test_manifests_are_valid(self) -> None:
        manifests = re.findall(r"```toml\n(.*?)```", CONTRACT, re.DOTALL)
        assert len(manifests) == 2
        assert read_manifest(manifests[0].encode()).card.limits
        assert read_manifest(manifests[1].encode()).http is not None

    def test_every_outcome_is_explained(self) -> None:
        assert set(re.findall(r"^\| `(\w+)` \|", CONTRACT, re.MULTILINE)) == {status.value for status in Status}

    def test_limits_are_the_engines(self) -> None:
        limits = Limits()
        archive, build, prototype, run = limits.archive, limits.build, limits.prototype, limits.run
        rows = [
            f"{archive.compressed_bytes // MB} MB, {archive.unpacked_bytes // MB} MB, {archive.files // 1000}.000 |",
            f"{build.seconds / 60:g} menit, {build.memory_bytes // GIB} GiB, {build.steps} |",
            f"{prototype.memory_bytes // GIB} GiB, {prototype.cpus:g}, {prototype.pids}, ",
            f", {prototype.tmp_bytes // MIB} MiB, {prototype.log_bytes // MIB} MiB |",
            f"| mulai sampai siap | {run.ready_seconds:g} detik",
            f"| satu kasus | {run.case_seconds:g} detik",
            f"| seluruh pengujian | {run.total_seconds / 60:g} menit",
            f"{limits.answer.bytes // MIB} MiB, JSON paling dalam {limits.answer.json_depth} tingkat",
        ]
        for row in rows:
            assert row in CONTRACT
        task = benchmarks.load("otomasi-formulir").limits
        assert f"`otomasi-formulir`: {task.ready_seconds:g})" in CONTRACT
        assert f"`otomasi-formulir`: {task.case_seconds:g})" in CONTRACT
        assert f"`otomasi-formulir`: {task.total_seconds:g} detik)" in CONTRACT


class TestTasks:
    def test_the_example_of_task_toml_loads(self, tmp_path: Path) -> None:
        (example,) = [text for text in re.findall(r"```toml\n(.*?)```", TASKS, re.DOTALL) if text.startswith("slug = ")]
        shipped = benchmarks.folder() / "otomasi-formulir"
        for path in shipped.iterdir():
            if path.is_file() and path.name != "task.toml":
                (tmp_path / path.name).write_bytes(path.read_bytes())
        both = '\n[summary]\nid = "a"\nen = "a"\n\n[human_minutes_why]\nid = "a"\nen = "a"\n'
        (tmp_path / "task.toml").write_text(example + both, encoding="utf-8")
        task = load_task(tmp_path)
        assert [metric.name for metric in task.metrics] == ["f1_isian"]

    @pytest.mark.parametrize(
        "name",
        # A measurement's packages are for tasks of others: no shipped one needs any.
        [name for name in re.findall(r"^\| `([\w*]*[./][\w.*/]*)`", TASKS, re.MULTILINE) if name != "requirements.txt"],
    )
    def test_every_file_it_names_is_in_a_shipped_task(self, name: str) -> None:
        assert list(benchmarks.folder().glob(f"*/{name.rstrip('/')}"))

    def test_numbers_of_the_check(self) -> None:
        assert f"at least {task_check.PUBLIC_CASES} cases" in TASKS
        shipped = tomllib.loads((benchmarks.folder() / "otomasi-formulir" / "task.toml").read_text(encoding="utf-8"))
        assert f"human_minutes = {shipped['human_minutes']}" in TASKS
        assert f"f1_isian = {shipped['baseline']['f1_isian']}" in TASKS
