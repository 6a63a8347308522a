"""Fetch third-party files of the browser and its tests, so that nothing is loaded from elsewhere and no Node runs.

    python tools/vendor_assets.py           fetch what the lock names, refuse anything that differs from it
    python tools/vendor_assets.py --lock    fetch, and write the hashes of what came into the lock (after editing it)
    python tools/vendor_assets.py --check   hash the committed files against the lock, offline

The lock (`vendor_assets.lock.json`) names packages, versions, integrity, licence and the hash of each file; it names no
address: `npm pack` asks the registry it is configured for. Files stand under `frontend/static`, which is served, or,
where a package names a `folder`, under that: what only tests need is served to nobody.
"""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, TypedDict, cast

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("vendor_assets.lock.json")
STATIC = "frontend/static"
"""The folder of packages that name no other."""


class Copied(TypedDict):
    """One file of a package, and where it stands in the package's folder."""

    source: str
    target: str
    sha256: str


class Sprite(TypedDict):
    """One SVG file holding an icon a symbol."""

    icons: list[str]
    target: str
    sha256: str


class _Package(TypedDict):
    name: str
    version: str
    integrity: str
    licence: str
    licence_file: str
    files: list[Copied]


class Package(_Package, total=False):
    """A package of the lock. `integrity` is npm's: sha512 of the packed archive, in base64."""

    folder: str
    sprite: Sprite


class Mismatch(Exception):
    """Something is not what the lock says."""


def read_lock(path: Path = LOCK) -> list[Package]:
    """The packages of the lock."""
    return cast(list[Package], json.loads(path.read_text(encoding="utf-8"))["packages"])


def check(packages: list[Package], root: Path = ROOT) -> list[str]:
    """What differs between the committed files and the lock; empty when nothing does."""
    return [line for folder, own in _by_folder(packages).items() for line in _check(own, root / folder)]


def _check(packages: list[Package], folder: Path) -> list[str]:
    wrong: list[str] = []
    expected = {"vendor/NOTICE"}
    for package in packages:
        entries: list[Any] = [*package["files"], *([package["sprite"]] if "sprite" in package else [])]
        for entry in entries:
            expected.add(entry["target"])
            path = folder / entry["target"]
            if not path.is_file():
                wrong.append(f"{entry['target']}: missing")
            elif _sha256(path.read_bytes()) != entry["sha256"]:
                wrong.append(f"{entry['target']}: differs from {package['name']} {package['version']}")
    present = {str(path.relative_to(folder)) for path in (folder / "vendor").rglob("*") if path.is_file()}
    wrong += [f"{name}: not in the lock" for name in sorted(present - expected)]
    notice = folder / "vendor" / "NOTICE"
    text = notice.read_text(encoding="utf-8") if notice.is_file() else ""
    wrong += [
        f"vendor/NOTICE: says nothing of {package['name']} {package['version']}"
        for package in packages
        if f"{package['name']} {package['version']} ({package['licence']})" not in text
    ]
    return wrong


def _by_folder(packages: list[Package]) -> dict[str, list[Package]]:
    folders: dict[str, list[Package]] = {}
    for package in packages:
        folders.setdefault(package.get("folder", STATIC), []).append(package)
    return folders


def fetch(packages: list[Package], *, write_lock: bool) -> None:
    """Pack every package, check or record its integrity, and copy the files. Raises Mismatch."""
    notices: dict[str, list[str]] = {folder: [] for folder in _by_folder(packages)}
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            place = package.get("folder", STATIC)
            archive = _pack(package, Path(folder))
            content = archive.read_bytes()
            integrity = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
            if write_lock:
                package["integrity"] = integrity
            elif package["integrity"] != integrity:
                raise Mismatch(f"{package['name']} {package['version']}: the archive is {integrity}")
            with tarfile.open(archive) as tar:
                for entry in package["files"]:
                    _place(entry, ROOT / place, _member(tar, entry["source"]), write_lock=write_lock)
                if "sprite" in package:
                    drawings = _sprite(tar, package["sprite"]["icons"])
                    _place(package["sprite"], ROOT / place, drawings, write_lock=write_lock)
                licence = _member(tar, package["licence_file"]).decode("utf-8")
            head = f"{package['name']} {package['version']} ({package['licence']})"
            notices[place].append(f"{head}\n\n{licence.strip()}\n")
    rule = "\n" + "-" * 78 + "\n\n"
    for place, told in notices.items():
        use = "served to the browser" if place == STATIC else "that tests use and nobody is served"
        text = f"Third-party files {use}, each under its own licence.\n" + rule + rule.join(told)
        (ROOT / place / "vendor" / "NOTICE").write_text(text, encoding="utf-8")
    if write_lock:
        LOCK.write_text(json.dumps({"packages": packages}, indent=2) + "\n", encoding="utf-8")


def _pack(package: Package, folder: Path) -> Path:
    target = folder / package["name"].replace("/", "-").lstrip("@")
    target.mkdir()
    spec = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(target), spec]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(target.glob("*.tgz"))


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    stream = tar.extractfile(f"package/{name}")
    if stream is None:
        raise Mismatch(f"{name} is no file of the package")
    return stream.read()


def _sprite(tar: tarfile.TarFile, icons: list[str]) -> bytes:
    """The drawings of the icons as symbols; strokes and size are the stylesheet's."""
    symbols = []
    for icon in sorted(icons):
        svg = _member(tar, f"icons/{icon}.svg").decode("utf-8")
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if drawing is None:
            raise Mismatch(f"{icon} is no drawing")
        inner = re.sub(r"\s*\n\s*", "", drawing.group(1)).replace(" />", "/>")
        symbols.append(f'<symbol id="{icon}" viewBox="0 0 24 24">{inner}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def _place(entry: Copied | Sprite, folder: Path, content: bytes, *, write_lock: bool) -> None:
    digest = _sha256(content)
    if write_lock:
        entry["sha256"] = digest
    elif entry["sha256"] != digest:
        raise Mismatch(f"{entry['target']}: came with sha256 {digest}")
    path = folder / entry["target"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> int:
    """0: as the lock says; 1: it is not."""
    parser = argparse.ArgumentParser(description="Fetch or check the browser's third-party files.")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="hash the committed files, offline")
    mode.add_argument("--lock", action="store_true", help="write the hashes of what came into the lock")
    options = parser.parse_args()
    packages = read_lock()
    try:
        if not options.check:
            fetch(packages, write_lock=options.lock)
    except (Mismatch, subprocess.CalledProcessError, OSError) as error:
        print(f"vendor_assets: {error}", file=sys.stderr)
        return 1
    wrong = check(packages)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
