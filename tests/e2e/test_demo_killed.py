"""A demo that was killed leaves nothing running, and what it left on the disk is good."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from frontend.client import Client
from tests.e2e.conftest import Demo, Played, gone, orphans, processes_of


def test_killed_it_leaves_no_process_and_starts_again(
    played: Played, start_demo: Callable[[Path], AbstractContextManager[Demo]]
) -> None:
    with start_demo(played.folder) as running:
        assert len(processes_of(played.folder)) >= 4
        os.kill(running.process.pid, signal.SIGKILL)
        assert gone(played.folder, 45), processes_of(played.folder)
    with start_demo(played.folder) as again:
        with Client(again.url) as client:
            assert client.leaderboard(played.result["event"], played.result["track"]).rows
        again.process.send_signal(signal.SIGINT)
        assert again.process.wait(timeout=60) == 0
    assert gone(played.folder, 5)
    assert orphans() <= played.orphans_before
