"""What the papers name exists, and every command is named."""

import re
from pathlib import Path

import click
import pytest

from frontend.cli.frame import cli

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"(?:^|[`;\s])gelanggang ([a-z]+)(?: ([a-z]+))?")
TARGET = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)
SOURCE = re.compile(r"`((?:sandbox|hackathon|judging|frontend|tools|tests|docs)/[\w./-]*)`")


def text(paper: Path) -> str:
    return paper.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_and_paths_lead_somewhere(paper: Path) -> None:
    links = [paper.parent / link for link in LINK.findall(text(paper))]
    places = [ROOT / place for place in SOURCE.findall(text(paper))]
    assert [str(path) for path in [*links, *places] if not path.exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_commands_and_targets_exist(paper: Path) -> None:
    for name, under in COMMAND.findall(text(paper)):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, f"gelanggang {name}"
        if isinstance(command, click.Group) and under:
            assert command.get_command(click.Context(command), under) is not None, f"gelanggang {name} {under}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in TARGET.findall(text(paper)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"


def test_the_readme_names_every_command() -> None:
    named = {name for name, _ in COMMAND.findall(text(ROOT / "README.md"))}
    assert named == set(cli.list_commands(click.Context(cli)))
