"""What a task's measurement may ask for: packages at fixed versions, and the same ones for tasks measured together."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.conformance import samples
from sandbox.errors import MirrorUnavailable, TaskInvalid
from sandbox.fake import FakeProvider
from sandbox.task_packages import Package, held, read_packages, together
from sandbox.tasks import load_task

HASH = "a" * 64


def test_names_versions_and_hashes() -> None:
    text = f"""\ufeff# pengukur
Scikit_Learn == 1.2.1   # komentar
rouge-score==0.1.2 \\
    --hash=sha256:{HASH} \\
    --hash=sha256:{"b" * 64}

"""
    first, second = read_packages(text.encode())
    assert (first, first.wanted) == (Package("rouge-score", "0.1.2", (HASH, "b" * 64), 3), first.wanted)
    assert first.wanted.endswith(f" --hash=sha256:{'b' * 64}")
    assert (str(second), second.line) == ("scikit-learn==1.2.1", 2)
    assert read_packages(b"# kosong\n\n") == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"a==1\nrouge-score\n", 2, "name==version"),
        (b"rouge-score>=0.1\n", 1, "name==version"),
        (b"rouge-score==0.*\n", 1, "name==version"),
        (b"rouge-score==0.1 ; python_version > '3'\n", 1, "name==version"),
        (b"rouge[extra]==0.1\n", 1, "name==version"),
        (b"-r lain.txt\n", 1, "name==version"),
        (b"--index-url http://x.example/\n", 1, "name==version"),
        (b"x @ http://x.example/x.whl\n", 1, "name==version"),
        (b"x==1 --hash=md5:00\n", 1, "name==version"),
        (b"x==satu\n", 1, "no version"),
        (b"x==1\n\nX == 2\n", 3, "twice, first in line 1"),
        (b"PyTest==9.0\n", 1, "the grader holds `pytest`"),
        (b"x==1\n\xff\n", 2, "not UTF-8"),
        ("".join(f"p{number}==1\n" for number in range(101)).encode(), 101, "more than 100"),
    ],
)
def test_anything_else_is_refused_with_its_line(text: bytes, line: int, said: str) -> None:
    with pytest.raises(TaskInvalid, match=said) as caught:
        read_packages(text)
    assert (caught.value.path, caught.value.line) == ("requirements.txt", line)


@given(st.binary(max_size=200) | st.text("ab=1.#\\ \n-", max_size=60).map(str.encode))
def test_any_bytes_are_packages_or_refused(data: bytes) -> None:
    with contextlib.suppress(TaskInvalid):
        packages = read_packages(data)
        again = "\n".join(package.wanted for package in packages).encode()
        assert [one.wanted for one in read_packages(again)] == [one.wanted for one in packages]


def test_tasks_that_are_measured_together_want_the_same() -> None:
    one, other = read_packages(f"x==1 --hash=sha256:{HASH}\n".encode()), read_packages(b"y==2\nx==1\n")
    assert [package.wanted for package in together({"satu": one, "dua": other, "tiga": ()})] == [
        f"x==1 --hash=sha256:{HASH}",
        "y==2",
    ]
    assert together({"satu": one, "dua": other}) == together({"dua": other, "satu": one})
    with pytest.raises(
        TaskInvalid, match=r"`x==3`, but `dua`, which is evaluated with it, wants `x==1` \(line 2\)"
    ) as no:
        together({"satu": read_packages(b"x==3\n"), "dua": other})
    assert (no.value.path, no.value.line) == ("satu/requirements.txt", 1)


def test_the_list_is_part_of_the_task_and_the_fake_installs_nothing(tmp_path: Path) -> None:
    plain = load_task(samples.write_task(tmp_path / "gema", "gema", samples.ECHO_TEST, samples.GENERATE))
    assert plain.packages == ()
    (tmp_path / "gema" / "requirements.txt").write_text("tidak-ada-di-sini==1.0\n")
    task = load_task(tmp_path / "gema")
    assert (task.hash != plain.hash, [str(one) for one in task.packages]) == (True, ["tidak-ada-di-sini==1.0"])
    assert "requirements.txt" not in task.files
    provider = FakeProvider()
    provider.warm((plain,))
    with pytest.raises(MirrorUnavailable, match=r"tidak-ada-di-sini==1\.0"):
        provider.warm((plain, task))


def test_what_every_grader_holds_is_known() -> None:
    assert {"pytest", "httpcore", "typing-extensions"} <= held().keys()
    assert all(version[0].isdigit() for version in held().values())
