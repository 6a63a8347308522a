"""Both languages are complete, and a request gets the right one."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from frontend.language import LOCALE, Language, Untranslated, choose, english, say, say_count
from frontend.rendering import TEMPLATES
from tests.unit.frontend.sentences import Sentence, code_sentences, template_sentences

SENTENCES = sorted({*template_sentences(), *code_sentences()})


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: f"{sentence.where}: {sentence.text[:40]}")
def test_every_sentence_has_an_english_one_with_the_same_places(sentence: Sentence) -> None:
    values = dict.fromkeys(placeholders(sentence.text), "x")
    if sentence.counted:
        values.pop("n", None)
        entry = english().get(sentence.text)
        assert entry is not None
        assert isinstance(entry.string, tuple)
        assert len(entry.string) == 2
        assert all(placeholders(form) == placeholders(sentence.text) for form in entry.string)
        assert say_count(Language.EN, sentence.text, 1, "1", **values)
    else:
        entry = english().get(sentence.text)
        assert entry is not None
        assert placeholders(str(entry.string)) == placeholders(sentence.text)
        assert say(Language.EN, sentence.text, **values)


def test_nothing_is_translated_that_nobody_says() -> None:
    said = {sentence.text for sentence in SENTENCES}
    kept = {message.id[0] if isinstance(message.id, tuple) else message.id for message in english() if message.id}
    assert kept - said == set()


def test_no_sentence_is_translated_in_two_ways() -> None:
    seen: dict[str, tuple[str, str]] = {}
    twice = []
    entry = re.compile(r"^msgid (.*?)^(?=#|msgid |\Z|\n)", re.MULTILINE | re.DOTALL)
    for path in sorted((LOCALE / "en").glob("*.po")):
        # The text, not the catalogue: that one keeps the last of two and says nothing.
        for whole in entry.findall(path.read_text(encoding="utf-8") + "\n\n"):
            sentence, _, english_ = whole.partition("msgstr")
            before = seen.setdefault(sentence, (path.name, english_.strip()))
            if before[1] != english_.strip() and sentence.strip() != '""':
                twice.append(f"{before[0]} and {path.name}: {sentence.strip()}")
    assert twice == []


def test_every_catalogue_has_the_english_plural() -> None:
    for path in sorted((LOCALE / "en").glob("*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale="en")
        assert (catalogue.num_plurals, catalogue.plural_expr) == (2, "(n != 1)"), path.name
        assert [message.id for message in catalogue if message.fuzzy and message.id] == [], path.name


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_say_sentences_where_they_can_be_found(path: Path) -> None:
    # `t('...')` would not be found above, and be missed until somebody reads the page in English.
    assert re.findall(r"(?<![\w.])tn?\(\s*'[^']*'", path.read_text(encoding="utf-8")) == []


def test_a_sentence_without_english_is_an_error_not_a_guess() -> None:
    with pytest.raises(Untranslated):
        say(Language.EN, "Kalimat yang tidak ada")
    assert say(Language.ID, "Kalimat yang tidak ada") == "Kalimat yang tidak ada"


def test_counts_have_one_and_many() -> None:
    assert say_count(Language.EN, "{n} tim", 1, "1") == "1 team"
    assert say_count(Language.EN, "{n} tim", 0, "0") == "0 teams"
    assert say_count(Language.ID, "{n} tim", 1, "1") == "1 tim"


# Words that are the same in both languages.
NAMES = {"Gelanggang", "English", "Bahasa Indonesia"}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_words_of_their_own(path: object) -> None:
    source = TEMPLATES.joinpath(str(path)).read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<code>.*?</code>", "\n", source, flags=re.DOTALL)
    # A macro may make the attributes of a tag that another one writes.
    bare = re.sub(r'\saria-(describedby|invalid)="[^"]*"', "", bare)
    for attribute in ("alt", "title", "placeholder", "aria-label"):
        assert not re.search(rf'\s{attribute}="\s*[^"\s]*[A-Za-z]', bare)
    text = re.sub(r"<[^>]*>", "\n", bare)
    words = {line.strip() for line in text.splitlines() if re.search(r"[A-Za-z]{2}", line)}
    assert {re.sub(r"^\W+", "", word) for word in words} - NAMES == set()


@pytest.mark.parametrize(
    ("asked", "kept", "accept", "language"),
    [
        (None, None, None, Language.ID),
        (None, None, "", Language.ID),
        (None, None, "en-US,en;q=0.9", Language.EN),
        (None, None, "id-ID,id;q=0.9,en-US;q=0.8", Language.ID),
        (None, None, "fr,en;q=0.3,id;q=0.7", Language.ID),
        (None, None, "fr,de", Language.ID),
        (None, None, "en;q=abc, ;;;", Language.ID),
        (None, None, "en;q=0", Language.ID),
        (None, "en", "id", Language.EN),
        ("id", "en", "en", Language.ID),
        ("xx", "<script>", "en", Language.EN),
        (None, None, "id," * 5000 + "en", Language.ID),
    ],
)
def test_the_language_of_a_request(asked: str | None, kept: str | None, accept: str | None, language: Language) -> None:
    assert choose(asked, kept, accept) is language


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        ("Selesai", "Finished"),
        ("Bergabung dengan tim", "Join the team"),
        ("Menjadi anggota tim", "Joined a team"),
        ("Keluar dari tim", "Leave the team"),
        ("Meninggalkan tim", "Left a team"),
        ("Ringkasan", "Summary"),
    ],
)
def test_a_button_does_not_read_like_what_was_done(sentence: str, english: str) -> None:
    """One Indonesian sentence has one English one, wherever it stands: a phase and a step are both `Selesai`."""
    assert say(Language.EN, sentence) == english
