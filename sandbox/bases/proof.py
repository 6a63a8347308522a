"""Prove a finished base image: whichever way it was made, the same must hold."""

from pathlib import Path

import docker
from docker.errors import ContainerError, DockerException

from sandbox.bases.recipes import BaseRecipe
from sandbox.docker.owner import current

PROOF = (Path(__file__).parent / "proof.sh").read_text(encoding="utf-8")


def faults(client: docker.DockerClient, image: str, base: BaseRecipe) -> tuple[str, ...]:
    """Run `image` as prototypes run: read-only, as uid 65534, without network. List what is wrong with it."""
    wrong = _run(client, image, ["sh", "-c", PROOF]).splitlines()
    if not wrong:
        wrong = _run(client, image, list(base.proof)).splitlines()
    return tuple(wrong)


def _run(client: docker.DockerClient, image: str, command: list[str]) -> str:
    """Return what the command printed; for one that failed without a word, that it failed."""
    try:
        output = client.containers.run(
            image,
            command,
            network_mode="none",
            read_only=True,
            user="65534:65534",
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            labels=current().labels("bases"),
            stderr=True,
            remove=True,
        )
    except ContainerError as error:
        said = (error.stderr or b"").decode(errors="replace").strip()
        return said or f"{command[0]} ended with status {error.exit_status}"
    except DockerException as error:
        return f"does not start: {error}"
    return str(output.decode(errors="replace"))
