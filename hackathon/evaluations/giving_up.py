"""When our side stops trying: what keeps failing for one package, while all others answer, is told to the team; an
image that was judged and stays away is made again.
"""

from sandbox.errors import PackageUnavailable
from sandbox.model import Build, Status, Text
from sandbox.refusal import printable

PACKAGE_TRIES = 10
"""Builds until a team is told; with the pauses between them that takes a quarter of an hour."""

AWAY_TRIES = 10
"""Claims of a final evaluation until a judged image that is neither saved nor here is made again from its source."""


def without_package(error: PackageUnavailable) -> Build:
    """A build that failed for a package which cannot be fetched. It costs no attempt: the words say so."""
    name = printable(error.package)
    message = Text(
        f"Paket “{name}” tidak dapat diambil dari indeks paket setelah {PACKAGE_TRIES} kali dicoba, sedangkan paket "
        "lain dapat. Jatah Anda tidak berkurang. Pakai versi atau paket lain, atau sertakan wheel-nya di dalam arsip, "
        "lalu kirim lagi.",
        f"The package “{name}” could not be fetched from the package index in {PACKAGE_TRIES} tries, while others can. "
        "It costs no attempt. Use another version or package, or put its wheel into the archive, and send it again.",
    )
    return Build(Status.BUILD_FAILED, message, None, 0.0)
