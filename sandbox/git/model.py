"""Limits and outcomes of fetching a commit, and the words for each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.git.address import Wanted, host_fault, looks_shortened
from sandbox.limits import MB, MIB, ArchiveLimits
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class GitLimits:
    """What fetching one commit may cost. `transfer_bytes` is what may come over the line, `tmp_bytes` where it lies."""

    seconds: float = 180.0
    silence_seconds: float = 30.0
    transfer_bytes: int = 200 * MB
    tmp_bytes: int = 256 * MIB
    memory_bytes: int = 768 * MIB
    pids: int = 64
    connections: int = 32
    at_once: int = 8
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)


class GitStatus(StrEnum):
    """How it ended. All but `OK` are for whoever asked to mend; `UNREACHABLE` may be better in a moment."""

    OK = "ok"
    HOST = "host"
    REDIRECTED = "redirected"
    PLACE = "place"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    NOT_FOUND = "not_found"
    COMMIT_UNKNOWN = "commit_unknown"
    UNCLEAR = "unclear"
    NO_COMMIT = "no_commit"
    SUBMODULE = "submodule"
    LFS = "lfs"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_SLOW = "too_slow"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a commit that was asked for. `commit` is there as soon as it is known, `files` and `size` (of the
    archive, bytes) when the archive is.
    """

    status: GitStatus
    message: Text
    commit: str | None = None
    files: int = 0
    size: int = 0


def fetched(commit: str, files: int, size: int) -> Fetched:
    """The archive is there."""
    return Fetched(
        GitStatus.OK,
        Text(f"Commit {commit[:12]} sudah diambil.", f"Commit {commit[:12]} was fetched."),
        commit,
        files,
        size,
    )


def failed(
    status: GitStatus, wanted: Wanted, hosts: Sequence[str] = (), *, at: str = "", commit: str | None = None
) -> Fetched:
    """It ended otherwise. `at` is the host or the path in the repository that it is about."""
    return Fetched(status, _words(status, wanted, hosts, at), commit)


def _words(status: GitStatus, wanted: Wanted, hosts: Sequence[str], at: str) -> Text:
    host = at or wanted.host
    match status:
        case GitStatus.HOST:
            return host_fault(host, hosts)
        case GitStatus.REDIRECTED:
            return Text(
                "Alamat ini dialihkan ke tempat yang bukan https://. Buka repositorinya di peramban, lalu salin alamat "
                "yang tampil di sana.",
                "This address redirects to what is not https://. Open the repository in a browser and copy the address "
                "that it shows.",
            )
        case GitStatus.PLACE:
            return Text(
                f"{host} menunjuk ke alamat yang bukan alamat publik, jadi tidak dibuka. Pakai repositori yang dapat "
                "dibuka siapa pun di internet, atau kirim arsip.",
                f"{host} leads to an address that is not public, so it is not opened. Use a repository that anybody on "
                "the internet can open, or send an archive.",
            )
        case GitStatus.UNREACHABLE:
            return Text(
                f"{host} tidak menjawab dengan benar. Coba lagi sebentar lagi, atau kirim arsip.",
                f"{host} did not answer as it should. Try again in a moment, or send an archive.",
            )
        case GitStatus.UNTRUSTED:
            return Text(
                f"Sertifikat {host} tidak dapat dipercaya, jadi isinya tidak diambil. Coba lagi nanti, atau kirim "
                "arsip.",
                f"The certificate of {host} cannot be trusted, so nothing was fetched. Try again later, or send an "
                "archive.",
            )
        case GitStatus.NOT_FOUND:
            return Text(
                "Repositori ini tidak ada atau tidak publik. Periksa alamatnya dan jadikan publik: kami tidak memakai "
                "kata sandi atau token. Atau kirim arsip.",
                "There is no such repository, or it is not public. Check its address and make it public: no password "
                "or token is used here. Or send an archive.",
            )
        case GitStatus.COMMIT_UNKNOWN if looks_shortened(wanted.revision):
            return Text(
                f"“{wanted.revision}” bukan cabang atau tag di repositori ini. Bila itu awal nomor commit, tuliskan "
                "semua 40 angkanya, dari `git rev-parse HEAD`.",
                f"“{wanted.revision}” is no branch or tag of this repository. If it is the beginning of a commit's "
                "number, write all 40 digits, from `git rev-parse HEAD`.",
            )
        case GitStatus.COMMIT_UNKNOWN:
            return Text(
                f"“{wanted.revision}” tidak ada di repositori ini. Apakah sudah di-push? Periksa dengan `git push`, "
                "lalu kirim lagi.",
                f"“{wanted.revision}” is not in this repository. Was it pushed? Run `git push`, then send it again.",
            )
        case GitStatus.UNCLEAR:
            return Text(
                f"“{wanted.revision}” adalah cabang dan juga tag. Tuliskan nomor commit, atau refs/heads/… atau "
                "refs/tags/… di depannya.",
                f"“{wanted.revision}” is a branch and a tag. Write the commit's number, or put refs/heads/ or "
                "refs/tags/ before it.",
            )
        case GitStatus.NO_COMMIT:
            return Text(
                f"“{wanted.revision}” bukan commit. Salin nomor commit dari `git rev-parse HEAD`.",
                f"“{wanted.revision}” is no commit. Copy the commit's number from `git rev-parse HEAD`.",
            )
        case GitStatus.SUBMODULE:
            return Text(
                f"“{at}” adalah submodul. Submodul tidak diambil: masukkan isinya ke repositori sendiri, lalu kirim "
                "commit yang baru.",
                f"“{at}” is a submodule. Submodules are not fetched: put its files into the repository itself, then "
                "send the new commit.",
            )
        case GitStatus.LFS:
            return Text(
                f"“{at}” disimpan dengan Git LFS, jadi isinya tidak ada di commit ini. Keluarkan dari LFS "
                "(`git lfs migrate export`), atau kirim arsip.",
                f"“{at}” is kept with Git LFS, so its content is not in this commit. Take it out of LFS "
                "(`git lfs migrate export`), or send an archive.",
            )
    return _cost(status)


def _cost(status: GitStatus) -> Text:
    match status:
        case GitStatus.TOO_LARGE:
            return Text(
                "Commit ini terlalu besar untuk diambil. Keluarkan data mentah dan model dari repositori, lalu kirim "
                "commit yang baru; atau kirim arsip tanpa berkas itu.",
                "This commit is too large to be fetched. Take raw data and models out of the repository and send the "
                "new commit; or send an archive without them.",
            )
        case GitStatus.TOO_MANY:
            return Text(
                "Commit ini berisi terlalu banyak berkas. Keluarkan lingkungan virtual, node_modules, dan data mentah, "
                "lalu kirim commit yang baru.",
                "This commit holds too many files. Take virtual environments, node_modules and raw data out, then send "
                "the new commit.",
            )
        case GitStatus.TOO_SLOW:
            return Text(
                "Repositori ini terlalu lambat: commit tidak selesai diambil pada waktunya. Coba lagi sebentar lagi, "
                "atau kirim arsip.",
                "This repository is too slow: the commit was not here in time. Try again in a moment, or send an "
                "archive.",
            )
    return Text(
        "Isi repositori ini rusak atau tidak biasa, jadi commit tidak dapat dibaca. Periksa dengan `git fsck`, atau "
        "kirim arsip.",
        "This repository is damaged or unusual, so the commit cannot be read. Check it with `git fsck`, or send an "
        "archive.",
    )
