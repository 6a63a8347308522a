"""Hidden cases from a seed: the task's generator in a container without network, cases or keys of anybody else."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.docker.client import Clients
from sandbox.docker.graders import Grader
from sandbox.errors import GraderFailed, TaskInvalid
from sandbox.grader.frames import Message
from sandbox.grading import generate_message, generated_cases, vary_message
from sandbox.model import Case, CaseSet
from sandbox.provider import Cancel
from sandbox.tasks import WORDING, Task

COMMAND = ("/usr/bin/python3", "-m", "sandbox.grader.generate")
_SECONDS = 120.0


def generate(
    clients: Clients,
    config: Mapping[str, Any],
    task: Task,
    case_set: CaseSet,
    seed: bytes,
    cancel: Cancel | None,
) -> tuple[Case, ...]:
    """As many cases as the task says for the set. Raises TaskInvalid, EngineUnavailable, Cancelled."""
    count = task.cases[case_set]
    return _ask(clients, config, generate_message(task, seed, count), count, "generate.py", cancel)


def vary(
    clients: Clients,
    config: Mapping[str, Any],
    task: Task,
    cases: Sequence[Case],
    seed: bytes,
    cancel: Cancel | None,
) -> tuple[Case, ...]:
    """The cases in other words, by the task's `vary.py`. Raises TaskInvalid, EngineUnavailable, Cancelled."""
    return _ask(clients, config, vary_message(task, cases, seed), len(cases), WORDING, cancel)


def _ask(
    clients: Clients, config: Mapping[str, Any], order: Message, count: int, path: str, cancel: Cancel | None
) -> tuple[Case, ...]:
    generator = Grader(clients, dict(config))
    try:
        generator.send(order)
        message = generator.wait_for("cases", "invalid", seconds=_SECONDS, cancel=cancel)
    except GraderFailed as error:
        # Killed by a limit or out of time: in its container there is nothing but the generator.
        raise TaskInvalid(path, f"made no cases: {error}") from error
    finally:
        generator.close()
    return generated_cases(message, count, path)
