"""How a prototype is called: the request that carries an input, and the output in its answer."""

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from sandbox.grader import answers, faults
from sandbox.grader.http import Caller, Reply

CHAT = "openai-chat"
_JSON_TYPES = ("", "text/plain", "application/octet-stream", "text/json")


@dataclass(frozen=True)
class Mapped:
    """Where and how the prototype is called: contract v1, as changed by `[http]` of `prototype.toml`."""

    port: int = 8080
    ready: str = "/ping"
    call: str = "/invocations"
    request: Any = None
    output: str | None = None

    @classmethod
    def read(cls, table: Mapping[str, Any], protocol: str) -> "Mapped":
        """From the table of the manifest; absent keys keep the protocol's default."""
        request = table.get("request")
        return cls(
            port=int(table.get("port") or cls.port),
            ready=table.get("ready") or cls.ready,
            call=table.get("call") or ("/v1/chat/completions" if protocol == CHAT else cls.call),
            request=json.loads(request) if isinstance(request, str) else request,
            output=table.get("output"),
        )


@dataclass(frozen=True)
class Call:
    """What is needed to put a case to the prototype: the task, the way there, the limits."""

    task: str
    protocol: str
    mapped: Mapped
    case_seconds: float
    answer_bytes: int
    json_depth: int


def request_body(call: Call, case_input: Mapping[str, Any]) -> bytes:
    """The JSON to send for an input."""
    template = call.mapped.request
    body: Any
    if template is not None:
        body = _fill(template, {"$input": case_input, "$task": call.task})
    elif call.protocol == CHAT:
        body = _chat_request(case_input)
    else:
        body = {"task": call.task, "input": case_input}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def read_output(call: Call, reply: Reply) -> dict[str, Any]:
    """The output in a reply. Raises PrototypeFault."""
    if reply.status != 200:
        raise faults.wrong_status(reply.status, answers.excerpt(reply.body))
    if reply.encoding not in ("", "identity"):
        raise faults.compressed(answers.plain(reply.encoding, 40))
    kind = reply.content_type
    if kind not in _JSON_TYPES and not kind.endswith(("/json", "+json")):
        raise faults.web_page(answers.plain(kind, 80))
    answer = answers.parse_json(reply.body, call.json_depth)
    if call.protocol == CHAT and call.mapped.output is None:
        return answers.chat_output_of(answer)
    return answers.output_of(answer, call.mapped.output)


class Prototype:
    """Calls the prototype for one case and takes the time. After a lost or late answer the case is not tried again.

    `digest` (hex) is the same for the same outputs, and tells nothing of them; None before the first one.
    """

    def __init__(self, client: Caller, call: Call) -> None:
        self._client = client
        self._call = call
        self._final: faults.PrototypeFault | None = None
        self.seconds = 0.0
        self.got: dict[str, Any] | None = None
        self.digest: str | None = None

    def __call__(self, case_input: Mapping[str, Any]) -> dict[str, Any]:
        """Answer of the prototype to one input. Raises PrototypeFault."""
        if self._final is not None:
            raise self._final
        body = request_body(self._call, case_input)
        reply = self._timed(body)
        self.got = None
        self.got = read_output(self._call, reply)
        self.digest = _digest(self.digest, self.got)
        return self.got

    def _timed(self, body: bytes) -> Reply:
        call = self._call
        started = time.perf_counter()
        fault: faults.PrototypeFault
        try:
            return self._client.call(
                "POST",
                call.mapped.port,
                call.mapped.call,
                seconds=call.case_seconds,
                max_bytes=call.answer_bytes,
                content=body,
            )
        except httpcore.TimeoutException:
            fault = self._final = faults.too_slow(call.case_seconds)
        except httpcore.NetworkError:
            fault = self._final = faults.no_connection()
        except httpcore.ProtocolError as error:
            silent = "without sending a response" in str(error)
            fault = self._final = faults.no_connection() if silent else faults.cut_off()
        finally:
            self.seconds += time.perf_counter() - started
        if fault.reason.failure != faults.TOO_SLOW:
            self._client.hold(call.mapped.port)
        raise fault


def _digest(before: str | None, output: Mapping[str, Any]) -> str:
    """SHA-256 over all outputs of a case so far, each as canonical JSON, chained."""
    canonical = json.dumps(output, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before or ''}\n{canonical}".encode()).hexdigest()


def _fill(template: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(template, str):
        return values.get(template, template)
    if isinstance(template, dict):
        return {key: _fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_fill(value, values) for value in template]
    return template


def _chat_request(case_input: Mapping[str, Any]) -> dict[str, Any]:
    """A chat request: the input's own `messages`, else its only text, else all of it as JSON, as the user's message."""
    messages = case_input.get("messages")
    if not isinstance(messages, list):
        values = list(case_input.values())
        only_text = len(values) == 1 and isinstance(values[0], str)
        content = values[0] if only_text else json.dumps(case_input, ensure_ascii=False)
        messages = [{"role": "user", "content": content}]
    return {"model": "prototype", "messages": messages, "temperature": 0, "stream": False}
