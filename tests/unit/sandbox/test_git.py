"""What may be asked of git hosts, where the proxy goes, what git's words mean, and a walk that trusts nobody."""

import gzip
import hashlib
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.git import GitLimits, GitStatus, Wanted, address_fault, revision_fault
from sandbox.git.model import failed
from sandbox.git.proxy import Note
from sandbox.git.public import is_public
from sandbox.git.reasons import reason
from sandbox.git.walk import Found, Packed, Stopped, pack
from sandbox.limits import ArchiveLimits

HOSTS = ("github.com", "gitlab.com")
SHA = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/desa/lapor",
        "  https://github.com/desa/lapor.git/ ",
        "https://GitHub.com:443/desa/lapor",
        "HTTPS://gitlab.com/grup/sub/lapor",
        "https://github.com/desa/.github",
        "https://gitlab.com/~desa/lapor_v2",
    ],
)
def test_addresses_that_are_taken(address: str) -> None:
    assert address_fault(address, HOSTS) is None
    assert Wanted.read(address, SHA).repository.startswith(("https://github.com/", "https://gitlab.com/"))
    assert not Wanted.read(address, SHA).repository.endswith("/")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Tuliskan alamat"),
        ("https://github.com", "bukan alamat"),
        ("https://github.com/", "bukan alamat"),
        ("https://github.com/../x", "bukan alamat"),
        ("https://github.com/a//b", "bukan alamat"),
        ("https://github.com/-a/b", "bukan alamat"),
        ("https://github.com/a/b?x=1", "bukan alamat"),
        ("https://github.com/a/b#x", "bukan alamat"),
        ("https://github.com/a%2fb/c", "bukan alamat"),
        ("https://github.com/a\\b", "bukan alamat"),
        ("https://github.com/a b", "bukan alamat"),
        ("https://github.com/a\nb", "bukan alamat"),
        ("https://github.com/désa/b", "bukan alamat"),
        ("https://github.com:22/a/b", "bukan alamat"),
        ("https://github.com:99999/a/b", "bukan alamat"),
        ("https://[::1/a", "bukan alamat"),
        ("https://github.com/" + "a/" * 13, "bukan alamat"),
        ("https://github.com/" + "a" * 400, "terlalu panjang"),
        ("https://evil.example/a/b", "evil.example"),
        ("https://github.com.evil.example/a/b", "github.com.evil.example"),
        ("https://169.254.169.254/a/b", "169.254.169.254"),
        ("https://[::1]/a/b", "::1"),
        ("https:///a/b", "tidak dapat diambil"),
        ("https://token@github.com/a/b", "kata sandi"),
        ("https://a:b@github.com/a/b", "kata sandi"),
        ("https://github.com@evil.example/a/b", "kata sandi"),
        ("http://github.com/a/b", "Hanya alamat https://"),
        ("git://github.com/a/b", "Hanya alamat https://"),
        ("ssh://git@github.com/a/b", "Hanya alamat https://"),
        ("git@github.com:a/b.git", "Hanya alamat https://"),
        ("file:///etc/passwd", "Hanya alamat https://"),
        ("ext::sh -c id", "bukan alamat"),
        ("github.com/a/b", "Hanya alamat https://"),
        ("https://github.com/a/b/tree/main", "Tulis https://github.com/a/b di sini"),
        ("https://gitlab.com/a/b/-/commits/main", "Tulis https://gitlab.com/a/b di sini"),
    ],
)
def test_addresses_that_are_refused_say_why(address: str, words: str) -> None:
    fault = address_fault(address, HOSTS)
    assert fault is not None
    assert words in fault.id
    assert fault.id != fault.en


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_refused_or_is_an_address_on_an_allowed_host(text: str) -> None:
    if address_fault(text, HOSTS) is None:
        wanted = Wanted.read(text, SHA)
        assert wanted.host in HOSTS
        assert "@" not in wanted.repository
    if revision_fault(text) is None:
        assert not text.strip().startswith("-")
        assert text.strip().isascii()
        assert text.strip().isprintable()


@pytest.mark.parametrize("revision", [SHA, SHA.upper(), "main", "v1.0", "fitur/lapor-2", "refs/tags/v1", "a+b", "7"])
def test_revisions_that_are_taken(revision: str) -> None:
    assert revision_fault(revision) is None
    assert (Wanted.read("https://github.com/a/b", revision).commit == SHA) == (revision.lower() == SHA)


@pytest.mark.parametrize(
    "revision",
    [
        *("", " ", "-x", "--upload-pack=id", "a..b", "a b", "a\0", "a~1", "a^", "a:b", "a?", "*", "[a", "a\\b"),
        *("a@{1}", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.", "é", "a" * 201, "a\nb"),
    ],
)
def test_revisions_that_are_refused(revision: str) -> None:
    assert revision_fault(revision) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "140.82.112.3", "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.0.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
        *("203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1"),
        *("::ffff:8.8.8.8", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1"),
        *("2001::1", "2001:10::1", "2002:7f00:1::", "2002:a00:1::", "3fff::1", "100::1", "4000::1"),
        *("localhost", "2130706433", "0x7f.1", "127.1", "8.8.8.8%x", "2606:4700::1111%eth0"),
        "0.0.0.0",  # noqa: S104
        "",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", GitStatus.NOT_FOUND),
        ("remote: Not Found\nfatal: repository 'https://github.com/a/ssl/' not found", GitStatus.NOT_FOUND),
        ("fatal: remote error: upload-pack: not our ref " + SHA, GitStatus.COMMIT_UNKNOWN),
        ("error: Server does not allow request for unadvertised object " + SHA, GitStatus.COMMIT_UNKNOWN),
        (
            "fatal: unable to access 'https://x/': server certificate verification failed. CAfile: none",
            GitStatus.UNTRUSTED,
        ),
        (
            "fatal: unable to access 'https://x/certificate': The requested URL returned error: 503",
            GitStatus.UNREACHABLE,
        ),
        ("error: RPC failed; curl 28 Operation too slow.", GitStatus.TOO_SLOW),
        ("error: index-pack died of signal 9\nfatal: index-pack failed", GitStatus.TOO_LARGE),
        ("fatal: write error: No space left on device", GitStatus.TOO_LARGE),
        ("remote: certificate certificate\nfatal: pack has bad object at offset 12", GitStatus.BROKEN),
        ("", GitStatus.BROKEN),
    ],
)
def test_what_git_says_is_understood(said: str, status: GitStatus) -> None:
    assert reason("fetch", said, []) == (status, "")


def test_what_the_proxy_refused_says_more_than_git() -> None:
    said = "fatal: unable to access 'https://x/': CONNECT tunnel failed, response 403"
    assert reason("fetch", said, [Note(GitStatus.PLACE, "x")]) == (GitStatus.PLACE, "x")


@pytest.mark.parametrize("status", [status for status in GitStatus if status is not GitStatus.OK])
def test_each_end_has_words_in_both_languages_that_say_what_to_do(status: GitStatus) -> None:
    message = failed(status, Wanted("https://github.com/a/b", "main"), HOSTS, at="lib/x").message
    assert message.id != message.en
    assert len(message.id) > 40


class Box:
    """A repository in memory; what lies under a name need not have that hash."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.asked = 0

    def put(self, kind: str, data: bytes, name: str | None = None) -> str:
        digest = hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
        self.kept[name or digest] = (kind, data)
        return name or digest

    def tree(self, *entries: tuple[str, str | bytes, str]) -> str:
        data = b"".join(
            mode.encode() + b" " + (path if isinstance(path, bytes) else path.encode()) + b"\0" + bytes.fromhex(name)
            for mode, path, name in entries
        )
        return self.put("tree", data)

    def commit(self, tree: str) -> str:
        return self.put("commit", f"tree {tree}\nauthor A <a@b> 0 +0000\n\nx".encode())

    def objects(self, names: Sequence[str]) -> Iterator[Found | None]:
        for name in names:
            self.asked += 1
            if name not in self.kept:
                yield None
                continue
            kind, data = self.kept[name]
            chunks = (data[start : start + 7] for start in range(0, len(data), 7))
            yield Found(kind, len(data), chunks)


def packed(box: Box, start: str, tmp_path: Path, **archive: int) -> Packed:
    limits = replace(GitLimits(), archive=replace(ArchiveLimits(), **archive))
    return pack(box, start, limits, tmp_path / "out")


def stopped(box: Box, start: str, tmp_path: Path, **archive: int) -> Stopped:
    with pytest.raises(Stopped) as told:
        packed(box, start, tmp_path, **archive)
    return told.value


def test_the_walk_gives_every_file_once_in_one_order(tmp_path: Path) -> None:
    box = Box()
    app, empty = box.put("blob", b"x = 1\n" * 300), box.put("blob", b"")
    deep = box.tree(("100755", "jalan.sh", app), ("100664", "lama", empty))
    commit = box.commit(
        box.tree(("100644", "app.py", app), ("40000", "d", deep), ("120000", "l", box.put("blob", b"app")))
    )
    tag = box.put("tag", f"object {commit}\ntype commit\ntag v\n".encode())
    made = packed(box, tag, tmp_path)
    assert (made.commit, made.files, made.size) == (commit, 4, (tmp_path / "out").stat().st_size)
    with tarfile.open(tmp_path / "out") as tar:
        assert [(m.name, oct(m.mode), m.size) for m in tar if m.isfile()] == [
            ("app.py", "0o644", 1800),
            ("d/jalan.sh", "0o755", 1800),
            ("d/lama", "0o644", 0),
        ]
        assert tar.getmember("l").linkname == "app"
    assert gzip.decompress((tmp_path / "out").read_bytes())[:6] == b"app.py"


@pytest.mark.parametrize("kind", ["commit", "tree", "blob", "small blob"])
def test_an_object_that_is_another_one_is_found_out(kind: str, tmp_path: Path) -> None:
    box = Box()
    blob = box.put("blob", b"jahat" * (1 if kind == "small blob" else 1000), SHA if "blob" in kind else None)
    tree = box.tree(("100644", "app.py", blob))
    if kind == "tree":
        box.kept[SHA] = box.kept[tree]
        tree = SHA
    commit = box.commit(tree)
    if kind == "commit":
        box.kept[SHA] = box.kept[commit]
        commit = SHA
    assert stopped(box, commit, tmp_path).status is GitStatus.BROKEN


@pytest.mark.parametrize("name", [b"..", b".", b".git", b".GIT", b"a/b", b"/etc/passwd"])
def test_names_that_lead_elsewhere_are_refused(name: bytes, tmp_path: Path) -> None:
    box = Box()
    commit = box.commit(box.tree(("100644", name, box.put("blob", b"x"))))
    assert stopped(box, commit, tmp_path).status is GitStatus.BROKEN


def test_a_tree_that_multiplies_is_ended_early(tmp_path: Path) -> None:
    box = Box()
    tree = box.tree(*(("100644", f"f{n}", box.put("blob", b"x")) for n in range(10)))
    for _ in range(12):
        tree = box.tree(*(("40000", f"d{n}", tree) for n in range(10)))
    assert stopped(box, box.commit(tree), tmp_path, files=500).status is GitStatus.TOO_MANY
    assert box.asked < 1200


def test_a_tree_that_goes_down_for_ever_is_ended(tmp_path: Path) -> None:
    box = Box()
    tree = box.tree(("100644", "f", box.put("blob", b"x")))
    for _ in range(150):
        tree = box.tree(("40000", "d", tree))
    assert stopped(box, box.commit(tree), tmp_path).status is GitStatus.BROKEN


def test_what_is_missing_or_of_another_kind_is_told(tmp_path: Path) -> None:
    box = Box()
    assert stopped(box, SHA, tmp_path).status is GitStatus.COMMIT_UNKNOWN
    assert stopped(box, box.put("blob", b"x"), tmp_path).status is GitStatus.NO_COMMIT
    assert stopped(box, box.commit(box.put("blob", b"x")), tmp_path).status is GitStatus.BROKEN
    assert stopped(box, box.commit(SHA), tmp_path).status is GitStatus.BROKEN
    assert stopped(box, box.commit(box.tree(("100644", "a", SHA))), tmp_path).status is GitStatus.BROKEN
    tag = box.put("tag", b"object x\n")
    assert stopped(box, tag, tmp_path).status is GitStatus.NO_COMMIT
    for _ in range(6):
        tag = box.put("tag", f"object {tag}\ntype tag\n".encode())
    assert stopped(box, tag, tmp_path).status is GitStatus.NO_COMMIT


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_tree_of_any_bytes_is_read_or_refused(data: bytes) -> None:
    box = Box()
    commit = box.commit(box.put("tree", data))
    with tempfile.TemporaryDirectory() as folder:
        try:
            made = pack(box, commit, GitLimits(), Path(folder) / "out")
        except Stopped:
            return
        assert made.files == 0
