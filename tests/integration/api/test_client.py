"""`frontend.client` and `gelanggang submit` against the running server, also over a bad line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from frontend.client import ApiError, Client, Patience, Progress, ServerUnreachable
from tests.integration.api.conftest import Served, archive
from tests.integration.api.line import bad_line

MIB = 1 << 20
MB = 1_000_000
QUICK = Patience(first=0.01, longest=0.05, total=10.0)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An archive of two parts."""
    path = tmp_path / "besar.zip"
    path.write_bytes(archive(filler=9 * MIB))
    return path


def test_a_cut_line_is_lived_through(served: Served, large: Path) -> None:
    retries: list[str] = []
    with bad_line(served.url) as line:
        line.cuts, line.after = 3, 3 * MIB
        retry = lambda reason, pause: retries.append(reason)  # noqa: E731
        with Client(line.url, served.tokens["Ayu"], patience=QUICK, on_retry=retry) as client:
            receipt = client.hand_in(large)
        assert line.cuts == 0
    assert receipt.size == large.stat().st_size
    assert len(retries) >= 3


def test_a_new_process_goes_on_where_the_old_one_stopped(served: Served, large: Path) -> None:
    with bad_line(served.url) as line:
        # Enough for the announcement and the first part; everything after it is cut at once.
        seen: list[Progress] = []

        def watch(progress: Progress) -> None:
            seen.append(progress)
            if progress.sent:
                line.cuts, line.after = 10_000, 0

        with Client(line.url, served.tokens["Ayu"], patience=Patience(0.01, 0.02, 0.3)) as client:
            client._http.headers["Connection"] = "close"
            with pytest.raises(ServerUnreachable):
                client.hand_in(large, on_progress=watch)
    again: list[Progress] = []
    with served.client("Ayu") as client:
        receipt = client.hand_in(large, on_progress=again.append)
    assert seen[-1].sent > 0
    assert again[0].resumed == seen[-1].sent
    assert again[-1].sent == receipt.size == large.stat().st_size


def test_the_same_file_twice_is_two_submissions(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive())
    with served.client("Ayu") as client:
        first, second = client.hand_in(path), client.hand_in(path)
    assert (second.number, second.sha256) == (first.number + 1, first.sha256)
    assert second.attempts_used == first.attempts_used + 1


def test_a_refusal_is_not_repeated(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive())
    retries: list[str] = []
    client = served.client("Fajar", on_retry=lambda reason, pause: retries.append(reason))
    with client, pytest.raises(ApiError) as refused:
        client.hand_in(path)
    assert refused.value.problem.code == "phase_closed"
    assert retries == []


def test_something_else_behind_the_address_is_told(served: Served) -> None:
    client = Client(f"{served.url}/acara", served.tokens["Ayu"], patience=QUICK)
    with client, pytest.raises(ApiError, match=r"/acara/api/v1/me answered HTTP 404 .* Check the server's address"):
        client.me()


class TestSubmit:
    def submit(
        self, served: Served, path: Path, person: str, *more: str, **env: str
    ) -> tuple[int, dict[str, object], str]:
        command = [sys.executable, "-m", "frontend.cli", "submit", str(path), "--json", *more]
        own = {"GELANGGANG_SERVER": served.url, "GELANGGANG_TOKEN": served.tokens[person], **env}
        told = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, **own}
        )
        assert "Traceback" not in told.stderr
        return told.returncode, json.loads(told.stdout.splitlines()[-1]), told.stderr

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        path = tmp_path / "siti"
        path.mkdir()
        (path / "app.py").write_text(f"# {tmp_path}\ndef predict(task, input):\n    return {{}}\n")
        (path / ".git").mkdir()
        (path / ".git" / "config").write_text("rahasia")
        return path

    def test_a_folder_is_packed_and_received(self, served: Served, folder: Path) -> None:
        status, told, words = self.submit(served, folder, "Ayu")
        assert status == 0
        receipt = told["receipt"]
        assert isinstance(receipt, dict)
        assert (receipt["team"], receipt["track"], receipt["kit"]) == ("Kawan Lapor", "layanan-publik", "python")
        assert told["submission"] is None
        assert ".git/" in words

    def test_the_same_bytes_again_are_told(self, served: Served, tmp_path: Path) -> None:
        path = tmp_path / "sama.zip"
        path.write_bytes(archive())
        first = self.submit(served, path, "Ayu")
        assert "very bytes" not in first[2]
        status, told, words = self.submit(served, path, "Ayu")
        assert status == 0
        assert isinstance(first[1]["receipt"], dict)
        assert f"very bytes of submission #{first[1]['receipt']['number']}" in words
        assert isinstance(told["receipt"], dict)

    def test_several_entries_are_listed(self, served: Served, folder: Path) -> None:
        status, told, words = self.submit(served, folder, "Bima")
        assert status == 2
        assert "perizinan" in words
        status, told, _ = self.submit(served, folder, "Bima", "--track", "perizinan")
        assert status == 0
        assert told["receipt"]["track"] == "perizinan"  # type: ignore[index]

    def test_a_track_that_is_not_theirs_is_named(self, served: Served, folder: Path) -> None:
        status, told, words = self.submit(served, folder, "Ayu", "--track", "perijinan")
        assert (status, told["error"]["code"]) == (2, "entry_unclear")  # type: ignore[index]
        assert "Your team has no entry in --track perijinan" in words
        assert "layanan-publik" in words

    def test_nobody_without_a_team(self, served: Served, folder: Path) -> None:
        status, told, _ = self.submit(served, folder, "Citra")
        assert (status, told["error"]["code"]) == (2, "no_entry")  # type: ignore[index]

    def test_a_refused_archive_is_the_prototypes_fault(self, served: Served, tmp_path: Path) -> None:
        path = tmp_path / "jahat.zip"
        path.write_bytes(archive(files={"../keluar.txt": "x", "app.py": ""}))
        status, told, words = self.submit(served, path, "Ayu")
        assert (status, told["error"]["code"]) == (1, "archive_refused")  # type: ignore[index]
        assert "../keluar.txt" in words

    def test_a_source_that_is_too_large_is_the_prototypes_fault(self, served: Served, tmp_path: Path) -> None:
        path = tmp_path / "besar.zip"
        with path.open("wb") as file:
            file.truncate(100 * MB + 1)
        status, told, words = self.submit(served, path, "Ayu")
        assert (status, told["error"]["code"]) == (1, "too_large")  # type: ignore[index]
        assert "100 MB" in words

    def test_a_link_is_found_before_anything_is_sent(self, served: Served, folder: Path) -> None:
        (folder / "rahasia").symlink_to("/etc/passwd")
        status, told, words = self.submit(served, folder, "Ayu")
        assert (status, told["error"]["code"]) == (1, "archive_refused")  # type: ignore[index]
        assert "rahasia" in words

    def test_a_wrong_token_is_wrong_usage(self, served: Served, folder: Path) -> None:
        status, told, _ = self.submit(served, folder, "Ayu", GELANGGANG_TOKEN="glg_salah")
        assert (status, told["error"]["code"]) == (2, "token_invalid")  # type: ignore[index]

    def test_a_token_that_no_header_carries_is_wrong_usage(self, served: Served, folder: Path) -> None:
        status, told, _ = self.submit(served, folder, "Ayu", GELANGGANG_TOKEN="glg_tökén")
        assert (status, told["error"]["code"]) == (2, "token_invalid")  # type: ignore[index]

    def test_a_server_that_is_not_there_is_ours(self, served: Served, folder: Path) -> None:
        status, told, words = self.submit(served, folder, "Ayu", GELANGGANG_SERVER="http://127.0.0.1:9")
        assert (status, told["error"]["code"]) == (3, "server_unreachable")  # type: ignore[index]
        assert "Check the address" in words

    def test_an_address_has_a_scheme(self, served: Served, folder: Path) -> None:
        status, told, _ = self.submit(served, folder, "Ayu", GELANGGANG_SERVER="127.0.0.1:8000")
        assert (status, told["error"]["code"]) == (2, "usage")  # type: ignore[index]
