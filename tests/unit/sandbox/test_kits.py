"""Kits: which one a source is, what each asks for, and what the engine would get."""

import contextlib
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.archive import Rule
from sandbox.bases.recipes import PYTHON, PYTHON_ML
from sandbox.kits import Kit, KitRule, Refusal, Source, inspect
from sandbox.kits.python import check_app
from sandbox.kits.requirements import HELD, Needs, read_requirements
from sandbox.limits import Limits
from sandbox.refusal import Refused
from tests.unit.sandbox.hostile import write_folder, zip_of

APP = b"def predict(task, input):\n    return {}\n"
LIMITS = Limits()


def taken(tmp_path: Path, files: dict[str, bytes]) -> Source:
    found = inspect(write_folder(tmp_path / "karya", files), LIMITS)
    assert isinstance(found, Source), found
    return found


def refused(tmp_path: Path, files: dict[str, bytes]) -> Refusal:
    found = inspect(write_folder(tmp_path / "karya", files), LIMITS)
    assert isinstance(found, Refusal), found
    return found


class TestChoice:
    def test_app_is_the_python_kit(self, tmp_path: Path) -> None:
        source = taken(tmp_path, {"app.py": APP})
        assert (source.kit, source.base, source.runs) == (Kit.PYTHON, PYTHON, False)

    def test_dockerfile_goes_before_app(self, tmp_path: Path) -> None:
        assert taken(tmp_path, {"app.py": APP, "Dockerfile": b"FROM python\nCMD x"}).kit == Kit.DOCKER

    def test_the_manifest_decides(self, tmp_path: Path) -> None:
        files = {"app.py": APP, "Dockerfile": b"FROM python\nCMD x", "prototype.toml": b'kit = "python"'}
        assert taken(tmp_path, files).kit == Kit.PYTHON

    def test_from_a_zip_with_a_top_folder(self, tmp_path: Path) -> None:
        path = tmp_path / "karya.zip"
        path.write_bytes(zip_of({"karya/app.py": APP, "karya/prototype.toml": b'name = "Sukaraya"'}))
        source = inspect(path, LIMITS)
        assert isinstance(source, Source)
        assert source.manifest.name == "Sukaraya"

    def test_neither(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, {"main.py": APP})
        assert refusal.rule == KitRule.NO_KIT
        assert "app.py" in refusal.message.id

    def test_too_deep(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, {"README.md": b"x", "src/app.py": APP})
        assert (refusal.rule, refusal.entry) == (KitRule.NO_KIT, "src/app.py")

    def test_an_office_document(self, tmp_path: Path) -> None:
        assert "Office" in refused(tmp_path, {"[Content_Types].xml": b"x", "word/document.xml": b"y"}).message.id

    @pytest.mark.parametrize(
        ("kit", "files", "near"),
        [("python", {"App.py": APP}, "App.py"), ("docker", {"dockerfile": b"x"}, "dockerfile")],
    )
    def test_almost_the_right_name(self, tmp_path: Path, kit: str, files: dict[str, bytes], near: str) -> None:
        refusal = refused(tmp_path, {**files, "prototype.toml": f'kit = "{kit}"'.encode()})
        assert (refusal.rule, refusal.entry) == (KitRule.KIT_FILE, near)

    def test_the_archive_is_checked_first(self, tmp_path: Path) -> None:
        path = tmp_path / "karya.zip"
        path.write_bytes(zip_of({"app.py": APP, "../x": b"y"}))
        refusal = inspect(path, LIMITS)
        assert isinstance(refusal, Refusal)
        assert refusal.rule == Rule.TRAVERSAL

    def test_a_bad_manifest_and_dockerfile_are_told(self, tmp_path: Path) -> None:
        assert refused(tmp_path, {"app.py": APP, "prototype.toml": b"x = 1"}).entry == "prototype.toml"
        assert refused(tmp_path, {"Dockerfile": b"FROM evil\nCMD x", "prototype.toml": b""}).entry == "Dockerfile"


class TestSource:
    def test_python_kit_is_one_copy_on_the_base(self, tmp_path: Path) -> None:
        source = taken(tmp_path, {"app.py": APP})
        assert [step.text.split()[0] for step in source.steps] == ["FROM", "COPY", "CMD"]
        assert b"def serve(" in source.added["image/opt/gelanggang/serve.py"]
        assert source.folder == "image/app/"

    def test_docker_kit_knows_the_lines_of_its_steps(self, tmp_path: Path) -> None:
        source = taken(tmp_path, {"Dockerfile": b"# x\nFROM python:3.11\n\nRUN a \\\n b\nCMD x"})
        assert [step.line for step in source.steps] == [2, 4, 6]
        assert source.runs
        assert source.notes

    def test_fingerprint_follows_all_that_shapes_the_image(self, tmp_path: Path) -> None:
        base = {"Dockerfile": b"FROM python\nCMD x"}
        variants: list[dict[str, bytes]] = [
            base,
            {"Dockerfile": b"FROM python\nCMD y"},
            {**base, "a": b"1"},
            {**base, "a": b"2"},
            {**base, "prototype.toml": b"[http]\nport = 1"},
            {"app.py": APP},
        ]
        prints = {taken(tmp_path / str(number), files).fingerprint for number, files in enumerate(variants)}
        assert len(prints) == len(variants)
        assert taken(tmp_path / "lagi", base).fingerprint in prints

    def test_litter_is_told(self, tmp_path: Path) -> None:
        (note,) = taken(tmp_path, {"app.py": APP, ".DS_Store": b"x", "__pycache__/a.pyc": b"y"}).notes
        assert ".DS_Store" in note.id
        assert "(2)" in note.id

    def test_http_label(self, tmp_path: Path) -> None:
        files = {"Dockerfile": b"FROM python\nCMD x", "prototype.toml": b"[http]\nport = 1\nrequest = '[\"$input\"]'"}
        assert taken(tmp_path, files).http_label == '{"port":1,"request":["$input"]}'

    def test_python_kit_takes_no_http_table(self, tmp_path: Path) -> None:
        assert refused(tmp_path, {"app.py": APP, "prototype.toml": b"[http]\nport = 1"}).rule == KitRule.HTTP

    def test_package_that_hides_app(self, tmp_path: Path) -> None:
        assert refused(tmp_path, {"app.py": APP, "app/__init__.py": b""}).rule == KitRule.APP_SHADOWED


class TestApp:
    @pytest.mark.parametrize(
        "code",
        [
            "def predict(task, input): ...",
            "def predict(a, b, c=1, *, d=2): ...",
            "def predict(*args): ...",
            "def predict(task, *rest): ...",
            "def predict(task, input, /): ...",
            "def predict(task=None, input=None, **more): ...",
            "from model import predict",
            "from model import run as predict",
            "from model import *",
            "predict = lambda task, input: {}",
            "predict: object = print",
            "try:\n    import x\nexcept ImportError:\n    def predict(task, input): ...",
            "if True:\n    pass\nelse:\n    def predict(task, input): ...",
            "print('\\d')\ndef predict(task, input): ...",
            "# -*- coding: latin-1 -*-\ndef predict(task, input): ...",
            "\ufeffdef predict(task, input): ...",
            "def predict(task, input):\r\n    return a" + ".b" * 90 + "\r\n",
            "def predict(task, input):\n    return a" + ".b()" * 300,
        ],
    )
    def test_good(self, code: str) -> None:
        check_app(code.encode())

    @pytest.mark.parametrize(
        ("code", "rule", "line"),
        [
            ("", KitRule.APP_PREDICT, None),
            ("def main(): ...", KitRule.APP_PREDICT, None),
            ("class A:\n    def predict(self, task, input): ...", KitRule.APP_PREDICT, None),
            ("def outer():\n    def predict(task, input): ...", KitRule.APP_PREDICT, None),
            ("\ndef predict(text): ...", KitRule.APP_PREDICT, 2),
            ("def predict(): ...", KitRule.APP_PREDICT, 1),
            ("def predict(a, b, c): ...", KitRule.APP_PREDICT, 1),
            ("def predict(task, input, *, model): ...", KitRule.APP_PREDICT, 1),
            ("async def predict(task, input): ...", KitRule.APP_PREDICT, 1),
            ("predict: object", KitRule.APP_PREDICT, None),
            ("x = 1\ndef predict(task, input)\n    pass", KitRule.APP_SYNTAX, 2),
            ("print 'halo'", KitRule.APP_SYNTAX, 1),
            ("def predict(task, input):\nreturn 1", KitRule.APP_SYNTAX, 2),
            ("x = 1\n\tif x: pass", KitRule.APP_SYNTAX, 2),
            ("x = 'a\x00b'", KitRule.APP_SYNTAX, None),
            ("# coding: tidak-ada\n", KitRule.APP_SYNTAX, None),
            ("type X = int\n", KitRule.APP_SYNTAX, 1),
            ("x = " + "(" * 5000, KitRule.APP_SYNTAX, 1),
            ("x = " + "-" * 100_000 + "1", KitRule.APP_SYNTAX, None),
            ("x = " + "a." * 100_000 + "b", KitRule.APP_SYNTAX, 1),
            ("\nimport a" + ".a" * 250_000, KitRule.APP_SYNTAX, 2),
            ("from a" + " . \\\n\t\fa" * 50_000 + " import b", KitRule.APP_SYNTAX, 1),
            ("# coding: utf-7\nimport a" + "+AC4-a" * 50_000, KitRule.APP_SYNTAX, None),
            ("# coding: punycode\n" + "a" * 100_000 + "-" + "a" * 100_000, KitRule.APP_SYNTAX, None),
            ("# coding: utf-8\nx = 'a\\\n'\n\xff", KitRule.APP_SYNTAX, 4),
            ("#" * 600_000, KitRule.APP_SYNTAX, None),
        ],
        ids=lambda value: value[:30] if isinstance(value, str) else None,
    )
    def test_bad(self, code: str, rule: KitRule, line: int | None) -> None:
        with pytest.raises(Refused) as caught:
            check_app(code.encode("latin-1"))
        assert (caught.value.refusal.rule, caught.value.refusal.line) == (rule, line)

    def test_not_utf8(self) -> None:
        with pytest.raises(Refused):
            check_app(b"x = '\xff'")

    def test_deep_nesting_in_a_thread(self) -> None:
        # A thread's stack is smaller than the main one's: the parser must give up before it overruns it.
        caught: list[str] = []

        def check() -> None:
            for code in (
                b"x = " + b"-" * 100_000 + b"1",
                b"x = " + b"a." * 100_000 + b"b",
                b"x = " + b"[" * 150 + b"]" * 150,
            ):
                try:
                    check_app(code)
                except Refused as refusal:
                    caught.append(refusal.refusal.rule)

        thread = threading.Thread(target=check)
        thread.start()
        thread.join()
        assert caught == [KitRule.APP_SYNTAX, KitRule.APP_SYNTAX, KitRule.APP_PREDICT]

    @given(st.binary(max_size=120))
    def test_any_bytes_are_taken_or_refused(self, data: bytes) -> None:
        with contextlib.suppress(Refused):
            check_app(data)


class TestRequirements:
    @pytest.mark.parametrize(
        "text",
        [
            "numpy",
            "NumPy >= 1.20",
            "numpy==1.24.2",
            "numpy==1.24.*",
            "pandas~=1.5",
            "scikit-learn>1,<2",
            "scikit_learn",
            "sklearn",
            "scipy  # untuk jarak\n",
            "numpy; python_version >= '3.8'",
            "numpy \\\n  >=1.2",
            "numpy==1.24.2 --hash=sha256:00",
            "joblib==9.9\nnumpy",
            "flask; sys_platform == 'win32'\nnumpy",
        ],
    )
    def test_what_the_base_holds(self, text: str) -> None:
        assert read_requirements(text.encode(), packages=False) == Needs(ml=True)

    @pytest.mark.parametrize("data", [None, b"", b"# tidak ada\n\n", b"flask; python_version < '3'"])
    def test_nothing_needed(self, data: bytes | None) -> None:
        assert read_requirements(data, packages=False) == Needs()

    def test_utf16_as_powershell_writes_it(self) -> None:
        assert read_requirements("numpy\r\npandas\r\n".encode("utf-16"), packages=False).ml

    @pytest.mark.parametrize(
        ("text", "line", "hint"),
        [
            ("numpy\nflask", 2, "flask"),
            ("\n\n# x\nnumpyy", 4, "numpy"),
            ("numpy>=2", 1, HELD["numpy"]),
            ("numpy==1.24.3", 1, HELD["numpy"]),
            ("pandas!=1.5.3", 1, HELD["pandas"]),
            ("json", 1, "Python"),
            ("-r lain.txt", 1, "-r"),
            ("--index-url https://evil.example", 1, "--index-url"),
            ("-e .", 1, "-e"),
            ("flask @ https://evil.example/flask.whl", 1, "jaringan"),
            ("https://evil.example/x.whl", 1, "sah"),
            ("./lokal", 1, "sah"),
            ("numpy==", 1, "sah"),
            ("numpy; bukan_penanda == 1", 1, "sah"),
            ("numpy \\\n==9", 1, HELD["numpy"]),
            ("num\u202epy", 1, "sah"),
            (f"numpy\nnumpy==1{'0' * 5000}", 2, "panjang"),
            ("numpy==" + "1\\\n" * 5000, 1, "panjang"),
        ],
    )
    def test_the_rest_is_refused_with_its_line(self, text: str, line: int, hint: str) -> None:
        with pytest.raises(Refused) as caught:
            read_requirements(text.encode(), packages=False)
        refusal = caught.value.refusal
        assert (refusal.rule, refusal.entry, refusal.line) == (KitRule.REQUIREMENTS, "requirements.txt", line)
        assert hint in refusal.message.id

    @pytest.mark.parametrize("data", [b"\xff\xfen", b"numpy\xff", b"#" * 70_000])
    def test_what_is_no_text(self, data: bytes) -> None:
        with pytest.raises(Refused):
            read_requirements(data, packages=False)

    def test_the_base_follows_the_requirements(self, tmp_path: Path) -> None:
        source = taken(tmp_path, {"app.py": APP, "requirements.txt": b"numpy\n"})
        assert source.base is PYTHON_ML
        assert source.dockerfile.startswith(f"FROM {PYTHON_ML.latest}\n")

    @given(st.text(max_size=60))
    def test_any_text_is_taken_or_refused(self, text: str) -> None:
        with contextlib.suppress(Refused):
            read_requirements(text.encode("utf-8", "surrogatepass"), packages=False)
