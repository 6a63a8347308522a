"""Which language a page is in, and its sentences.

Bahasa Indonesia is the source: templates and code hold it. English comes from the catalogs in `locale/en/`; a sentence
stands in one of them.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from sandbox.model import Text

PARAMETER = "bahasa"
"""Name of the query parameter and of the cookie that keep the choice."""

LOCALE = Path(__file__).parent / "locale"


class Language(StrEnum):
    """A language of the pages; the value is its tag."""

    ID = "id"
    EN = "en"


class Untranslated(KeyError):
    """A sentence has no English. A unit test finds these before anybody reads them."""


def choose(asked: str | None, kept: str | None, accept: str | None) -> Language:
    """The language of a request: the one asked for now, else the one kept, else the browser's, else Bahasa Indonesia.

    `accept` is an Accept-Language header; of equal weights the first counts. Unknown values are passed over.
    """
    for wish in (asked, kept):
        if wish in tuple(Language):
            return Language(wish)
    best, weight = Language.ID, 0.0
    for tag, quality in _weighted(accept or ""):
        if tag in tuple(Language) and quality > weight:
            best, weight = Language(tag), quality
    return best


def _weighted(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(",")[:20]:
        tag, _, quality = part.partition(";q=")
        try:
            yield tag.strip().split("-")[0].lower(), float(quality) if quality else 1.0
        except ValueError:
            continue


def pick(text: Text, language: Language) -> str:
    """The sentence in that language."""
    return text.en if language is Language.EN else text.id


def message(text: str) -> str:
    """Marks a sentence that is said later, from a table; the test of translations looks for it."""
    return text


def say(language: Language, sentence: str, **values: object) -> str:
    """The sentence in that language, with `{name}` replaced. Raises Untranslated."""
    if language is Language.EN:
        sentence = _english(sentence)
    return sentence.format(**values)


def say_count(language: Language, sentence: str, count: int, shown: str, **values: object) -> str:
    """Like `say` for a sentence whose English depends on a number; `{n}` is replaced by `shown`."""
    if language is Language.EN:
        sentence = _english_count(sentence, count)
    return sentence.format(n=shown, **values)


@cache
def english() -> Catalog:
    """The English sentences."""
    whole = Catalog(locale="en")
    for path in sorted((LOCALE / "en").glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="en"):
                if message.id:
                    whole[message.id if isinstance(message.id, str) else message.id[0]] = message
    return whole


@cache
def _english(sentence: str) -> str:
    entry = english().get(sentence)
    if entry is None or not isinstance(entry.string, str) or not entry.string:
        raise Untranslated(sentence)
    return entry.string


def _english_count(sentence: str, count: int) -> str:
    entry = english().get(sentence)
    if entry is None or not isinstance(entry.string, tuple | list) or not all(entry.string):
        raise Untranslated(sentence)
    return str(entry.string[0 if count == 1 else 1])
