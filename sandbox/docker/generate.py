"""Hidden cases from a seed: the task's generator in a container without network, cases or keys of anybody else."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from sandbox.docker.client import Clients
from sandbox.docker.graders import Grader
from sandbox.errors import GraderFailed, TaskInvalid
from sandbox.model import Case, CaseSet
from sandbox.provider import Cancel
from sandbox.tasks import Task, parse_cases

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
    generator = Grader(clients, dict(config))
    try:
        generator.send(
            {
                "op": "generate",
                "files": {
                    name: base64.b64encode(data).decode() for name, data in {**task.files, **task.generator}.items()
                },
                "seed": seed.hex(),
                "count": count,
            }
        )
        message = generator.wait_for("cases", "invalid", seconds=_SECONDS, cancel=cancel)
    except GraderFailed as error:
        # Killed by a limit or out of time: in its container there is nothing but the generator.
        raise TaskInvalid("generate.py", f"made no cases: {error}") from error
    finally:
        generator.close()
    if message["op"] == "invalid":
        raise TaskInvalid(str(message["path"]), str(message["reason"]), message.get("line"))
    lines = [json.dumps(case, ensure_ascii=False) for case in message["cases"]]
    cases = parse_cases("\n".join(lines).encode("utf-8", "surrogatepass"), "generate.py")
    if len(cases) != count:
        raise TaskInvalid("generate.py", f"made {len(cases)} cases instead of {count}")
    return cases
