"""`gelanggang task pack` and `task add`: a task as one file, and the way back."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from frontend.cli.frame import Console, Exit, Failure, command
from frontend.packing import is_junk, write
from hackathon.settings import Settings
from sandbox.archive import open_archive
from sandbox.limits import MIB, ArchiveLimits
from sandbox.model import Text
from sandbox.refusal import Refusal
from sandbox.task_words import load_words
from sandbox.tasks import Task, load_public_cases, load_task

MOST_FILES = 1000
MOST_BYTES = 64 * MIB


@dataclass(frozen=True, slots=True)
class PackedTask:
    """A task in a file: the SHA-256 of its bytes, how many files it holds, and what was left out of it."""

    task: Task
    path: Path
    sha256: str
    files: int
    left_out: tuple[str, ...]


@command("pack", short_help="A task as one file to hand over.")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The zip to write; SLUG-VERSION.zip here unless named.",
)
def pack(console: Console, folder: Path, output: Path | None) -> None:
    """Write the task in DIR as a zip: the same files give the same bytes on any day.

    Refuses what does not load. Caches, hidden files and links stay out. `gelanggang task add FILE` puts it into use.
    """
    packed = pack_task(folder, output)
    if packed.left_out:
        console.note(f"Left out: {', '.join(packed.left_out)}")
    console.say(f"{packed.path}: {packed.task.slug} {packed.task.version}, {packed.files} files")
    console.say(f"SHA-256 of the file  {packed.sha256}")
    console.say(f"Hash of the task     {packed.task.hash}")
    console.result(
        {
            **_named(packed.task),
            "file": str(packed.path),
            "sha256": packed.sha256,
            "files": packed.files,
            "left_out": list(packed.left_out),
        }
    )


@command("add", short_help="Put a packed task into use on this machine.")
@click.argument("archive", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where tasks are kept; GELANGGANG_BENCHMARKS_DIR unless named.",
)
@click.option("--replace", "replaces", is_flag=True, help="Take the place of another version of the task.")
def add(console: Console, archive: Path, folder: Path | None, replaces: bool) -> None:
    """Unpack FILE into the folder of tasks, where server and workers of this machine find it by its slug.

    Refuses what does not load, and leaves a task that is there alone unless --replace is given. Scores that stand keep
    the version and hash they were measured with; an event that uses the task goes on only with the version it names.
    """
    folder = folder or Settings.from_environment(os.environ).benchmarks_dir
    if folder is None:
        raise Failure(
            Text(
                id="Belum ada folder tugas. Isi GELANGGANG_BENCHMARKS_DIR dengan sebuah folder, untuk server dan semua"
                " worker, atau sebutkan dengan --folder.",
                en="There is no folder of tasks yet. Set GELANGGANG_BENCHMARKS_DIR to a folder, for the server and all"
                " workers, or name one with --folder.",
            ),
            code="benchmarks_dir_unset",
            status=Exit.USAGE,
        )
    task = add_task(archive, folder, replaces=replaces)
    console.say(f"{task.folder}: {task.slug} {task.version}")
    console.say(f"Hash of the task  {task.hash}")
    console.say(f'An event uses it with: tasks = [{{ slug = "{task.slug}" }}]')
    console.result({**_named(task), "folder": str(task.folder)})


def pack_task(folder: Path, output: Path | None = None) -> PackedTask:
    """Write a task as a zip below its slug, whatever its folder is called. Raises TaskInvalid, OSError, Failure."""
    task = _loaded(folder)
    target = output or Path(f"{task.slug}-{task.version}.zip")
    left_out: list[str] = []
    members = [
        (f"{task.slug}/{path.relative_to(folder).as_posix()}", path)
        for path in _files(folder, folder, left_out)
        if path.resolve() != target.resolve()
    ]
    if len(members) > MOST_FILES or sum(path.stat().st_size for _, path in members) > MOST_BYTES:
        raise Failure(
            Text(
                id=f"Folder tugas lebih dari {MOST_FILES} berkas atau {MOST_BYTES // MIB} MiB. Keluarkan yang tidak"
                " perlu.",
                en=f"The task's folder has more than {MOST_FILES} files or {MOST_BYTES // MIB} MiB. Take out what it"
                " does not need.",
            ),
            code="task_too_large",
            status=Exit.USAGE,
        )
    with tempfile.TemporaryDirectory(prefix="gelanggang-task-") as room:
        # Written whole before anything that was there under that name goes.
        made = Path(room) / "task.zip"
        write(sorted(members), made)
        _unpack(made, Path(room, "again"))
        if not (Path(room, "again", "task.toml")).is_file() or _loaded(Path(room, "again")).hash != task.hash:
            raise _apart(left_out)
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        shutil.copyfile(made, target)
    return PackedTask(task, target, digest, len(members), tuple(sorted(left_out)))


def add_task(archive: Path, folder: Path, *, replaces: bool = False) -> Task:
    """Unpack a task into `folder`, under its slug. Raises Failure, TaskInvalid, OSError; nothing has changed then."""
    folder.mkdir(parents=True, exist_ok=True)
    # Hidden, and no folder of a task until it is complete: whoever looks for tasks meanwhile does not see it.
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=folder) as name:
        room = Path(name, "room")
        _unpack(archive, room)
        task = _loaded(room)
        target = folder / task.slug
        if target.exists() or target.is_symlink():
            there = load_task(target).hash if (target / "task.toml").is_file() else None
            if not replaces and there != task.hash:
                raise Failure(
                    Text(
                        id=f"{target} sudah ada, dan isinya lain. Dengan --replace versi ini menggantikannya.",
                        en=f"{target} is there already and differs. With --replace this version takes its place.",
                    ),
                    code="folder_exists",
                    status=Exit.USAGE,
                )
            old = Path(name, "old")
            target.rename(old)
            try:
                room.rename(target)
            except BaseException:
                old.rename(target)
                raise
        else:
            room.rename(target)
    return load_task(target)


def _loaded(folder: Path) -> Task:
    """The task with everything that a page or a worker will read of it."""
    task = load_task(folder)
    load_public_cases(task)
    load_words(task)
    return task


def _apart(left_out: list[str]) -> Failure:
    names = ", ".join(sorted(left_out))
    return Failure(
        Text(
            id=f"Yang tidak ikut dikemas ternyata bagian dari tugas ini: {names}. Ganti tautan dengan berkasnya"
            " sendiri, dan hapus atau ganti nama berkas tersembunyi.",
            en=f"What stays out of the file is a part of this task: {names}. Put the files themselves in the place of"
            " links, and remove or rename hidden files.",
        ),
        code="task_incomplete",
        status=Exit.USAGE,
    )


def _unpack(archive: Path, room: Path) -> None:
    found = open_archive(archive, ArchiveLimits(unpacked_bytes=MOST_BYTES, files=MOST_FILES))
    if isinstance(found, Refusal):
        raise Failure(found.message, code="archive_refused", status=Exit.USAGE)
    for name, data in found.read(*(entry.path for entry in found.entries), most=MOST_BYTES).items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _files(folder: Path, root: Path, left_out: list[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.is_symlink() or is_junk(path):
            left_out.append(name)
        elif path.is_dir():
            yield from _files(path, root, left_out)
        elif path.is_file():
            yield path
        else:
            left_out.append(name)


def _named(task: Task) -> dict[str, str]:
    return {"slug": task.slug, "version": task.version, "hash": task.hash}
