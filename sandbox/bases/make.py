"""Make the base images that are missing on an engine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

import docker
from docker.errors import DockerException, ImageNotFound

from sandbox.bases.debian import Workshop
from sandbox.bases.errors import BaseNotMade
from sandbox.bases.proof import faults
from sandbox.bases.pulled import pull_root
from sandbox.bases.recipes import BASES, UPSTREAM, BaseRecipe
from sandbox.bases.waiting import Say, patience

IMPORT_SECONDS = 300
"""How long the engine may take to unpack a finished root."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one base. `way` is `kept`, `pulled` or `made`."""

    base: BaseRecipe
    way: str
    seconds: float


def ensure(
    client: docker.DockerClient,
    names: Iterable[str] | None = None,
    say: Say = lambda line: None,
    *,
    upstream: str | None = UPSTREAM,
) -> tuple[Made, ...]:
    """Make the named bases that are missing, one after the other, and see to it that `latest` names each.

    All bases when no names are given. A base whose recipe has not changed is kept. `upstream` is the Debian image to
    pull; with None, or where its registry does not answer, the base is made of Debian's packages on this host.
    Raises BaseNotMade, and KeyError for a name that no base has.
    """
    known = {base.name: base for base in BASES}
    wanted = BASES if names is None else [known[name] for name in names]
    done = []
    with Workshop() as workshop:
        for base in wanted:
            started = monotonic()
            way = "kept" if _has(client, base.reference) else _make(client, base, workshop, say, upstream)
            _tag_latest(client, base)
            done.append(Made(base, way, monotonic() - started))
            say(f"base image {base.name}: {way}" + ("" if way == "kept" else f" in {done[-1].seconds:.0f} s"))
    return tuple(done)


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


def _make(client: docker.DockerClient, base: BaseRecipe, workshop: Workshop, say: Say, upstream: str | None) -> str:
    if upstream is not None:
        try:
            with pull_root(client, upstream, base, say) as root:
                _import(client, base, root)
        except BaseNotMade as reason:
            say(f"base image {base.name}: not pulled ({reason.reason}); making it of Debian's packages")
        else:
            return "pulled"
    with workshop.make_root(client, base, say) as root:
        _import(client, base, root)
    return "made"


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
