"""`gelanggang demo`: a whole hackathon, every kind of outcome, and nothing left behind."""

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from frontend.api.shapes import LeaderboardBody
from frontend.client import Client
from tests.e2e.conftest import GELANGGANG, Demo, Played, gone, orphans

FACES = {
    "ok",
    "archive_refused",
    "build_failed",
    "not_ready",
    "crashed",
    "out_of_memory",
    "timed_out",
    "output_limit",
}
"""Every way a submission can end is to be seen in the demo."""


def test_the_board_shows_a_real_spread(played: Played) -> None:
    board = played.result["leaderboard"]
    scores = [row["score"] for row in board]
    assert scores == sorted(scores, reverse=True)
    assert len(board) >= 8
    assert len({score for score in scores if score > 0}) >= 6
    assert scores[0] > 60
    assert scores[0] - scores[3] > 10
    for row in board:
        assert row["low"] <= row["score"] <= row["high"], row["team"]
        assert row["place_low"] <= row["place"] <= row["place_high"], row["team"]
    for higher, lower in pairwise(board):
        # Scores are told with two decimals, places are made from all of them.
        assert higher["place"] <= lower["place"]
        assert higher["place"] < lower["place"] or higher["score"] == lower["score"]


def test_every_outcome_has_a_face_and_words(played: Played) -> None:
    submissions = played.result["submissions"]
    assert {one["status"] for one in submissions} == FACES
    for one in submissions:
        assert one["failures_of_ours"] == 0, one
        assert one["message"]["id"], one
        assert one["message"]["en"], one
        assert one["message"]["id"] != one["message"]["en"], one
        assert (one["status"] == "archive_refused") == (one["id"] is None), one


def test_the_board_shows_each_teams_latest_version(played: Played) -> None:
    latest: dict[str, dict[str, Any]] = {}
    for one in played.result["submissions"]:
        if one["id"] is not None and one["track"] == played.result["track"]:
            latest[one["team"]] = one
    shown = {row["team"]: row for row in played.result["leaderboard"]}
    assert shown.keys() == latest.keys()
    for team, row in shown.items():
        found = (row["submission_number"], row["status"], row["score"])
        assert found == (latest[team]["number"], latest[team]["status"], latest[team]["score"])
    assert sum(row["submission_number"] > 1 for row in shown.values()) >= 3


def test_every_track_has_teams_that_differ(played: Played) -> None:
    boards = played.result["leaderboards"]
    assert len(boards) == 6
    for track, rows in boards.items():
        assert len(rows) >= 3, track
        assert rows[0]["score"] - rows[-1]["score"] > 20, track


def test_nothing_is_left_of_it(played: Played) -> None:
    assert gone(played.folder, 5)
    assert orphans() <= played.orphans_before


def test_it_goes_on_with_the_same_data(demo: Demo, played: Played) -> None:
    board = leaderboard(demo, played)
    assert [(row.team, row.score) for row in board.rows] == [
        (row["team"], row["score"]) for row in played.result["leaderboard"]
    ]


def test_hidden_cases_leave_nowhere(demo: Demo, played: Played) -> None:
    tokens = demo.tokens
    evaluated = [one for one in played.result["submissions"] if one["id"] is not None]
    for one in evaluated:
        with Client(demo.url, tokens[one["team"]]) as client:
            found = client.submission(one["id"])
            log = client.log(one["id"])
        by_set = {evaluation.case_set: evaluation for evaluation in found.evaluations}
        assert by_set.keys() == {"public", "board"}
        assert [task.cases for task in by_set["board"].tasks] == [None]
        (public,) = by_set["public"].tasks
        assert public.cases is not None
        if one["status"] == "ok":
            assert len(public.cases) == public.total
        assert "board" not in log.lower(), one


def test_another_demo_in_the_same_folder_is_refused(demo: Demo) -> None:
    command = ["--data", str(demo.folder), "--port", "1"]
    told = run_demo(command)
    assert told.returncode == 3
    assert "already running" in told.stderr


def test_a_port_in_use_is_told(demo: Demo, tmp_path: Path) -> None:
    told = run_demo(["--data", str(tmp_path / "d"), "--port", demo.url.rsplit(":", 1)[1]])
    assert told.returncode == 3
    assert "--port" in told.stderr


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "skripsi.docx").write_text("bab 1")
    told = run_demo(["--data", str(tmp_path)])
    assert told.returncode == 3
    assert "holds other files" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["skripsi.docx"]


def test_a_folder_of_another_version_is_told(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"layout": 0, "tokens": {}}')
    told = run_demo(["--data", str(tmp_path)])
    assert told.returncode == 3
    assert "another version" in told.stderr
    assert "rm -r" in told.stderr


def run_demo(arguments: list[str]) -> "subprocess.CompletedProcess[str]":
    command = [*GELANGGANG, "demo", *arguments]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in told.stderr
    return told


def leaderboard(demo: Demo, played: Played) -> LeaderboardBody:
    assert httpx.get(f"{demo.url}/healthz", trust_env=False).status_code == 200
    with Client(demo.url) as client:
        return client.leaderboard(played.result["event"], played.result["track"])
