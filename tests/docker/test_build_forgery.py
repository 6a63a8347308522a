"""Builds that print what the engine itself would print: they mislead nobody but their own team."""

import time
from pathlib import Path

import pytest

from sandbox.docker import DockerProvider
from sandbox.limits import BuildLimits, Limits
from sandbox.model import Build, Status

FLOOD = """
import os, time
end = time.monotonic() + 3
number = 0
while time.monotonic() < end:
    os.write(1, b" ---> %012x\\n" % number)
    number += 1
    time.sleep(0.0002)
"""


def build(provider: DockerProvider, folder: Path, *lines: str, log_bytes: int = 1 << 20) -> Build:
    (folder / "Dockerfile").write_text("\n".join(["FROM python", *lines, 'CMD ["x"]']))
    return provider.build(folder, limits=Limits(build=BuildLimits(log_bytes=log_bytes)), label="uji-palsu")


def test_a_step_of_any_number(provider: DockerProvider, tmp_path: Path) -> None:
    number = "9" * 5000
    built = build(provider, tmp_path, f"RUN echo 'Step {number}/1 : palsu'; exit 3")
    assert built.status is Status.BUILD_FAILED
    assert "3" in built.message.id
    assert number.encode() in built.log


@pytest.mark.parametrize("word", ["no space left on device", "No such container: 0123456789ab", "context canceled"])
def test_words_of_a_broken_host(provider: DockerProvider, tmp_path: Path, word: str) -> None:
    assert build(provider, tmp_path, f"RUN false # {word}").status is Status.BUILD_FAILED
    assert build(provider, tmp_path, f'COPY ["{word}", "/x/"]').status is Status.BUILD_FAILED


def test_thousands_of_layers_that_are_none(provider: DockerProvider, tmp_path: Path) -> None:
    (tmp_path / "banjir.py").write_text(FLOOD)
    started = time.monotonic()
    built = build(provider, tmp_path, "COPY banjir.py /", "RUN python3 /banjir.py; exit 3")
    assert built.status is Status.BUILD_FAILED
    assert time.monotonic() - started < 9.0


def test_a_flood_of_what_is_left_out_of_the_log(provider: DockerProvider, tmp_path: Path) -> None:
    (tmp_path / "banjir.py").write_text(FLOOD.replace("%012x", "Running in %012x"))
    built = build(provider, tmp_path, "COPY banjir.py /", "RUN python3 /banjir.py; exit 3", log_bytes=1000)
    assert built.status is Status.BUILD_FAILED
    assert "terlalu banyak" in built.message.id
