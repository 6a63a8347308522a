"""Archives that are a weapon: to be refused by name and rule, before anything of them is written anywhere."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace

from sandbox.model import Status
from tests.docker.hostile.case import LIMITS, Hostile, Outcome
from tests.unit.sandbox.hostile import Part, pax, tar_gz, tar_header, tar_member, zip_bytes, zip_of

APP = b"def predict(task, input):\n    return {'y': input['x'] ** 2 + 7, 'saw': ''}\n"
_REAL = Part(b"app.py", APP)
_ROOMY = replace(LIMITS, archive=replace(LIMITS.archive, ratio=10_000, files=5000, depth=100, unpacked_bytes=64 << 20))
_TAKEN = Outcome(score=1.0)


def _zip(*parts: Part) -> Callable[[], bytes]:
    return lambda: zip_bytes([_REAL, *parts])


def _tar(*members: bytes) -> Callable[[], bytes]:
    return lambda: tar_gz(tar_member(b"app.py", APP), *members)


def _deep() -> bytes:
    return zip_of({"app.py": APP, "/".join(["a"] * 40) + "/b": b"x"})


def _many() -> bytes:
    return zip_of({"app.py": APP, **{f"data/{number}": b"x" for number in range(400)}})


def _bomb() -> bytes:
    return zip_of({"app.py": APP, "nol": bytes(4 << 20)})


def _large() -> bytes:
    # Too even for the rule of the ratio to meet it first: half of it does not compress.
    noise = b"".join(bytes([number * 37 % 251, number % 256]) for number in range(1 << 16))
    return zip_of({"app.py": APP, **{f"data/{number}": noise * 8 + bytes(1 << 10) for number in range(12)}})


def naive_names(data: bytes) -> list[str]:
    """The names of an archive as Python's own modules read them, which check nothing."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [entry.orig_filename for entry in archive.infolist()]
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        return [member.name for member in archive.getmembers()]


_NAMED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "climbs-out": (_zip(Part(b"../../etc/cron.d/x")), "..", "../../etc/cron.d/x"),
    "absolute-path": (_zip(Part(b"/etc/passwd")), "alamat mutlak", "/etc/passwd"),
    "windows-path": (_zip(Part(b"..\\..\\x.py")), "garis miring terbalik", "..\\..\\x.py"),
    "link-out-of-it": (_zip(Part(b"rahasia", b"/etc/shadow", mode=0o120777)), "tautan", "rahasia"),
    "device": (_tar(tar_header(b"disk", kind=b"4")), "berkas khusus", "disk"),
    "hard-link": (_tar(tar_header(b"kait", kind=b"1", link=b"/etc/shadow")), "tautan", "kait"),
    "pipe": (_tar(tar_header(b"pipa", kind=b"6")), "berkas khusus", "pipa"),
    "pax-path-climbs-out": (_tar(pax({"path": "../../x"}) + tar_member(b"sopan")), "..", "../../x"),
    "said-twice": (_zip(Part(b"data.csv"), Part(b"data.csv", b"lain")), "data.csv", "data.csv"),
    "differs-in-case-only": (_zip(Part(b"App.py", b"lain")), "huruf besar-kecil", "App.py"),
    "turns-the-direction": (_zip(Part("lapo\u202efdp.py".encode())), "karakter kendali", "lapo\u202efdp.py"),
    "escape-in-a-name": (_zip(Part(b"\x1b]0;x\x07.py")), "karakter kendali", "\x1b]0;x\x07.py"),
    "line-break-in-a-name": (_zip(Part(b"a\nb.py")), "karakter kendali", "a\nb.py"),
}
_BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "two-names-for-one": (_zip(Part(b"sopan.py", local_name=b"../x.py")), "nama berkas"),
    "shares-its-content": (lambda: zip_bytes([_REAL, Part(b"a", offset=0, local_name=b"app.py")]), ""),
    "locked": (_zip(Part(b"rahasia.py", flags=0x801)), "sandi"),
    "hidden-behind-the-end": (lambda: zip_bytes([_REAL], back=b"PK\x03\x04" + bytes(64)), ""),
    "larger-than-it-says": (_zip(Part(b"kecil.bin", bytes(100_000), size=10)), "kecil.bin"),
    "cut-off": (lambda: zip_bytes([_REAL])[:-8], ""),
    "a-document": (lambda: b"%PDF-1.7\n" + bytes(512), "PDF"),
    "nothing": (lambda: b"", "kosong"),
}
_HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (_bomb, "bom zip"),
    "too-many-files": (_many, "batasnya 200"),
    "too-deep": (_deep, "batasnya 32"),
    "too-large": (_large, "8"),
}

NAMED = {
    Hostile(
        name,
        "a name that leads elsewhere, or shows as another, is refused",
        archive=archive,
        held=Outcome(build=Status.REFUSED, words=words),
        unproven="its control reads it with a reader that checks nothing",
    ): inside
    for name, (archive, words, inside) in _NAMED.items()
}
CASES = (
    *NAMED,
    *(
        Hostile(
            name,
            "an archive that readers could read differently is refused",
            archive=archive,
            held=Outcome(build=Status.REFUSED, words=words),
            unproven="what is wrong is the form itself; the forms around it are tried one by one in the unit tests",
        )
        for name, (archive, words) in _BROKEN.items()
    ),
    *(
        Hostile(
            name,
            "an archive costs no more than its limits",
            archive=archive,
            held=Outcome(build=Status.REFUSED, words=words),
            loose=_ROOMY,
            bites=_TAKEN,
        )
        for name, (archive, words) in _HEAVY.items()
    ),
)
