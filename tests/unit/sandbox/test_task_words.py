"""The words of a task: read whole, and their mistakes told with their lines."""

import dataclasses
from pathlib import Path

import pytest

from hackathon import benchmarks
from sandbox.errors import TaskInvalid
from sandbox.task_words import MOST_BYTES, TaskWords, load_words
from sandbox.tasks import Task

WORDS = """\
[story]
id = \"\"\"
Surat masuk
setiap hari.

Petugas membacanya.
\"\"\"
en = "Letters come."

[[input]]
field = "teks"
meaning = { id = "Surat", en = "The letter" }

[[metrics]]
name = "f1_isian"

[metrics.meaning]
id = "Isi"
en = "Content"
"""


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return dataclasses.replace(benchmarks.load("otomasi-formulir"), folder=tmp_path)


def test_every_shipped_task_explains_itself_and_its_metrics() -> None:
    for task in benchmarks.available().values():
        words = load_words(task)
        assert words.story is not None
        assert words.input
        assert words.output
        assert words.metrics.keys() == {metric.name for metric in task.metrics}


def test_words_are_read(task: Task) -> None:
    (task.folder / "words.toml").write_text(WORDS)
    words = load_words(task)
    assert words.story is not None
    assert words.story.id == "Surat masuk setiap hari.\n\nPetugas membacanya."
    assert words.input[0].field == "teks"
    assert words.output == ()
    assert words.metrics["f1_isian"].en == "Content"


def test_a_task_may_say_nothing(task: Task) -> None:
    assert load_words(task) == TaskWords()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('id = "Isi"', "", 17, "id"),
        ('id = "Isi"', 'id = ""', 18, "id"),
        ('id = "Isi"', 'id = "Isi', 18, ""),
        ('en = "Content"', 'english = "Content"', 19, "english"),
        ('name = "f1_isian"', 'name = "f2"', 15, "no metric `f2`"),
        ('field = "teks"', "field = 7", 11, "field"),
        ("[story]", "[cerita]", 1, "cerita"),
        ('en = "Letters come."', f'en = "{"x" * 4001}"', 8, "4000"),
    ],
)
def test_a_mistake_names_its_line(task: Task, old: str, new: str, line: int, words: str) -> None:
    (task.folder / "words.toml").write_text(WORDS.replace(old, new))
    with pytest.raises(TaskInvalid) as caught:
        load_words(task)
    assert words in caught.value.reason
    assert (caught.value.path, caught.value.line) == ("words.toml", line)


def test_a_file_that_is_no_text_or_too_large_is_told(task: Task) -> None:
    (task.folder / "words.toml").write_bytes(b"\xff")
    with pytest.raises(TaskInvalid, match="UTF-8"):
        load_words(task)
    (task.folder / "words.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(TaskInvalid, match="64 KiB"):
        load_words(task)
