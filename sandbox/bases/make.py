"""Make the base images that are missing on an engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic

import docker
from docker.errors import DockerException, ImageNotFound

from sandbox.bases.debian import Workshop
from sandbox.bases.errors import BaseNotMade
from sandbox.bases.proof import faults
from sandbox.bases.pulled import install_root, pull
from sandbox.bases.recipes import MADE, UPSTREAM, BaseRecipe
from sandbox.bases.waiting import Say, patience

IMPORT_SECONDS = 300
"""How long the engine may take to unpack a finished root."""


class Way(StrEnum):
    """How a base came to be there."""

    KEPT = "kept"
    PULLED = "pulled"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one base, and how long people waited for it."""

    base: BaseRecipe
    way: Way
    seconds: float


def ensure(
    client: docker.DockerClient,
    names: Iterable[str] | None = None,
    say: Say = lambda line: None,
    *,
    upstream: str | None = UPSTREAM,
) -> tuple[Made, ...]:
    """Make the named bases that are missing, and see to it that `latest` names each; all bases when no names are given.

    A base whose recipe has not changed is kept. `upstream` is the Debian image to pull; with None, or where its
    registry does not answer, bases are made of Debian's packages on this host, two at a time. Raises BaseNotMade, and
    KeyError for a name that no base has.
    """
    known = {base.name: base for base in MADE}
    wanted = MADE if names is None else tuple(known[name] for name in names)
    missing = [base for base in wanted if not _has(client, base.reference)]
    started = monotonic()
    done = {base.name: Made(base, Way.KEPT, 0.0) for base in wanted}
    for base, way in _make(client, missing, say, upstream):
        done[base.name] = Made(base, way, monotonic() - started)
        say(f"base image {base.name}: {way}, {done[base.name].seconds:.0f} s after the start")
    for base in wanted:
        _tag_latest(client, base)
    kept = [made.base.name for made in done.values() if made.way is Way.KEPT]
    if kept:
        say(f"base images {', '.join(kept)}: kept")
    return tuple(done.values())


def _has(client: docker.DockerClient, reference: str) -> bool:
    try:
        client.images.get(reference)
    except ImageNotFound:
        return False
    return True


def _tag_latest(client: docker.DockerClient, base: BaseRecipe) -> None:
    image = client.images.get(base.reference)
    if base.latest not in image.tags:
        image.tag(base.repository, "latest")


def _make(
    client: docker.DockerClient, missing: Sequence[BaseRecipe], say: Say, upstream: str | None
) -> Iterator[tuple[BaseRecipe, Way]]:
    rest = list(missing)
    if rest and upstream is not None:
        try:
            pull(client, upstream, say)
            for base in missing:
                say(f"base image {base.name}: installing {', '.join(base.packages)} on {upstream}")
                with install_root(client, upstream, base) as root:
                    _import(client, base, root)
                rest.remove(base)
                yield base, Way.PULLED
        except BaseNotMade as reason:
            say(f"{reason}: base images are made of Debian's packages instead")
    with Workshop(client, rest, say) as workshop:
        for base in rest:
            with workshop.root(base) as root:
                _import(client, base, root)
            yield base, Way.MADE


def _import(client: docker.DockerClient, base: BaseRecipe, root: Iterator[bytes]) -> None:
    """Turn a stream of a tar file into an image, prove it, and only then give it the recipe's tag."""
    with patience(client, IMPORT_SECONDS):
        try:
            answer = client.api.import_image_from_stream(root, changes=base.changes())
        except DockerException as error:
            raise BaseNotMade(base.name, f"the engine refused the finished root: {error}") from error
    image = client.images.get(_image_id(base, answer))
    try:
        wrong = faults(client, image.id, base)
        if wrong:
            raise BaseNotMade(base.name, "; ".join(wrong))
        image.tag(base.repository, base.fingerprint)
    except BaseException:
        client.images.remove(image.id, force=True)
        raise


def _image_id(base: BaseRecipe, answer: str) -> str:
    """Read the id out of the engine's progress lines: {"status": "sha256:..."}."""
    ids = [word.strip('"}\r\n ') for word in answer.split('"status":') if "sha256:" in word]
    if not ids:
        raise BaseNotMade(base.name, f"the engine made no image: {answer.strip()}")
    return ids[-1]
