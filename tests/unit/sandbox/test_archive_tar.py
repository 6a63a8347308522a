"""tar.gz files, honest and hostile."""

import gzip
import io
import tarfile
import tracemalloc
from pathlib import Path

import pytest

from sandbox.archive import Archive, Rule, open_archive
from sandbox.limits import MIB, ArchiveLimits
from sandbox.refusal import Refusal
from tests.unit.sandbox.hostile import pax, tar_gz, tar_gz_of, tar_header, tar_member

APP = tar_member(b"app.py")


def look(tmp_path: Path, data: bytes, limits: ArchiveLimits | None = None) -> Archive | Refusal:
    path = tmp_path / "karya.tar.gz"
    path.write_bytes(data)
    return open_archive(path, limits or ArchiveLimits())


def taken(tmp_path: Path, data: bytes) -> Archive:
    found = look(tmp_path, data)
    assert isinstance(found, Archive), found
    return found


def refused(tmp_path: Path, data: bytes, limits: ArchiveLimits | None = None) -> Refusal:
    found = look(tmp_path, data, limits)
    assert isinstance(found, Refusal), found
    return found


class TestHonest:
    @pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
    def test_every_common_form(self, tmp_path: Path, form: int) -> None:
        long = "data/" + "bagian-" * 18 + "/kamus.txt"
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz", format=form) as archive:
            for name in ("./app.py", long):
                member = tarfile.TarInfo(name)
                member.size = 6
                archive.addfile(member, io.BytesIO(b"x = 1\n"))
        found = taken(tmp_path, stream.getvalue())
        assert [entry.path for entry in found.entries] == ["app.py", long]
        assert found.read("app.py") == {"app.py": b"x = 1\n"}

    def test_made_from_inside_the_folder(self, tmp_path: Path) -> None:
        archive = taken(
            tmp_path, tar_gz(tar_header(b"./", kind=b"5"), tar_member(b"./app.py"), tar_header(b"./kosong/", kind=b"5"))
        )
        assert [(entry.path, entry.directory) for entry in archive.entries] == [("app.py", False), ("kosong", True)]

    def test_comment_of_git_archive(self, tmp_path: Path) -> None:
        taken(tmp_path, tar_gz(pax({"comment": "3f2a"}, kind=b"g"), APP))

    def test_times_and_owners_of_pax_are_passed_over(self, tmp_path: Path) -> None:
        taken(tmp_path, tar_gz(pax({"mtime": "1.5", "uname": "dewi", "LIBARCHIVE.xattr.a": "b"}), APP))

    def test_executable_bit(self, tmp_path: Path) -> None:
        archive = taken(tmp_path, tar_gz(APP, tar_member(b"run", b"x", mode=b"0000755\0")))
        assert [entry.executable for entry in archive.entries] == [False, True]

    def test_memory_does_not_grow_with_the_content(self, tmp_path: Path) -> None:
        path = tmp_path / "besar.tar.gz"
        path.write_bytes(gzip.compress(APP + tar_member(b"data.bin", bytes(range(256)) * 4096 * 24) + bytes(1024), 0))
        tracemalloc.start()
        try:
            found = open_archive(path, ArchiveLimits())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert isinstance(found, Archive)
        assert peak < 4 * MIB


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "rule"),
        [
            (b"1", Rule.LINK),
            (b"2", Rule.LINK),
            (b"3", Rule.DEVICE),
            (b"4", Rule.DEVICE),
            (b"6", Rule.DEVICE),
            (b"S", Rule.UNSUPPORTED),
            (b"V", Rule.UNSUPPORTED),
            (b"M", Rule.UNSUPPORTED),
        ],
    )
    def test_links_devices_and_strange_kinds(self, tmp_path: Path, kind: bytes, rule: Rule) -> None:
        refusal = refused(tmp_path, tar_gz(APP, tar_header(b"bobot", kind=kind, link=b"/etc/passwd")))
        assert (refusal.rule, refusal.entry) == (rule, "bobot")

    def test_long_link_name_comes_to_nothing(self, tmp_path: Path) -> None:
        data = tar_gz(tar_member(b"././@LongLink", b"/etc/passwd\0", kind=b"K"), tar_header(b"bobot", kind=b"2"))
        assert refused(tmp_path, data).rule == Rule.LINK

    def test_folder_with_content(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(APP, tar_member(b"data", b"x", kind=b"5"))).rule == Rule.UNSUPPORTED

    def test_file_with_the_mode_of_a_device(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(tar_member(b"app.py", mode=b"0020644\0"))).rule == Rule.UNSUPPORTED


class TestLies:
    def test_long_name_leads_outside(self, tmp_path: Path) -> None:
        data = tar_gz(tar_member(b"././@LongLink", b"../../etc/cron.d/x\0", kind=b"L"), APP)
        assert refused(tmp_path, data).rule == Rule.TRAVERSAL

    def test_pax_path_leads_outside(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(pax({"path": "/etc/passwd"}), APP)).rule == Rule.ABSOLUTE_PATH

    def test_prefix_leads_outside(self, tmp_path: Path) -> None:
        data = tar_gz(tar_member(b"passwd", prefix=b"../etc"))
        assert refused(tmp_path, data).rule == Rule.TRAVERSAL

    def test_pax_size_differs(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(pax({"size": "1"}), APP)).rule == Rule.INCONSISTENT

    @pytest.mark.parametrize("key", ["GNU.sparse.major", "hdrcharset", "linkpath"])
    def test_pax_extensions_that_change_meaning(self, tmp_path: Path, key: str) -> None:
        assert refused(tmp_path, tar_gz(pax({key: "1"}), APP)).rule == Rule.UNSUPPORTED

    @pytest.mark.parametrize("key", ["path", "size", "linkpath"])
    def test_pax_for_all_files(self, tmp_path: Path, key: str) -> None:
        assert refused(tmp_path, tar_gz(pax({key: "1"}, kind=b"g"), APP)).rule == Rule.UNSUPPORTED

    @pytest.mark.parametrize(
        "body", [b"99 path=x\n", b"x", b"6 path\n", b"9 path=ab\n9 path=ab\n", b"0 =\n", b"4 a=\0"]
    )
    def test_broken_pax_records(self, tmp_path: Path, body: bytes) -> None:
        assert refused(tmp_path, tar_gz(tar_member(b"PaxHeader", body, kind=b"x"), APP)).rule == Rule.CORRUPT

    def test_huge_extension_is_not_read_into_memory(self, tmp_path: Path) -> None:
        header = tar_header(b"././@LongLink", 2**32, kind=b"L")
        assert refused(tmp_path, tar_gz(header)).rule == Rule.UNSUPPORTED

    def test_wrong_checksum(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(tar_header(b"app.py", checksum=1))).rule == Rule.CORRUPT

    @pytest.mark.parametrize("field", [b"\x80" + bytes(10) + b"\x09", b"-0000000001\0", b"0x9        \0"])
    def test_strange_sizes(self, tmp_path: Path, field: bytes) -> None:
        assert refused(tmp_path, tar_gz(tar_header(b"app.py", size_field=field))).rule == Rule.UNSUPPORTED

    def test_size_beyond_the_end(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(tar_header(b"app.py", 10**6))).rule == Rule.TRUNCATED

    def test_data_behind_the_end(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(APP, end=bytes(1024) + tar_member(b"lagi.py"))).rule == Rule.EXTRA_DATA

    def test_no_end(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(APP, end=b"")).rule == Rule.TRUNCATED

    def test_half_an_end(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(APP, end=bytes(512))).rule == Rule.TRUNCATED

    @pytest.mark.parametrize("behind", [b"sampah", bytes(16), gzip.compress(b"lagi")])
    def test_data_behind_the_compressed_stream(self, tmp_path: Path, behind: bytes) -> None:
        assert refused(tmp_path, tar_gz(APP, behind=behind)).rule == Rule.EXTRA_DATA

    def test_gzip_of_something_else(self, tmp_path: Path) -> None:
        assert refused(tmp_path, gzip.compress(b"halo " * 500)).rule == Rule.CORRUPT

    def test_every_truncation_is_refused(self, tmp_path: Path) -> None:
        whole = tar_gz(APP, tar_member(b"data/b.txt", b"isi" * 300))
        for length in range(len(whole)):
            refused(tmp_path, whole[:length])


class TestSizes:
    def test_bomb(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, tar_gz_of({"app.py": b"x", "bomb.bin": bytes(30 * MIB)}))
        assert (refusal.rule, refusal.entry) == (Rule.RATIO, "bomb.bin")

    def test_bomb_of_padding(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(APP, end=bytes(20 * MIB))).rule == Rule.EXTRA_DATA

    def test_bomb_of_headers(self, tmp_path: Path) -> None:
        limits = ArchiveLimits(files=50, unpacked_bytes=MIB)
        headers = pax({"comment": "x" * 30_000}) * 200
        assert refused(tmp_path, tar_gz(headers, APP), limits).rule == Rule.UNSUPPORTED

    def test_endless_extensions(self, tmp_path: Path) -> None:
        assert refused(tmp_path, tar_gz(pax({"comment": "x"}) * 3000, APP)).rule == Rule.UNSUPPORTED

    def test_extensions_of_every_member(self, tmp_path: Path) -> None:
        member = pax({"LIBARCHIVE.xattr.com.apple.provenance": "x" * 3000})
        taken(tmp_path, tar_gz(*(member + tar_member(b"%d.txt" % number) for number in range(700))))

    def test_unpacked_size(self, tmp_path: Path) -> None:
        data = tar_gz_of({"a": b"x" * 600, "b": b"y" * 600})
        assert refused(tmp_path, data, ArchiveLimits(unpacked_bytes=1000)).rule == Rule.TOO_LARGE

    def test_count(self, tmp_path: Path) -> None:
        data = tar_gz_of({f"{number}.txt": b"x" for number in range(11)})
        assert refused(tmp_path, data, ArchiveLimits(files=10)).rule == Rule.TOO_MANY_FILES
