"""From a handed-in file or folder to a source that may be built, or to the reason why not."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from sandbox.archive import Archive, open_archive
from sandbox.kits import docker, ignore, python
from sandbox.kits.model import KitRule, Source
from sandbox.limits import Limits
from sandbox.manifest import NAME as MANIFEST
from sandbox.manifest import Kit, Manifest, read_manifest
from sandbox.model import Text
from sandbox.refusal import Refusal, Refused, printable, refuse

_MOST_SHOWN = 5


def inspect(archive: Path, limits: Limits, *, packages: bool = False) -> Source | Refusal:
    """Check and vet the zip, tar.gz or folder at `archive`, without unpacking it on the host.

    Reads everything once and nothing of it is run. With `packages` its build will find a package index. Raises OSError
    when the file itself cannot be read.
    """
    opened = open_archive(archive, limits.archive)
    if isinstance(opened, Refusal):
        return opened
    try:
        return _prepare(opened, limits, packages=packages)
    except Refused as refused:
        return refused.refusal


def _prepare(archive: Archive, limits: Limits, *, packages: bool) -> Source:
    files = archive.read(MANIFEST, python.APP, python.REQUIREMENTS, docker.DOCKERFILE, ignore.NAME)
    manifest = read_manifest(files.get(MANIFEST))
    kit = manifest.kit or _guess(archive)
    source = _prepare_kit(kit, archive, manifest, files, limits, packages=packages)
    return replace(source, notes=(*_left_out(archive), *source.notes))


def _prepare_kit(
    kit: Kit, archive: Archive, manifest: Manifest, files: Mapping[str, bytes], limits: Limits, *, packages: bool
) -> Source:
    if kit is Kit.DOCKER:
        return docker.prepare(archive, manifest, files.get(docker.DOCKERFILE), files.get(ignore.NAME), limits.build)
    return python.prepare(archive, manifest, files.get(python.APP), files.get(python.REQUIREMENTS), packages=packages)


def _left_out(archive: Archive) -> tuple[Text, ...]:
    """What a team is told of litter that was not taken."""
    if not archive.left_out:
        return ()
    count = len(archive.left_out)
    shown = ", ".join(printable(path) for path in archive.left_out[:_MOST_SHOWN])
    more = ", …" if count > _MOST_SHOWN else ""
    return (Text(f"Tidak ikut diambil ({count}): {shown}{more}", f"Not taken ({count}): {shown}{more}"),)


def _guess(archive: Archive) -> Kit:
    names = {entry.path.lower() for entry in archive.entries}
    if docker.DOCKERFILE.lower() in names:
        return Kit.DOCKER
    if python.APP not in names:
        _refuse_no_kit(archive)
    return Kit.PYTHON


def _refuse_no_kit(archive: Archive) -> NoReturn:
    office = archive.find("[Content_Types].xml") is not None
    if office:
        refuse(
            KitRule.NO_KIT,
            "Ini dokumen Office (Word, Excel atau PowerPoint), bukan kode prototipe. Kemas folder proyek menjadi "
            "zip, lalu kirim lagi.",
            "This is an Office document (Word, Excel or PowerPoint), not a prototype's code. Pack the project's "
            "folder as a zip and send it again.",
        )
    deeper = [
        entry.path for entry in archive.entries if entry.path.rpartition("/")[2] in (python.APP, docker.DOCKERFILE)
    ]
    if deeper:
        refuse(
            KitRule.NO_KIT,
            f"“{deeper[0]}” tidak berada di folder paling atas. Kemas isi folder itu saja menjadi zip, lalu kirim "
            "lagi.",
            f"“{deeper[0]}” is not in the top folder. Pack only the content of its folder as a zip and send it again.",
            entry=deeper[0],
        )
    refuse(
        KitRule.NO_KIT,
        "Tidak ada app.py (kit python) atau Dockerfile (kit docker) di arsip. Tambahkan salah satunya di folder "
        "paling atas.",
        "The archive has neither an app.py (python kit) nor a Dockerfile (docker kit). Add one of them to the top "
        "folder.",
    )
