"""Remove what this package made."""

import docker
from docker.errors import APIError

from sandbox.bases.grader import GRADER_DEPS
from sandbox.bases.recipes import MADE
from sandbox.bases.waiting import Say


def remove(client: docker.DockerClient, say: Say = lambda line: None) -> None:
    """Remove every base image and what graders are made of, older recipes too. One that a container uses stays."""
    for repository in (GRADER_DEPS, *(base.repository for base in MADE)):
        for image in client.images.list(repository):
            for tag in image.tags:
                if not tag.startswith(f"{repository}:"):
                    continue
                try:
                    client.images.remove(tag)
                except APIError as error:
                    say(f"image {tag}: stays ({error.explanation})")
                else:
                    say(f"image {tag}: removed")
