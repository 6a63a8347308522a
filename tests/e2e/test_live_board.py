"""A submission by the API moves the board in an open browser that nobody reloads."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from frontend.client import Client
from frontend.demo.plan import PROTOTYPES
from tests.e2e.conftest import GELANGGANG, Demo, Played, Watched

TEAM = "Kopi Tubruk"
"""Near the bottom of the board; a better prototype lifts it."""

BETTER = "aturan-berlapis"
MOVE_MS = 90_000


def test_the_board_moves_by_itself(demo: Demo, played: Played, watched: Watched, tmp_path: Path) -> None:
    event, track = played.result["event"], played.result["track"]
    before = {row["team"]: row for row in played.result["leaderboard"]}
    better = next(row for row in played.result["leaderboard"] if row["score"] > before[TEAM]["score"] + 30)
    page = watched.page
    page.goto(f"{demo.url}/acara/{event}/papan/{track}")
    row = page.locator("tr", has=page.locator("th.team b", has_text=TEAM))
    expect(row.locator("td.pos b")).to_have_text(str(before[TEAM]["place"]))
    version = page.locator("#papan").get_attribute("data-version")
    # Were the page loaded again, this would be gone.
    page.evaluate("window.untouched = true")

    status, told, words = hand_in(demo, copy_of(BETTER, tmp_path), TEAM, track)

    expect(row.locator("td.pos b")).not_to_have_text(str(before[TEAM]["place"]), timeout=MOVE_MS)
    assert page.evaluate("window.untouched") is True
    assert page.locator("#papan").get_attribute("data-version") != version
    assert (status, told["submission"]["status"]) == (0, "ok")
    assert "Selesai" in words or "Done" in words
    with Client(demo.url) as client:
        after = {one.team: one for one in client.leaderboard(event, track).rows}
    assert after[TEAM].place < before[TEAM]["place"]
    assert after[TEAM].score > before[better["team"]]["score"] - 40
    expect(row.locator("td.pos b")).to_have_text(str(after[TEAM].place))
    assert watched.errors == []


def test_no_page_has_errors(demo: Demo, played: Played, watched: Watched) -> None:
    event, track = played.result["event"], played.result["track"]
    for path in ("/", f"/acara/{event}", f"/acara/{event}/papan/{track}", f"/acara/{event}/layar/{track}"):
        for theme in ("terang", "gelap"):
            answer = watched.page.goto(f"{demo.url}{path}?tema={theme}")
            assert answer is not None
            assert answer.status == 200, path
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            expect(watched.page.locator("h1").first).to_be_visible()
    assert watched.errors == []


def test_a_prototype_that_fails_ends_the_wait_with_one(demo: Demo, played: Played, tmp_path: Path) -> None:
    track = played.result["track"]
    status, told, words = hand_in(demo, copy_of("mogok-tengah", tmp_path), "Tanggal Merah", track)
    assert (status, told["submission"]["status"]) == (1, "crashed")
    assert told["submission"]["message"]["id"] in words


def copy_of(prototype: str, folder: Path) -> Path:
    """The same program as another file: its bytes, and so its submission, are new."""
    target = folder / prototype
    shutil.copytree(PROTOTYPES / prototype, target)
    (target / "CATATAN.txt").write_text(str(folder))
    return target


def hand_in(demo: Demo, path: Path, team: str, track: str) -> tuple[int, dict[str, Any], str]:
    """`gelanggang submit --wait`: its exit status, its object, and what a team reads meanwhile."""
    command = [*GELANGGANG, "submit", str(path), "--server", demo.url, "--track", track, "--wait", "--json"]
    own = {**os.environ, "GELANGGANG_TOKEN": demo.tokens[team]}
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=own)
    assert "Traceback" not in told.stderr
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return told.returncode, found, told.stderr
