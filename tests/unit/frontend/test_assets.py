"""Static files and templates fit each other and the content security policy."""

import gzip
import posixpath
import re

import pytest

from frontend import assets
from frontend.rendering import TEMPLATES
from tools.vendor_assets import read_lock

LOADED = assets.load()
TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.html"))
SOURCES = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATE_FILES}


def test_every_file_a_stylesheet_names_is_there() -> None:
    named = set(re.findall(r"url\(([^)]+)\)", LOADED.files["app.css"].content.decode()))
    assert named
    assert named <= set(LOADED.files)


def test_every_file_a_template_names_is_there_and_every_script_is_used() -> None:
    named = {name for source in SOURCES.values() for name in re.findall(r'static\("([^"]+)"\)', source)}
    assert named <= set(LOADED.files)
    assert {name for name in LOADED.files if name.endswith(".js")} <= named | _imported()


def _imported() -> set[str]:
    """The modules that scripts bring in, by name."""
    found = set()
    for name, asset in LOADED.files.items():
        if name.endswith(".js"):
            paths = re.findall(r"""(?:import|export)\b[^;]*?from ['"](\.[^'"]+)['"]""", asset.content.decode())
            found |= {posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in paths}
    return found


def test_every_stylesheet_is_part_of_the_one_that_is_served() -> None:
    assert {path.name for path in (assets.STATIC / "css").iterdir()} == set(assets.STYLESHEETS)


def test_the_address_changes_with_the_content() -> None:
    assert LOADED.url("app.css") == f"/static/{LOADED.digest}/app.css"
    with pytest.raises(KeyError):
        LOADED.url("../app.py")


def test_packed_files_unpack_to_the_same() -> None:
    for asset in LOADED.files.values():
        if asset.packed is not None:
            assert gzip.decompress(asset.packed) == asset.content


def test_icons_used_are_in_the_sprite_and_the_reverse() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', LOADED.files["vendor/icons.svg"].content.decode()))
    locked = {icon for package in read_lock() if "sprite" in package for icon in package["sprite"]["icons"]}
    code = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.parent.glob("pages/**/*.py"))
    code += "\n".join(SOURCES.values())  # macros take icons by name
    used = set(re.findall(r'icon\("([^"]+)"\)', code)) | {name for name in locked if f'"{name}"' in code}
    assert sprite == locked == used


@pytest.mark.parametrize("name", SOURCES)
def test_templates_hold_no_inline_code_or_style(name: str) -> None:
    source = SOURCES[name]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", source)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("name", SOURCES)
def test_templates_name_no_other_host(name: str) -> None:
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", SOURCES[name])


def test_scripts_of_our_own_need_no_eval() -> None:
    for name, asset in LOADED.files.items():
        if name.endswith(".js") and not name.startswith("vendor/"):
            assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|\.style\b", asset.content.decode())
