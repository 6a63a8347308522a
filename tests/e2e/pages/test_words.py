"""No page mixes its languages: a sentence that was forgotten stands out by its small words.

What is in the other language on purpose (a document of a task, a name for a language) is marked with `lang`, what
programs wrote (logs, their errors) stands in `code`, `samp` or `pre`, or under `translate="no"`.
"""

import re

import pytest

from tests.e2e.pages.fetching import person
from tests.e2e.pages.reading import read
from tests.e2e.pages.site import Site
from tests.e2e.pages.table import VIEWS
from tests.e2e.pages.viewing import View, path_of

WORDS = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
"""A slug such as `tidak-ada` is one word, and none of these; so is an id such as `8be04a5c-f450`."""

SMALL_WORDS = {
    "id": frozenset(
        WORDS.findall(
            "yang dan tidak untuk dengan belum sudah dari ini itu atau akan bisa dapat jika oleh pada adalah karena "
            "agar anda kami setiap sebelum setelah hanya lagi saja juga lalu di ke"
        )
    ),
    "en": frozenset(
        WORDS.findall(
            "the and of with your you are from this that when will have been which for not is to was were be by or"
        )
    ),
}

LOADED = [view for view in VIEWS if view.act is None]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("view", LOADED, ids=str)
def test_a_page_is_in_one_language(site: Site, view: View, language: str) -> None:
    with person(site, view.role, language=language, empty=view.empty) as client:
        answer = client.get(path_of(view, site.world), follow_redirects=True)
    assert answer.status_code == view.status
    page = read(answer.text)
    assert page.language == language
    other = "en" if language == "id" else "id"
    strange = [
        text
        for text in page.words.get(language, [])
        if SMALL_WORDS[other] & {word.lower() for word in WORDS.findall(text)}
    ]
    assert not strange, "\n".join(strange)


def test_forgotten_sentences_are_found() -> None:
    page = read(
        '<html lang="en"><p title="Belum ada tim">Nothing <b>yang</b></p><p lang="id">Ini boleh</p><code>dan</code>'
    )
    said = " ".join(page.words["en"])
    assert said.split() == ["Belum", "ada", "tim", "Nothing", "yang"]
    assert page.words["id"] == ["Ini boleh"]


def test_an_id_is_no_word_of_any_language() -> None:
    assert not SMALL_WORDS["en"] & set(WORDS.findall("Nomor 8be04a5c-f450-4a7e-b3e8-930fab4811f0"))
