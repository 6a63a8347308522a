"""`gelanggang submit`: hand a prototype in through the public API, and follow it to its score."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from frontend.api.shapes import EntryBody, Problem, ReceiptBody, SubmissionBody, Words
from frontend.cli.commit import hand_in_commit
from frontend.cli.frame import Console, Exit, Failure, command
from frontend.cli.source import source_archive
from frontend.cli.wording import duration, languages, size, table, tell
from frontend.client import ApiError, Client, Patience, Progress, ServerUnreachable
from frontend.packing import CannotPack
from sandbox.model import Status, Text

FIRST_CONTACT = Patience(total=10.0)

_REFUSED_ARCHIVE = frozenset({"archive_refused", "too_large"})
"""What is wrong with the source, not with how it was sent."""


@command("submit", short_help="Hand a prototype in to a server.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--git", "repository", metavar="URL", help="Instead of PATH: a public repository's https address.")
@click.option("--commit", metavar="SHA", help="With --git: the commit's 40 hex digits, or a branch or tag.")
@click.option("--server", required=True, envvar="GELANGGANG_SERVER", help="Address of the server [GELANGGANG_SERVER].")
@click.option("--token", required=True, envvar="GELANGGANG_TOKEN", help="Your API token [GELANGGANG_TOKEN].")
@click.option("--event", help="Slug of the event; may be left out where your token has one entry.")
@click.option("--track", help="Slug of the track; likewise.")
@click.option("--wait", is_flag=True, help="Follow the evaluation until it is finished.")
def submit(
    console: Console,
    path: Path | None,
    repository: str | None,
    commit: str | None,
    server: str,
    token: str,
    event: str | None,
    track: str | None,
    wait: bool,
) -> Exit:
    """Hand PATH (a folder, zip or tar.gz) in, or with --git and --commit a commit that the server fetches. An upload
    that was cut off goes on where it stopped.

    With --wait the exit status is 0 when the prototype was evaluated and 1 when it failed.
    """
    if (path is None) == (repository is None) or (repository is None) != (commit is None):
        raise Failure("Give a PATH, or --git with --commit.", code="usage", status=Exit.USAGE)
    if not server.startswith(("http://", "https://")):
        raise Failure(f"{server!r} is no address: it starts with http:// or https://", code="usage", status=Exit.USAGE)
    if not (token.isascii() and token.isprintable()):
        # No header carries it, so no server can say that it is wrong.
        raise Failure("This is no token: it holds signs that no token has.", code="token_invalid", status=Exit.USAGE)

    def on_retry(why: str, pause: float) -> None:
        console.note(f"{why}; again in {duration(pause)}")

    try:
        # Until the server has answered once, the address may simply be wrong: nobody wants to wait two minutes for
        # that.
        with Client(server, token, patience=FIRST_CONTACT, on_retry=on_retry) as client:
            entry = choose_entry(client, event, track)
        with Client(server, token, on_retry=on_retry) as client:
            if path is not None:
                receipt = _hand_in(client, console, path, entry)
            else:
                receipt = hand_in_commit(client, console, repository or "", commit or "", entry)
            _show_receipt(console, receipt)
            if not wait:
                console.result({"receipt": msgspec.to_builtins(receipt), "submission": None})
                return Exit.FINE
            final = _follow(client, console, receipt)
    except ApiError as refused:
        raise as_failure(refused) from refused
    except ServerUnreachable as lost:
        hint = "Check the address; an upload that had begun goes on when you run the same command again."
        raise Failure(f"{lost}. {hint}", code="server_unreachable") from lost
    console.result({"receipt": msgspec.to_builtins(receipt), "submission": msgspec.to_builtins(final)})
    return Exit.FINE if final.status == Status.OK else Exit.PROTOTYPE_FAILED


def choose_entry(client: Client, event: str | None, track: str | None) -> EntryBody:
    """The one entry of the token that fits; else a `Failure` that lists the choices."""
    entries = client.entries().entries
    fitting = [entry for entry in entries if event in (None, entry.event) and track in (None, entry.track)]
    if len(fitting) == 1:
        return fitting[0]
    if not entries:
        text = Text(
            id="Token ini belum punya keikutsertaan. Minta panitia mendaftarkan tim Anda ke sebuah kategori.",
            en="This token has no entry yet. Ask the organizers to enter your team in a track.",
        )
        raise Failure(text, code="no_entry", status=Exit.USAGE)
    rows = [(entry.event, entry.track, entry.team) for entry in fitting or entries]
    choices = table(("--event", "--track", "team"), rows)
    none = Text(id="", en="")
    if not fitting:
        asked = " ".join(f"--{name} {slug}" for name, slug in (("event", event), ("track", track)) if slug is not None)
        none = Text(id=f"Tim Anda tidak terdaftar di {asked}. ", en=f"Your team has no entry in {asked}. ")
    text = Text(
        id=f"{none.id}Pilih kategori dengan --event dan --track:\n{choices}",
        en=f"{none.en}Choose one with --event and --track:\n{choices}",
    )
    raise Failure(text, code="entry_unclear", status=Exit.USAGE)


def as_failure(refused: ApiError) -> Failure:
    """A refusal of the server as the end of a command."""
    problem = refused.problem
    where = _where(problem)
    text = Text(id=problem.message.id + where, en=problem.message.en + where)
    if problem.code in _REFUSED_ARCHIVE:
        return Failure(text, code=problem.code, status=Exit.PROTOTYPE_FAILED)
    return Failure(text, code=problem.code, status=Exit.OUR_FAILURE if refused.status >= 500 else Exit.USAGE)


def _where(problem: Problem) -> str:
    if problem.entry is None or problem.entry in problem.message.en:
        return ""
    return f" ({problem.entry})" if problem.line is None else f" ({problem.entry}:{problem.line})"


def _hand_in(client: Client, console: Console, path: Path, entry: EntryBody) -> ReceiptBody:
    with tempfile.TemporaryDirectory(prefix="gelanggang-submit-") as folder:
        try:
            archive = source_archive(path, Path(folder), console)
        except CannotPack as refused:
            raise Failure(refused.text, code="archive_refused", status=Exit.PROTOTYPE_FAILED) from refused
        receipt = client.hand_in(
            archive, event=entry.event, track=entry.track, on_progress=_bar(console), on_same=_same(console)
        )
    if sys.stderr.isatty():
        click.echo(err=True)
    return receipt


def _same(console: Console) -> Callable[[int], None]:
    return lambda number: console.note(
        f"These are the very bytes of submission #{number}: the result can differ by chance only, and it costs an "
        "attempt. Ctrl-C stops it."
    )


def _bar(console: Console) -> Any:
    def show(progress: Progress) -> None:
        if progress.resumed and progress.sent == progress.resumed:
            console.note(f"The server has {size(progress.resumed)} from an earlier try; going on from there.")
        if sys.stderr.isatty():
            share = progress.sent / progress.total if progress.total else 1.0
            line = f"\r{share:4.0%}  {size(progress.sent)} of {size(progress.total)}  "
            click.echo(line, err=True, nl=False)

    return show


def _show_receipt(console: Console, receipt: ReceiptBody) -> None:
    console.say(f"Diterima / Received: {receipt.team}, #{receipt.number}")
    rows = [
        ("event, track", f"{receipt.event}, {receipt.track}"),
        ("submission", str(receipt.submission)),
        ("sha256", receipt.sha256),
        ("size", size(receipt.size)),
        ("kit", receipt.kit),
        ("registered", _clock(receipt.registered_at)),
        ("received", _clock(receipt.received_at)),
    ]
    rows.append(("attempts today", f"{receipt.attempts_used} of {receipt.attempts_allowed}"))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        console.say(f"  {name.ljust(width)}  {value}")


def _follow(client: Client, console: Console, receipt: ReceiptBody) -> SubmissionBody:
    final, last = None, ("", "")
    wanted = languages(os.environ)[:1]
    for state in client.follow(receipt.submission):
        step, line = _line(state, wanted)
        # Ages grow with every look; a pipe gets a line for each change only.
        if line != last[1] and (sys.stderr.isatty() or step != last[0]):
            console.note(line)
        final, last = state, (step, line)
    if final is None:
        raise RuntimeError("follow() gave nothing")
    _show_result(console, final)
    return final


def _line(state: SubmissionBody, wanted: tuple[str, ...]) -> tuple[str, str]:
    """The step that it is in, with its cause, and the same with its age."""
    current = next((step for step in state.steps if step.state == "now"), state.steps[-1])
    title, cause = tell(_text(current.title), wanted), tell(_text(current.cause), wanted)
    age = "" if current.since is None else duration(max(0.0, (state.now - current.since).total_seconds()))
    left = "" if state.estimate_seconds is None else f" (+ {duration(state.estimate_seconds)}?)"
    return f"{title}: {cause}", f"{title:<9} {age:>8}{left}  {cause}"


def _show_result(console: Console, final: SubmissionBody) -> None:
    wanted = languages(os.environ)
    rows = [
        (evaluation.case_set, result.task, f"{result.passed}/{result.total}", _number(result.score))
        for evaluation in final.evaluations
        for result in evaluation.tasks
    ]
    if rows:
        console.say()
        console.say(table(("cases", "task", "passed", "score"), rows, right=(2, 3)))
    if final.message is not None:
        # A failure is a message, and messages are told with `--json` too.
        tell_it = console.say if final.status == Status.OK else console.note
        tell_it(f"{final.status}: {tell(_text(final.message), wanted)}")
    for evaluation in final.evaluations:
        if evaluation.case_set == "board" and evaluation.score is not None:
            interval = f"{_number(evaluation.low)} to {_number(evaluation.high)}"
            console.say(f"Nilai papan / Board score: {_number(evaluation.score)} (90 %: {interval})")


def _text(words: Words) -> Text:
    return Text(id=words.id, en=words.en)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _clock(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S UTC")
