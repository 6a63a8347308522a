"""The third-party files of the browser and its tests are those of the lock."""

import shutil
from pathlib import Path

from tools import vendor_assets


def test_committed_files_are_those_of_the_lock() -> None:
    assert vendor_assets.check(vendor_assets.read_lock()) == []


def test_a_changed_a_missing_and_a_stray_file_are_told(tmp_path: Path) -> None:
    shutil.copytree(vendor_assets.ROOT / vendor_assets.STATIC, tmp_path / vendor_assets.STATIC)
    vendor = tmp_path / vendor_assets.STATIC / "vendor"
    (vendor / "htmx.min.js").write_text("alert(1)", encoding="utf-8")
    (vendor / "icons.svg").unlink()
    (vendor / "extra.js").touch()
    (vendor / "NOTICE").write_text("", encoding="utf-8")
    wrong = vendor_assets.check(vendor_assets.read_lock(), tmp_path)
    assert "vendor/htmx.min.js: differs from htmx.org 4.0.1" in wrong
    assert "vendor/icons.svg: missing" in wrong
    assert "vendor/extra.js: not in the lock" in wrong
    assert "vendor/NOTICE: says nothing of lucide-static 1.62.0" in wrong
    assert "vendor/axe.min.js: missing" in wrong


def test_what_tests_use_is_served_to_nobody() -> None:
    served = [package["name"] for package in vendor_assets.read_lock() if "folder" not in package]
    assert "htmx.org" in served
    assert "axe-core" not in served


def test_the_lock_names_no_address() -> None:
    assert "://" not in vendor_assets.LOCK.read_text(encoding="utf-8")
