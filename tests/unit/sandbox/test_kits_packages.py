"""requirements.txt where builds have a package mirror: what pip is given, and what is still refused."""

import contextlib
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bases.recipes import PYTHON, PYTHON_ML
from sandbox.kits import KitRule, Source, inspect
from sandbox.kits.requirements import HELD, Needs, read_requirements
from sandbox.limits import Limits
from sandbox.refusal import Refused

APP = b"def predict(task, input):\n    return {}\n"
PINS = tuple(f"{name}=={version}" for name, version in HELD.items())
DIGEST = "sha256:" + "ab" * 32


def read(text: str) -> Needs:
    return read_requirements(text.encode(), packages=True)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("", Needs()),
        ("numpy\npandas>=1\n", Needs(ml=True)),
        ("joblib==9.9\n", Needs(ml=True)),
        ("flask==3.1.0", Needs(install=("flask==3.1.0",))),
        ("Flask == 3.1.0  # web", Needs(install=("flask==3.1.0",))),
        ("uvicorn[standard]==0.34.0", Needs(install=("uvicorn[standard]==0.34.0",))),
        ("flask==3.1.0; python_version >= '3.8'", Needs(install=("flask==3.1.0",))),
        ("flask==3.1.0; sys_platform == 'win32'", Needs()),
        (f"flask==3.1.0 \\\n  --hash={DIGEST}", Needs(install=(f"flask==3.1.0 --hash={DIGEST}",))),
        ("numpy\nflask==3.1.0", Needs(ml=True, install=("numpy", "flask==3.1.0"), pins=PINS)),
        ("sklearn\nflask===3.1.0", Needs(ml=True, install=("scikit-learn", "flask===3.1.0"), pins=PINS)),
        (
            f"numpy==1.24.2 --hash={DIGEST}\nflask==3.1.0 --hash={DIGEST}",
            Needs(ml=True, install=(f"numpy==1.24.2 --hash={DIGEST}", f"flask==3.1.0 --hash={DIGEST}")),
        ),
        # Another numpy than the base's: pip brings everything, for what was built for one does not fit the other.
        ("numpy==2.2.0\nscipy==1.15.0", Needs(install=("numpy==2.2.0", "scipy==1.15.0"))),
    ],
)
def test_what_pip_is_given(text: str, needs: Needs) -> None:
    assert read(text) == needs


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("flask", 1, "flask==1.2.3"),
        ("numpy\nflask>=3", 2, "flask==1.2.3"),
        ("numpy==2.2.0\nscipy", 2, f"scipy=={HELD['scipy']}"),
        ("json", 1, "Python"),
        ("flask @ https://evil.example/flask.whl", 1, "jaringan"),
        ("flask @ git+https://evil.example/flask", 1, "jaringan"),
        ("git+https://evil.example/flask", 1, "sah"),
        ("./lokal", 1, "sah"),
        ("../lokal.whl", 1, "sah"),
        ("-r lain.txt", 1, "-r"),
        ("-c lain.txt", 1, "-c"),
        ("-e .", 1, "-e"),
        ("--index-url https://evil.example", 1, "--index-url"),
        ("--extra-index-url https://evil.example", 1, "--extra-index-url"),
        ("--find-links https://evil.example", 1, "--find-links"),
        ("--trusted-host evil.example", 1, "--trusted-host"),
        ("flask==3.1.0 --index-url=https://evil.example", 1, "--index-url"),
        ("flask==3.1.0 --global-option=x", 1, "--global-option"),
        ("flask==3.1.0 --config-settings=x=y", 1, "--config-settings"),
        (f"flask==3.1.0 --hash={DIGEST} --find-links=x", 1, "--find-links"),
        ("flask==3.1.0 --hash=md5:00", 1, "--hash"),
        ("flask==3.1.0 --hash=sha256:$(id)", 1, "--hash"),
    ],
)
def test_what_is_refused_with_its_line(text: str, line: int, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        read(text)
    refusal = caught.value.refusal
    assert (refusal.rule, refusal.entry, refusal.line) == (KitRule.REQUIREMENTS, "requirements.txt", line)
    assert hint in refusal.message.id


def test_nothing_is_installed_without_a_mirror() -> None:
    with pytest.raises(Refused) as caught:
        read_requirements(b"flask==3.1.0", packages=False)
    assert "tidak tersedia" in caught.value.refusal.message.id


@given(
    st.lists(
        st.sampled_from(["flask", "numpy", "==", "1.0", ";", "@", "--hash=", " ", "\\\n", "\n", "[x]", "$(id)", "'"])
    )
)
def test_pip_is_given_plain_names_and_versions(words: list[str]) -> None:
    with contextlib.suppress(Refused):
        for line in read("".join(words)).install:
            name, *options = shlex.split(line)
            assert not name.startswith("-")
            assert not set(name) & set(" ;@/\\$()\n'")
            assert all(option.startswith("--hash=sha") for option in options)


class TestLaidOut:
    def source(self, folder: Path, requirements: bytes) -> Source:
        (folder / "app.py").write_bytes(APP)
        (folder / "requirements.txt").write_bytes(requirements)
        found = inspect(folder, Limits(), packages=True)
        assert isinstance(found, Source), found
        return found

    def test_installed_before_the_team_s_files_come(self, tmp_path: Path) -> None:
        source = self.source(tmp_path, b"numpy\nflask==3.1.0\n")
        assert (source.base, source.runs) == (PYTHON_ML, True)
        assert [step.text.partition(" ")[0] for step in source.steps] == ["FROM", "COPY", "RUN", "COPY", "CMD"]
        assert source.added["needs/requirements.txt"] == b"numpy\nflask==3.1.0\n"
        assert source.added["needs/pins.txt"].decode().split() == list(PINS)

    def test_another_version_of_what_is_held(self, tmp_path: Path) -> None:
        source = self.source(tmp_path, b"numpy==2.2.0\n")
        assert (source.base, source.runs) == (PYTHON, True)
        assert "needs/pins.txt" not in source.added

    def test_what_is_held_is_not_installed(self, tmp_path: Path) -> None:
        source = self.source(tmp_path, b"numpy\n")
        assert (source.base, source.runs, len(source.steps)) == (PYTHON_ML, False, 3)

    def test_another_requirement_is_another_image(self, tmp_path: Path) -> None:
        one = self.source(tmp_path, b"flask==3.1.0\n").fingerprint
        assert self.source(tmp_path, b"flask==3.1.1\n").fingerprint != one
