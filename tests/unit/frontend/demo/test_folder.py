import stat
from pathlib import Path

import pytest

from frontend.demo.folder import FolderUnusable, claim


def test_a_new_folder_is_made_and_marked_at_once(tmp_path: Path) -> None:
    with claim(tmp_path / "a" / "demo") as folder:
        assert folder.fresh
        assert folder.tokens == {}
        # Whatever happens from here, the next start finds a demo.
        assert (folder.path / "demo.json").exists()


def test_tokens_are_kept_for_the_owner_only(tmp_path: Path) -> None:
    with claim(tmp_path / "demo") as folder:
        folder.tokens["Berlapis"] = "glg_x"
        folder.save()
    assert stat.S_IMODE((tmp_path / "demo" / "demo.json").stat().st_mode) == 0o600
    with claim(tmp_path / "demo") as again:
        assert not again.fresh
        assert again.tokens == {"Berlapis": "glg_x"}


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    with claim(tmp_path), pytest.raises(FolderUnusable, match="already running"), claim(tmp_path):
        raise AssertionError("both have it")


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "skripsi.docx").write_text("bab 1")
    with pytest.raises(FolderUnusable, match="holds other files"), claim(tmp_path):
        raise AssertionError("it was taken")
    assert [path.name for path in tmp_path.iterdir()] == ["skripsi.docx"]


@pytest.mark.parametrize(
    "mark",
    ['{"layout": 0, "tokens": {}}', '{"layout": 1}', '{"layout": 1, "tokens": 7}', "[]", "", "{"],
)
def test_another_version_is_told_with_what_to_do(mark: str, tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text(mark)
    with pytest.raises(FolderUnusable, match=r"another version.*rm -r"), claim(tmp_path):
        raise AssertionError("it was taken")
    assert (tmp_path / "demo.json").read_text() == mark
