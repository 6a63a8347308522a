"""Whose failure an error of the engine is: what a Dockerfile says must not make it ours."""

from pathlib import Path

import pytest

from sandbox.docker.build_failure import raise_if_ours
from sandbox.docker.build_stream import Outcome
from sandbox.errors import EngineUnavailable, ImageMissing
from sandbox.kits import Source, inspect
from sandbox.limits import Limits

MISSING = "COPY failed: file not found in build context or excluded by .dockerignore: stat {}: file does not exist"


def source(folder: Path, *lines: str) -> Source:
    (folder / "Dockerfile").write_text("\n".join(["FROM python", *lines, 'CMD ["x"]']))
    found = inspect(folder, Limits())
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize(
    "error",
    [
        "Error processing tar file(exit status 1): write /app/model.bin: no space left on device",
        "mkdir /var/lib/docker/overlay2/ab12/work: no space left on device",
        f"No such container: {'0a' * 32}",
        "No such image: sha256:0123456789ab",
        "context canceled",
        "failed to register layer: layer does not exist",
    ],
)
def test_the_host_failed(tmp_path: Path, error: str) -> None:
    with pytest.raises(EngineUnavailable):
        raise_if_ours(Outcome(error=error), source(tmp_path))


@pytest.mark.parametrize(
    "error",
    [
        "pull access denied for gelanggang/python, repository does not exist or may require 'docker login'",
        'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
        "manifest for gelanggang/python:latest not found: manifest unknown: manifest unknown",
    ],
)
def test_a_base_is_missing(tmp_path: Path, error: str) -> None:
    with pytest.raises(ImageMissing):
        raise_if_ours(Outcome(error=error), source(tmp_path))


@pytest.mark.parametrize(
    ("line", "error", "code"),
    [
        ("RUN false", "The command '/bin/sh -c false : no space left on device' returned a non-zero code: 1", 1),
        ("RUN false", "The command '/bin/sh -c false' returned a non-zero code: 1: context canceled", 1),
        ('COPY ["$A", "/x/"]', MISSING.format("No such container"), None),
        ('COPY ["$A", "/x/"]', MISSING.format("pull access denied for x"), None),
        ("EXPOSE $A", "Invalid containerPort: x: no space left on device", None),
        ("STOPSIGNAL $A", "Invalid signal: x: context canceled", None),
        ("USER $A", "unable to find user No such container: no matching entries in passwd file", None),
        (
            "COPY --chown=$A a /b",
            "unable to convert uid/gid chown string to host mapping: no such user: no space left on device",
            None,
        ),
        ("LABEL a='context canceled'", "something nobody foresaw: context canceled", None),
        ("RUN true", "", None),
    ],
)
def test_the_team_wrote_the_words(tmp_path: Path, line: str, error: str, code: int | None) -> None:
    raise_if_ours(Outcome(error=error, code=code), source(tmp_path, line))
