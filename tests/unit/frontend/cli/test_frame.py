import json
import subprocess
import sys

import click
import pytest

from frontend.cli import frame
from frontend.cli.frame import COMMANDS, Console, Exit, Failure, cli, command, explain, run
from hackathon.errors import Conflict, SettingsInvalid, Unavailable
from sandbox.errors import EngineUnavailable, GraderFailed, ImageMissing
from sandbox.model import Text


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command line of one command, `answer`, that does what its argument says."""

    @command("answer")
    @click.argument("how")
    def answer(console: Console, how: str) -> Exit:
        console.say("for people")
        console.note("work goes on")
        if how == "fail":
            raise Failure(Text(id="Mesin mati.", en="The engine is off."), code="engine_off")
        if how == "break":
            raise ZeroDivisionError("division by zero")
        if how == "ctrl-c":
            raise KeyboardInterrupt
        console.result({"how": how})
        return Exit.PROTOTYPE_FAILED if how == "bad" else Exit.FINE

    group = click.Group("gelanggang", commands=[answer])
    monkeypatch.setattr(frame, "cli", group)


@pytest.mark.usefixtures("answering")
class TestTheJsonPromise:
    def test_the_last_line_is_one_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["answer", "well", "--json"]) == 0
        told = capsys.readouterr()
        assert json.loads(told.out) == {"how": "well"}
        assert told.err == "work goes on\n"

    def test_people_get_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["answer", "well"]) == 0
        assert capsys.readouterr().out == "for people\n"

    def test_a_failed_prototype_is_one(self) -> None:
        assert run(["answer", "bad"]) == Exit.PROTOTYPE_FAILED

    @pytest.mark.parametrize(
        ("how", "status", "code"),
        [
            ("fail", Exit.OUR_FAILURE, "engine_off"),
            ("break", Exit.OUR_FAILURE, "unexpected"),
            ("ctrl-c", Exit.INTERRUPTED, "interrupted"),
        ],
    )
    def test_a_failure_is_an_object_too(
        self, how: str, status: Exit, code: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["answer", how, "--json"]) == status
        told = capsys.readouterr()
        assert json.loads(told.out.splitlines()[-1])["error"]["code"] == code
        assert "Traceback" not in told.err

    def test_wrong_usage_is_two_and_an_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["answer", "--json"]) == Exit.USAGE
        told = capsys.readouterr()
        assert json.loads(told.out)["error"]["code"] == "usage"
        assert "Usage:" in told.err

    def test_debug_shows_where(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["answer", "break", "--debug"]) == Exit.OUR_FAILURE
        assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("failure", "code", "status", "words"),
    [
        (EngineUnavailable("no socket"), "engine_unavailable", Exit.OUR_FAILURE, "doctor"),
        (ImageMissing("gelanggang/python:latest"), "image_missing", Exit.OUR_FAILURE, "make setup"),
        (GraderFailed("broken pipe"), "engine_failed", Exit.OUR_FAILURE, "says nothing about the prototype"),
        (SettingsInvalid(("GELANGGANG_PORT=x: a whole number",)), "settings_invalid", Exit.USAGE, "GELANGGANG_PORT"),
        (Conflict(Text(id="Sudah ada.", en="It exists."), "name_taken"), "name_taken", Exit.USAGE, "It exists."),
        (Unavailable(Text(id="Basis data mati.", en="The database is off.")), "unavailable", Exit.OUR_FAILURE, "off"),
        (PermissionError(13, "Permission denied", "/x"), "os_error", Exit.OUR_FAILURE, "/x"),
    ],
)
def test_each_failure_has_a_sentence_and_an_owner(failure: Exception, code: str, status: Exit, words: str) -> None:
    found, text, exit_status = explain(failure)
    assert (found, exit_status) == (code, status)
    assert words in text.en


def test_every_command_is_listed_and_can_be_loaded() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        found = cli.get_command(context, name)
        assert found is not None
        assert found.name == name
    assert cli.get_command(context, "nope") is None


def test_every_leaf_command_takes_json() -> None:
    def leaves(found: click.Command, context: click.Context) -> list[click.Command]:
        if isinstance(found, click.Group):
            below = [found.get_command(context, name) for name in found.list_commands(context)]
            return [leaf for child in below if child is not None for leaf in leaves(child, context)]
        return [found]

    for leaf in leaves(cli, click.Context(cli)):
        assert "--json" in [option for parameter in leaf.params for option in parameter.opts], leaf.name


def test_help_does_not_import_what_it_does_not_need() -> None:
    heavy = {"litestar", "numpy", "docker", "piccolo", "granian", "httpx", "structlog"}
    code = f"import sys; from frontend.cli.frame import run; run(['--help']); print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"
