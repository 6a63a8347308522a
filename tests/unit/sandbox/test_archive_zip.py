"""Zip files, honest and hostile."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from sandbox.archive import Archive, Rule, open_archive
from sandbox.limits import MIB, ArchiveLimits
from sandbox.refusal import Refusal
from tests.unit.sandbox import hostile
from tests.unit.sandbox.hostile import DESCRIPTOR, ENCRYPTED, UTF8, Part, zip_bytes

APP = Part(b"app.py")


def look(tmp_path: Path, data: bytes, limits: ArchiveLimits | None = None) -> Archive | Refusal:
    path = tmp_path / "karya.zip"
    path.write_bytes(data)
    return open_archive(path, limits or ArchiveLimits())


def taken(tmp_path: Path, data: bytes) -> Archive:
    found = look(tmp_path, data)
    assert isinstance(found, Archive), found
    return found


def refused(tmp_path: Path, data: bytes, limits: ArchiveLimits | None = None) -> Refusal:
    found = look(tmp_path, data, limits)
    assert isinstance(found, Refusal), found
    assert found.message.id
    assert found.message.en
    return found


def zip64_extra(*values: int) -> bytes:
    return struct.pack("<2H", 1, 8 * len(values)) + b"".join(struct.pack("<Q", value) for value in values)


class TestHonest:
    def test_content_is_read_back(self, tmp_path: Path) -> None:
        archive = taken(
            tmp_path, zip_bytes([Part(b"app.py", b"x = 1\n"), Part("data/kamus é.txt".encode(), b"a" * 5000)])
        )
        assert [entry.path for entry in archive.entries] == ["app.py", "data/kamus é.txt"]
        assert archive.read("app.py", "gone.py") == {"app.py": b"x = 1\n"}

    def test_stored_member(self, tmp_path: Path) -> None:
        assert taken(tmp_path, zip_bytes([Part(b"app.py", b"x = 2\n", method=0)])).read("app.py") == {
            "app.py": b"x = 2\n"
        }

    def test_utf8_name_without_the_flag(self, tmp_path: Path) -> None:
        assert taken(tmp_path, zip_bytes([Part("café.py".encode(), flags=0)])).entries[0].path == "café.py"

    @pytest.mark.parametrize(
        "form",
        [
            lambda crc, packed, size: struct.pack("<4s3L", b"PK\x07\x08", crc, packed, size),
            lambda crc, packed, size: struct.pack("<3L", crc, packed, size),
            lambda crc, packed, size: struct.pack("<4sL2Q", b"PK\x07\x08", crc, packed, size),
            lambda crc, packed, size: struct.pack("<L2Q", crc, packed, size),
        ],
    )
    def test_written_as_a_stream(self, tmp_path: Path, form) -> None:  # type: ignore[no-untyped-def]
        part = Part(b"app.py", flags=UTF8 | DESCRIPTOR)
        behind = form(zlib.crc32(part.data), len(part.packed_content()), len(part.data))
        streamed = Part(b"app.py", flags=UTF8 | DESCRIPTOR, behind=behind)
        assert taken(tmp_path, zip_bytes([streamed, Part(b"b.py")])).find("b.py") is not None

    def test_zip64_as_python_writes_it(self, tmp_path: Path) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive, archive.open("app.py", "w", force_zip64=True) as member:
            member.write(b"x = 3\n")
        assert taken(tmp_path, stream.getvalue()).read("app.py") == {"app.py": b"x = 3\n"}

    def test_comment_of_the_archive(self, tmp_path: Path) -> None:
        assert taken(tmp_path, zip_bytes([APP], comment=b"dari Tim Sukaraya")).find("app.py")

    def test_script_without_executable_bit_is_executable(self, tmp_path: Path) -> None:
        archive = taken(tmp_path, zip_bytes([Part(b"run.sh", b"#!/bin/sh\n", mode=0), APP]))
        assert [entry.executable for entry in archive.entries] == [False, True]

    def test_memory_does_not_grow_with_the_content(self, tmp_path: Path) -> None:
        path = tmp_path / "besar.zip"
        path.write_bytes(
            zip_bytes(
                [
                    APP,
                    Part(b"data.bin", bytes(range(256)) * 4096 * 24, method=0),
                    Part(b"b.bin", bytes(range(256)) * 4096),
                ]
            )
        )
        tracemalloc.start()
        try:
            found = open_archive(path, ArchiveLimits())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert isinstance(found, Archive)
        assert peak < 4 * MIB


class TestLies:
    def test_local_name_differs(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, zip_bytes([Part(b"app.py", local_name=b"../app")]))
        assert (refusal.rule, refusal.entry) == (Rule.INCONSISTENT, "app.py")

    def test_local_method_differs(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", local_method=0)])).rule == Rule.INCONSISTENT

    def test_local_flags_differ(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", local_flags=UTF8 | ENCRYPTED)])).rule == Rule.INCONSISTENT

    def test_local_size_differs(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", local_size=1)])).rule == Rule.INCONSISTENT

    def test_content_larger_than_told(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, zip_bytes([Part(b"app.py", b"x" * 100_000, size=10)]))
        assert refusal.rule == Rule.INCONSISTENT

    def test_content_smaller_than_told(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", b"x" * 10, size=11)])).rule == Rule.INCONSISTENT

    def test_wrong_checksum(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", crc=1)])).rule == Rule.CORRUPT

    def test_content_is_no_deflate(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", content=b"\xff\xff\xff")])).rule == Rule.CORRUPT

    def test_deflate_stream_is_cut(self, tmp_path: Path) -> None:
        whole = Part(b"app.py").packed_content()
        assert refused(tmp_path, zip_bytes([Part(b"app.py", content=whole[:-2])])).rule == Rule.CORRUPT

    def test_data_behind_a_deflate_stream(self, tmp_path: Path) -> None:
        whole = Part(b"app.py").packed_content()
        assert refused(tmp_path, zip_bytes([Part(b"app.py", content=whole + b"hidden")])).rule == Rule.EXTRA_DATA

    def test_descriptor_lies(self, tmp_path: Path) -> None:
        part = Part(b"app.py", flags=UTF8 | DESCRIPTOR, behind=struct.pack("<4s3L", b"PK\x07\x08", 1, 2, 3))
        assert refused(tmp_path, zip_bytes([part])).rule == Rule.INCONSISTENT

    def test_members_share_content(self, tmp_path: Path) -> None:
        second = Part(b"b.py", offset=0, local_name=b"b.py")
        assert refused(tmp_path, zip_bytes([APP, second])).rule == Rule.OVERLAP

    def test_members_overlap(self, tmp_path: Path) -> None:
        packed = len(APP.packed_content())
        first = Part(b"app.py", packed=packed + 20)
        assert refused(tmp_path, zip_bytes([first, Part(b"b.py")])).rule == Rule.OVERLAP

    @pytest.mark.parametrize("where", ["front", "gap", "back"])
    def test_foreign_data(self, tmp_path: Path, where: str) -> None:
        data = zip_bytes([APP], **{where: b"PK\x03\x04junk"})  # type: ignore[arg-type]
        assert refused(tmp_path, data).rule == Rule.EXTRA_DATA

    def test_count_too_high(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([APP], count=2)).rule == Rule.INCONSISTENT

    def test_count_too_low(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([APP, Part(b"b.py")], count=1)).rule == Rule.EXTRA_DATA

    def test_directory_elsewhere(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([APP], start=4)).rule == Rule.EXTRA_DATA

    def test_end_record_inside_the_comment(self, tmp_path: Path) -> None:
        inner = zip_bytes([])
        assert refused(tmp_path, zip_bytes([APP], comment=inner)).rule == Rule.INCONSISTENT

    def test_two_names_by_extra_field(self, tmp_path: Path) -> None:
        body = b"\x01" + struct.pack("<L", zlib.crc32(b"app.py")) + b"../evil"
        extra = struct.pack("<2H", 0x7075, len(body)) + body
        assert refused(tmp_path, zip_bytes([Part(b"app.py", extra=extra)])).rule == Rule.INCONSISTENT

    def test_zip64_size_missing(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", size=0xFFFFFFFF)])).rule == Rule.INCONSISTENT

    def test_zip64_offset_far_outside(self, tmp_path: Path) -> None:
        part = Part(b"app.py", offset=0xFFFFFFFF, extra=zip64_extra(2**63))
        assert refused(tmp_path, zip_bytes([part])).rule == Rule.EXTRA_DATA

    def test_folder_with_content(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([APP, Part(b"data/", b"hidden")])).rule == Rule.INCONSISTENT

    def test_part_of_a_split_archive(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", disk=1)])).rule == Rule.INCONSISTENT

    def test_every_truncation_is_refused(self, tmp_path: Path) -> None:
        whole = zip_bytes([APP, Part(b"data/b.txt", b"isi" * 50)])
        for length in range(len(whole)):
            refused(tmp_path, whole[:length])


class TestKinds:
    def test_password(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", flags=UTF8 | ENCRYPTED)])).rule == Rule.ENCRYPTED

    def test_aes(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([Part(b"app.py", method=99)])).rule == Rule.ENCRYPTED

    @pytest.mark.parametrize(
        ("method", "name"), [(9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (93, "Zstandard"), (77, "77")]
    )
    def test_other_compression(self, tmp_path: Path, method: int, name: str) -> None:
        refusal = refused(tmp_path, zip_bytes([Part(b"app.py", method=method)]))
        assert refusal.rule == Rule.COMPRESSION
        assert name in refusal.message.id

    @pytest.mark.parametrize(
        ("mode", "rule"),
        [
            (0o120777, Rule.LINK),
            (0o020666, Rule.DEVICE),
            (0o060666, Rule.DEVICE),
            (0o010644, Rule.DEVICE),
            (0o140644, Rule.DEVICE),
        ],
    )
    def test_links_and_devices(self, tmp_path: Path, mode: int, rule: Rule) -> None:
        refusal = refused(tmp_path, zip_bytes([APP, Part(b"weights", b"/etc/passwd", mode=mode)]))
        assert (refusal.rule, refusal.entry) == (rule, "weights")


class TestSizes:
    def test_bomb_in_one_member(self, tmp_path: Path) -> None:
        refusal = refused(tmp_path, zip_bytes([APP, Part(b"bomb.bin", bytes(20 * MIB))]))
        assert (refusal.rule, refusal.entry) == (Rule.RATIO, "bomb.bin")

    def test_bomb_in_many_small_members(self, tmp_path: Path) -> None:
        parts = [Part(b"%d.bin" % number, bytes(MIB // 2)) for number in range(40)]
        assert refused(tmp_path, zip_bytes(parts)).rule == Rule.RATIO

    def test_small_file_of_zeros_is_no_bomb(self, tmp_path: Path) -> None:
        taken(tmp_path, zip_bytes([APP, Part(b"zeros.bin", bytes(MIB))]))

    def test_unpacked_size(self, tmp_path: Path) -> None:
        limits = ArchiveLimits(unpacked_bytes=1000)
        assert (
            refused(tmp_path, zip_bytes([Part(b"a", b"x" * 600), Part(b"b", b"y" * 600)]), limits).rule
            == Rule.TOO_LARGE
        )

    def test_compressed_size(self, tmp_path: Path) -> None:
        assert refused(tmp_path, zip_bytes([APP]), ArchiveLimits(compressed_bytes=50)).rule == Rule.TOO_LARGE

    def test_count(self, tmp_path: Path) -> None:
        parts = [Part(b"%d.txt" % number) for number in range(11)]
        refusal = refused(tmp_path, zip_bytes(parts), ArchiveLimits(files=10))
        assert refusal.rule == Rule.TOO_MANY_FILES
        assert "11" in refusal.message.id

    def test_nested_archive_is_data(self, tmp_path: Path) -> None:
        inner = hostile.zip_of({"../../evil": b"x"})
        assert taken(tmp_path, zip_bytes([APP, Part(b"inner.zip", inner)])).read("inner.zip") == {"inner.zip": inner}
