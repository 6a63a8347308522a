"""Whatever a Dockerfile says: what the engine gets stands on bases and own stages, and asks nothing of the host."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.bases.recipes import BASES
from sandbox.dockerfile import Vetted, vet
from sandbox.limits import BuildLimits
from sandbox.refusal import Refused

WITH_FLAGS = {"ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"}
"""Whose arguments the engine of this builder takes flags from."""

REFERENCES = [
    *(
        "python",
        "python:3.11-slim",
        "node:18",
        "gelanggang/python-ml",
        "scratch",
        "python:2",
        "a",
        "b",
        "0",
        "1",
        "00",
        "9",
    ),
    *("evil.example/x", "docker.io/library/python", "python@sha256:0", "$B", "${B}", "${B:-evil.example/x}", "${T+x}"),
    *("127.0.0.1:5000/python", "PYTHON", "A", "python:$T", "git", "gelanggang/git", "gelanggang/grader:latest"),
]
FLAGS = [
    *("--from=a", "--from=0", "--from=evil.example/x", "--from=$B", "--from", "--from=b", "--fr\\om=x", "--chown=1:1"),
    *("--mount=type=bind,target=/x", "--network=host", "--security=insecure", "--chmod=1", "--link", "--platform=x"),
    *("--checksum=sha256:0", "--interval=1s", "--unknown", "--", "-x", '"--from=x"'),
]
SOURCES = [
    "app.py",
    ".",
    "http://evil.example/x",
    "https://evil.example/x.git",
    "git@evil.example:x",
    "$X",
    "a.tar.gz",
    "[",
    "]",
]

# What is taken weighs as much as what is not: otherwise hardly a file would get through.
GOOD = ["--from=a", "--from=0", "--from=00", "--chown=1:1", "--from=python --chown=1:1", "", ""]
reference = st.sampled_from(["python", "a", "node:18"]) | st.sampled_from(REFERENCES)
flags = st.sampled_from(GOOD) | st.sampled_from(GOOD) | st.lists(st.sampled_from(FLAGS), max_size=2).map(" ".join)
words = st.sampled_from(["app.py", "."]) | st.lists(st.sampled_from(SOURCES), min_size=1, max_size=3).map(" ".join)
line = st.one_of(
    st.builds(
        lambda f, one, name: f"FROM {f} {one}{name}", flags, reference, st.sampled_from(["", " AS a", " as B", " AS 0"])
    ),
    st.builds(lambda one: f"ARG B={one}", reference),
    st.sampled_from(
        ["ARG B", "ARG T=3", "ENV T=3", 'SHELL ["x"]', "USER root", "LABEL a=b", "EXPOSE 80", "STOPSIGNAL 9"]
    ),
    st.builds(
        lambda key, f, what: f"{key} {f} {what} /x", st.sampled_from(["COPY", "ADD", "copy", "Add"]), flags, words
    ),
    st.builds(lambda f, what: f"RUN {f} {what}", flags, words),
    st.builds(lambda what: f"ONBUILD {what}", st.sampled_from(["RUN x", "COPY --from=x a b", "ADD http://x /"])),
    st.builds(lambda f: f"HEALTHCHECK {f} CMD x", flags),
    st.sampled_from(
        ["VOLUME /x", 'VOLUME ["/x"]', "LABEL gelanggang.owner=x", "CMD x", 'ENTRYPOINT ["x"]', "# syntax=x/y"]
    ),
    st.sampled_from(["RUN a \\", "# x", "", "# escape=`", "RUN <<E", "FROMM python", "\\"]),
)
dockerfile = st.lists(line, min_size=1, max_size=5).map(
    lambda lines: "\n".join(["FROM python AS a", "FROM node", *lines, "CMD x"])
)
anywhere = st.lists(line, min_size=1, max_size=6).map("\n".join)


def vetted(text: str) -> Vetted | None:
    """What the engine would get, or None with a refusal that helps."""
    try:
        return vet(text.encode(), BuildLimits())
    except Refused as refused:
        refusal = refused.refusal
        assert refusal.entry == "Dockerfile"
        if refusal.line is None:
            assert "FROM" in refusal.message.id
        else:
            assert str(refusal.line) in refusal.message.id
            assert 1 <= refusal.line <= text.count("\n") + 1
        assert refusal.message.id != refusal.message.en
        return None


@settings(max_examples=600)
@given(dockerfile | anywhere)
def test_what_the_engine_gets(text: str) -> None:
    found = vetted(text)
    if found is None:
        return
    bases = {base.latest for base in BASES}
    stages: list[str] = []
    for instruction in found.text.splitlines():
        keyword, _, rest = instruction.partition(" ")
        if keyword == "#":
            assert instruction == "# escape=`"
            continue
        # The engine's flags end at the first word that is none: what follows names files.
        leading = re.match(r"(?:--\S+\s+)*", rest.partition(" CMD")[0])
        given_flags = leading[0].split() if leading is not None and keyword in WITH_FLAGS else []
        if keyword == "FROM":
            image, _, name = rest.partition(" AS ")
            assert image in bases | set(stages)
            stages.append(name)
        elif keyword == "COPY":
            for flag in (flag for flag in given_flags if flag.startswith("--from")):
                source = flag.removeprefix("--from=")
                earlier = stages[:-1]
                assert source in bases | set(filter(None, earlier)) or int(source) < len(earlier)
            assert len([flag for flag in given_flags if flag.startswith("--from")]) <= 1
            assert {flag.partition("=")[0] for flag in given_flags} <= {"--from", "--chown"}
        elif keyword == "RUN":
            assert not rest.startswith("--")
        assert keyword not in {"ADD", "ONBUILD", "VOLUME"}
        assert "gelanggang." not in rest or keyword != "LABEL"
    assert set(found.bases) <= set(BASES)
    assert len(found.steps) <= BuildLimits().steps


@given(st.lists(line, min_size=60, max_size=70).map("\n".join))
def test_so_many_steps_and_no_more(text: str) -> None:
    found = vetted(f"FROM python\n{text}\nCMD x")
    assert found is None or len(found.steps) <= BuildLimits().steps
