"""Checks of the images that an engine holds: told, saved to a file, run again from it, refused where it is another."""

from pathlib import Path

from sandbox.conformance import samples
from sandbox.conformance.bench import Bench, expect
from sandbox.images import HeldImage, ImageBroken, ImageKind
from sandbox.model import CaseSet, Status
from sandbox.provider import Job


def tells_the_images_that_it_holds(bench: Bench) -> None:
    image = bench.image(samples.ECHO + "# tersimpan\n")
    held = _held(bench, image)
    expect(held is not None and held.kind is ImageKind.PROTOTYPE and held.names and held.bytes > 0, held)
    expect(bench.provider.image_store.has(image), image)
    bench.provider.remove_image(image)
    expect(_held(bench, image) is None and not bench.provider.image_store.has(image), image)


def runs_a_saved_image_again(bench: Bench) -> None:
    images = bench.provider.image_store
    image = bench.image(samples.ECHO + "# disimpan lalu dimuat\n")
    path = _saved(bench, image)
    bench.provider.remove_image(image)
    images.load(path, image)
    images.load(path, image)  # twice is as good as once
    report = bench.evaluate(image, Job(bench.task(), CaseSet.PUBLIC, samples.cases(2)))
    expect(report.runs[0].status is Status.OK, report)
    bench.expect_nothing_left()  # what a prototype still runs from stays
    held = _held(bench, image)
    expect(held is not None and images.remove(held) and not images.has(image), held)


def loads_no_other_image(bench: Bench) -> None:
    image, other = bench.image(samples.ECHO + "# yang diminta\n"), bench.image(samples.ECHO + "# yang lain\n")
    path = _saved(bench, other)
    for one in (image, other):
        bench.provider.remove_image(one)
    for data in (path.read_bytes(), path.read_bytes()[:100], b""):
        path.write_bytes(data)
        try:
            bench.provider.image_store.load(path, image)
        except ImageBroken:
            expect(not bench.provider.image_store.has(image), image)
        else:
            expect(False, "a file was taken for an image that is not in it")
    bench.provider.remove_image(other)


def tells_its_room(bench: Bench) -> None:
    room = bench.provider.image_store.room()
    expect(room is None or 0 < room.free <= room.total, room)


def _held(bench: Bench, image: str) -> HeldImage | None:
    return next((held for held in bench.provider.image_store.held() if held.id == image), None)


def _saved(bench: Bench, image: str) -> Path:
    path = bench.source({}) / "image.tar.gz"
    with bench.provider.image_store.saved(image) as pieces, path.open("wb") as file:
        for piece in pieces:
            file.write(piece)
    return path


CHECKS = (tells_the_images_that_it_holds, runs_a_saved_image_again, loads_no_other_image, tells_its_room)
