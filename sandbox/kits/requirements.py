"""requirements.txt of the python kit: it may name what a base holds, and nothing else. There is no network to install
from."""

import difflib
import re
import sys
from typing import NoReturn

from packaging.markers import InvalidMarker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from sandbox.kits.model import KitRule
from sandbox.limits import KIB
from sandbox.refusal import printable, refuse

NAME = "requirements.txt"
MAX_BYTES = 64 * KIB
MAX_LINE = 4000
"""Signs of one requirement with its continued lines; also fewer digits than Python makes a number of."""

HELD: dict[str, str] = {"numpy": "1.24.2", "pandas": "1.5.3", "scikit-learn": "1.2.1", "scipy": "1.10.1"}
"""Packages of the base python-ml with the versions of Debian 12, kept equal to the image by a test."""

BROUGHT = frozenset({"joblib", "python-dateutil", "pytz", "six", "threadpoolctl"})
"""What those bring along, as `pip freeze` lists it; any version of it will do."""

_ENVIRONMENT = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.2",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": "3.11.2",
    "python_version": "3.11",
    "sys_platform": "linux",
    "extra": "",
}
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_IMPORT_NAMES: dict[str, str] = {"sklearn": "scikit-learn"}


def check_requirements(data: bytes | None) -> bool:
    """Whether requirements.txt needs the base python-ml; False without a file. Raises Refused with the line."""
    if data is None:
        return False
    needs = False
    for number, line in _lines(data):
        needs = _check_line(line, number) or needs
    return needs


def _lines(data: bytes) -> list[tuple[int, str]]:
    """Logical lines with their numbers: comments and blank lines gone, continued ones joined, as pip reads them."""
    if len(data) > MAX_BYTES:
        refuse(
            KitRule.REQUIREMENTS,
            f"{NAME} lebih besar dari {MAX_BYTES // KIB} KiB. Sisakan paket yang dipakai saja.",
            f"{NAME} is larger than {MAX_BYTES // KIB} KiB. Keep only the packages that are used.",
            entry=NAME,
        )
    # Redirecting `pip freeze` in PowerShell writes UTF-16.
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        refuse(
            KitRule.REQUIREMENTS,
            f"{NAME} bukan teks UTF-8. Simpan ulang sebagai UTF-8, lalu kirim lagi.",
            f"{NAME} is not UTF-8 text. Save it as UTF-8 and send it again.",
            entry=NAME,
        )
    lines: list[tuple[int, str]] = []
    joined, first = "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        first = first or number
        if raw.endswith("\\"):
            joined += raw[:-1]
            continue
        line = _COMMENT.sub("", joined + raw).strip()
        if line:
            lines.append((first, line))
        joined, first = "", 0
    if joined.strip():
        lines.append((first, _COMMENT.sub("", joined).strip()))
    return [(number, line) for number, line in lines if line]


def _check_line(line: str, number: int) -> bool:
    shown = printable(line)
    if len(line) > MAX_LINE:
        _refuse(
            number,
            f"“{shown}” lebih panjang dari {MAX_LINE} huruf; tulis nama paket saja",
            f"“{shown}” is longer than {MAX_LINE} signs; write names of packages only",
        )
    if line.startswith("-"):
        _refuse(
            number,
            f"opsi “{shown}” tidak didukung; tulis nama paket saja",
            f"the option “{shown}” is not supported; write names of packages only",
        )
    try:
        # Hashes pin a file on an index; here the base's own package is meant.
        requirement = Requirement(line.split(" --hash", 1)[0].strip())
    except (InvalidRequirement, InvalidMarker, RecursionError):
        _refuse(number, f"“{shown}” bukan nama paket yang sah", f"“{shown}” is not a valid requirement")
    if requirement.url is not None:
        _refuse(
            number,
            f"“{shown}” menunjuk alamat unduhan; tidak ada jaringan",
            f"“{shown}” names an address; there is no network",
        )
    if requirement.marker is not None and not requirement.marker.evaluate(_ENVIRONMENT):
        return False
    written = canonicalize_name(requirement.name)
    name = _IMPORT_NAMES.get(written, written)
    if name in BROUGHT:
        return True
    if name not in HELD:
        _refuse_unknown(number, name)
    _check_version(number, name, requirement.specifier)
    return True


def _check_version(number: int, name: str, specifier: SpecifierSet) -> None:
    held = HELD[name]
    if not specifier.contains(Version(held), prereleases=True):
        _refuse(
            number,
            f"{name}{specifier} tidak tersedia; yang ada {name} {held}. Tulis “{name}” tanpa versi, lalu uji dengan "
            "versi itu",
            f"{name}{specifier} is not available; there is {name} {held}. Write “{name}” without a version and test "
            "with that one",
        )


def _refuse_unknown(number: int, name: str) -> NoReturn:
    if name in {canonicalize_name(module) for module in sys.stdlib_module_names}:
        _refuse(
            number,
            f"“{name}” sudah bagian dari Python; hapus baris ini",
            f"“{name}” is part of Python already; remove this line",
        )
    near = difflib.get_close_matches(name, HELD, 1)
    offered = ", ".join(f"{held} {version}" for held, version in HELD.items())
    hint_id, hint_en = (f" (mungkin maksudnya {near[0]})", f" (perhaps {near[0]} was meant)") if near else ("", "")
    _refuse(
        number,
        f"paket “{printable(name)}” tidak tersedia{hint_id}. Yang ada: {offered}, dan pustaka standar Python 3.11. "
        "Hapus baris ini, "
        "atau sertakan kode paketnya di dalam arsip",
        f"the package “{printable(name)}” is not available{hint_en}. There are {offered}, and Python 3.11's standard "
        "library. Remove "
        "this line, or put the package's code into the archive",
    )


def _refuse(line: int, id: str, en: str) -> NoReturn:
    refuse(KitRule.REQUIREMENTS, f"{NAME} baris {line}: {id}.", f"{NAME} line {line}: {en}.", entry=NAME, line=line)
