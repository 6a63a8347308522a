"""requirements.txt of the python kit: names of packages. Without a package mirror it may name what a base holds, and
nothing else."""

import difflib
import re
import sys
from dataclasses import dataclass
from typing import NoReturn

from packaging.markers import InvalidMarker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

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
_OPTION = re.compile(r"\s+(?=--)")
_HASH = re.compile(r"--hash[= ]((?:sha256|sha384|sha512):[0-9a-f]{2,128})")
_STANDARD = frozenset(canonicalize_name(module) for module in sys.stdlib_module_names)
_IMPORT_NAMES: dict[str, str] = {"sklearn": "scikit-learn"}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a requirements.txt asks for: whether the base python-ml is wanted, and the lines that pip is to install on
    top of it (none: the base holds everything). `pins` keep what the base holds as it is, for its parts fit together.
    """

    ml: bool = False
    install: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    number: int
    name: str
    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def held(self) -> bool:
        """Whether the base python-ml holds it, in whatever version."""
        return self.name in HELD or self.name in BROUGHT

    @property
    def fits(self) -> bool:
        """Whether the version that is held will do."""
        return self.name not in HELD or self.requirement.specifier.contains(HELD[self.name], prereleases=True)

    @property
    def line(self) -> str:
        extras = f"[{','.join(sorted(self.requirement.extras))}]" if self.requirement.extras else ""
        hashes = "".join(f" --hash={one}" for one in self.hashes)
        return f"{self.name}{extras}{self.requirement.specifier}{hashes}"


def read_requirements(data: bytes | None, *, packages: bool) -> Needs:
    """What requirements.txt asks for; nothing without a file. Raises Refused with the line.

    With `packages` a build can install what the base does not hold, if its version is written down: the same source
    should give the same prototype tomorrow.
    """
    if data is None:
        return Needs()
    wanted = [found for number, line in _lines(data) if (found := _read_line(line, number)) is not None]
    if not packages:
        for one in wanted:
            _check_held(one)
    if all(one.held and one.fits for one in wanted):
        return Needs(ml=bool(wanted))
    # Of the parts of the base none may be exchanged alone: with another version of one, pip brings them all.
    alone = any(one.held and not one.fits for one in wanted)
    for one in wanted:
        _check_installed(one, held_is_fine=not alone)
    ml = not alone and any(one.held for one in wanted)
    # With hashes pip takes no pins without them.
    pins = tuple(f"{name}=={version}" for name, version in HELD.items() if ml and not any(one.hashes for one in wanted))
    return Needs(ml, tuple(one.line for one in wanted), pins)


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


def _read_line(line: str, number: int) -> _Wanted | None:
    """One requirement; None where its marker says that it is for another machine."""
    shown = printable(line)
    if len(line) > MAX_LINE:
        _refuse(
            number,
            f"“{shown}” lebih panjang dari {MAX_LINE} huruf; tulis nama paket saja",
            f"“{shown}” is longer than {MAX_LINE} signs; write names of packages only",
        )
    if line.startswith("-"):
        _refuse_option(number, shown)
    text, *options = _OPTION.split(line)
    hashes = [_HASH.fullmatch(option) for option in options]
    if not all(hashes):
        _refuse_option(number, shown)
    try:
        requirement = Requirement(text.strip())
    except (InvalidRequirement, InvalidMarker, RecursionError):
        _refuse(number, f"“{shown}” bukan nama paket yang sah", f"“{shown}” is not a valid requirement")
    if requirement.url is not None:
        _refuse(
            number,
            f"“{shown}” menunjuk alamat unduhan; tidak ada jaringan. Tulis nama paket dan versinya",
            f"“{shown}” names an address; there is no network. Write the package's name and version",
        )
    if requirement.marker is not None and not requirement.marker.evaluate(_ENVIRONMENT):
        return None
    written = canonicalize_name(requirement.name)
    name = _IMPORT_NAMES.get(written, written)
    if name in _STANDARD:
        _refuse(
            number,
            f"“{name}” sudah bagian dari Python; hapus baris ini",
            f"“{name}” is part of Python already; remove this line",
        )
    return _Wanted(number, name, requirement, tuple(found[1] for found in hashes if found))


def _check_held(one: _Wanted) -> None:
    """Refuse what the base does not hold."""
    if not one.held:
        _refuse_unknown(one.number, one.name)
    if not one.fits:
        _refuse_version(one.number, one.name, one.requirement.specifier)


def _check_installed(one: _Wanted, *, held_is_fine: bool) -> None:
    """Refuse what pip would install in whatever version is the newest that day."""
    if one.held and held_is_fine:
        return
    if not any(part.operator in ("==", "===") for part in one.requirement.specifier):
        example = f"{one.name}=={HELD.get(one.name, '1.2.3')}"
        shown = printable(str(one.requirement))
        _refuse(
            one.number,
            f"tulis versi pasti untuk “{shown}”, misalnya {example}, supaya hasilnya sama setiap kali",
            f"write the exact version of “{shown}”, such as {example}, so that it is the same every time",
        )


def _refuse_option(number: int, shown: str) -> NoReturn:
    _refuse(
        number,
        f"opsi “{shown}” tidak didukung; tulis nama paket saja",
        f"the option “{shown}” is not supported; write names of packages only",
    )


def _refuse_version(number: int, name: str, specifier: SpecifierSet) -> NoReturn:
    held = HELD[name]
    _refuse(
        number,
        f"{name}{specifier} tidak tersedia; yang ada {name} {held}. Tulis “{name}” tanpa versi, lalu uji dengan "
        "versi itu",
        f"{name}{specifier} is not available; there is {name} {held}. Write “{name}” without a version and test with "
        "that one",
    )


def _refuse_unknown(number: int, name: str) -> NoReturn:
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
