"""Requests and replies of contract v1, of mapped servers and of chat models, without a network."""

import json
from typing import Any

import httpcore
import pytest

from sandbox.grader.contract import CHAT, Call, Mapped, Prototype, read_output, request_body
from sandbox.grader.faults import BAD_ANSWER, NO_CONNECTION, TOO_SLOW, PrototypeFault
from sandbox.grader.http import Reply


def _call(protocol: str = "invocations", **table: Any) -> Call:
    return Call("gema", protocol, Mapped.read(table, protocol), case_seconds=2.0, answer_bytes=1000, json_depth=8)


def _reply(body: bytes, status: int = 200, kind: str = "application/json", encoding: str = "") -> Reply:
    return Reply(status, kind, encoding, body)


def test_an_input_is_sent_as_contract_v1_says() -> None:
    assert json.loads(request_body(_call(), {"x": "é"})) == {"task": "gema", "input": {"x": "é"}}


@pytest.mark.parametrize("request_", ['{"input": "$input", "t": ["$task", 1]}', {"input": "$input", "t": ["$task", 1]}])
def test_a_template_is_filled(request_: object) -> None:
    body = request_body(_call(request=request_), {"x": "$task"})
    assert json.loads(body) == {"input": {"x": "$task"}, "t": ["gema", 1]}


def test_only_whole_words_of_a_template_are_filled() -> None:
    body = request_body(_call(request={"$input": "pakai $input", "a": "$lain"}), {"x": 1})
    assert json.loads(body) == {"$input": "pakai $input", "a": "$lain"}


@pytest.mark.parametrize(
    ("case_input", "messages"),
    [
        ({"teks": "halo"}, [{"role": "user", "content": "halo"}]),
        ({"messages": [{"role": "system", "content": "a"}]}, [{"role": "system", "content": "a"}]),
        ({"a": 1, "b": "é"}, [{"role": "user", "content": '{"a": 1, "b": "é"}'}]),
        ({"a": 1}, [{"role": "user", "content": '{"a": 1}'}]),
        ({}, [{"role": "user", "content": "{}"}]),
    ],
)
def test_a_chat_request_carries_the_input(case_input: dict[str, Any], messages: list[dict[str, str]]) -> None:
    assert json.loads(request_body(_call(CHAT), case_input))["messages"] == messages


def test_defaults_follow_the_protocol() -> None:
    assert Mapped.read({}, "invocations") == Mapped(8080, "/ping", "/invocations")
    assert Mapped.read({}, CHAT).call == "/v1/chat/completions"
    assert Mapped.read({"call": "/x", "port": 5000}, CHAT) == Mapped(5000, "/ping", "/x")


@pytest.mark.parametrize("kind", ["", "application/json", "text/json", "application/problem+json", "text/plain"])
def test_content_types_are_read_leniently(kind: str) -> None:
    assert read_output(_call(), _reply(b'{"output": {"a": 1}}', kind=kind)) == {"a": 1}


@pytest.mark.parametrize(
    ("reply", "word"),
    [
        (_reply(b"{}", status=500), "500"),
        (_reply(b'{"error":"KeyError: nama"}', status=500), "KeyError: nama"),
        (_reply(b"", status=307), "mengalihkan"),
        (_reply(b"<html>", kind="text/html"), "text/html"),
        (_reply(b"x", encoding="gzip"), "gzip"),
        (_reply(b'{"result": {}}'), "`result`"),
    ],
)
def test_other_replies_are_refused_with_the_reason(reply: Reply, word: str) -> None:
    with pytest.raises(PrototypeFault) as caught:
        read_output(_call(), reply)
    assert caught.value.reason.failure == BAD_ANSWER
    assert word in caught.value.reason.id


class _Caller:
    """Answers, or raises, what it was given, in order."""

    def __init__(self, *outcomes: Reply | Exception) -> None:
        self._outcomes = list(outcomes)
        self.held = 0

    def call(
        self, method: str, port: int, path: str, *, seconds: float, max_bytes: int, content: bytes | None = None
    ) -> Reply:
        outcome = self._outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def hold(self, port: int) -> None:
        self.held += 1


def test_the_last_answer_is_kept_and_the_time_adds_up() -> None:
    prototype = Prototype(_Caller(_reply(b'{"output": {"a": 1}}'), _reply(b"x")), _call())
    assert prototype({}) == {"a": 1}
    assert prototype.got == {"a": 1}
    with pytest.raises(PrototypeFault):
        prototype({})
    assert prototype.got is None
    assert prototype.seconds > 0


@pytest.mark.parametrize(
    ("error", "failure", "held"),
    [
        (httpcore.ReadTimeout(), TOO_SLOW, 0),
        (httpcore.ConnectTimeout(), TOO_SLOW, 0),
        (httpcore.ConnectError(), NO_CONNECTION, 1),
        (httpcore.ReadError(), NO_CONNECTION, 1),
        (httpcore.RemoteProtocolError("Server disconnected without sending a response."), NO_CONNECTION, 1),
        (httpcore.RemoteProtocolError("peer closed connection without sending complete body"), BAD_ANSWER, 1),
    ],
)
def test_a_lost_or_late_answer_ends_the_case(error: Exception, failure: str, held: int) -> None:
    """Later tests of the case fail at once, with the same reason, without another call."""
    caller = _Caller(error)
    prototype = Prototype(caller, _call())
    for _ in range(2):
        with pytest.raises(PrototypeFault) as caught:
            prototype({})
        assert caught.value.reason.failure == failure
    assert caller.held == held
