"""Sources as a whole: forms, top folders, litter, what is no archive; and that damage is always a value."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.archive import Archive, Format, Rule, open_archive
from sandbox.limits import MIB, ArchiveLimits
from sandbox.refusal import Refusal, Refused
from tests.unit.sandbox.hostile import Part, tar_gz, tar_gz_of, tar_header, tar_member, write_folder, zip_bytes, zip_of

LIMITS = ArchiveLimits()
FILES = {"app.py": b"def predict(task, input): ...\n", "data/kamus.txt": b"a\nb\n", "data/kosong.txt": b""}


def taken(path: Path) -> Archive:
    found = open_archive(path, LIMITS)
    assert isinstance(found, Archive), found
    return found


def refused(path: Path) -> Refusal:
    found = open_archive(path, LIMITS)
    assert isinstance(found, Refusal), found
    return found


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


class TestForms:
    def test_the_same_files_are_the_same_source(self, tmp_path: Path) -> None:
        forms = [
            taken(put(tmp_path / "a.zip", zip_of(FILES))),
            taken(put(tmp_path / "a.tar.gz", tar_gz_of(FILES))),
            taken(write_folder(tmp_path / "folder", FILES)),
        ]
        assert [one.format for one in forms] == [Format.ZIP, Format.TAR_GZ, Format.FOLDER]
        assert len({one.digest for one in forms}) == 1
        assert len({one.entries for one in forms}) == 1
        assert [one.read(*FILES) for one in forms] == [FILES] * 3

    def test_order_and_listed_folders_do_not_matter(self, tmp_path: Path) -> None:
        parts = [Part(name.encode(), data, mode=0o100644) for name, data in FILES.items()]
        plain = taken(put(tmp_path / "a.zip", zip_bytes(parts)))
        folders = [Part(b"data/", b"", mode=0o40755)]
        listed = taken(put(tmp_path / "b.zip", zip_bytes([*folders, *reversed(parts)])))
        assert plain.digest == listed.digest

    def test_content_name_and_executable_bit_matter(self, tmp_path: Path) -> None:
        digests = {
            taken(put(tmp_path / "x.zip", zip_bytes([part]))).digest
            for part in (
                Part(b"app.py", b"1"),
                Part(b"app.py", b"2"),
                Part(b"app2.py", b"1"),
                Part(b"app.py", b"1", mode=0o100755),
            )
        }
        assert len(digests) == 4

    @given(
        st.dictionaries(
            st.lists(
                st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=5),
                min_size=1,
                max_size=3,
            )
            .map("/".join)
            .filter(lambda name: name.lower() == name),
            st.binary(max_size=300),
            min_size=1,
            max_size=6,
        )
    )
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_whatever_the_files_zip_and_tar_agree(self, tmp_path: Path, files: dict[str, bytes]) -> None:
        by_zip = open_archive(put(tmp_path / "a.zip", zip_of(files)), LIMITS)
        by_tar = open_archive(put(tmp_path / "a.tar.gz", tar_gz_of(files)), LIMITS)
        if isinstance(by_zip, Refusal) or isinstance(by_tar, Refusal):
            # A file where another name has a folder.
            assert isinstance(by_zip, Refusal)
            assert isinstance(by_tar, Refusal)
            assert by_zip.rule == by_tar.rule == Rule.DUPLICATE
            return
        assert by_zip.digest == by_tar.digest
        assert sorted(by_zip.read(*(entry.path for entry in by_zip.entries)).values()) == sorted(files.values())

    def test_a_large_file_is_not_read_whole(self, tmp_path: Path) -> None:
        for path in (
            put(tmp_path / "a.zip", zip_bytes([Part(b"app.py", b"x" * 300_000)])),
            put(tmp_path / "a.tar.gz", tar_gz_of({"app.py": b"x" * 300_000, "b": b"y"})),
        ):
            assert taken(path).read("app.py", "b", most=1000)["app.py"] == b"x" * 1001


class TestTopFolder:
    def test_the_zipped_folder_itself(self, tmp_path: Path) -> None:
        wrapped = {f"Karya Sukaraya/{name}": data for name, data in FILES.items()}
        archive = taken(put(tmp_path / "a.zip", zip_of(wrapped)))
        assert archive.top == "Karya Sukaraya/"
        assert archive.digest == taken(put(tmp_path / "b.zip", zip_of(FILES))).digest

    def test_with_the_litter_of_a_mac(self, tmp_path: Path) -> None:
        files = {"Karya/app.py": b"x", "Karya/.DS_Store": b"y", "__MACOSX/Karya/._app.py": b"z"}
        archive = taken(put(tmp_path / "a.zip", zip_of(files)))
        assert [entry.path for entry in archive.entries] == ["app.py"]
        assert sorted(archive.left_out) == ["Karya/.DS_Store", "__MACOSX/Karya/._app.py"]

    def test_folder_in_a_folder(self, tmp_path: Path) -> None:
        assert taken(put(tmp_path / "a.zip", zip_of({"karya/karya/app.py": b"x"}))).top == "karya/karya/"

    def test_two_folders_stay(self, tmp_path: Path) -> None:
        assert taken(put(tmp_path / "a.zip", zip_of({"a/app.py": b"x", "b/x": b"y"}))).top == ""

    def test_an_empty_folder_beside_stays(self, tmp_path: Path) -> None:
        data = tar_gz(tar_member(b"a/app.py"), tar_header(b"kosong/", kind=b"5"))
        archive = taken(put(tmp_path / "a.tar.gz", data))
        assert [entry.path for entry in archive.entries] == ["a/app.py", "kosong"]


class TestStrangers:
    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"%PDF-1.7\n...", "PDF"),
            (b"Rar!\x1a\x07\x01\x00", "RAR"),
            (b"7z\xbc\xaf\x27\x1c\x00", "7-Zip"),
            (b"BZh91AY", "bzip2"),
            (b"\xfd7zXZ\x00\x00", "xz"),
            (b"\x28\xb5\x2f\xfd", "Zstandard"),
            (b"MZ\x90\x00", "Windows"),
            (b"\x7fELF\x02", "Linux"),
            (b"<!DOCTYPE html><html>", "web"),
            (b"version https://git-lfs.github.com/spec/v1\n", "LFS"),
            (b"print('halo')\n", "teks"),
            (bytes(2000), "nol"),
            (b"\x01\x02\x03", "tidak dikenal"),
            (tar_member(b"app.py") + bytes(1024), "tanpa kompresi"),
        ],
    )
    def test_it_says_what_it_is(self, tmp_path: Path, data: bytes, what: str) -> None:
        refusal = refused(put(tmp_path / "karya.zip", data))
        assert refusal.rule == Rule.NOT_AN_ARCHIVE
        assert what in refusal.message.id

    @pytest.mark.parametrize(
        "data",
        [b"", zip_of({}), tar_gz(), zip_of({"__MACOSX/._x": b"y"}), zip_of({"kosong/": b""})],
        ids=["no bytes", "no entries", "empty tar", "litter only", "folder only"],
    )
    def test_empty(self, tmp_path: Path, data: bytes) -> None:
        assert refused(put(tmp_path / "karya.zip", data)).rule == Rule.EMPTY

    def test_no_such_file_is_the_callers_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            open_archive(tmp_path / "tidak-ada.zip", LIMITS)


class TestFolder:
    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        (folder / "rahasia").symlink_to("/etc/passwd")
        refusal = refused(folder)
        assert (refusal.rule, refusal.entry) == (Rule.LINK, "rahasia")

    def test_linked_folder(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        (folder / "luar").symlink_to("/etc")
        assert refused(folder).rule == Rule.LINK

    def test_fifo_does_not_hang(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        os.mkfifo(folder / "pipa")
        assert refused(folder).rule == Rule.DEVICE

    def test_undecodable_name(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_bytes(b"x")
        assert refused(folder).rule == Rule.NAME_ENCODING

    def test_virtual_environment_is_not_entered(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        (folder / ".venv/bin").mkdir(parents=True)
        (folder / ".venv/bin/python").symlink_to("/usr/bin/python3")
        archive = taken(folder)
        assert archive.left_out == (".venv",)
        assert archive.digest == taken(write_folder(tmp_path / "lain", FILES)).digest

    def test_empty_folder(self, tmp_path: Path) -> None:
        (tmp_path / "kosong").mkdir()
        assert refused(tmp_path / "kosong").rule == Rule.EMPTY

    def test_a_file_that_changes_after_the_check(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        archive = taken(folder)
        (folder / "app.py").write_bytes(b"def predict(task, input): pass\n")
        with pytest.raises(Refused) as caught:
            archive.read("app.py")
        assert caught.value.refusal.rule == Rule.CHANGED

    def test_a_file_that_grows_after_the_check(self, tmp_path: Path) -> None:
        folder = write_folder(tmp_path / "karya", FILES)
        archive = taken(folder)
        (folder / "app.py").write_bytes(bytes(MIB))
        with pytest.raises(Refused):
            archive.read("app.py")


@pytest.mark.parametrize(
    "data", [zip_of(FILES), tar_gz_of(FILES), tar_gz(*(tar_member(n.encode(), d) for n, d in FILES.items()))]
)
def test_damage_is_always_a_value(tmp_path: Path, data: bytes) -> None:
    chance = random.Random(20261124)
    path = tmp_path / "rusak"
    seen: set[str] = set()
    for _ in range(500):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        path.write_bytes(damaged)
        found = open_archive(path, LIMITS)
        seen.add("taken" if isinstance(found, Archive) else found.rule)
    assert len(seen) > 2


def test_damage_of_an_uncompressed_tar_is_always_a_value(tmp_path: Path) -> None:
    chance = random.Random(7)
    blocks = b"".join(tar_member(name.encode(), data) for name, data in FILES.items())
    path = tmp_path / "rusak.tar.gz"
    for _ in range(400):
        damaged = bytearray(blocks)
        at = chance.randrange(len(damaged))
        damaged[at] = chance.randrange(256)
        start = at // 512 * 512
        header = damaged[start : start + 512]
        header[148:156] = b" " * 8
        damaged[start + 148 : start + 156] = b"%06o\0 " % sum(header)
        path.write_bytes(tar_gz(bytes(damaged)))
        assert isinstance(open_archive(path, LIMITS), Archive | Refusal)
