"""What forms carry and where they may lead."""

import pytest

from frontend.keys import is_key, key_of
from frontend.language import Language
from frontend.pages.forms import GENERAL, Form, Problems, safe_path
from hackathon.errors import Refusal
from sandbox.model import Text


def test_a_key_is_good_with_its_own_secret_only() -> None:
    assert is_key(key_of("rahasia"), "rahasia")
    assert not is_key(key_of("rahasia"), "lain")
    assert not is_key("", "")
    assert not is_key("é", "rahasia")
    assert key_of("") == ""


@pytest.mark.parametrize("path", ["/", "/akun", "/acara/x?cari=a#b", "/undangan/abc-DEF_1"])
def test_paths_of_this_site_are_gone_on_to(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "akun",
        "//contoh.id",
        "/\\contoh.id",
        "\\\\contoh.id",
        "https://contoh.id/",
        "javascript:alert(1)",
        "/akun\r\nSet-Cookie: a=b",
        "/\t/contoh.id",
        "/" + "a" * 1000,
        "///contoh.id",
        "//[",
        "https://[",
        "/a\\b",
    ],
)
def test_no_other_site_is_gone_on_to(path: str) -> None:
    assert safe_path(path, "/awal") == "/awal"


def test_a_form_gives_text_without_the_spaces_around_it_and_passwords_as_they_are() -> None:
    form = Form({"nama": [" Ayu \r\n Lestari "], "sandi": [" rahasia "], "kategori": ["a", " b "], "setuju": ["ya"]})
    assert form.text("nama") == "Ayu \n Lestari"
    assert form.raw("sandi") == " rahasia "
    assert form.many("kategori") == ("a", "b")
    assert form.flag("setuju")
    assert not form.flag("lain")
    assert form.text("lain") == ""


def test_the_first_problem_of_a_field_counts() -> None:
    problems = Problems()
    assert not problems
    problems.add("nama", Text("Isi nama.", "Fill in the name."))
    problems.add("nama", Text("Terlalu panjang.", "Too long."))
    problems.refused(Refusal(Text("Sudah dipakai.", "Taken."), "taken"), {"taken": "tim"})
    problems.refused(Refusal(Text("Ditutup.", "Closed."), "closed"))
    assert problems.told(Language.EN) == {"nama": "Fill in the name.", "tim": "Taken.", GENERAL: "Closed."}
