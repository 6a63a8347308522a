"""Everything that is loaded or compiled on first use is used once before the first fork."""

import base64
import contextlib
import importlib
import importlib.metadata
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sandbox.grader.contract import Prototype
from sandbox.grader.files import PACKAGES, write_files
from sandbox.grader.frames import Message
from sandbox.grader.http import Client
from sandbox.grader.plugin import Order, Plugin
from sandbox.grader.rehearsal import INPUT, call, canned
from sandbox.grader.zygote import run_pytest

_TEST = b"""
def test_warm(prototype, case, record):
    record("value", 1.0)
    assert prototype(case.input) == case.expected
"""


def warm_client() -> Client:
    """A client that answered itself once."""
    Prototype(Client(canned), call())(INPUT)
    return Client()


def warm_packages() -> None:
    """Import the packages that this grader was made with. One that cannot be is told by the task that wants it."""
    listed = Path(__file__).parents[2] / PACKAGES
    if not listed.is_file():
        return
    for name in listed.read_text(encoding="utf-8").split():
        for module in _modules(name):
            # A module may even end the program that imports it.
            with contextlib.suppress(Exception, SystemExit):
                importlib.import_module(module)


def _modules(package: str) -> Iterator[str]:
    """The modules and folders of modules that a package puts where everybody finds them."""
    tops = {file.parts[0] for file in importlib.metadata.files(package) or () if file.suffix == ".py"}
    for top in sorted(tops):
        name = top.removesuffix(".py")
        if name.isidentifier() and not name.startswith("_") and name not in ("test", "tests", "setup"):
            yield name


def warm_pytest() -> None:
    """Run one passing and one failing case through pytest in this process."""
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    write_files(folder / "task", {"test_warm.py": base64.b64encode(_TEST).decode()})
    cases = [
        {"id": str(number), "input": {}, "expected": {"text": text}} for number, text in enumerate(("halo", "lain"))
    ]
    told: list[Message] = []
    order = Order(call(), visible=True)
    plugin = Plugin(str(folder), cases, Client(canned), told.append, lambda count, rehearse: order)
    plugin.ends_process = False
    run_pytest(folder / "task", plugin)
    if [message["op"] for message in told] != ["case", "case", "report"] or told[1]["failure"] != "wrong":
        raise RuntimeError(f"the warm-up went wrong: {told}")
    shutil.rmtree(folder)
