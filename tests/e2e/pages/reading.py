"""What stands in a page, read from its HTML without a browser: words, links, forms, ids."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-live", "data-lost", "data-found", "data-news", "content")
"""Attributes whose words people read or hear."""

_SILENT = ("script", "style", "code", "pre", "samp", "kbd", "textarea", "option")
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


@dataclass
class Form:
    """A form and where it sends what."""

    method: str
    action: str


@dataclass
class Document:
    """What was found. `words` are the texts outside of code, by the language that they are marked with."""

    language: str = ""
    words: dict[str, list[str]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Document()
        self._open: list[tuple[str, str, bool]] = []

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][2]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        language = values.get("lang", self._language)
        silent = self._silent or tag in _SILENT or values.get("translate") == "no"
        if tag == "html":
            self.found.language = language
        if tag not in _VOID:
            self._open.append((tag, language, silent))
        if "id" in values:
            self.found.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.found.links.append(values["href"])
        if tag in ("img", "script", "source", "iframe") and "src" in values:
            self.found.sources.append(values["src"])
        if tag == "form":
            self.found.forms.append(Form(values.get("method", "get").lower(), values.get("action", "")))
        if tag in ("button", "input") and "formaction" in values:
            self.found.forms.append(Form("post", values["formaction"]))
        for name in SPOKEN:
            if values.get(name) and not silent and (name != "content" or values.get("name") == "description"):
                self._say(values[name], language)

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(data, self._language)

    def _say(self, text: str, language: str) -> None:
        if text.strip():
            self.found.words.setdefault(language, []).append(" ".join(text.split()))


def read(html: str) -> Document:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found
