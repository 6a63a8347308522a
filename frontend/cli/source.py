"""The PATH of `try` and `submit`: an archive as it is, or a folder packed on the way."""

from pathlib import Path

from frontend.cli.frame import Console, Exit, Failure
from frontend.packing import is_archive, pack


def source_archive(path: Path, folder: Path, console: Console) -> Path:
    """The archive at `path`, or one packed from the folder `path` into `folder`. Raises CannotPack, Failure."""
    if path.is_dir():
        packed = pack(path, folder / f"{path.resolve().name or 'prototype'}.zip")
        if packed.skipped:
            console.note(f"Left out: {', '.join(packed.skipped)}")
        return packed.path
    if not is_archive(path):
        raise Failure(f"{path} is neither a folder nor a .zip or .tar.gz.", code="not_a_source", status=Exit.USAGE)
    return path
