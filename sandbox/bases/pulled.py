"""The root of a base out of a pulled Debian image: what a container of it holds once the packages are installed."""

from collections.abc import Iterator
from contextlib import contextmanager

import docker
from docker.errors import DockerException, NotFound
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.recipes import FINISH, PREPARE, BaseRecipe
from sandbox.bases.waiting import Say, patience
from sandbox.docker.owner import current

REGISTRY_SECONDS = 5
"""How long a registry may stay silent."""

INSTALL_SECONDS = 900
"""How long the packages may take to arrive and be installed."""

_INSTALL = f"""
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
{PREPARE}
apt-get -qq install --yes --no-install-recommends $PACKAGES
{FINISH}
"""


def pull(client: docker.DockerClient, upstream: str, say: Say) -> None:
    """Pull the Debian image `upstream` (repository:tag). Raises BaseNotMade when no registry answers in time."""
    say(f"image {upstream}: asking its registry")
    repository, _, tag = upstream.rpartition(":")
    api = client.api
    try:
        # The SDK's own `pull` waits without a limit. A closed stream ends the engine's work, too.
        url, what = api._url("/images/create"), {"fromImage": repository, "tag": tag}
        with api._post(url, params=what, stream=True, timeout=REGISTRY_SECONDS) as answer:
            api._raise_for_status(answer)
            for event in api._stream_helper(answer, decode=True):
                if "error" in event:
                    raise BaseNotMade(upstream, event["error"])
    except DockerException as error:
        raise BaseNotMade(upstream, str(getattr(error, "explanation", None) or error)) from error
    except (RequestException, HTTPError):
        raise BaseNotMade(upstream, f"its registry said nothing for {REGISTRY_SECONDS} s") from None


@contextmanager
def install_root(client: docker.DockerClient, upstream: str, base: BaseRecipe) -> Iterator[Iterator[bytes]]:
    """Install the base's packages in a container of `upstream`; yield its finished root as the stream of a tar file.

    The container is removed at the end, whatever happens; the pulled image stays, for the next base. Raises
    BaseNotMade when the packages cannot be installed from inside a container.
    """
    environment = {"PACKAGES": " ".join(base.packages), "EMPTY": " ".join(base.empty_packages), "ENGINE": "1"}
    container = client.containers.create(
        upstream,
        ["sh", "-c", _INSTALL],
        environment=environment,
        use_config_proxy=True,
        labels=current().labels("bases"),
    )
    try:
        with patience(client, INSTALL_SECONDS):
            container.start()
            status = container.wait(timeout=INSTALL_SECONDS)["StatusCode"]
            if status != 0:
                said = container.logs(tail=3).decode(errors="replace").strip().replace("\n", " / ")
                raise BaseNotMade(base.name, f"its packages could not be installed in a container: {said}")
            yield container.export()
    except DockerException as error:
        raise BaseNotMade(base.name, f"the engine failed: {error}") from error
    except RequestException as error:
        raise BaseNotMade(base.name, f"the engine did not answer in time: {error}") from error
    finally:
        _remove(container)


def _remove(container: docker.models.containers.Container) -> None:
    try:
        container.remove(force=True, v=True)
    except NotFound:
        return
