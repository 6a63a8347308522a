"""What a repository's address and a commit's name may be. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox.model import Text

LONGEST_ADDRESS = 300
LONGEST_REVISION = 200

_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHORT = re.compile(r"[0-9a-fA-F]{6,39}")
_SEGMENT = re.compile(r"[A-Za-z0-9_~][A-Za-z0-9._~-]*|\.[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_REVISION = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+#@=-]*")
_PAGES = frozenset({"tree", "commit", "commits", "blob", "src", "-", "pull", "releases", "raw"})
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """A commit somebody asked for: `repository` as `https://host/path`, `revision` as 40 hex digits or the name of a
    branch or tag.
    """

    repository: str
    revision: str

    @classmethod
    def read(cls, address: str, revision: str) -> "Wanted":
        """Both as they are kept; for what `address_fault` and `revision_fault` have nothing against."""
        parts = urlsplit(address.strip())
        name = revision.strip()
        named = name.lower() if _COMMIT.fullmatch(name.lower()) else name
        return cls(f"https://{(parts.hostname or '').lower()}{parts.path.rstrip('/')}", named)

    @property
    def host(self) -> str:
        return urlsplit(self.repository).hostname or ""

    @property
    def commit(self) -> str | None:
        """The commit, where it was named by its number."""
        return self.revision if is_commit(self.revision) else None

    @property
    def name(self) -> str:
        """The repository's own name, for a file."""
        return self.repository.rpartition("/")[2].removesuffix(".git") or "git"


def is_commit(text: str) -> bool:
    """Whether it is the whole number of a commit: 40 lower-case hex digits."""
    return _COMMIT.fullmatch(text) is not None


def looks_shortened(revision: str) -> bool:
    """Whether it may be meant as the beginning of a commit's number."""
    return _SHORT.fullmatch(revision) is not None


def address_fault(address: str, hosts: Sequence[str]) -> Text | None:
    """What is wrong with a repository's address; None for one that may be asked for. `hosts` are lower case."""
    text = address.strip()
    if not text:
        return Text(
            "Tuliskan alamat repositori, misalnya https://github.com/tim-anda/prototipe.",
            "Write the repository's address, like https://github.com/your-team/prototype.",
        )
    if len(text) > LONGEST_ADDRESS:
        return Text(
            f"Alamat repositori terlalu panjang: {len(text)} huruf, paling banyak {LONGEST_ADDRESS}.",
            f"The repository's address is too long: {len(text)} letters, at most {LONGEST_ADDRESS}.",
        )
    wrong = Text(
        "Ini bukan alamat repositori yang dapat diambil. Bentuknya https://github.com/tim-anda/prototipe: hanya huruf, "
        "angka, dan garis, tanpa spasi.",
        "This is no address of a repository that can be fetched. It looks like https://github.com/your-team/prototype: "
        "letters, digits and dashes only, no spaces.",
    )
    if text.startswith(("git@", "ssh:")) or not text.isascii() or not text.isprintable() or " " in text:
        return _not_https() if text.startswith(("git@", "ssh:")) else wrong
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return wrong
    if parts.username is not None or parts.password is not None:
        return Text(
            "Alamat ini memuat nama pengguna atau kata sandi. Jangan tuliskan rahasia di sini: jadikan repositori "
            "publik, lalu tulis alamatnya tanpa bagian sebelum @. Bila itu token sungguhan, cabut sekarang.",
            "This address holds a user name or a password. Do not write secrets here: make the repository public and "
            "write its address without what stands before the @. If that is a real token, revoke it now.",
        )
    if parts.scheme.lower() != "https":
        return _not_https()
    if port not in (None, 443) or parts.query or parts.fragment or "\\" in text or "%" in text:
        return wrong
    if host not in hosts:
        return host_fault(host, hosts)
    segments = parts.path.strip("/").split("/")
    if any(segment.lower() in _PAGES for segment in segments[2:]):
        short = f"https://{host}/{'/'.join(segments[:2])}"
        return Text(
            f"Ini alamat sebuah halaman, bukan repositorinya. Tulis {short} di sini, dan nomor commit di isian commit.",
            f"This is the address of a page, not of the repository. Write {short} here, and the commit in its field.",
        )
    if len(segments) > _DEEPEST or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        return wrong
    return None


def host_fault(host: str, hosts: Sequence[str]) -> Text:
    """The host is not one from which this installation fetches."""
    there = ", ".join(hosts) or "-"
    return Text(
        f"Repositori di {host or '?'} tidak dapat diambil. Yang dapat: {there}. Pindahkan repositorinya ke sana, atau "
        "kirim arsip.",
        f"Repositories on {host or '?'} cannot be fetched. These can: {there}. Move yours there, or send an archive.",
    )


def revision_fault(revision: str) -> Text | None:
    """What is wrong with the name of a commit; None for one that can be asked for."""
    text = revision.strip()
    if not text:
        return Text(
            "Tuliskan commit: nomornya (40 angka heksadesimal, dari `git rev-parse HEAD`), atau nama cabang atau tag.",
            "Write the commit: its number (40 hexadecimal digits, from `git rev-parse HEAD`), or a branch or tag.",
        )
    parts = text.split("/")
    if (
        len(text) > LONGEST_REVISION
        or not _REVISION.fullmatch(text)
        or ".." in text
        or "@{" in text
        or any(not part or part.startswith(".") or part.endswith((".", ".lock")) for part in parts)
    ):
        return Text(
            "Ini bukan nomor commit, cabang, atau tag. Nomor commit terdiri atas 40 angka heksadesimal: salin dari "
            "`git rev-parse HEAD`.",
            "This is no commit, branch or tag. A commit's number has 40 hexadecimal digits: copy it from "
            "`git rev-parse HEAD`.",
        )
    return None


def _not_https() -> Text:
    return Text(
        "Hanya alamat https:// yang dapat diambil, bukan ssh, git, atau http. Di halaman repositori, salin alamat "
        "“HTTPS”.",
        "Only https:// addresses can be fetched, not ssh, git or http. On the repository's page copy the “HTTPS” "
        "address.",
    )
