"""A form made from a task's input schema, and the input that somebody typed into it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import jsonschema

from frontend.pages.forms import Form, Problems
from sandbox.model import Text
from sandbox.tasks import Task

PREFIX = "isi."
_LONG = 80
_DEEPEST = 2
_JSON_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `kind` is text, long, number, box, choice or json; `name` is that of the control, with its place."""

    name: str
    label: str
    hint: str
    kind: str
    value: str
    required: bool
    options: tuple[str, ...] = ()


def fields_of(
    task: Task, given: Mapping[str, Any], typed: Form | None = None, *, beside: str = ""
) -> tuple[FormField, ...]:
    """The fields for a task's input, filled with an input, or with what was typed before; none for the part `beside`
    them.
    """
    return tuple(_fields(_without(task.input_schema, beside), given, (), typed))


def read_input(
    task: Task, form: Form, problems: Problems, *, beside: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The input that was typed, with the parts that come from `beside` its fields; what is wrong with it goes to the
    problems, at its field.
    """
    given = {**_read(_without(task.input_schema, *beside), form, (), problems), **beside}
    if not problems:
        for error in jsonschema.Draft202012Validator(dict(task.input_schema)).iter_errors(given):
            problems.add(_where(task, error), _said(error))
    return given


def _fields(schema: Mapping[str, Any], given: Any, way: tuple[str, ...], typed: Form | None) -> list[FormField]:
    found: list[FormField] = []
    for name, part in _parts(schema).items():
        place = (*way, name)
        value = given.get(name) if isinstance(given, Mapping) else None
        kind = _kind(part, value, len(place))
        if kind == "object":
            found += _fields(part, value or {}, place, typed)
            continue
        control = PREFIX + ".".join(place)
        shown = _shown(value, kind) if typed is None else typed.raw(control)
        found.append(
            FormField(
                control,
                str(part.get("title") or name.replace("_", " ")),
                str(part.get("description") or ""),
                kind,
                shown,
                name in schema.get("required", ()),
                tuple(str(option) for option in part.get("enum", ())) if kind == "choice" else (),
            )
        )
    return found


def _without(schema: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return {**schema, "properties": {name: part for name, part in _parts(schema).items() if name not in names}}


def _parts(schema: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    parts = schema.get("properties")
    return parts if isinstance(parts, Mapping) else {}


def _kind(part: Mapping[str, Any], value: Any, depth: int) -> str:
    what = part.get("type")
    if isinstance(part.get("enum"), list) and all(isinstance(one, str) for one in part["enum"]):
        return "choice"
    if what == "object" and _parts(part) and depth < _DEEPEST:
        return "object"
    if what in ("number", "integer"):
        return "number"
    if what == "boolean":
        return "box"
    if what == "string":
        short = part.get("maxLength", _LONG + 1) <= _LONG or (
            isinstance(value, str) and len(value) <= _LONG and "\n" not in value and "minLength" not in part
        )
        return "text" if short else "long"
    return "json"


def _shown(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "json":
        return json.dumps(value, ensure_ascii=False, indent=2)
    if kind == "box":
        return "ya" if value else ""
    return str(value)


def _read(schema: Mapping[str, Any], form: Form, way: tuple[str, ...], problems: Problems) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, part in _parts(schema).items():
        place = (*way, name)
        control = PREFIX + ".".join(place)
        kind = _kind(part, None, len(place))
        text = form.raw(control).replace("\r\n", "\n")
        if kind == "object":
            given[name] = _read(part, form, place, problems)
        elif kind == "box":
            given[name] = bool(text)
        elif not text and name not in schema.get("required", ()):
            continue
        elif kind == "number":
            _put_number(given, name, text, control, part.get("type") == "integer", problems)
        elif kind == "json":
            _put_json(given, name, text, control, problems)
        else:
            given[name] = text
    return given


def _put_number(given: dict[str, Any], name: str, text: str, control: str, whole: bool, problems: Problems) -> None:
    try:
        given[name] = int(text[:30]) if whole else float(text.strip().replace(",", ".")[:30])
    except ValueError:
        problems.add(control, Text("Tulis sebuah angka, misalnya 12.", "Write a number, such as 12."))


def _put_json(given: dict[str, Any], name: str, text: str, control: str, problems: Problems) -> None:
    try:
        given[name] = json.loads(text[:_JSON_LETTERS])
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        problems.add(
            control,
            Text(
                f"Ini bukan JSON yang benar (baris {line}). Ubah contohnya sedikit demi sedikit.",
                f"This is not valid JSON (line {line}). Change the example little by little.",
            ),
        )


def _where(task: Task, error: jsonschema.ValidationError) -> str:
    known = {field.name for field in fields_of(task, {})}
    way = [str(step) for step in error.absolute_path]
    for length in range(len(way), 0, -1):
        name = PREFIX + ".".join(way[:length])
        if name in known:
            return name
    return ""


def _said(error: jsonschema.ValidationError) -> Text:
    place = ".".join(str(step) for step in error.absolute_path)
    said = " ".join(error.message.split())[:200]
    return Text(
        f"Tidak sesuai bentuk masukan tugas{f' di {place}' if place else ''}: {said}",
        f"Not of the form that the task takes{f' at {place}' if place else ''}: {said}",
    )
