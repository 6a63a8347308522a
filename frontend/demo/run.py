"""A whole event on one machine: database, web server, worker, teams that hand in, and a board that moves."""

import asyncio
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import httpx

import sandbox
from frontend.api.shapes import LeaderboardBody
from frontend.cli.ports import check_port, free_port
from frontend.client import Client
from frontend.demo.environment import environment_of
from frontend.demo.folder import DemoFolder, claim
from frontend.demo.handing_in import Outcome, Stage, hand_in_all
from frontend.demo.letters import Letter, read_out
from frontend.demo.panel import Panel
from frontend.demo.processes import Family
from frontend.demo.sitting import PanelFailed, play_panel
from frontend.demo.world import World, make_world
from hackathon.database import open_database
from hackathon.settings import Settings

HOST = "127.0.0.1"

READY_SECONDS = 60.0
BOARD_SECONDS = 60.0
"""How long the board may lag behind the last evaluation before something is wrong."""

TEAMS_AT_ONCE = 4

PAUSE_SECONDS = 8.0
"""Between a team's versions, while somebody looks: long enough to see the board move more than once."""

_POLL_SECONDS = 0.3


class DemoFailed(Exception):
    """Something of ours failed: the sentence says what, and where to look."""


@dataclass(frozen=True, slots=True)
class Options:
    """`data` None: the usual folder, or with `once` a temporary one. `port` None: the setting's, or with `once` a
    free one. `judging`: the second event too, but never with `once`.
    """

    once: bool
    port: int | None
    data: Path | None
    judging: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that is up, as the command prints it."""

    url: str
    world: World
    fresh: bool
    ready_seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What `--once` gives; the boards by track."""

    url: str
    world: World
    boards: Mapping[str, LeaderboardBody]
    outcomes: tuple[Outcome, ...]
    seconds: float


@dataclass(slots=True)
class Watcher:
    """How the demo tells what happens; each may be called from another thread."""

    on_step: Callable[[str], None] = lambda step: None
    on_ready: Callable[[Running], None] = lambda running: None
    on_outcome: Callable[[Outcome], None] = lambda outcome: None
    on_all_in: Callable[[], None] = lambda: None
    on_letter: Callable[[Letter], None] = lambda letter: None
    on_panel: Callable[[str, Panel | PanelFailed], None] = lambda url, panel: None


def run_demo(options: Options, settings: Settings, watcher: Watcher) -> Result | None:
    """Run the demo. With `once` it returns what came out; without, it returns None when SIGINT or SIGTERM ends it.

    Whatever happens, no process of it is left. Raises DemoFailed, FolderUnusable, cli Failure (port), SandboxError
    (engine), Unavailable (database), and with `once` KeyboardInterrupt for a signal.
    """
    started = time.monotonic()
    with _orderly_end() as stop, _data_folder(options, settings) as path, claim(path) as folder:
        port = options.port or (free_port(HOST) if options.once else settings.port)
        check_port(HOST, port)
        watcher.on_step("Looking for the container engine")
        _check_engine(settings)
        own = Settings(
            data_dir=folder.path.resolve(),
            host=HOST,
            port=port,
            container_runtime=settings.container_runtime,
            smtp_url=folder.letters.resolve().as_uri(),
            mirror_socket=None if options.once else folder.path.resolve() / "mirror" / "socket" / "mirror.sock",
            mirror_wheels=settings.mirror_wheels,
        )
        family = Family(folder.logs, environment_of(own))
        try:
            # The keeper first, for it stops the database should we be killed.
            with family.kept(own.data_dir), _database(own), family, read_out(folder.letters, watcher.on_letter):
                return _play(options, own, folder, family, stop, watcher, started)
        except KeyboardInterrupt:
            if options.once:
                raise
            return None


def _play(
    options: Options,
    settings: Settings,
    folder: DemoFolder,
    family: Family,
    stop: threading.Event,
    watcher: Watcher,
    started: float,
) -> Result | None:
    watcher.on_step("Preparing the database" if folder.fresh else "Opening the data of last time")
    world = asyncio.run(make_world(settings, folder))
    watcher.on_step("Starting web server and worker")
    family.start("serve", ["serve", "--no-migrate"])
    family.start("worker", ["worker"])
    url = settings.public_url
    _wait_until_ready(url, family, stop)
    if settings.packages:
        # Beside and not before: nobody waits for it, and without it only builds that install packages do.
        family.start("mirror", ["mirror"], needed=False)
    watcher.on_ready(Running(url, world, folder.fresh, time.monotonic() - started))
    outcomes = _hand_in(options, Stage(url, world.event), world, family, stop, watcher)
    watcher.on_all_in()
    if options.once:
        boards = {track: _settled_board(url, world.event, track, outcomes, family, stop) for track in world.tracks}
        return Result(url, world, boards, outcomes, time.monotonic() - started)
    if options.judging:
        try:
            watcher.on_panel(url, play_panel(url, settings, folder, lambda: _check(family, stop), stop))
        except PanelFailed as failed:
            watcher.on_panel(url, failed)
    while True:
        _check(family, stop)
        stop.wait(_POLL_SECONDS)


@contextmanager
def _data_folder(options: Options, settings: Settings) -> Iterator[Path]:
    if options.data is not None or not options.once:
        yield options.data or settings.data_dir / "demo"
        return
    with tempfile.TemporaryDirectory(prefix="gelanggang-demo-") as folder:
        yield Path(folder) / "data"


def _check_engine(settings: Settings) -> None:
    provider = sandbox.connect(runtime=settings.container_runtime, graders=0)
    try:
        provider.facts()
    finally:
        provider.close()


@contextmanager
def _orderly_end() -> Iterator[threading.Event]:
    """SIGINT and SIGTERM set the event; a second one is not waited for."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    previous = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        stop.set()
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _database(settings: Settings) -> Iterator[None]:
    database = asyncio.run(open_database(settings))
    try:
        yield
    finally:
        asyncio.run(database.stop())


def _wait_until_ready(url: str, family: Family, stop: threading.Event) -> None:
    deadline = time.monotonic() + READY_SECONDS
    with httpx.Client(timeout=2.0, trust_env=False) as client:
        while time.monotonic() < deadline:
            _check(family, stop)
            try:
                if client.get(f"{url}/healthz").is_success:
                    return
            except httpx.TransportError:
                pass  # it does not listen yet
            stop.wait(0.1)
    raise DemoFailed(f"The web server is not ready after {READY_SECONDS:.0f} s; its log: {family.folder / 'serve.log'}")


def _hand_in(
    options: Options, stage: Stage, world: World, family: Family, stop: threading.Event, watcher: Watcher
) -> tuple[Outcome, ...]:
    futures = hand_in_all(
        stage,
        [(team.token, team.versions) for team in world.teams],
        at_once=TEAMS_AT_ONCE,
        pause=0.0 if options.once else PAUSE_SECONDS,
        stop=stop,
        on_outcome=watcher.on_outcome,
    )
    while any(not future.done() for future in futures):
        _check(family, stop)
        _raise_failures(futures, family)
        stop.wait(_POLL_SECONDS)
    _check(family, stop)
    _raise_failures(futures, family)
    return tuple(outcome for future in futures for outcome in future.result())


def _raise_failures(futures: list[Future[list[Outcome]]], family: Family) -> None:
    for future in futures:
        if future.done() and (failure := future.exception()) is not None:
            raise DemoFailed(f"Handing in failed: {failure}. Logs: {family.folder}") from failure


def _check(family: Family, stop: threading.Event) -> None:
    if stop.is_set():
        raise KeyboardInterrupt
    if (dead := family.dead()) is not None:
        raise _died(family, dead.name)


def _died(family: Family, name: str) -> DemoFailed:
    child = next(child for child in family.children if child.name == name)
    return DemoFailed(f"`gelanggang {name}` ended with status {child.ended}. Its last lines:\n{child.tail()}")


def _settled_board(
    url: str, event: str, track: str, outcomes: tuple[Outcome, ...], family: Family, stop: threading.Event
) -> LeaderboardBody:
    """The board of a track once it shows each team's latest evaluated submission."""
    latest: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.submission is not None and outcome.hand_in.track == track:
            latest[outcome.hand_in.team] = outcome.submission.number
    deadline = time.monotonic() + BOARD_SECONDS
    shown: dict[str, int | None] = {}
    with Client(url) as client:
        while time.monotonic() < deadline:
            _check(family, stop)
            board = client.leaderboard(event, track)
            shown = {row.team: row.submission_number for row in board.rows}
            if shown == latest:
                return board
            stop.wait(_POLL_SECONDS)
    raise DemoFailed(f"The board of {track} does not show every team's latest submission: {shown}, not {latest}")
