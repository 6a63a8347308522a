"""What benches hand in: the trivial prototype, as it is and with steps that no image has yet; and its neighbours."""

import io
import zipfile
from importlib import resources
from pathlib import Path

_FOLDER = Path(__file__).parent / "prototype"
_APP = (_FOLDER / "app.py").read_text()
_HONEST = (_FOLDER / "honest.py").read_text()

_DOCKERFILE = """FROM gelanggang/python:latest
COPY . .
RUN true
CMD ["python3", "-SEu", "-X", "utf8", "server.py"]
"""

CRASH = """import os


def predict(task, input):
    os._exit(3)
"""

NEIGHBOURS = ("idle", "cpu", "memory", "log")
"""What a prototype may do beside another one; `idle` is what the others are compared with."""


def trivial() -> bytes:
    """The prototype that gives back what it got; the engine builds it once."""
    return zipped({"app.py": _APP})


def with_copy(nonce: str) -> bytes:
    """The same, different in a comment: one new COPY layer on a base that is there."""
    return zipped({"app.py": f"{_APP}# {nonce}\n"})


def with_run(nonce: str) -> bytes:
    """The same from a Dockerfile of its own with a RUN step, which nobody ran before."""
    server = resources.files("sandbox.kits").joinpath("serve.py").read_text()
    return zipped({"app.py": f"{_APP}# {nonce}\n", "server.py": server, "Dockerfile": _DOCKERFILE})


def crashing() -> bytes:
    """One that ends at its first case."""
    return zipped({"app.py": CRASH})


def honest() -> bytes:
    """One that computes for some milliseconds in each case."""
    return zipped({"app.py": _HONEST})


def neighbour(kind: str) -> bytes:
    """One of `NEIGHBOURS`: it begins with its first case and goes on until it is ended."""
    return zipped({"app.py": (_FOLDER / f"{kind}.py").read_text()})


def zipped(files: dict[str, str]) -> bytes:
    """Texts by name as a zip: the same bytes for the same texts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()
