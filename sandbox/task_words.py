"""What people read about a task: `words.toml` in its folder, in plain language.

No word can change a score, so the file does not count towards the task's hash and may be mended while an event runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated

import msgspec

from sandbox import toml
from sandbox.errors import TaskInvalid
from sandbox.limits import KIB
from sandbox.model import Text
from sandbox.tasks import Task

FILE = "words.toml"
MOST_BYTES = 64 * KIB

_Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a task's input or answer, such as `isian[].nama`, and what it means."""

    field: str
    meaning: Text


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task explained to somebody who never programmed. `story` has paragraphs parted by an empty line; `metrics` say
    what each metric counts, by name, `formulas` how it is computed. What a task does not explain is empty.
    """

    story: Text | None = None
    input: tuple[FieldWords, ...] = ()
    output: tuple[FieldWords, ...] = ()
    metrics: Mapping[str, Text] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)


class _Words(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: _Sentence
    en: _Sentence

    def text(self) -> Text:
        """Paragraphs; a line end within one is a space."""
        return Text(id=_joined(self.id), en=_joined(self.en))


class _Field(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    field: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    meaning: _Words


class _Metric(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: str
    meaning: _Words
    formula: Annotated[str, msgspec.Meta(min_length=1, max_length=400)] | None = None


class _Document(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    story: _Words | None = None
    input: Annotated[list[_Field], msgspec.Meta(max_length=40)] = []
    output: Annotated[list[_Field], msgspec.Meta(max_length=40)] = []
    metrics: Annotated[list[_Metric], msgspec.Meta(max_length=40)] = []


def load_words(task: Task) -> TaskWords:
    """The words of a task; none where it has no file of them. Raises TaskInvalid naming the line, also for a metric
    that the task does not have.
    """
    path = task.folder / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return TaskWords()
    except OSError as error:
        raise TaskInvalid(FILE, "cannot be read") from error
    if len(data) > MOST_BYTES:
        raise TaskInvalid(FILE, f"larger than {MOST_BYTES // KIB} KiB")
    try:
        document = toml.decode(data, _Document)
    except toml.TomlInvalid as error:
        raise TaskInvalid(FILE, error.reason, error.line) from error
    known = {metric.name for metric in task.metrics}
    for position, row in enumerate(document.metrics):
        if row.name not in known:
            line = toml.line_of(data.decode(), ("metrics", position, "name"))
            raise TaskInvalid(FILE, f"the task has no metric `{row.name}` (it has: {', '.join(sorted(known))})", line)
    return TaskWords(
        story=document.story.text() if document.story else None,
        input=tuple(FieldWords(row.field, row.meaning.text()) for row in document.input),
        output=tuple(FieldWords(row.field, row.meaning.text()) for row in document.output),
        metrics=MappingProxyType({row.name: row.meaning.text() for row in document.metrics}),
        formulas=MappingProxyType({row.name: row.formula for row in document.metrics if row.formula}),
    )


def _joined(text: str) -> str:
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
