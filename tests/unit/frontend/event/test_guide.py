"""The contract as a page: the paper's words, no style and no HTML of its own."""

import re

from frontend.pages.event.guide import GUIDES, contract


def test_both_languages_are_there_and_nothing_is_lost() -> None:
    guide = contract()
    assert guide.title == "Kontrak prototipe (versi 1)"
    assert "Prototipe adalah program yang melayani HTTP" in guide.indonesian
    assert "A prototype is a program that serves HTTP" in guide.english
    paper = (GUIDES / "contract.md").read_text(encoding="utf-8")
    assert (guide.indonesian + guide.english).count("<pre ") == paper.count("```") // 2 + 1  # one is indented
    assert guide.indonesian.count("<table ") == guide.indonesian.count("</table>") == 3


def test_nothing_in_it_is_inline_or_a_comment() -> None:
    guide = contract()
    for text in (guide.indonesian, guide.english):
        assert not re.search(r"<[^>]* (style|on\w+)=", text)
        assert "<!--" not in text
        assert "&lt;!--" not in text
        assert "<h1" not in text


def test_every_link_within_it_leads_to_a_heading() -> None:
    guide = contract()
    both = guide.indonesian + guide.english
    places = re.findall(r' id="([^"]*)"', both)
    assert len(set(places)) == len(places)
    # The page itself has the place of the English part.
    assert set(re.findall(r'href="#([^"]*)"', both)) - {"in-english"} <= set(places)
    assert "paket-python" in places
