"""The python kit: `app.py` with `predict(task, input)`, served by `serve.py`."""

import ast
import io
import json
import re
import threading
import tokenize
import warnings
from functools import cache
from importlib import resources
from typing import NoReturn

from sandbox.archive import Archive
from sandbox.bases.recipes import PYTHON, PYTHON_ML, BaseRecipe
from sandbox.kits.model import KitRule, Source, Step
from sandbox.kits.requirements import Needs, read_requirements
from sandbox.limits import KIB
from sandbox.manifest import Kit, Manifest
from sandbox.refusal import printable, refuse

APP = "app.py"
REQUIREMENTS = "requirements.txt"
MAX_APP_BYTES = 512 * KIB

_GRAMMAR = (3, 11)
_CONTEXT = "image"
_SERVER = "opt/gelanggang/serve.py"
_COMMAND = ("python3", "-SEu", "-X", "utf8", f"/{_SERVER}")
_NEEDS = "needs"
_NEEDS_HOME = "/opt/gelanggang/needs"
# Others can cost the host minutes to read, and hide what is written from `_LONG_CHAIN`.
_ENCODINGS = frozenset({"ascii", "us-ascii", "utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "windows-1252"})
_GAP = r"(?:[ \t\f]|\\\r?\n)*+"
# The parser keeps every beginning of a dotted name: half a megabyte of `import a.a.a...` would take 60 GB.
_LONG_CHAIN = re.compile(rf"(?:\.{_GAP}\w++{_GAP}){{100}}")
# The filters of `warnings` belong to the whole process.
_PARSING = threading.Lock()


def prepare(
    archive: Archive, manifest: Manifest, app: bytes | None, requirements: bytes | None, *, packages: bool
) -> Source:
    """Check app.py and requirements.txt and lay the build out; with `packages` pip can install. Raises Refused."""
    if app is None:
        _refuse_missing(archive)
    if manifest.http is not None:
        refuse(
            KitRule.HTTP,
            "[http] di prototype.toml hanya untuk kit docker; kit python sudah dilayani. Hapus bagian [http].",
            "[http] in prototype.toml is for the docker kit; the python kit is served already. Remove the [http] "
            "table.",
            entry="prototype.toml",
        )
    if archive.find("app/__init__.py"):
        refuse(
            KitRule.APP_SHADOWED,
            "Folder “app/” dan berkas “app.py” bernama sama, sehingga Python memakai foldernya. Ganti nama foldernya.",
            "The folder “app/” and the file “app.py” have one name, and Python takes the folder. Rename the folder.",
            entry="app/__init__.py",
        )
    check_app(app)
    needs = read_requirements(requirements, packages=packages)
    base = PYTHON_ML if needs.ml else PYTHON
    steps = _steps(base, needs)
    dockerfile = "".join(f"{step}\n" for step in steps)
    return Source(
        kit=Kit.PYTHON,
        manifest=manifest,
        archive=archive,
        dockerfile=dockerfile,
        steps=tuple(Step(step) for step in steps),
        base=base,
        bases=(base,),
        runs=bool(needs.install),
        folder=f"{_CONTEXT}/app/",
        added={f"{_CONTEXT}/{_SERVER}": _server(), **_needed(needs)},
        root=f"{_CONTEXT}/",
        command=() if needs.install else _COMMAND,
    )


def _steps(base: BaseRecipe, needs: Needs) -> tuple[str, ...]:
    """The fewer the better: each costs a build a tenth of a second."""
    install: tuple[str, ...] = ()
    if needs.install:
        pins = f" -c {_NEEDS_HOME}/pins.txt" if needs.pins else ""
        pip = f"pip install --progress-bar off -r {_NEEDS_HOME}/{REQUIREMENTS}{pins}"
        install = (f"COPY {_NEEDS}/ {_NEEDS_HOME}/", f"RUN {pip}")
    return (f"FROM {base.latest}", *install, f"COPY {_CONTEXT}/ /", f"CMD {json.dumps(_COMMAND)}")


def _needed(needs: Needs) -> dict[str, bytes]:
    """What pip reads: written anew, so that it sees what was checked and nothing else."""
    files = {REQUIREMENTS: needs.install, "pins.txt": needs.pins}
    return {f"{_NEEDS}/{name}": "\n".join((*lines, "")).encode() for name, lines in files.items() if lines}


@cache
def _server() -> bytes:
    return resources.files("sandbox.kits").joinpath("serve.py").read_bytes()


def _refuse_missing(archive: Archive) -> NoReturn:
    near = next((entry.path for entry in archive.entries if entry.path.lower() == APP), None)
    hint_id = f"Ganti nama “{near}” menjadi “{APP}”" if near else f"Tambahkan “{APP}” berisi def predict(task, input)"
    hint_en = f"Rename “{near}” to “{APP}”" if near else f"Add an “{APP}” with def predict(task, input)"
    refuse(
        KitRule.KIT_FILE,
        f"Kit python butuh berkas {APP} di folder paling atas. {hint_id}, lalu kirim lagi.",
        f"The python kit needs {APP} in the top folder. {hint_en} and send it again.",
        entry=near,
    )


def check_app(data: bytes) -> None:
    """Check that app.py is Python 3.11 and has a `predict` that takes two arguments. Raises Refused with the line.

    The host's parser reads it with the grammar of 3.11; what newer versions allow besides is found when the prototype
    starts.
    """
    if len(data) > MAX_APP_BYTES:
        refuse(
            KitRule.APP_SYNTAX,
            f"{APP} lebih besar dari {MAX_APP_BYTES // KIB} KiB. Pindahkan data ke berkas lain.",
            f"{APP} is larger than {MAX_APP_BYTES // KIB} KiB. Move data to other files.",
            entry=APP,
        )
    tree = _parse(data)
    for statement in _top_level(tree.body):
        if isinstance(statement, ast.AsyncFunctionDef) and statement.name == "predict":
            _refuse_predict(
                statement.lineno,
                "predict tidak boleh async; tulis def predict(task, input)",
                "predict may not be async; write def predict(task, input)",
            )
        if isinstance(statement, ast.FunctionDef) and statement.name == "predict":
            if not _takes_two(statement.args):
                _refuse_predict(
                    statement.lineno,
                    "predict harus menerima dua argumen: def predict(task, input)",
                    "predict must take two arguments: def predict(task, input)",
                )
            return
        if _binds_predict(statement):
            return
    _refuse_predict(
        None,
        "tidak ada fungsi predict. Tambahkan def predict(task, input) yang mengembalikan jawabannya",
        "there is no function predict. Add def predict(task, input) that returns the answer",
    )


def _decode(data: bytes) -> str:
    """The text of app.py. Raises SyntaxError for what is no text, Refused for an encoding or a name nobody needs."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    if encoding.lower() not in _ENCODINGS:
        shown = printable(encoding)
        refuse(
            KitRule.APP_SYNTAX,
            f"{APP} ditulis dalam pengodean “{shown}”. Simpan ulang sebagai UTF-8, lalu kirim lagi.",
            f"{APP} is written in the encoding “{shown}”. Save it as UTF-8 and send it again.",
            entry=APP,
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SyntaxError(f"not {encoding}", (APP, line, 0, "")) from error
    if found := _LONG_CHAIN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        refuse(
            KitRule.APP_SYNTAX,
            f"{APP} baris {line}: nama dengan seratus titik atau lebih. Pendekkan, lalu kirim lagi.",
            f"{APP} line {line}: a name with a hundred dots or more. Shorten it and send it again.",
            entry=APP,
            line=line,
        )
    return text


def _parse(data: bytes) -> ast.Module:
    try:
        text = _decode(data)
        with _PARSING, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, APP, feature_version=_GRAMMAR)
    except SyntaxError as error:
        line = error.lineno or None
        where_id, where_en = (f"{APP} baris {line}", f"{APP} line {line}") if line else (APP, APP)
        reason = printable(error.msg or "?")
        refuse(
            KitRule.APP_SYNTAX,
            f"{where_id}: bukan Python 3.11 yang sah ({reason}). Perbaiki, lalu kirim lagi.",
            f"{where_en}: not valid Python 3.11 ({reason}). Mend it and send it again.",
            entry=APP,
            line=line,
        )
    except (ValueError, RecursionError, MemoryError):
        refuse(
            KitRule.APP_SYNTAX,
            f"{APP} tidak dapat dibaca sebagai Python (memuat byte nol atau bersarang terlalu dalam).",
            f"{APP} cannot be read as Python (it holds zero bytes, or nests too deeply).",
            entry=APP,
        )


def _top_level(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements that run on import: those of the module, and of its `if`, `try` and `with` blocks."""
    found: list[ast.stmt] = []
    waiting = list(reversed(body))
    while waiting:
        statement = waiting.pop()
        found.append(statement)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(statement, ast.If | ast.Try | ast.With):
                waiting.extend(reversed(getattr(statement, name, [])))
        if isinstance(statement, ast.Try):
            waiting.extend(inner for handler in statement.handlers for inner in handler.body)
    return found


def _takes_two(arguments: ast.arguments) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    keywords = sum(default is None for default in arguments.kw_defaults)
    return required <= 2 and not keywords and (positional >= 2 or arguments.vararg is not None)


def _binds_predict(statement: ast.stmt) -> bool:
    """Whether the name comes from an import or an assignment: what it is can be told only by running it."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return any(alias.name == "*" or (alias.asname or alias.name) == "predict" for alias in statement.names)
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    return any(isinstance(target, ast.Name) and target.id == "predict" for target in targets)


def _refuse_predict(line: int | None, id: str, en: str) -> NoReturn:
    where_id, where_en = (f"{APP} baris {line}", f"{APP} line {line}") if line else (APP, APP)
    refuse(KitRule.APP_PREDICT, f"{where_id}: {id}.", f"{where_en}: {en}.", entry=APP, line=line)
