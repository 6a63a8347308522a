"""The relay of a build: what of a step's requests reaches the mirror, and what it says of a mirror that fails."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.mirror import relay
from sandbox.mirror.relay import BEHIND, Answer, Relay, read_request, route

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nisi\n"
MUCH = 10**9


@dataclass
class Mirror:
    """Answers everything with the same bytes, and keeps what it was asked."""

    answer: bytes
    asked: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(self.answer)
        writer.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: a socket lies in it."""
    made = Path(tempfile.mkdtemp(prefix="glg-relay-"))
    yield made
    shutil.rmtree(made)


@asynccontextmanager
async def standing(folder: Path, answer: bytes = PAGE, *, budget: int = MUCH) -> AsyncIterator[Mirror]:
    """A relay at `step`, in front of a mirror."""
    mirror = Mirror(answer)
    behind = await asyncio.start_unix_server(mirror.serve, folder / "mirror")
    ahead = await asyncio.start_unix_server(
        Relay(str(folder / "mirror"), budget).serve, folder / "step", limit=relay.MAX_HEAD
    )
    async with behind, ahead:
        yield mirror


async def say(folder: Path, data: bytes) -> bytes:
    """What comes back, until the relay hangs up."""
    reader, writer = await asyncio.open_unix_connection(folder / "step")
    writer.write(data)
    came = b""
    try:
        while piece := await reader.read(65536):
            came += piece
    except ConnectionResetError:
        came += b"<reset>"
    writer.close()
    return came


def asking(target: str, method: str = "GET", *headers: str) -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: 127.0.0.1:3141", *headers, "", ""]).encode()


@pytest.mark.parametrize(
    ("target", "there"),
    [
        ("/simple/requests/", f"{BEHIND}/+simple/requests/"),
        ("/simple/requests", f"{BEHIND}/+simple/requests/"),
        ("/simple/Ruamel.YAML_x/", f"{BEHIND}/+simple/ruamel-yaml-x/"),
        ("/+f/210/a82e678c45d43/a-1.0.tar.gz", f"{BEHIND}/+f/210/a82e678c45d43/a-1.0.tar.gz"),
        ("/%2Bf/210/a82e678c45d43/a-1.0%2Blocal.whl", f"{BEHIND}/+f/210/a82e678c45d43/a-1.0%2Blocal.whl"),
    ],
)
def test_pages_and_files_have_an_address(target: str, there: str) -> None:
    assert route(target) == there


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/",
            "/+api",
            "/+login",
            "/+status",
            "/root",
            f"{BEHIND}",
            f"{BEHIND}/+simple/",
            "/simple/",
            "/simple/-x-/",
        ),
        *("/simple/x/refresh", "/simple/x/?y", "/simple/../+api", "/simple/x%2f..", "/simple/x#y", "//simple/x/"),
        *("/+f/../../+api", "/+f/a/..%2f..", "/+f/a/b/../x", "/+f/a/..x", "/+f/", "/+e/https_x/y.whl", "/+f/a/b?c"),
        *("http://example.test/simple/x/", "example.test:443", "*", "", "/simple/" + "x" * 200 + "/", "/simple/é/"),
    ],
)
def test_nothing_else_has(target: str) -> None:
    with pytest.raises(Answer) as caught:
        route(target)
    assert caught.value.status == 404


@given(st.text(st.sampled_from("/+f.%2Bsimpleroot-_?#:\r\n \x00"), max_size=60))
def test_no_address_leads_out_of_pages_and_files(target: str) -> None:
    try:
        there = route(target)
    except Answer:
        return
    assert there.startswith((f"{BEHIND}/+simple/", f"{BEHIND}/+f/"))
    assert not set(there) & set("\r\n ?#\x00")
    assert ".." not in there


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /simple/x/ HTTP/1.1", 405),
        (b"PUT /simple/x/ HTTP/1.1", 405),
        (b"DELETE /simple/x/ HTTP/1.1", 405),
        (b"REFRESH /simple/x/ HTTP/1.1", 405),
        (b"CONNECT example.test:443 HTTP/1.1", 405),
        (b"get /simple/x/ HTTP/1.1", 405),
        (b"GET /simple/x/ HTTP/1.0", 505),
        (b"GET /simple/x/", 400),
        (b"GET  /simple/x/ HTTP/1.1", 400),
        (b"GET /simple/\xc3\xa9/ HTTP/1.1", 400),
        (b"\x16\x03\x01\x02\x00", 400),
        (b"", 400),
        (b"GET /simple/x/ HTTP/1.1\r\nContent-Length: 5", 400),
        (b"GET /simple/x/ HTTP/1.1\r\nTransfer-Encoding: chunked", 400),
        (b"GET /simple/x/ HTTP/1.1\r\n folded: x", 400),
        (b"GET /simple/x/ HTTP/1.1\r\nno colon", 400),
        (b"GET /simple/x/ HTTP/1.1\r\nX : y", 400),
    ],
)
def test_requests_that_go_no_further(head: bytes, status: int) -> None:
    with pytest.raises(Answer) as caught:
        read_request(head)
    assert caught.value.status == status


async def test_what_goes_on_is_written_anew(folder: Path) -> None:
    async with standing(folder) as mirror:
        headers = (
            "Accept: text/html;q=0.1",
            "Authorization: Basic eA==",
            "X-Outside-Url: http://x.test",
            "Cookie: a=b",
        )
        assert await say(folder, asking("/simple/Sapaan/", "GET", *headers)) == PAGE
    (asked,) = mirror.asked
    assert asked.startswith(f"GET {BEHIND}/+simple/sapaan/ HTTP/1.1\r\n".encode())
    assert b"Accept: text/html;q=0.1\r\n" in asked
    assert not any(word in asked for word in (b"Authorization", b"Outside", b"Cookie"))


async def test_one_request_a_connection(folder: Path) -> None:
    async with standing(folder) as mirror:
        assert await say(folder, asking("/simple/a/") + asking("/simple/b/")) == PAGE
    assert len(mirror.asked) == 1


async def test_a_head_has_no_body(folder: Path) -> None:
    only_head = PAGE.removesuffix(b"isi\n")
    async with standing(folder, only_head):
        assert await say(folder, asking("/simple/a/", "HEAD")) == only_head


async def test_a_head_that_never_ends(folder: Path) -> None:
    async with standing(folder) as mirror:
        answer = await say(folder, b"GET /simple/a/ HTTP/1.1\r\nX: " + b"x" * 40_000)
    assert answer.startswith(b"HTTP/1.1 431 ") or answer.endswith(b"<reset>")
    assert not mirror.asked


async def test_a_step_that_says_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "HEAD_SECONDS", 0.05)
    async with standing(folder):
        assert (await say(folder, b"GET /simple")).startswith(b"HTTP/1.1 408 ")


async def test_more_connections_than_pip_ever_has(folder: Path) -> None:
    async with standing(folder):
        idle = [await asyncio.open_unix_connection(folder / "step") for _ in range(relay.MOST_AT_ONCE)]
        assert (await say(folder, asking("/simple/a/"))).startswith(b"HTTP/1.1 429 ")
        for _, writer in idle:
            writer.close()
        while not (answer := await say(folder, asking("/simple/a/"))).startswith(b"HTTP/1.1 200 "):
            assert answer.startswith(b"HTTP/1.1 429 ")


async def test_so_many_requests_in_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "MOST_IN_ALL", 2)
    async with standing(folder) as mirror:
        answers = [await say(folder, asking("/simple/a/")) for _ in range(3)]
    assert [answer[9:12] for answer in answers] == [b"200", b"200", b"429"]
    assert len(mirror.asked) == 2


async def test_so_many_bytes_in_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with standing(folder, budget=len(PAGE)):
        assert await say(folder, asking("/simple/a/")) == PAGE
        for _ in range(3):
            assert (await say(folder, asking("/simple/a/"))).startswith(b"HTTP/1.1 403 ")
    assert capsys.readouterr().out == "spent\n"


async def test_a_file_beyond_the_budget_is_cut_so_that_it_shows(folder: Path) -> None:
    body = b"x" * 500_000
    big = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    async with standing(folder, big, budget=100_000):
        answer = await say(folder, asking("/+f/aa/bb/a.whl"))
    assert len(answer) < len(big)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "status 502"),
        (b"HTTP/1.1 500 x\r\n\r\nhttps://user:password@index.test/", "status 500"),
        (b"SSH-2.0-x\r\n\r\n", "no HTTP"),
        (b"", "IncompleteReadError"),
        (b"HTTP/1.1 200 OK\r\n", "IncompleteReadError"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nisi\n", "cut off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nisi\n\r\n", "cut off"),
    ],
)
async def test_a_mirror_that_fails(
    folder: Path, answer: bytes, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with standing(folder, answer):
        came = await say(folder, asking("/simple/a/"))
    assert capsys.readouterr().out == f"mirror {BEHIND}/+simple/a/ {reason}\n"
    assert b"password" not in came
    assert came.startswith(b"HTTP/1.1 502 ") or reason == "cut off"


async def test_an_answer_in_chunks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nisi\n\r\n0\r\n\r\n"
    async with standing(folder, chunked):
        assert await say(folder, asking("/simple/a/")) == chunked
    assert capsys.readouterr().out == ""


async def test_what_is_not_there_is_no_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    async with standing(folder, missing):
        assert await say(folder, asking("/simple/a/")) == missing
    assert capsys.readouterr().out == ""


async def test_a_mirror_that_starts_meanwhile(folder: Path) -> None:
    async with await asyncio.start_unix_server(Relay(str(folder / "mirror"), MUCH).serve, folder / "step"):
        waiting = asyncio.create_task(say(folder, asking("/simple/a/")))
        await asyncio.sleep(0.1)
        async with await asyncio.start_unix_server(Mirror(PAGE).serve, folder / "mirror"):
            assert await waiting == PAGE


async def test_a_mirror_that_never_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(relay, "CONNECT_SECONDS", 0.3)
    async with await asyncio.start_unix_server(Relay(str(folder / "mirror"), MUCH).serve, folder / "step"):
        assert (await say(folder, asking("/simple/a/"))).startswith(b"HTTP/1.1 502 ")
    assert capsys.readouterr().out == f"mirror {BEHIND}/+simple/a/ FileNotFoundError\n"


async def test_complaints_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with standing(folder, b"no"):
        for _ in range(relay.MOST_COMPLAINTS + 5):
            await say(folder, asking("/simple/a/"))
    assert len(capsys.readouterr().out.splitlines()) == relay.MOST_COMPLAINTS
