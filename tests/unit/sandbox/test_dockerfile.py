"""Dockerfiles: how they are read, what is refused, what the engine gets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bases.recipes import NODE, PYTHON, PYTHON_ML
from sandbox.dockerfile import DockerfileRule, Vetted, parse, vet
from sandbox.dockerfile.parse import SyntaxRule
from sandbox.limits import BuildLimits
from sandbox.refusal import Refusal, Refused

LIMITS = BuildLimits()


def vetted(text: str | bytes) -> Vetted:
    return vet(text.encode() if isinstance(text, str) else text, LIMITS)


def refused(text: str | bytes, limits: BuildLimits = LIMITS) -> Refusal:
    with pytest.raises(Refused) as caught:
        vet(text.encode() if isinstance(text, str) else text, limits)
    refusal = caught.value.refusal
    assert refusal.entry == "Dockerfile"
    assert refusal.line is None or str(refusal.line) in refusal.message.id
    return refusal


class TestReading:
    def test_continued_lines_comments_and_blank_lines(self) -> None:
        found = parse(b"# dari kami\nFROM python\n\nRUN echo satu && \\\n  # di tengah\n\n  echo dua\nCMD x\n")
        assert [(one.keyword, one.arguments, one.line) for one in found.instructions] == [
            ("FROM", "python", 2),
            ("RUN", "echo satu &&   echo dua", 4),
            ("CMD", "x", 8),
        ]

    def test_blanks_behind_a_continuation(self) -> None:
        assert parse(b"RUN a \\  \t\n b").instructions[0].arguments == "a  b"

    def test_lower_case_and_windows_line_ends(self) -> None:
        found = parse(b"from python\r\nrun echo \\\r\n x\r\ncmd y\r\n")
        assert [one.text for one in found.instructions] == ["FROM python", "RUN echo  x", "CMD y"]

    def test_byte_order_mark(self) -> None:
        assert parse(b"\xef\xbb\xbfFROM python\nCMD x").instructions[0].keyword == "FROM"

    def test_backtick_as_escape_sign(self) -> None:
        found = parse(b"# escape=`\nFROM python\nRUN echo C:\\ `\n && echo b\nCMD x")
        assert found.instructions[1].arguments == "echo C:\\  && echo b"
        assert found.text.startswith("# escape=`\n")

    def test_a_comment_ends_the_directives(self) -> None:
        assert parse(b"# halo\n# escape=`\nFROM python").escape == "\\"

    def test_flags_and_json(self) -> None:
        copy = parse(b'COPY --from=a --chown=1:1 ["a b", "/c"]').instructions[0]
        assert (copy.flag("from"), copy.flag("chown"), copy.flag("link")) == ("a", "1:1", None)
        assert copy.words() == ["a b", "/c"]

    def test_trailing_continuation_at_the_end(self) -> None:
        assert parse(b"RUN a \\").instructions[0].text == "RUN a"

    @pytest.mark.parametrize(
        ("data", "rule", "line"),
        [
            (b"FROM python\nRUN cat <<EOF\nx\nEOF\n", SyntaxRule.HEREDOC, 2),
            (b"FROM python\nCOPY <<-'EOF' /x\n", SyntaxRule.HEREDOC, 2),
            (b"FROM python\nRUN echo a\\\\\nCMD x", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nCOPY --fr\\om=evil /a /a\nCMD x", SyntaxRule.SYNTAX, 2),
            (b'FROM python\nCOPY --"from"=evil /a /a\nCMD x', SyntaxRule.SYNTAX, 2),
            (b'FROM python\nCOPY --chown="x y" /a /a\nCMD x', SyntaxRule.SYNTAX, 2),
            (b"FROM python\nCOPY --chown=1 --fr'om'=evil /a /a\nCMD x", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nRUN --mou\\nt=type=bind ls\nCMD x", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nRUN echo a\\ \\\n", SyntaxRule.SYNTAX, None),
            (b"# escape=x\nFROM python", SyntaxRule.SYNTAX, 1),
            (b"# escape=`\n# escape=`\nFROM python", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nCMD\n", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nRUN a\x00b", SyntaxRule.SYNTAX, 2),
            (b"FROM python\nRUN a\rADD http://x /", SyntaxRule.SYNTAX, 2),
            ("FROM python\nRUN a\u0085b".encode(), SyntaxRule.SYNTAX, 2),
            (b"FROM python\nRUN \xff", SyntaxRule.ENCODING, 2),
            ("FROM python".encode("utf-16"), SyntaxRule.ENCODING, 1),
            (b"# " + b"x" * 200_000, SyntaxRule.TOO_LARGE, None),
            (b"FROM python\nRUN echo " + b"\\\nx" * 50_000, SyntaxRule.TOO_LARGE, None),
            (b"FROM python\nRUN echo " + b"x" * 60_000, SyntaxRule.SYNTAX, 2),
        ],
    )
    def test_refused_forms(self, data: bytes, rule: SyntaxRule, line: int | None) -> None:
        refusal = refused(data)
        assert (refusal.rule, refusal.line) == (rule, line)

    @pytest.mark.parametrize("text", ["RUN echo $((1<<3))", "RUN cat <<<halo", "RUN a << 1"])
    def test_what_only_looks_like_a_heredoc(self, text: str) -> None:
        vetted(f"FROM python\n{text}\nCMD x")

    @given(st.binary(max_size=200) | st.text('FROMRUNCPYAD \\`#=\n\t<"[]$-', max_size=120).map(str.encode))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        try:
            found = parse(data)
        except Refused:
            return
        again = parse(found.text.encode())
        assert [one.text for one in again.instructions] == [one.text for one in found.instructions]
        assert len(found.text.splitlines()) == len(found.instructions) + (found.escape == "`")


class TestBases:
    @pytest.mark.parametrize(
        ("name", "base"),
        [
            ("python", PYTHON),
            ("python:3.11-slim", PYTHON),
            ("docker.io/library/python:3.11", PYTHON),
            ("gelanggang/python", PYTHON),
            ("gelanggang/python:latest", PYTHON),
            ("gelanggang/python-ml", PYTHON_ML),
            ("node:18-slim", NODE),
        ],
    )
    def test_names_of_bases(self, name: str, base: object) -> None:
        found = vetted(f"FROM {name}\nCMD x")
        assert found.base is base
        assert found.text.startswith(f"FROM {found.base.latest}\n")

    def test_an_alias_is_told(self) -> None:
        assert vetted("FROM gelanggang/python\nCMD x").notes == ()
        (note,) = vetted("FROM python:3.11-slim\nCMD x").notes
        assert "python:3.11-slim" in note.id
        assert PYTHON.latest in note.id

    @pytest.mark.parametrize(
        "name", ["python:3.12", "ubuntu", "scratch", "PYTHON", "evil.example/python", "python@sha256:" + "0" * 64]
    )
    def test_other_images(self, name: str) -> None:
        refusal = refused(f"# x\nFROM {name}\nCMD x")
        assert (refusal.rule, refusal.line) == (DockerfileRule.BASE, 2)
        assert PYTHON.repository in refusal.message.id

    def test_argument_with_a_default(self) -> None:
        found = vetted(
            "ARG VERSI=3.11\nARG NAMA=python:${VERSI}-slim\nFROM $NAMA AS a\nFROM ${LAIN:-node}\nFROM a\nCMD x"
        )
        assert [step.text for step in found.steps if step.keyword == "FROM"] == [
            "FROM gelanggang/python:latest AS a",
            "FROM gelanggang/node:latest",
            "FROM a",
        ]
        assert found.base is PYTHON
        assert set(found.bases) == {PYTHON, NODE}

    def test_argument_without_a_value(self) -> None:
        refusal = refused("ARG VERSI\nFROM python:$VERSI\nCMD x")
        assert (refusal.rule, refusal.line) == (DockerfileRule.BASE, 2)

    def test_platform_is_dropped(self) -> None:
        assert (
            vetted("FROM --platform=$BUILDPLATFORM python\nCMD x").text.splitlines()[0]
            == "FROM gelanggang/python:latest"
        )

    def test_copy_from_stage_index_and_base(self) -> None:
        found = vetted(
            "FROM python AS Satu\nFROM node\nCOPY --from=SATU /a /a\nCOPY --chown=1 --from=0 /b /b\n"
            "COPY --from=python:3.11 /c /c\nCMD x"
        )
        assert found.text.splitlines()[2:5] == [
            "COPY --from=satu /a /a",
            "COPY --from=0 --chown=1 /b /b",
            "COPY --from=gelanggang/python:latest /c /c",
        ]

    def test_a_stage_number_is_written_anew(self) -> None:
        found = vetted("FROM python\nFROM node\nCOPY --from=000 /a /a\nCMD x")
        assert found.text.splitlines()[2] == "COPY --from=0 /a /a"

    @pytest.mark.parametrize(
        "source", ["nginx", "1", "7", "dua", "$X", "0000", "00000010", "0000000001", "99999999999999999999", "²"]
    )
    def test_copy_from_elsewhere(self, source: str) -> None:
        refusal = refused(f"FROM python AS satu\nFROM node AS dua\nCOPY --from={source} /a /a\nCMD x")
        assert (refusal.rule, refusal.line) == (DockerfileRule.BASE, 3)

    @pytest.mark.parametrize(
        "line", ["FROM python AS", "FROM python AS A-", "FROM python AS 1a", "FROM python b c d", "FROM python AS é"]
    )
    def test_stage_names(self, line: str) -> None:
        if line == "FROM python AS A-":
            vetted(f"{line}\nCMD x")
        else:
            assert refused(f"{line}\nCMD x").rule == DockerfileRule.STAGE

    def test_stage_twice(self) -> None:
        assert refused("FROM python AS a\nFROM node AS A\nCMD x").rule == DockerfileRule.STAGE


class TestRules:
    @pytest.mark.parametrize(
        ("line", "rule"),
        [
            ("ADD http://evil.example/x /x", DockerfileRule.ADD),
            ("ADD https://evil.example/x /x", DockerfileRule.ADD),
            ('ADD ["https://evil.example/x", "/x"]', DockerfileRule.ADD),
            ("ADD git@github.com:a/b.git /x", DockerfileRule.ADD),
            ("ADD ht${X}tp://evil.example/x /x", DockerfileRule.ADD),
            ("ADD $URL /x", DockerfileRule.ADD),
            ("ADD model.tar.gz /x", DockerfileRule.ADD),
            ("ADD --checksum=sha256:0 a /x", DockerfileRule.FLAG),
            ("RUN --mount=type=bind,target=/x ls", DockerfileRule.FLAG),
            ("RUN --network=host ls", DockerfileRule.FLAG),
            ("RUN --security=insecure ls", DockerfileRule.FLAG),
            ("COPY --link a /x", DockerfileRule.FLAG),
            ("COPY --chmod=755 a /x", DockerfileRule.FLAG),
            ("COPY a", DockerfileRule.STAGE),
            ("ONBUILD RUN ls", DockerfileRule.ONBUILD),
            ("VOLUME /data", DockerfileRule.VOLUME),
            ("LABEL gelanggang.owner=saya", DockerfileRule.LABEL),
            ("INSTALL flask", DockerfileRule.UNKNOWN_INSTRUCTION),
        ],
    )
    def test_refused_instructions(self, line: str, rule: DockerfileRule) -> None:
        refusal = refused(f"FROM python\n{line}\nCMD x")
        assert (refusal.rule, refusal.line) == (rule, 2)

    def test_mistyped_instruction(self) -> None:
        assert "COPY" in refused("FROM python\nCOPPY a b\nCMD x").message.id

    def test_frontend_from_the_internet(self) -> None:
        refusal = refused("# syntax=docker/dockerfile:1\nFROM python\nCMD x")
        assert (refusal.rule, refusal.line) == (DockerfileRule.SYNTAX_DIRECTIVE, 1)

    def test_add_of_own_files_becomes_copy(self) -> None:
        found = vetted('FROM python\nADD --chown=1:1 app.py data /app/\nADD ["a b", "/c"]\nCMD x')
        assert found.text.splitlines()[1:3] == ["COPY --chown=1:1 app.py data /app/", 'COPY ["a b", "/c"]']
        assert len(found.notes) == 3

    @pytest.mark.parametrize("text", ["", "# kosong\n", "ARG A=1\n", "RUN ls\n", "CMD x\nFROM python"])
    def test_no_from(self, text: str) -> None:
        assert refused(text).rule == DockerfileRule.NO_FROM

    def test_no_command(self) -> None:
        assert refused("FROM python AS a\nCMD x\nFROM python\nRUN ls").rule == DockerfileRule.NO_COMMAND

    def test_command_of_an_own_stage_is_inherited(self) -> None:
        vetted('FROM python AS a\nENTRYPOINT ["x"]\nFROM a\nRUN ls')

    def test_steps(self) -> None:
        text = "FROM python\n" + "RUN true\n" * 3 + "CMD x\n"
        vet(text.encode(), BuildLimits(steps=5))
        refusal = refused(text, BuildLimits(steps=4))
        assert (refusal.rule, refusal.line) == (DockerfileRule.STEPS, 5)

    def test_whether_a_program_runs(self) -> None:
        assert not vetted("FROM python\nCOPY a /a\nCMD x").runs
        assert vetted("FROM python\nRUN x\nCMD x").runs

    def test_ordinary_file_stays_as_it_is(self) -> None:
        text = (
            "FROM gelanggang/python:latest\nENV A=1 B=$A\nWORKDIR /app\nCOPY . .\nRUN python3 -m compileall .\n"
            "EXPOSE 8080\n"
            'USER 1000\nSHELL ["/bin/bash", "-c"]\nHEALTHCHECK --interval=5s CMD true\nSTOPSIGNAL SIGTERM\n'
            'LABEL a=b\nCMD ["python3", "app.py"]\n'
        )
        assert vetted(text).text == text


class TestGrowth:
    """The engine expands variables in its own memory, without a limit."""

    @pytest.mark.parametrize(
        "lines",
        [
            [f"ENV A={'x' * 1000}", f"ENV B={'$A' * 300}"],
            [f"ENV A={'x' * 1000}", f"ENV B={'${A}' * 100}", f"LABEL C={'$B' * 10}"],
            [f"ARG A={'x' * 1000}", f"ARG B={'${A:-y}' * 200}"],
            [f"ENV A {'x' * 1000}", f"ENV B {'$A' * 300}"],
            # A name made of a variable, of quotes, of letters that other readers end a name at.
            ["ENV Y=1 X=Y", f"ENV $X={'x' * 1000}", f"ENV B={'$Y' * 300}"],
            ["ENV Y=1", f"ENV 'Y'={'x' * 1000}", f"ENV B={'$Y' * 300}"],
            ["ENV Y=1", f"ENV \\Y={'x' * 1000}", f"ENV B={'$Y' * 300}"],
            ["ENV Aⅷ=1", f"ENV A={'x' * 1000}", f"ENV B={'$Aⅷ' * 300}"],
            # An ARG does not hide an ENV of its name.
            [f"ENV Y={'x' * 1000}", "ARG Y=1", f"ENV B={'$Y' * 300}"],
            [f"ENV A={'x' * 1000}", f"WORKDIR {'/$A' * 200}"],
            [f"ENV A={'x' * 1000}", f"COPY --chown={'$A' * 200} a /b"],
            # Each of them fits, all together do not.
            [f"ENV A={'x' * 1000}", *(f"ENV B{number}={'$A' * 100}" for number in range(11))],
        ],
    )
    def test_what_would_fill_the_engine_is_refused(self, lines: list[str]) -> None:
        refusal = refused("\n".join(["FROM python", *lines, "CMD x"]))
        assert (refusal.rule, refusal.line) == (DockerfileRule.GROWTH, len(lines) + 1)

    def test_before_the_first_from_too(self) -> None:
        lines = [f"ARG A={'x' * 1000}", *(f"ARG A{n}={f'$A{n - 1}' * 10_000}" for n in range(1, 5))]
        assert refused("\n".join([*lines, "FROM python:$A4", "CMD x"])).rule is DockerfileRule.GROWTH

    def test_everyday_variables_fit(self) -> None:
        lines = [f"ENV PATH=/opt/{number}/bin:$PATH" for number in range(20)]
        lines += [
            "ENV HOME=/app PYTHONPATH=/app:/app/lib",
            *(f"ENV K{n}=$HOME/$PYTHONPATH/${{HOME}}" for n in range(20)),
        ]
        lines += ["WORKDIR $HOME", "LABEL versi=$K1", f"RUN echo {'$PATH ' * 1000}"]
        assert vetted("\n".join(["FROM python", *lines, "CMD x"])).runs


def test_a_long_row_of_blanks_behind_a_directive_is_read_in_no_time() -> None:
    started = time.process_time()
    refused(f"# escape = x{' ' * 120_000}y\nFROM python\nCMD x\n")
    assert time.process_time() - started < 1.0
