"""Images on the real engine: which there are, which go, and one that travels through the object store.

All names begin with a prefix of this test's own: no other image of this machine is looked at, let alone removed.
"""

import asyncio
import gzip
import io
import os
import tarfile
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import docker
import docker.errors
import pytest

from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from sandbox.bases.recipes import PYTHON
from sandbox.docker.client import Clients
from sandbox.docker.image_store import DockerImageStore
from sandbox.docker.images import Images
from sandbox.errors import ImageMissing
from sandbox.images import HeldImage, ImageBroken, ImageKind, Policy, to_remove
from sandbox.images.model import DAY_SECONDS
from sandbox.limits import MB, MIB

SIZE = 24 * MIB


@dataclass
class Shelf:
    """Images under a prefix of their own."""

    engine: docker.APIClient
    prefix: str
    store: DockerImageStore

    def make(self, name: str, *, size: int = 1000, tag: str = "") -> str:
        """An image on the Python base with a layer of so many bytes that do not compress; returns its id."""
        files = {
            "Dockerfile": f'FROM {PYTHON.latest}\nCOPY data /data\nLABEL test="{uuid4()}"\nCMD ["true"]\n'.encode(),
            "data": os.urandom(size),
        }
        context = io.BytesIO()
        with tarfile.open(fileobj=context, mode="w") as archive:
            for path, data in files.items():
                member = tarfile.TarInfo(path)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        context.seek(0)
        name = f"{self.prefix}{name}:{tag or uuid4()}"
        list(self.engine.build(fileobj=context, custom_context=True, tag=name, rm=True, forcerm=True))
        return str(self.engine.inspect_image(name)["Id"])

    def held(self) -> dict[str, HeldImage]:
        return {image.id: image for image in self.store.held()}


@pytest.fixture
def shelf(engine: docker.APIClient) -> Iterator[Shelf]:
    """Empty, and empty again afterwards."""
    clients = Clients()
    prefix = f"gelanggang-test-{uuid4().hex[:12]}/"
    made = Shelf(
        engine, prefix, DockerImageStore(clients, Images(clients), prefix=prefix, repository=f"{prefix}prototype")
    )
    yield made
    for image in engine.images():
        for name in image.get("RepoTags") or ():
            if name.startswith(prefix):
                engine.remove_image(name, force=True)
    clients.close()


@pytest.fixture
async def objects(tmp_path: Path) -> AsyncIterator[Objects]:
    """A store in a folder."""
    made = open_objects(Settings(data_dir=tmp_path / "data"))
    yield made
    made.close()


def test_images_are_told_with_what_they_take_above_their_base(shelf: Shelf) -> None:
    base = shelf.engine.inspect_image(PYTHON.latest)["Size"]
    tool = shelf.make("grader-deps", tag="latest")
    small, large = shelf.make("prototype"), shelf.make("prototype", size=3 * MIB)

    held = shelf.held()
    assert {image.kind for image in held.values()} == {ImageKind.PROTOTYPE, ImageKind.TOOL}
    assert set(held) == {tool, small, large}
    assert held[tool].in_use
    assert not held[small].in_use
    # The base's own name is another one's here, so that all of it counts.
    assert held[large].bytes - held[small].bytes in range(3 * MIB - 5000, 3 * MIB + 5000)
    assert held[small].bytes >= base

    shelf.engine.tag(PYTHON.latest, f"{shelf.prefix}python", "latest")
    held = shelf.held()
    assert held[small].bytes < 10_000
    assert 3 * MIB <= held[large].bytes < 3 * MIB + 10_000


def test_images_are_collected_by_age_and_size_and_what_a_container_needs_stays(shelf: Shelf) -> None:
    shelf.engine.tag(PYTHON.latest, f"{shelf.prefix}python", "latest")
    old, chosen, running, recent = (shelf.make("prototype", size=MIB) for _ in range(4))
    deps, current = shelf.make("grader-deps", tag="1"), shelf.make("grader-deps", tag="latest")
    container = shelf.engine.create_container(running, command=["true"])["Id"]
    try:
        now = max(image.made_at for image in shelf.held().values()) + 30 * DAY_SECONDS
        used = {recent: now - DAY_SECONDS, chosen: 0.0}
        going = to_remove(shelf.held().values(), used=used, needed={chosen}, now=now, policy=Policy())
        assert {goes.image.id for goes in going} == {old, deps}
        assert all(shelf.store.remove(goes.image) for goes in going)
        assert {chosen, running, recent, current} <= set(shelf.held())
        assert not shelf.store.has(old)

        # Whatever was made from an image after the list was read: the engine keeps it.
        assert not shelf.store.remove(replace(shelf.held()[running], in_use=False))
        assert shelf.store.has(running)

        tight = replace(Policy(), bytes=3 * MIB - 1)
        assert not to_remove(
            shelf.held().values(), used=used, needed={chosen}, now=now, policy=replace(tight, bytes=4 * MIB)
        )
        (goes,) = to_remove(shelf.held().values(), used=used, needed={chosen}, now=now, policy=tight)
        assert goes.image.id == recent
    finally:
        shelf.engine.remove_container(container, force=True)


async def test_an_image_travels_through_the_object_store_by_its_id(
    shelf: Shelf, objects: Objects, tmp_path: Path
) -> None:
    image = shelf.make("prototype", size=SIZE)
    before = shelf.engine.inspect_image(image)

    def save() -> None:
        with shelf.store.saved(image) as pieces:
            objects.put_pieces("images/one/1.tar.gz", pieces)

    tracemalloc.start()
    await objects.run(save)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size = await objects.size("images/one/1.tar.gz")
    assert size is not None
    assert SIZE < size < before["Size"]
    assert peak < SIZE / 2, f"{peak / MB:.0f} MB were held while {size / MB:.0f} MB were saved"

    (name,) = shelf.held()[image].names
    shelf.engine.remove_image(name)
    assert not shelf.store.has(image)
    path = tmp_path / "image.tar.gz"
    await objects.fetch("images/one/1.tar.gz", path)
    await asyncio.to_thread(shelf.store.load, path, image)

    after = shelf.engine.inspect_image(image)
    assert (after["Id"], after["RootFS"], after["Config"]) == (before["Id"], before["RootFS"], before["Config"])
    # It has a name again, or it would be taken for what a build left behind.
    (name,) = shelf.held()[image].names
    assert name == f"{shelf.prefix}prototype:{image.removeprefix('sha256:')[:40]}"


def test_a_file_that_is_not_the_image_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    image, other = shelf.make("prototype", size=MIB), shelf.make("prototype", size=MIB)
    path = tmp_path / "image.tar.gz"
    with shelf.store.saved(other) as pieces:
        path.write_bytes(b"".join(pieces))
    for gone in (image, other):
        shelf.engine.remove_image(gone, force=True)
    with pytest.raises(ImageBroken):
        shelf.store.load(path, image)
    assert not shelf.store.has(image)

    whole = gzip.decompress(path.read_bytes())
    with tarfile.open(fileobj=io.BytesIO(whole)) as saved:
        # One bit in its own layer: the engine does not read those that it has, the base's.
        layer = next(m for m in saved if m.name.endswith("layer.tar") and MIB < m.size < 2 * MIB)
    position = layer.offset_data + layer.size // 2
    bent = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
    shelf.engine.remove_image(other, force=True)
    for broken in (b"", b"no image", whole[: len(whole) // 2], bent):
        path.write_bytes(broken)
        with pytest.raises(ImageBroken):
            shelf.store.load(path, other)
        assert not shelf.store.has(other)


def test_an_image_that_is_not_here_cannot_be_saved(shelf: Shelf) -> None:
    with pytest.raises(ImageMissing), shelf.store.saved(f"sha256:{'0' * 64}"):
        pytest.fail("there is no such image")


def test_saving_can_end_in_the_middle(shelf: Shelf) -> None:
    image = shelf.make("prototype", size=SIZE)
    with shelf.store.saved(image) as pieces:
        assert len(next(pieces)) > 0
    assert shelf.store.has(image)


def test_the_engine_s_disk_has_room(shelf: Shelf) -> None:
    room = shelf.store.room()
    assert room is not None
    assert 0 < room.free < room.total
    assert room.path == shelf.engine.info()["DockerRootDir"]
