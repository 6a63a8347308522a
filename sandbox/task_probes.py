"""Prototypes that a task's check makes of the task's own answers: perfect ones, shuffled ones, spoilt ones.

They are sources of the python kit like any team's and meet the task in the same sandbox. The rule of a task they rest
on: `expected` of a case is itself a perfect answer (keys beyond the answer's are there for the test and are ignored
in answers).
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sandbox.model import Case

FAULTS = Path("controls", "faults.py")
"""The module of a task with a function `(answer, input) -> answer` for each metric, named like it: its planted
cause."""

_APP = '''\
"""Made by the check of a task: answers known inputs from a table."""

import hashlib
import json
from pathlib import Path
{imports}

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


def predict(task, input):
    answer = ANSWERS[hashlib.sha256(json.dumps(input, sort_keys=True).encode()).hexdigest()]
    return {answer}
'''


def known_answers(cases: Sequence[Case]) -> dict[str, Any]:
    """Each case's input, as a hash, to its perfect answer."""
    return {_key(case.input): case.expected for case in cases}


def shuffled_answers(cases: Sequence[Case]) -> dict[str, Any]:
    """Each case's input to the perfect answer of another case: the one half the list further on."""
    shift = max(len(cases) // 2, 1)
    return {_key(case.input): cases[(at + shift) % len(cases)].expected for at, case in enumerate(cases)}


def write_probe(folder: Path, answers: Mapping[str, Any], faults: Path | None = None, fault: str = "") -> Path:
    """Write a prototype that gives `answers`, spoilt by the function `fault` of the module `faults` where one is named.

    Returns `folder`, which is made. Raises OSError.
    """
    folder.mkdir(parents=True)
    spoilt = faults is not None and bool(fault)
    app = _APP.format(
        imports="\nimport faults" if spoilt else "",
        answer=f"faults.{fault}(answer, input)" if spoilt else "answer",
    )
    (folder / "app.py").write_text(app, encoding="utf-8")
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    if faults is not None and fault:
        shutil.copyfile(faults, folder / "faults.py")
    return folder


def _key(case_input: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(case_input, sort_keys=True).encode()).hexdigest()
