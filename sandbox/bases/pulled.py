"""The root of a base out of a pulled Debian image: what a container of it holds once the packages are installed."""

from collections.abc import Iterator
from contextlib import contextmanager

import docker
from docker.errors import DockerException, NotFound
from requests.exceptions import RequestException

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.recipes import FINISH, PREPARE, BaseRecipe
from sandbox.bases.waiting import Say, patience

REGISTRY_SECONDS = 5
"""How long a registry may stay silent."""

INSTALL_SECONDS = 900
"""How long the packages may take to arrive and be installed."""

_INSTALL = """
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update
{prepare}
apt-get install --yes --no-install-recommends $PACKAGES
{finish}
"""


@contextmanager
def pull_root(client: docker.DockerClient, upstream: str, base: BaseRecipe, say: Say) -> Iterator[Iterator[bytes]]:
    """Yield the finished root as the stream of a tar file.

    The container is removed at the end, whatever happens; the pulled image stays, for the next base. Raises
    BaseNotMade when no registry answers within REGISTRY_SECONDS, or when the packages cannot be installed from inside
    a container.
    """
    _pull(client, upstream, base)
    say(f"base image {base.name}: {upstream} pulled, installing {', '.join(base.packages)}")
    script = _INSTALL.format(prepare=PREPARE, finish=FINISH)
    environment = {"PACKAGES": " ".join(base.packages), "EMPTY": " ".join(base.empty_packages), "ENGINE": "1"}
    container = client.containers.create(
        upstream, ["sh", "-c", script], environment=environment, use_config_proxy=True, labels={"gelanggang": "1"}
    )
    try:
        with patience(client, INSTALL_SECONDS):
            container.start()
            status = container.wait(timeout=INSTALL_SECONDS)["StatusCode"]
        if status != 0:
            said = container.logs(tail=3).decode(errors="replace").strip().replace("\n", " / ")
            raise BaseNotMade(base.name, f"its packages could not be installed in a container: {said}")
        yield container.export()
    except RequestException as error:
        raise BaseNotMade(base.name, f"the engine did not answer in time: {error}") from error
    finally:
        _remove(container)


def _pull(client: docker.DockerClient, upstream: str, base: BaseRecipe) -> None:
    repository, _, tag = upstream.rpartition(":")
    with patience(client, REGISTRY_SECONDS):
        try:
            for event in client.api.pull(repository, tag=tag, stream=True, decode=True):
                if "error" in event:
                    raise BaseNotMade(base.name, f"{upstream}: {event['error']}")
        except DockerException as error:
            raise BaseNotMade(base.name, _brief(error)) from error
        except RequestException:
            raise BaseNotMade(base.name, f"no registry answered within {REGISTRY_SECONDS} s") from None


def _brief(error: DockerException) -> str:
    """The engine's own words, without the client's wrapping."""
    return str(getattr(error, "explanation", None) or error)


def _remove(container: docker.models.containers.Container) -> None:
    try:
        container.remove(force=True, v=True)
    except NotFound:
        return
