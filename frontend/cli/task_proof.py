"""`gelanggang task proof`: measure the prototypes that come with tasks, and show whether better ones score higher."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click
import msgspec
import numpy as np

from frontend.cli.frame import Console, command
from frontend.cli.interrupt import interruptible
from frontend.cli.tasks import find_task, known_tasks
from frontend.cli.wording import table
from hackathon.settings import Settings
from sandbox.provider import Cancel
from sandbox.task_proof import Measured, Proof, judge, load_proof, save_proof
from sandbox.tasks import Task

MOST_SEEDS = 50

_PAGE = """\
# What the known prototypes score

For whoever wants to trust a score, or doubts one. Each shipped task comes with prototypes whose order is known before
anything is measured: three that do nothing (`empty`, `constant`, `echo`), the starter, the plain baseline and a
stronger reference. Here is what they score. Everybody can measure it again; the seeds are fixed, and no event draws
one of them:

    gelanggang task proof --keep --page docs/proof.md

- **public**: the cases that teams have. **board** and **final**: the mean over {seeds} seeds, and how far one seed's
  score lies from it (standard deviation). All in points, 0 to 100.
- **order**: Somers' D between the known order and the hidden scores; 1 where of any two prototypes the better one
  scores higher.
- **agreement**: Pearson's correlation of `board` and `final` scores over prototypes and seeds.
- **moves**: the largest standard deviation of one prototype over seeds. **held**: the share of scores whose 90 %
  interval holds the mean over the seeds. An interval is drawn from one seed's cases and knows nothing of the others.

The prototypes were written by the people who wrote the tasks. That a better one scores higher is necessary for a good
task and not sufficient: it says nothing of prototypes that nobody thought of.

{summary}
"""


@command("proof", short_help="Measure the prototypes that come with tasks.")
@click.argument("names", metavar="[TASK]...", nargs=-1)
@click.option("--seeds", default=5, show_default=True, type=click.IntRange(2, MOST_SEEDS), help="How many seeds.")
@click.option("--keep", is_flag=True, help="Write proof.json into each task's folder; the task's page draws it.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of what is kept of all.")
@click.option("--kept", is_flag=True, help="Measure nothing; show what is kept.")
def proof(console: Console, names: tuple[str, ...], seeds: int, keep: bool, page: Path | None, kept: bool) -> None:
    """Run the controls, the starter, the baseline and the reference of each TASK (a slug or a folder; all known ones
    where none is named) on its public cases and on hidden cases of several seeds.
    """
    settings = Settings.from_environment(os.environ)
    tasks = [find_task(settings, name) for name in names] or list(known_tasks(settings).values())
    proofs = _kept(tasks) if kept else _measure(console, settings, tasks, seeds)
    if keep and not kept:
        for task, found in zip(tasks, proofs, strict=True):
            save_proof(task.folder, found)
    for found in proofs:
        console.say(f"\n{found.task} {found.version}")
        console.say(table(_HEAD, _rows(found), right=(1, 2, 3)))
    console.say("")
    console.say(table(_VERDICT_HEAD, [_verdict(found) for found in proofs], right=(2, 3, 4, 5)))
    if page is not None:
        page.write_text(proof_page(_kept(known_tasks(settings).values())), encoding="utf-8")
    console.result({"tasks": [{**msgspec.to_builtins(found), "verdict": asdict(judge(found))} for found in proofs]})


def proof_page(proofs: Sequence[Proof]) -> str:
    """The page of the documentation on these proofs."""
    seeds = max(len(specimen.board) for found in proofs for specimen in found.specimens)
    parts = [_markdown(_VERDICT_HEAD, [_verdict(found) for found in proofs])]
    for found in proofs:
        parts += [f"## {found.task} {found.version}", _markdown(_HEAD, _rows(found))]
    return _PAGE.format(seeds=seeds, summary="\n\n".join(parts))


def _measure(console: Console, settings: Settings, tasks: Sequence[Task], seeds: int) -> list[Proof]:
    # Only measuring needs the engine.
    import sandbox
    from sandbox.task_proving import prove_task

    cancel = Cancel()
    provider = sandbox.connect(runtime=settings.container_runtime, graders=1, mirror=settings.mirror_socket)

    def measure() -> list[Proof]:
        return [
            prove_task(
                task,
                provider,
                seeds=seeds,
                on_specimen=lambda name, task=task: console.say(f"{task.slug}: {name}"),  # type: ignore[misc]
                cancel=cancel,
            )
            for task in tasks
        ]

    try:
        return interruptible(measure, cancel)
    finally:
        provider.close()


def _kept(tasks: Iterable[Task]) -> list[Proof]:
    return [found for task in tasks if (found := load_proof(task)) is not None]


_HEAD = ("prototype", "public", "board", "final")
_VERDICT_HEAD = ("task", "version", "order", "agreement", "moves", "held")


def _rows(found: Proof) -> list[tuple[str, ...]]:
    return [
        (specimen.name, f"{specimen.public.score:.1f}", _mean(specimen.board), _mean(specimen.final))
        for specimen in found.specimens
    ]


def _verdict(found: Proof) -> tuple[str, ...]:
    verdict = judge(found)
    agreement = "–" if verdict.agreement is None else f"{verdict.agreement:.3f}"
    return found.task, found.version, f"{verdict.order:.2f}", agreement, f"{verdict.moves:.1f}", f"{verdict.held:.0%}"


def _mean(scores: Sequence[Measured]) -> str:
    points = [one.score for one in scores]
    return f"{np.mean(points):.1f} ± {np.std(points):.1f}"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
