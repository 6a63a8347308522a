"""What every command shares: lazy loading, `--json`, exit statuses, and one place where a failure becomes a sentence.

The promise of every command: with `--json` the last line of standard output is one JSON object, and everything meant
for people goes to standard error. Without it, results go to standard output as plain text. Exit statuses are `Exit`.
"""

import functools
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NoReturn, ParamSpec

import click

from frontend.cli import logs
from frontend.cli.wording import harmless, languages, tell
from frontend.inert import json_line
from hackathon.errors import Refusal, SettingsInvalid, Unavailable
from sandbox.errors import EngineUnavailable, ImageMissing, MirrorUnavailable, SandboxError, TaskInvalid
from sandbox.model import Text

P = ParamSpec("P")


class Exit(IntEnum):
    """Exit statuses of every command."""

    FINE = 0
    PROTOTYPE_FAILED = 1
    USAGE = 2
    OUR_FAILURE = 3
    INTERRUPTED = 130


class Failure(click.ClickException):
    """Ends a command with a sentence: what happened, and what to do. `status` tells whose it is."""

    def __init__(self, message: str | Text, *, code: str, status: Exit = Exit.OUR_FAILURE) -> None:
        self.text = message if isinstance(message, Text) else Text(id=message, en=message)
        super().__init__(self.text.en)
        self.code = code
        self.status = status


@dataclass(slots=True)
class Console:
    """Where a command speaks. `as_json` decides which stream is for people. Whatever a prototype printed or a server
    answered, no line steers the terminal.
    """

    as_json: bool = False

    def say(self, line: str = "") -> None:
        """A line of the result for people; not printed with `--json`, where the object holds it."""
        if not self.as_json:
            click.echo(harmless(line))

    def note(self, line: str) -> None:
        """A line about the work that is going on; always on standard error."""
        click.echo(harmless(line), err=True)

    def progress(self, line: str) -> None:
        """A note that only somebody who is looking wants to see: printed when standard error is a terminal."""
        if sys.stderr.isatty():
            click.echo(harmless(line), err=True)

    def result(self, value: Mapping[str, Any]) -> None:
        """The object of `--json`. Call it once, last."""
        if self.as_json:
            click.echo(json_line(value))


def command(name: str, **attributes: Any) -> Callable[[Callable[P, Exit | None]], click.Command]:
    """A click command with the options that all share. The function gets a `Console` first and returns an `Exit`
    (None: fine).
    """

    def decorate(function: Callable[P, Exit | None]) -> click.Command:
        @click.option(
            "--json", "as_json", is_flag=True, help="Print one JSON object as the last line of standard output."
        )
        @click.option("--debug", is_flag=True, help="Show the traceback when something of ours fails.")
        @click.pass_context
        @functools.wraps(function)
        def run(context: click.Context, /, *args: P.args, **kwargs: P.kwargs) -> None:
            console = Console(as_json=bool(kwargs.pop("as_json")))
            debug = bool(kwargs.pop("debug"))
            context.find_root().obj = _Invocation(console, debug=debug)
            logs.configure_quiet(debug=debug)
            call: Callable[..., Exit | None] = function
            status = call(console, *args, **kwargs)
            context.exit(int(status or Exit.FINE))

        built: click.Command = click.command(name, cls=click.Command, **attributes)(run)
        return built

    return decorate


@dataclass(frozen=True, slots=True)
class _Invocation:
    console: Console
    debug: bool


class LazyGroup(click.Group):
    """A group that knows its commands by name and one line of help, and imports a command's module when it is
    needed.
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        module = importlib.import_module(f"frontend.cli.{self._lazy[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name if cmd_name != "try" else "try_")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in self._lazy.items()])


COMMANDS: Mapping[str, tuple[str, str]] = {
    "try": ("attempt", "Evaluate a prototype on this machine; no server, no database."),
    "submit": ("submit", "Hand a prototype in to a server."),
    "demo": ("demo", "Run a whole sample event on this machine."),
    "serve": ("serve", "Run the web server."),
    "worker": ("worker", "Run an evaluation worker."),
    "mirror": ("mirror", "Run the package mirror of builds."),
    "task": ("tasks", "Make, prove, run and hand over benchmark tasks."),
    "event": ("events", "Apply an event file."),
    "user": ("accounts", "Create, list and change accounts."),
    "token": ("accounts", "Create, list and revoke API tokens."),
    "migrate": ("migrate", "Bring the database to this version."),
    "doctor": ("doctor", "Check this host and prove its walls."),
    "bench": ("bench", "Measure the engine and the queue."),
}


@click.group("gelanggang", cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gelanggang", message="gelanggang %(version)s")
def cli() -> None:
    """Gelanggang: submission and judging of AI prototypes at a hackathon.

    Every command takes --json and then prints one JSON object as the last line of its standard output.
    Exit status: 0 fine, 1 the prototype failed, 2 wrong usage, 3 a failure of ours.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with an `Exit`."""
    given = sys.argv[1:] if arguments is None else arguments
    status = run(given)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; without this Python complains once more while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit status."""
    context: click.Context | None = None
    try:
        with cli.make_context("gelanggang", list(arguments)) as context:
            cli.invoke(context)
        return int(Exit.FINE)
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _tell_failure(arguments, "interrupted", Text(id="Dihentikan.", en="Stopped."), Exit.INTERRUPTED)
    except click.UsageError as wrong:
        if not isinstance(wrong, click.exceptions.NoArgsIsHelpError):
            click.echo(wrong.ctx.get_usage() if wrong.ctx else "", err=True)
        return _tell_failure(arguments, "usage", _both(wrong.format_message()), Exit.USAGE)
    except BrokenPipeError:
        return int(Exit.FINE)
    except Exception as failure:
        invocation = context.find_root().obj if context is not None else None
        if isinstance(invocation, _Invocation) and invocation.debug:
            traceback.print_exc()
        code, text, status = explain(failure)
        return _tell_failure(arguments, code, text, status)


def explain(failure: Exception) -> tuple[str, Text, Exit]:
    """A failure as (stable code, sentence with what to do, exit status)."""
    match failure:
        case Failure():
            return failure.code, failure.text, failure.status
        case click.ClickException():
            return "usage", _both(failure.format_message()), Exit.USAGE
        case ImageMissing():
            return "image_missing", _both(f"{_sentence(failure)}."), Exit.OUR_FAILURE
        case EngineUnavailable():
            hint = "Start Docker (`make setup` does it) and look at `gelanggang doctor`."
            return "engine_unavailable", _both(f"No container engine answers: {failure}. {hint}"), Exit.OUR_FAILURE
        case MirrorUnavailable():
            return "mirror_unavailable", _both(f"Packages cannot be had here: {failure}."), Exit.OUR_FAILURE
        case TaskInvalid():
            return "task_invalid", _both(f"The benchmark task cannot be loaded: {failure}."), Exit.USAGE
        case SandboxError():
            hint = "It says nothing about the prototype: run it again; `gelanggang doctor` checks this host."
            return "engine_failed", _both(f"The engine failed: {failure}. {hint}"), Exit.OUR_FAILURE
        case SettingsInvalid():
            return "settings_invalid", _both(f"Settings that cannot be used:\n{failure}"), Exit.USAGE
        case Refusal():
            return failure.code, failure.message, Exit.USAGE
        case Unavailable():
            return failure.code, failure.message, Exit.OUR_FAILURE
        case OSError():
            return "os_error", _both(f"{_sentence(failure)}. --debug shows where."), Exit.OUR_FAILURE
    name = type(failure).__name__
    detail = f"{name}: {failure}" if str(failure) else name
    sentence = f"Unexpected failure: {detail}. Run it again with --debug to see where."
    return "unexpected", _both(sentence), Exit.OUR_FAILURE


def _tell_failure(arguments: list[str], code: str, text: Text, status: Exit) -> int:
    click.echo(harmless(tell(text, languages(os.environ))), err=True)
    # Parsing may have failed before `--json` was known, so the raw arguments decide.
    if "--json" in arguments:
        click.echo(json_line({"error": {"code": code, "message": {"id": text.id, "en": text.en}}}))
    return int(status)


def _both(sentence: str) -> Text:
    return Text(id=sentence, en=sentence)


def _sentence(failure: Exception) -> str:
    words = str(failure).rstrip(".")
    return words[:1].upper() + words[1:]
