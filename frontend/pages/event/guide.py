"""The contract for prototypes as a page: the paper of the docs, so that there is one text of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDES = Path(__file__).parents[2] / "guides"
ENGLISH = "# In English\n"

_PARTS = {
    "table_open": '<table class="table grid stacks" role="table">',
    "thead_open": '<thead role="rowgroup">',
    "tbody_open": '<tbody role="rowgroup">',
    "tr_open": '<tr role="row">',
    "th_open": '<th role="columnheader" scope="col">',
    "td_open": '<td role="cell">',
}
"""Parts of a table keep their meaning where a phone shows rows as blocks."""

_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Guide:
    """A paper in two languages: `title` in the first, the HTML of either without it."""

    title: str
    indonesian: str
    english: str


@cache
def contract() -> Guide:
    """The contract."""
    text = _COMMENT.sub("", (GUIDES / "contract.md").read_text(encoding="utf-8"))
    indonesian, _, english = text.partition(ENGLISH)
    title, _, body = indonesian.partition("\n")
    return Guide(title.removeprefix("# ").strip(), _html(body.rstrip().removesuffix("---")), _html(english))


def _html(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    for part in _PARTS:
        markdown.add_render_rule(part, _part)
    markdown.add_render_rule("fence", _code)
    markdown.add_render_rule("code_block", _code)
    tokens = markdown.parse(text)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _anchor(words.content))
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _anchor(heading: str) -> str:
    """The name by which the paper's own links call a heading."""
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def _part(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return _PARTS[tokens[index].type]


def _code(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    content = tokens[index].content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<pre class="json" tabindex="0"><code>{content}</code></pre>'
