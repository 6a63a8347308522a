"""`gelanggang demo`: run a whole sample event on this machine."""

import os
import shutil
import sys
from pathlib import Path

import click
import msgspec

from frontend.api.shapes import LeaderboardBody
from frontend.cli.frame import Console, Exit, Failure, command
from frontend.cli.wording import duration, table
from frontend.demo.folder import FolderUnusable
from frontend.demo.handing_in import Outcome
from frontend.demo.letters import Letter
from frontend.demo.panel import Panel
from frontend.demo.run import DemoFailed, Options, Result, Running, Watcher, run_demo
from frontend.demo.sitting import PanelFailed
from hackathon.settings import Settings


@command("demo", short_help="Run a whole sample event on this machine.")
@click.option("--once", is_flag=True, help="Without anybody looking: wait for all results, print the board, end.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the web server (default 8000; --once: a free one)."
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder (default .gelanggang/demo)."
)
@click.option(
    "--judging/--no-judging",
    default=True,
    help="Then also an event that is being judged (never with --once).",
)
def demo(console: Console, once: bool, port: int | None, data: Path | None, judging: bool) -> Exit:
    """Start a database, a web server and a worker, make an event with teams, and let them hand in by the public API.

    Ends everything on Ctrl-C. Started again it goes on with the same data. With --once it uses a folder and a port of
    its own, waits until everything is evaluated, prints the leaderboard and ends.
    """
    settings = Settings.from_environment(os.environ)
    watcher = Watcher(
        on_step=lambda step: console.note(f"{step} ..."),
        on_ready=lambda running: _welcome(console, running),
        on_outcome=lambda outcome: console.note(_line(outcome)),
        on_letter=lambda letter: console.note(_letter(letter)),
        on_all_in=lambda: _all_in(console, judging and not once),
        on_panel=lambda url, panel: _panel(console, url, panel),
    )
    try:
        result = run_demo(Options(once, port, data, judging), settings, watcher)
    except FolderUnusable as unusable:
        raise Failure(str(unusable), code="folder_unusable") from unusable
    except DemoFailed as failed:
        raise Failure(str(failed), code="demo_failed") from failed
    if result is None:
        console.note("Stopped. `make demo` goes on with the same data.")
        console.result({"stopped": True})
        return Exit.FINE
    _show_board(console, result)
    console.result(as_json(result))
    return Exit.FINE


def as_json(result: Result) -> dict[str, object]:
    """The object of `demo --once --json`."""
    return {
        "leaderboard": msgspec.to_builtins(result.boards[result.world.track].rows),
        "leaderboards": {track: msgspec.to_builtins(board.rows) for track, board in result.boards.items()},
        "event": result.world.event,
        "track": result.world.track,
        "url": result.url,
        "seconds": round(result.seconds, 1),
        "submissions": [_submission(outcome) for outcome in result.outcomes],
    }


def _submission(outcome: Outcome) -> dict[str, object]:
    final, refusal = outcome.submission, outcome.refusal
    board = None if final is None else next((one for one in final.evaluations if one.case_set == "board"), None)
    message = refusal.message if refusal is not None else final.message if final is not None else None
    return {
        "team": outcome.hand_in.team,
        "track": outcome.hand_in.track,
        "prototype": outcome.hand_in.folder.name,
        "id": None if final is None else str(final.id),
        "number": None if final is None else final.number,
        "status": refusal.code if refusal is not None else None if final is None else final.status,
        "score": None if board is None else board.score,
        "message": None if message is None else msgspec.to_builtins(message),
        "failures_of_ours": 0 if final is None else final.failures_of_ours,
        "seconds": round(outcome.seconds, 2),
    }


def _welcome(console: Console, running: Running) -> None:
    world, first = running.world, running.world.teams[0]
    board = f"{running.url}/acara/{world.event}/papan/{world.track}"
    again = "" if running.fresh else " (with the data of last time)"
    console.note(f"\nReady after {duration(running.ready_seconds)}{again}.\n")
    console.note(f"  Board       {board}")
    console.note(f"  Projector   {running.url}/acara/{world.event}/layar/{world.track}")
    console.note(f"  API         {running.url}/api/v1/openapi.json\n")
    console.note(f"Sign in at {running.url}/masuk; everybody's password is  {world.password}\n")
    logins = [("organizer", world.organizer_email, "")]
    logins += [(team.name, team.people[0], " ".join(team.people[1:2])) for team in world.teams]
    console.note(table(("", "captain", "a member"), logins))
    rows = [("organizer", world.organizer, world.organizer_token)]
    rows += [("team", team.name, team.token) for team in world.teams]
    console.note("\n" + table(("", "who", "API token"), rows))
    sample = next(version.folder for version in reversed(first.versions) if version.track == world.track)
    console.note(
        "\nTry next, in another terminal: change something in a sample and hand it in; the board moves by itself.\n"
    )
    program = _program()
    console.note(
        f"  {program} submit {_near(sample)} --server {running.url} --token {first.token} --track {world.track} --wait"
    )
    console.note(f"  {program} try {_near(sample)} --task {world.task}\n")
    console.note(
        "A requirements.txt may also name packages that are not in the base, with versions (requests==2.32.3):"
    )
    console.note("builds install them from a mirror on this machine, which fills as it is asked.\n")
    doing = "The teams hand in now." if running.fresh else "What was not handed in last time is handed in now."
    console.note(f"{doing} Ctrl-C ends everything.\n")


def _all_in(console: Console, judging: bool) -> None:
    console.note("All sample prototypes are evaluated.")
    if judging:
        console.note("An event that is being judged is prepared now, as a second one (some minutes) ...")


def _panel(console: Console, url: str, panel: Panel | PanelFailed) -> None:
    if isinstance(panel, PanelFailed):
        console.note(f"The event that is being judged could not be prepared: {panel}. The first one goes on.")
        return
    console.note("\nAn event that is being judged, its judges nearly done:\n")
    console.note(f"  Board       {url}/acara/{panel.event}/papan/{panel.track}")
    console.note(f"  Judge       {url}/acara/{panel.event}/juri")
    console.note(f"  Organizers  {url}/konsol/{panel.event}/penilaian\n")
    console.note(
        f"Sign in as judge {panel.guest} with the password above: two scorecards are sent, the rest is open.\n"
    )


def _letter(letter: Letter) -> str:
    return f"  Letter to {letter.to}: {letter.subject}" + (f"\n    {letter.link}" if letter.link else "")


def _program() -> str:
    """How this program can be called from here: by name where that is the same one, else by its path."""
    called = Path(sys.argv[0])
    found = shutil.which("gelanggang")
    if called.name != "gelanggang" or (found is not None and Path(found).samefile(called)):
        return "gelanggang"
    return _near(called.absolute())


def _near(path: Path) -> str:
    """Relative where that is shorter to read."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _line(outcome: Outcome) -> str:
    final, name = outcome.submission, f"{outcome.hand_in.team}, {outcome.hand_in.track}: {outcome.hand_in.folder.name}"
    if final is None:
        return f"  {name}: refused at the door ({'' if outcome.refusal is None else outcome.refusal.message.en})"
    board = next((one for one in final.evaluations if one.case_set == "board"), None)
    score = f", {board.score:.1f}" if board is not None and board.score is not None else ""
    again = ", of last time" if outcome.reused else f" after {duration(outcome.seconds)}"
    return f"  {name} #{final.number}: {final.status}{score}{again}"


def _show_board(console: Console, result: Result) -> None:
    for track, board in result.boards.items():
        console.say(f"\n{track}")
        console.say(table(("place", "team", "score", "90 %", "status"), _rows(board), right=(0, 2)))
    console.say(f"\n{len(result.outcomes)} submissions in {duration(result.seconds)}")


def _rows(board: LeaderboardBody) -> list[tuple[object, ...]]:
    return [
        (
            "-" if row.place is None else row.place,
            row.team,
            "-" if row.score is None else f"{row.score:.1f}",
            "" if row.low is None or row.high is None else f"{row.low:.1f} to {row.high:.1f}",
            row.status,
        )
        for row in board.rows
    ]
