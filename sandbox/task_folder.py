"""What can be seen of a task's folder without running anything of it."""

from collections.abc import Iterator
from pathlib import Path

from sandbox import toml
from sandbox.errors import TaskInvalid
from sandbox.model import Text
from sandbox.task_findings import Finding, failed, invalid
from sandbox.task_places import functions, text_of
from sandbox.task_probes import FAULTS
from sandbox.tasks import Task

METRICS = 3
"""Metrics that a task has at least."""

STARTER_LINES = 60
"""Lines that a starter's app.py stays below."""

_PROTOTYPES = ("starter", "baseline", "controls/empty", "controls/constant", "controls/echo")


def look_at(task: Task) -> Iterator[Finding]:
    """What is missing or too much; nothing where all is there."""
    document = text_of(task.folder / "task.toml")
    name = task.folder.resolve().name
    if task.slug != name:
        yield failed(
            "slug",
            Text(f"`{task.slug}`, tetapi foldernya `{name}`", f"`{task.slug}`, but the folder is `{name}`"),
            path="task.toml",
            line=toml.line_of(document, ("slug",)),
            todo=Text(
                f'Tulis slug = "{name}", atau ganti nama folder.', f'Write slug = "{name}", or rename the folder.'
            ),
        )
    if len(task.metrics) < METRICS:
        yield failed(
            "metrics",
            Text(
                f"{len(task.metrics)} ukuran, paling sedikit {METRICS}",
                f"{len(task.metrics)} metrics, at least {METRICS}",
            ),
            path="task.toml",
            line=toml.line_of(document, ("metrics", len(task.metrics) - 1)),
            todo=Text("Tambahkan [[metrics]] dengan sebab sendiri.", "Add [[metrics]] with a cause of its own."),
        )
    for folder in _PROTOTYPES:
        if not (task.folder / folder).is_dir():
            yield failed(
                "folder",
                Text(f"{folder}/ tidak ada", f"{folder}/ is missing"),
                path=f"{folder}/",
                todo=Text("Buat folder itu dengan app.py.", "Make that folder with an app.py."),
            )
    yield from _starter(task.folder / "starter")
    yield from _faults(task)


def _starter(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        return
    lines = len(text_of(folder / "app.py").splitlines())
    if lines >= STARTER_LINES:
        yield failed(
            "starter-short",
            Text(
                f"{lines} baris, harus kurang dari {STARTER_LINES}", f"{lines} lines, fewer than {STARTER_LINES} wanted"
            ),
            path="starter/app.py",
            line=STARTER_LINES,
            todo=Text("Pendekkan: yang panjang masuk baseline/.", "Shorten it: what is long belongs into baseline/."),
        )
    if not (folder / "README.md").is_file():
        yield failed(
            "starter-readme",
            Text("tidak ada", "is missing"),
            path="starter/README.md",
            todo=Text(
                "Tulis untuk orang yang belum pernah menulis program: masukan, jawaban, cara mencoba.",
                "Write for somebody who never programmed: the input, the answer, how to try.",
            ),
        )


def _faults(task: Task) -> Iterator[Finding]:
    path = task.folder / FAULTS
    wanted = ", ".join(f"{metric.name}(answer, input)" for metric in task.metrics)
    if not path.is_file():
        yield failed(
            "causes",
            Text("tidak ada", "is missing"),
            path=str(FAULTS),
            todo=Text(f"Buat berkas itu dengan fungsi {wanted}.", f"Make that file with the functions {wanted}."),
        )
        return
    try:
        there = functions(text_of(path))
    except SyntaxError as error:
        yield invalid("causes", TaskInvalid(str(FAULTS), error.msg, error.lineno))
        return
    for metric in task.metrics:
        if metric.name not in there:
            yield failed(
                "causes",
                Text(f"tidak ada fungsi untuk `{metric.name}`", f"no function for `{metric.name}`"),
                path=str(FAULTS),
                line=1,
                todo=Text(
                    f"Tulis def {metric.name}(answer, input): yang merusak jawaban sempurna.",
                    f"Write def {metric.name}(answer, input): which spoils a perfect answer.",
                ),
            )
