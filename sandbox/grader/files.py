"""Task modules that came over the stream, written where they can be imported."""

import base64
import re
from collections.abc import Mapping
from pathlib import Path

PACKAGES = "packages.txt"
"""Beside our code in the image of a grader with packages: their names, one a line."""

_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*\.py$")


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write modules (name to base64 text) into a new folder. Raises ValueError for odd names, OSError."""
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        if not _NAME.match(name):
            raise ValueError(f"{name!r} is no name of a module")
        (folder / name).write_bytes(base64.b64decode(content, validate=True))
