"""Runs a task's generator in a container of its own: one message in, the cases or what is wrong with it out."""

import importlib
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from sandbox.grader.files import write_files
from sandbox.grader.frames import FrameBuffer, Message, decode, encode


def make_cases(order: Message, folder: Path) -> Message:
    """Call `generate(seed, count)` of the modules in the order, or `vary(case_input, expected, rng)` for each of its
    cases; the answer is `cases` or `invalid`.
    """
    write_files(folder, order["files"])
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        if order["op"] == "vary":
            cases = [_vary(case, order["seed"]) for case in order["cases"]]
        else:
            cases = list(
                importlib.import_module("generate").generate(bytes.fromhex(order["seed"]), int(order["count"]))
            )
        message: Message = {"op": "cases", "cases": cases}
        encode(message)
    except Exception as error:  # whatever the task's author wrote: it is reported with its place
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(folder))
        ]
        return {
            "op": "invalid",
            "path": Path(frames[-1].filename).name if frames else f"{order['op']}.py",
            "line": frames[-1].lineno if frames else None,
            "reason": f"{type(error).__name__}: {error}",
        }
    return message


def _vary(case: dict[str, Any], seed: str) -> dict[str, Any]:
    rng = random.Random(f"{seed} {case['id']}")  # noqa: S311 - a draw that must repeat
    given, expected = importlib.import_module("vary").vary(case["input"], case["expected"], rng)
    return {"id": case["id"], "input": given, "expected": expected}


def main() -> None:
    """Serve the one message of the attached stream."""
    sink = os.dup(1)
    # Whatever a generator prints must not land in the message.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    buffer = FrameBuffer()
    while data := os.read(0, 64 * 1024):
        for payload in buffer.feed(data):
            answer = make_cases(decode(payload), Path(tempfile.mkdtemp()) / "task")
            left = memoryview(encode(answer))
            while left:
                left = left[os.write(sink, left) :]
            return


if __name__ == "__main__":
    main()
