"""`gelanggang task new`: a folder to begin a task with, which passes the check as it was made."""

import re
import shutil
from pathlib import Path

import click

from frontend.cli.frame import Console, Exit, Failure, command
from sandbox.model import Text
from sandbox.tasks import load_task

PATTERN = "permintaan-alat"
"""The slug that the pattern has itself; wherever it stands, the new one takes its place."""

LONGEST = 64

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def pattern() -> Path:
    """The folder that new tasks are made of."""
    return Path(__file__).parent / "pattern" / PATTERN


@command("new", short_help="Begin a task: a folder that passes the check as it is.")
@click.argument("slug")
@click.option(
    "--folder",
    "parent",
    metavar="DIR",
    default=".",
    show_default="here",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the folder SLUG is made.",
)
def new(console: Console, slug: str, parent: Path) -> None:
    """Make the folder SLUG with a whole task in it: cases, generator, schemas, test, prototypes, words.

    It is a small invented office job. Its README.md says what to change in which order.
    """
    folder = make(slug, parent)
    task = load_task(folder)
    console.say(f"{folder}: {task.slug} {task.version}")
    console.say(f"Read {folder / 'README.md'} next. Prove it with: gelanggang task check {folder}")
    console.result({"slug": task.slug, "version": task.version, "hash": task.hash, "folder": str(folder)})


def make(slug: str, parent: Path) -> Path:
    """Make the folder `slug` in `parent`, which is made where it is missing. Raises Failure; nothing is left then."""
    if len(slug) > LONGEST or not _SLUG.fullmatch(slug):
        raise Failure(
            Text(
                id=f"Nama tugas {slug!r} tidak dapat dipakai. Pakai huruf kecil a-z dan angka, diawali huruf, dengan"
                f" tanda hubung tunggal di antara kata, paling banyak {LONGEST} tanda. Misalnya: laporan-bulanan.",
                en=f"The slug {slug!r} cannot be used. Use lower-case letters a-z and digits, a letter first, single"
                f" hyphens between words, at most {LONGEST} characters. For example: laporan-bulanan.",
            ),
            code="slug_invalid",
            status=Exit.USAGE,
        )
    folder = parent / slug
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except FileExistsError as error:
        raise Failure(
            Text(
                id=f"{folder} sudah ada dan tidak diubah. Pilih nama lain, atau hapus folder itu lebih dulu.",
                en=f"{folder} is there already and was left alone. Take another slug, or remove that folder first.",
            ),
            code="folder_exists",
            status=Exit.USAGE,
        ) from error
    try:
        _fill(folder, slug)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _fill(folder: Path, slug: str) -> None:
    source = pattern()
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if not path.is_file() or "__pycache__" in inside.parts:
            continue
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8").replace(PATTERN, slug), encoding="utf-8")
