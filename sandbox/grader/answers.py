"""From the bytes of an answer to the output that the task's test sees; everything doubtful is refused."""

import json
import math
import re
from typing import Any

from sandbox.grader import faults

# A bracket, or a whole string, or an unfinished one up to the end; possessive, so no input can make it backtrack.
_TOKENS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_OPEN = b"[{"
_KEY = 40
_EXCERPT = 200
# As many as fit into a double, or a task that computes with one would fail itself.
_DIGITS = 300


def parse_json(body: bytes, depth: int) -> Any:
    """Strict JSON: UTF-8, at most `depth` levels, no repeated key, no NaN or infinity, no lone surrogate.

    Raises PrototypeFault.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise faults.not_utf8() from None
    _check_depth(body, depth)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_int
        )
    except RecursionError:
        raise faults.too_deep(depth) from None
    except json.JSONDecodeError as error:
        raise faults.not_json(f"{error.msg}, baris/line {error.lineno}") from None
    # Only an escape can bring a lone surrogate in, and a raw one is no UTF-8.
    if _SURROGATE.search(body):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise faults.lone_surrogate() from None
    return value


def excerpt(body: bytes) -> str:
    """The beginning of a body as one line of printable text."""
    return plain(body[: 4 * _EXCERPT].decode("utf-8", "replace"), _EXCERPT)


def plain(text: str, most: int) -> str:
    """Text of a prototype's as one line of at most `most` signs, without any that hides, or steers a terminal or the
    direction of writing."""
    line = "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.split()))
    return line if len(line) <= most else line[:most] + "…"


def output_of(answer: Any, pointer: str | None) -> dict[str, Any]:
    """The output object in an answer: under `output`, or where a JSON pointer (RFC 6901) says.

    Raises PrototypeFault.
    """
    wanted = '{"output": {...}}' if pointer is None else f"objek JSON di / a JSON object at `{pointer}`"
    found, step = answer, ""
    for step in _steps("/output" if pointer is None else pointer):
        if isinstance(found, dict) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isascii() and step.isdigit() and int(step[:9]) < len(found):
            found = found[int(step)]
        else:
            raise faults.no_output(wanted, describe(answer))
    if not isinstance(found, dict):
        raise faults.no_output(wanted, f"{describe(found)} (`{plain(step, _KEY)}`)" if step else describe(found))
    return found


def chat_output_of(answer: Any) -> dict[str, Any]:
    """The text at `choices[0].message.content` as `{"text": ...}`. Raises PrototypeFault."""
    try:
        text = answer["choices"][0]["message"]["content"]
    except (TypeError, KeyError, IndexError):
        text = None
    if not isinstance(text, str):
        raise faults.no_output('{"choices": [{"message": {"content": "..."}}]}', describe(answer))
    return {"text": text}


def describe(value: Any) -> str:
    """What an answer is, shortly: its kind and, for an object, its keys."""
    if isinstance(value, dict):
        keys = ", ".join(f"`{plain(key, _KEY)}`" for key in list(value)[:5])
        return f"objek dengan kunci / an object with keys {keys}" if keys else "objek kosong / an empty object"
    kinds = {list: "daftar / a list", str: "teks / a text", bool: "true/false", type(None): "null"}
    return kinds.get(type(value), "angka / a number")


def _steps(pointer: str) -> list[str]:
    if not pointer:
        return []
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.removeprefix("/").split("/")]


def _check_depth(body: bytes, limit: int) -> None:
    depth = 0
    for match in _TOKENS.finditer(body):
        first = body[match.start()]
        if first in _OPEN:
            depth += 1
            if depth > limit:
                raise faults.too_deep(limit)
        elif first != 0x22:
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise faults.repeated_key(plain(key, _KEY))
            seen.add(key)
    return value


def _int(text: str) -> int:
    if len(text) > _DIGITS:
        raise faults.too_long_a_number(_DIGITS)
    return int(text)


def _constant(text: str) -> Any:
    raise faults.not_a_number(text)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise faults.not_a_number(plain(text, _KEY))
    return value
