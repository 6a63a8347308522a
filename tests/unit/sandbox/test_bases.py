"""Recipes of base images and the names people write for them."""

import dataclasses

import pytest

from sandbox.bases import BASES, resolve
from sandbox.bases.recipes import NODE, PYTHON, PYTHON_ML, BaseRecipe


@pytest.mark.parametrize(
    ("reference", "base"),
    [
        ("python", PYTHON),
        ("python:3.11", PYTHON),
        ("python:3.11-slim", PYTHON),
        ("python:3.11-slim-bookworm", PYTHON),
        ("docker.io/library/python:3.11-slim", PYTHON),
        ("library/python:3-slim", PYTHON),
        ("gelanggang/python", PYTHON),
        ("gelanggang/python:latest", PYTHON),
        (PYTHON.reference, PYTHON),
        ("python-ml", PYTHON_ML),
        ("gelanggang/python-ml:latest", PYTHON_ML),
        ("node", NODE),
        ("node:18", NODE),
        ("node:18-bookworm-slim", NODE),
    ],
)
def test_a_name_that_people_write_finds_its_base(reference: str, base: BaseRecipe) -> None:
    assert resolve(reference) is base


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "python:3.12-slim",
        "python:2",
        "node:22",
        "Python:3.11",
        "python:3.11-slim ",
        "python@sha256:" + "0" * 64,
        "gelanggang/python:000000000000",
        "evil.example/library/python:3.11-slim",
        "alpine",
        "scratch",
    ],
)
def test_another_version_or_place_is_no_base(reference: str) -> None:
    assert resolve(reference) is None


def test_no_name_means_two_bases() -> None:
    names = [name for base in BASES for name in (base.repository, base.latest, base.reference, *base.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "change",
    [
        {"packages": ("python3", "python3-yaml")},
        {"version": 99},
        {"environment": ()},
        {"command": ("sh",)},
        {"empty_packages": ("x",)},
    ],
)
def test_a_changed_recipe_is_another_image(change: dict[str, object]) -> None:
    assert dataclasses.replace(PYTHON, **change).reference != PYTHON.reference  # type: ignore[arg-type]


def test_another_alias_needs_no_other_image() -> None:
    assert dataclasses.replace(PYTHON, aliases=("py",), proof=("true",)).reference == PYTHON.reference


def test_the_engine_is_told_what_the_recipe_says() -> None:
    changes = PYTHON_ML.changes()
    assert 'CMD ["python3"]' in changes
    assert "ENV OPENBLAS_NUM_THREADS=1" in changes
    assert f"LABEL gelanggang.recipe={PYTHON_ML.fingerprint}" in changes
