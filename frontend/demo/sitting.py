"""Lets the demo's second event happen: its teams hand in, building ends, and once all is measured its judges judge."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from frontend.demo import panel
from frontend.demo.folder import DemoFolder
from frontend.demo.handing_in import KeepsFailing, Stage, hand_in_all
from frontend.demo.panel import Panel
from hackathon.errors import HackathonError
from hackathon.settings import Settings

TEAMS_AT_ONCE = 3
MEASURED_SECONDS = 900.0
"""How long the final evaluations may take; their images are there already."""

_T = TypeVar("_T")

_POLL_SECONDS = 0.3
_LOOK_SECONDS = 2.0


class PanelFailed(Exception):
    """The second event cannot be shown: the sentence says why. The first one goes on."""


def play_panel(
    url: str, settings: Settings, folder: DemoFolder, check: Callable[[], None], stop: threading.Event
) -> Panel:
    """Bring the event to where its judges have judged, and return it. Takes what an earlier start has left.

    `check` is called while it waits and raises where the demo should end. Raises PanelFailed.
    """
    try:
        made = _at(settings, panel.make_panel(settings, folder))
        if _at(settings, panel.is_building()):
            _hand_in(Stage(url, made.event), made, check, stop)
            _at(settings, panel.close_building())
        _wait_until_measured(settings, check, stop)
        _at(settings, panel.judge_all())
    except (HackathonError, KeepsFailing) as failed:
        raise PanelFailed(str(failed)) from failed
    return made


def _hand_in(stage: Stage, made: Panel, check: Callable[[], None], stop: threading.Event) -> None:
    futures = hand_in_all(
        stage,
        [(team.token, team.versions) for team in made.teams],
        at_once=TEAMS_AT_ONCE,
        pause=0.0,
        stop=stop,
        on_outcome=lambda outcome: None,
    )
    while any(not future.done() for future in futures):
        check()
        stop.wait(_POLL_SECONDS)
    check()
    for future in futures:
        if (failure := future.exception()) is not None:
            raise PanelFailed(str(failure)) from failure


def _wait_until_measured(settings: Settings, check: Callable[[], None], stop: threading.Event) -> None:
    deadline = time.monotonic() + MEASURED_SECONDS
    while not _at(settings, panel.is_measured()):
        if time.monotonic() >= deadline:
            raise PanelFailed(f"the final evaluations are not finished after {MEASURED_SECONDS:.0f} s")
        check()
        stop.wait(_LOOK_SECONDS)


def _at(settings: Settings, step: Coroutine[Any, Any, _T]) -> _T:
    """Do one step with the database."""

    async def run() -> _T:
        async with panel.connected(settings):
            return await step

    return asyncio.run(run())
