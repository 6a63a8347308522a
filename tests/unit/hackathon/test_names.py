"""What people type: cleaned, or refused with a reason."""

import pytest

from hackathon.errors import Refusal
from hackathon.names import clean_line, clean_text
from sandbox.model import Text

WHAT = Text(id="Isi kabar", en="The news")


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Halo", "Halo"),
        ("  Halo\t semua \r\n\r\n\r\n\n  Sampai  jumpa \n\n", "Halo semua\n\nSampai jumpa"),
        ("satu\rdua\u2028tiga", "satu\ndua\ntiga"),
        ("\n\n \n a", "a"),
        ("e\u0301", "é"),
        ("Tiếng Việt, ที่นี่, בְּרֵאשִׁ֖ית", "Tiếng Việt, ที่นี่, בְּרֵאשִׁ֖ית"),
    ],
)
def test_a_text_keeps_its_paragraphs(typed: str, clean: str) -> None:
    assert clean_text(typed, what=WHAT, longest=40) == clean


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_empty"),
        (" \n\t\n ", "name_empty"),
        ("x" * 41, "name_too_long"),
        ("satu\u202edua", "name_unreadable"),
        ("satu\0", "name_unreadable"),
        ("\ud800", "name_unreadable"),
        ("\u3164\u3164", "name_unreadable"),
        ("Kawan\u2800", "name_unreadable"),
        ("Z" + "\u0335" * 5, "name_unreadable"),
    ],
)
def test_a_text_is_refused_by_name(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        clean_text(typed, what=WHAT, longest=40)
    assert caught.value.code == code
    assert caught.value.message.id.startswith("Isi kabar")
    assert caught.value.message.en.startswith("The news")


def test_a_line_has_no_line_ends() -> None:
    assert clean_line(" satu\n dua ", what=WHAT, longest=40) == "satu dua"
