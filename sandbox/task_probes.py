"""Prototypes that a task's check makes of the task's own answers: perfect ones, shuffled ones, spoilt ones.

They are sources of the python kit like any team's and meet the task in the same sandbox. The rule of a task they rest
on: `expected` of a case is itself a perfect answer (keys beyond the answer's are there for the test and are ignored
in answers). Where a case takes several calls, `turns` of the task's `controls/faults.py` plays them.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sandbox.model import Case

FAULTS = Path("controls", "faults.py")
"""The module of a task with a function `(answer, input) -> answer` for each metric, named like it: its planted
cause. Where a test calls the prototype more than once for a case, the module also has `turns(input, expected, give)`:
it plays the case as the test does, with `give(call's input, perfect answer)` in place of the prototype. What `give`
returns is what the prototype answers there, spoilt or not; `expected` may be another case's."""

Known = Sequence[tuple[Mapping[str, Any], Any]]
"""Cases' inputs with the answers to give to them."""

_APP = '''\
"""Made by the check of a task: answers known inputs from a table."""

import hashlib
import json
from pathlib import Path
{imports}

KNOWN = json.loads(Path(__file__).with_name("known.json").read_text(encoding="utf-8"))
ANSWERS = {{}}


def key(input):
    return hashlib.sha256(json.dumps(input, sort_keys=True).encode()).hexdigest()


def give(input, answer):
    ANSWERS[key(input)] = answer = {answer}
    return answer


play = {play}
for case_input, expected in KNOWN:
    if play is None:
        give(case_input, expected)
    else:
        play(case_input, expected, give)


def predict(task, input):
    return ANSWERS[key(input)]
'''


def known_answers(cases: Sequence[Case]) -> Known:
    """Each case's input with its perfect answer."""
    return [(case.input, case.expected) for case in cases]


def shuffled_answers(cases: Sequence[Case]) -> Known:
    """Each case's input with the perfect answer of another case: the one half the list further on."""
    shift = max(len(cases) // 2, 1)
    return [(case.input, cases[(at + shift) % len(cases)].expected) for at, case in enumerate(cases)]


def write_probe(folder: Path, known: Known, faults: Path | None = None, fault: str = "") -> Path:
    """Write a prototype that gives the answers in `known`, spoilt by the function `fault` where one is named.

    `faults` is the task's module with that function and perhaps `turns`; None, or a path without a file: each case is
    one call, and nothing is spoilt. Returns `folder`, which is made. Raises OSError.
    """
    folder.mkdir(parents=True)
    there = faults is not None and faults.is_file()
    app = _APP.format(
        imports="\nimport faults" if there else "",
        answer=f"faults.{fault}(answer, input)" if there and fault else "answer",
        play='getattr(faults, "turns", None)' if there else "None",
    )
    (folder / "app.py").write_text(app, encoding="utf-8")
    (folder / "known.json").write_text(json.dumps(known), encoding="utf-8")
    if faults is not None and there:
        shutil.copyfile(faults, folder / "faults.py")
    return folder
