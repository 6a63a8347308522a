"""Why pip failed in a step, read from the end of its output.

A program of the team can print the same words: nothing hangs on them but what its own team is told.
"""

import re

from sandbox.docker.build_failure import where
from sandbox.kits import Source
from sandbox.model import Text
from sandbox.refusal import printable

_NO_VERSION = re.compile(
    r"Could not find a version that satisfies the requirement ([^\n]{1,300}?) \(from versions: ([^\n)]{0,100000})\)"
)
_ONLY_OTHER_PYTHON = re.compile(r"Ignored the following (?:yanked )?versions that require a different python")
_HASHES = re.compile(r"THESE PACKAGES DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode")
_CONFLICT = re.compile(r"ResolutionImpossible|these package versions have conflicting dependencies")
_COMPILED = re.compile(
    r"command '?[^\n']{0,80}(?:gcc|g\+\+|cc|clang|rustc|cargo)'? failed|can't find Rust compiler|unable to execute '"
    r"|metadata-generation-failed|Failed building wheel for|Failed to build |subprocess-exited-with-error"
)
_BUILT = re.compile(r"Failed building wheel for ([A-Za-z0-9._-]{1,100})|Failed to build '?([A-Za-z0-9._-]{1,100})")
_FILE_TOO_LARGE = re.compile(r"Could not install packages due to an OSError: \[Errno 27\]")
"""One file of a package is larger than all that an image may hold: pip ends before the build has fetched its share."""

_TRIAL = re.compile(r"\d(?:a|b|c|rc|\.dev)\d")
_MOST_VERSIONS = 5


def explain_packages(output: str, source: Source, step: int, *, spent: bool) -> Text | None:
    """What a team is told of a step whose pip failed; None where it was something else. `spent` tells that the build
    has fetched as much as it may.
    """
    at_id, at_en, _ = where(source, step)
    if spent or _FILE_TOO_LARGE.search(output):
        return Text(
            f"{at_id}: paket yang diunduh terlalu besar. Pakai paket yang lebih kecil, lalu kirim lagi.",
            f"{at_en}: the packages to fetch are too large. Use smaller ones and send it again.",
        )
    if found := _NO_VERSION.search(output):
        wanted = printable(found[1].partition(" (from")[0])
        versions = [one.strip() for one in found[2].split(",") if one.strip() not in ("", "none")]
        if not versions and not _ONLY_OTHER_PYTHON.search(output):
            return Text(
                f"{at_id}: paket “{wanted}” tidak ada di indeks paket, atau tidak punya berkas untuk Python 3.11. "
                "Periksa ejaan namanya, lalu kirim lagi.",
                f"{at_en}: the package “{wanted}” is not in the package index, or has no file for Python 3.11. Check "
                "how its name is written and send it again.",
            )
        whole = [one for one in versions if not _TRIAL.search(one)] or versions
        newest = printable(", ".join(whole[-_MOST_VERSIONS:]))
        there_id = f"Yang terbaru: {newest}. " if newest else ""
        there_en = f"The newest are {newest}. " if newest else ""
        return Text(
            f"{at_id}: versi “{wanted}” tidak ada untuk Python 3.11. {there_id}Pilih versi yang ada, lalu kirim lagi.",
            f"{at_en}: there is no version “{wanted}” for Python 3.11. {there_en}Choose one that is there and send it "
            "again.",
        )
    if _HASHES.search(output):
        return Text(
            f"{at_id}: isi paket tidak cocok dengan --hash di requirements, atau ada paket tanpa --hash. Buat ulang "
            "hash-nya untuk semua paket, atau hapus semua --hash.",
            f"{at_en}: a package does not match its --hash in the requirements, or one has none. Make the hashes of "
            "all packages again, or remove every --hash.",
        )
    if _CONFLICT.search(output):
        return Text(
            f"{at_id}: versi paket yang diminta saling bertentangan (lihat akhir log). Longgarkan salah satunya, atau "
            "tulis versi numpy, pandas, scikit-learn dan scipy yang cocok, lalu kirim lagi.",
            f"{at_en}: the wanted versions contradict each other (see the end of the log). Loosen one of them, or "
            "write versions of numpy, pandas, scikit-learn and scipy that fit, and send it again.",
        )
    if _COMPILED.search(output):
        named = _BUILT.search(output)
        name = printable(next(filter(None, named.groups()), "")) if named else ""
        which_id, which_en = (f"paket “{name}”", f"the package “{name}”") if name else ("sebuah paket", "a package")
        return Text(
            f"{at_id}: {which_id} harus dikompilasi, padahal tidak ada kompilator di sini. Pilih versi yang punya "
            "wheel untuk Python 3.11, atau sertakan wheel-nya di dalam arsip.",
            f"{at_en}: {which_en} must be compiled, and there is no compiler here. Choose a version that has a wheel "
            "for Python 3.11, or put the wheel into the archive.",
        )
    return None
