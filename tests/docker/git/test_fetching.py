"""Commits from a git host on this machine, on the real engine: fetched whole or refused in words; nothing is left."""

import os
import shutil
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.errors import Cancelled
from sandbox.git import GitStatus, Wanted
from sandbox.git.proxy import Outside
from sandbox.limits import MB, MIB, ArchiveLimits
from sandbox.provider import Cancel
from tests.docker.git.host import NAME, OTHER, STRANGE, Handler, authority, packets, pieces
from tests.docker.git.village import LIMITS, Village
from tests.repositories import APP, Workplace

pytestmark = pytest.mark.usefixtures("clean")

NOBODY = "0" * 40


def test_a_commit_comes_as_it_was_committed(village: Village) -> None:
    fetched = village.get()
    assert (fetched.status, fetched.commit, fetched.files) == (GitStatus.OK, village.commit, 8)
    files = village.files()
    assert files["versi.txt"] == b"$Format:%H$"
    assert files["x.dat"] == b"\r\n\0"
    assert files["rahasia.txt"] == b"tetap ada"
    assert set(files) == {
        ".gitattributes",
        "app.py",
        "data/nama é.txt",
        "jalan.sh",
        "kosong",
        "rahasia.txt",
        "versi.txt",
        "x.dat",
    }
    with tarfile.open(village.folder / "out.tar.gz") as tar:
        assert {member.name for member in tar if member.mode & 0o111} == {"jalan.sh"}
        assert {(member.uid, member.mtime, member.uname) for member in tar} == {(0, 0, "")}
    first = (village.folder / "out.tar.gz").read_bytes()
    assert village.get(revision="main").status is GitStatus.OK
    assert (village.folder / "out.tar.gz").read_bytes() == first


@pytest.mark.parametrize(
    ("revision", "status"),
    [
        ("v1", GitStatus.OK),
        ("refs/heads/ganda", GitStatus.OK),
        ("refs/tags/ganda", GitStatus.OK),
        ("ganda", GitStatus.UNCLEAR),
        ("tidak-ada", GitStatus.COMMIT_UNKNOWN),
        (NOBODY, GitStatus.COMMIT_UNKNOWN),
    ],
)
def test_names_are_resolved_or_told(revision: str, status: GitStatus, village: Village) -> None:
    fetched = village.get(revision=revision)
    assert fetched.status is status
    if status is GitStatus.OK:
        expected = "v0" if revision == "refs/heads/ganda" else revision
        assert fetched.commit == village.work.git("rev-parse", f"{expected}^{{commit}}")
    else:
        assert fetched.message.id != fetched.message.en


def test_a_number_of_something_else_is_no_commit(village: Village) -> None:
    tree = village.work.git("rev-parse", "HEAD^{tree}")
    assert village.get(revision=tree).status is GitStatus.NO_COMMIT


def test_a_tag_object_leads_to_its_commit(village: Village) -> None:
    fetched = village.get(revision=village.work.git("rev-parse", "v1"))
    assert (fetched.status, fetched.commit) == (GitStatus.OK, village.commit)


def test_what_is_not_there_and_what_is_not_public_are_told(village: Village) -> None:
    assert village.get("tidak-ada.git").status is GitStatus.NOT_FOUND
    village.host.answers["/tertutup.git"] = lambda handler: handler.say(401, WWW_Authenticate='Basic realm="x"')
    assert village.get("tertutup.git").status is GitStatus.NOT_FOUND
    assert all("Authorization" not in request for request in village.host.requests)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("https://169.254.169.254/latest/meta-data", GitStatus.HOST),
        ("https://127.0.0.1:2375/info", GitStatus.HOST),
        ("https://[::1]/lapor.git/info/refs", GitStatus.HOST),
        (f"https://{STRANGE}/lapor.git/info/refs?service=git-upload-pack", GitStatus.HOST),
        (f"http://{NAME}/lapor.git/info/refs?service=git-upload-pack", GitStatus.REDIRECTED),
        ("file:///etc/passwd", GitStatus.REDIRECTED),
        ("ssh://git@localhost/x", GitStatus.REDIRECTED),
    ],
)
def test_a_redirect_meets_the_same_rules(place: str, status: GitStatus, village: Village) -> None:
    village.host.answers["/pindah.git"] = lambda handler: handler.say(302, Location=place)
    assert village.get("pindah.git").status is status
    assert set(village.here.asked) == {NAME}
    assert village.here.reached == ["127.0.0.1"]


def test_a_redirect_to_an_allowed_host_is_followed(village: Village) -> None:
    village.hosts.append(OTHER)
    place = f"https://{OTHER}/lapor.git/info/refs?service=git-upload-pack"
    village.host.answers["/pindah.git"] = lambda handler: handler.say(301, Location=place)
    assert village.get("pindah.git").status is GitStatus.OK
    assert set(village.here.asked) == {NAME, OTHER}


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.7"], ["169.254.169.254"], ["192.168.1.1", "172.16.0.9"], ["::1"], ["::ffff:127.0.0.1"], ["fd00::5"], []],
)
def test_a_name_that_leads_inside_is_not_reached(addresses: list[str], village: Village) -> None:
    village.here.addresses[NAME] = [addresses]
    fetched = village.get()
    assert fetched.status is GitStatus.PLACE
    assert village.here.reached == []
    assert village.host.requests == []


def test_a_name_that_changes_its_mind_is_asked_once(village: Village) -> None:
    village.here.addresses[NAME] = [["8.8.8.8"], ["10.0.0.7"], ["10.0.0.7"]]
    assert village.get(revision="main").status is GitStatus.OK
    assert village.here.asked == [NAME]
    assert set(village.here.reached) == {"8.8.8.8"}
    assert len(village.here.reached) > 1


def test_public_addresses_beside_private_ones_are_used(village: Village) -> None:
    village.here.addresses[NAME] = [["10.0.0.7", "8.8.8.8"]]
    assert village.get().status is GitStatus.OK
    assert set(village.here.reached) == {"8.8.8.8"}


def test_the_true_way_out_permits_no_loopback() -> None:
    assert not Outside().permits("127.0.0.1")
    assert Outside().authorities is None


def test_a_certificate_of_another_authority_is_refused(village: Village, tmp_path: Path) -> None:
    _, village_authorities = authority(tmp_path, [NAME])
    kept, village.here.authorities = village.here.authorities, village_authorities
    tmp_path.chmod(0o755)
    try:
        assert village.get().status is GitStatus.UNTRUSTED
    finally:
        village.here.authorities = kept


def test_a_certificate_for_another_name_is_refused(village: Village) -> None:
    village.hosts.append(STRANGE)
    wanted = Wanted.read(f"https://{STRANGE}/lapor.git", village.commit)
    fetched = village.provider.fetch_commit(
        wanted, village.folder / "o", hosts=village.hosts, limits=LIMITS, label="git-test"
    )
    assert fetched.status is GitStatus.UNTRUSTED
    assert village.host.requests == []


def submodule(work: Workplace) -> str:
    work.commit({"app.py": APP, ".gitmodules": '[submodule "x"]\n\tpath = lib/x\n\turl = https://git.desa.example/x\n'})
    work.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib/x")
    work.git("commit", "--quiet", "--message", "sub")
    return work.git("rev-parse", "HEAD")


def link(work: Workplace) -> str:
    work.commit({"app.py": APP})
    (work.folder / "data.txt").symlink_to("/etc/passwd")
    return work.commit()


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 12345\n"


def test_submodules_and_lfs_are_told_with_their_path(village: Village) -> None:
    fetched = village.get("sub.git", village.publish("sub", submodule))
    assert fetched.status is GitStatus.SUBMODULE
    assert "lib/x" in fetched.message.id
    commit = village.publish("lfs", lambda work: work.commit({"app.py": APP, "model/besar.bin": POINTER}))
    fetched = village.get("lfs.git", commit)
    assert fetched.status is GitStatus.LFS
    assert "model/besar.bin" in fetched.message.id


def test_a_link_stays_a_link_for_the_check_of_archives_to_refuse(village: Village) -> None:
    assert village.get("link.git", village.publish("link", link)).status is GitStatus.OK
    with tarfile.open(village.folder / "out.tar.gz") as tar:
        member = tar.getmember("data.txt")
    assert (member.issym(), member.linkname) == (True, "/etc/passwd")


def test_hooks_do_not_run(village: Village) -> None:
    assert village.get().status is GitStatus.OK
    assert not Path("/tmp/hook-ran").exists()


def test_too_many_files_are_too_many(village: Village) -> None:
    commit = village.publish("banyak", lambda work: work.commit({f"d/{n}.txt": str(n) for n in range(60)}))
    assert village.get("banyak.git", commit).status is GitStatus.OK
    few = ArchiveLimits(files=25)
    assert village.get("banyak.git", commit, archive=few).status is GitStatus.TOO_MANY  # type: ignore[arg-type]


def test_a_huge_commit_is_too_large_on_the_line_on_disk_and_unpacked(village: Village) -> None:
    noise = os.urandom(12 * MB)
    commit = village.publish("besar", lambda work: work.commit({"a.bin": noise, "b.bin": bytes(40 * MB)}))
    assert village.get("besar.git", commit).status is GitStatus.OK
    assert village.get("besar.git", commit, transfer_bytes=4 * MB).status is GitStatus.TOO_LARGE
    assert village.get("besar.git", commit, tmp_bytes=8 * MIB).status is GitStatus.TOO_LARGE
    packed, unpacked = ArchiveLimits(compressed_bytes=5 * MB), ArchiveLimits(unpacked_bytes=20 * MB)
    assert village.get("besar.git", commit, archive=packed).status is GitStatus.TOO_LARGE  # type: ignore[arg-type]
    assert village.get("besar.git", commit, archive=unpacked).status is GitStatus.TOO_LARGE  # type: ignore[arg-type]


ADVERTISED = packets(b"# service=git-upload-pack\n", None) + packets(
    b"version 2\n", b"agent=x\n", b"ls-refs=unborn\n", b"fetch=shallow\n", b"object-format=sha1\n", None
)


def advertise(handler: Handler) -> bool:
    """Answer what git asks first; tells whether that was it."""
    if "info/refs" not in handler.path:
        return False
    handler.say(200, ADVERTISED, Content_Type="application/x-git-upload-pack-advertisement")
    return True


def endless(handler: Handler) -> None:
    if advertise(handler):
        return

    def parts() -> Iterator[bytes]:
        # One object of half a terabyte, packed as it is.
        yield packets(b"packfile\n", b"\x01PACK\0\0\0\x02\0\0\0\x01" + b"\xb0\x80\x80\x80\x80\x80\x01" + b"\x78\x01")
        while True:
            noise = os.urandom(60_000)
            block = b"\0" + len(noise).to_bytes(2, "little") + (len(noise) ^ 0xFFFF).to_bytes(2, "little")
            yield packets(b"\x02masih berjalan\n", b"\x01" + block + noise)

    pieces(handler, parts())


def drip(handler: Handler) -> None:
    if advertise(handler):
        return

    def parts() -> Iterator[bytes]:
        yield packets(b"packfile\n")
        while True:
            time.sleep(0.2)
            yield packets(b"\x02.")

    pieces(handler, parts())


def silent(handler: Handler) -> None:
    threading.Event().wait(30)


def test_a_pack_without_end_is_ended(village: Village) -> None:
    village.host.answers["/tanpa-akhir.git"] = endless
    assert village.get("tanpa-akhir.git", transfer_bytes=20 * MB).status is GitStatus.TOO_LARGE
    assert village.get("tanpa-akhir.git", tmp_bytes=16 * MIB).status is GitStatus.TOO_LARGE


@pytest.mark.parametrize("answer", [drip, silent])
def test_a_host_that_takes_its_time_is_left(answer: Callable[[Handler], None], village: Village) -> None:
    village.host.answers["/lambat.git"] = answer
    started = time.monotonic()
    assert village.get("lambat.git", seconds=8.0).status is GitStatus.TOO_SLOW
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda handler: handler.say(500), GitStatus.UNREACHABLE),
        (lambda handler: handler.say(200, b"<html>masuk dulu</html>", Content_Type="text/html"), GitStatus.NOT_FOUND),
        (lambda handler: handler.connection.close(), GitStatus.UNREACHABLE),
    ],
)
def test_a_host_that_answers_nonsense_is_told(
    answer: Callable[[Handler], None], status: GitStatus, village: Village
) -> None:
    village.host.answers["/aneh.git"] = answer
    assert village.get("aneh.git").status is status


def test_a_host_that_gives_other_objects_gives_nothing(village: Village) -> None:
    """The tree of another commit under the right name: git finds it out, and if it did not, the walk would."""
    bare = village.host.root / "palsu.git"
    shutil.copytree(village.host.root / "lapor.git", bare)
    other = Workplace(village.folder / "palsu")
    fake = other.commit({"app.py": "jahat = True\n"})
    other.git("push", "--quiet", "--force", str(bare), "HEAD:refs/heads/main")
    fetched = village.get("palsu.git", revision=village.commit)
    assert fetched.commit == village.commit
    assert village.get("palsu.git", revision="main").commit == fake


def test_it_ends_when_it_is_cancelled(village: Village) -> None:
    village.host.answers["/lambat.git"] = silent
    cancel = Cancel()
    threading.Timer(2.0, cancel.set).start()
    with pytest.raises(Cancelled):
        village.provider.fetch_commit(
            Wanted.read(f"https://{NAME}/lambat.git", village.commit),
            village.folder / "o",
            hosts=[NAME],
            limits=LIMITS,
            label="git-test",
            cancel=cancel,
        )
