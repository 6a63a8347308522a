"""When a prototype counts as ready."""

import httpcore
import pytest

from sandbox.grader import ready
from sandbox.grader.contract import Mapped
from sandbox.grader.http import Client, Reply


class _Probed(Client):
    def __init__(self, outcome: Reply | Exception) -> None:
        super().__init__()
        self._outcome = outcome

    def call(
        self, method: str, port: int, path: str, *, seconds: float, max_bytes: int, content: bytes | None = None
    ) -> Reply:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


@pytest.mark.parametrize(
    "body",
    [b"", b"ok", b"pong", b"{}", b"[]", b'{"status": 200}', b'{"status": "ok"}', b'{"status": "READY"}', b"\xff"],
)
def test_200_is_ready(body: bytes) -> None:
    assert ready.probe(_Probed(Reply(200, "", "", body)), Mapped()) is None


@pytest.mark.parametrize(
    ("outcome", "saw"),
    [
        (Reply(200, "", "", b'{"status": "STARTING"}'), {"saw": "word", "word": "STARTING"}),
        (Reply(503, "", "", b'{"status": "ok"}'), {"saw": "status", "status": 503}),
        (Reply(404, "", "", b""), {"saw": "status", "status": 404}),
        (httpcore.ConnectError(), {"saw": "silent"}),
        (httpcore.ReadTimeout(), {"saw": "slow"}),
        (httpcore.RemoteProtocolError("x"), {"saw": "broken"}),
    ],
)
def test_anything_else_is_told(outcome: Reply | Exception, saw: dict[str, object]) -> None:
    assert ready.probe(_Probed(outcome), Mapped()) == saw


def test_a_deeply_nested_body_is_no_status() -> None:
    assert ready.status_word(b"[" * 50_000) is None
