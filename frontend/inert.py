"""What a program or a person wrote, as text that does nothing: no sign hides, turns the direction of writing around, or
steers a terminal. Markup is the templates' to escape; this is what is left after that.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

# Unicode's category Cc, signs without width, line breaks that are none of ours, signs that turn the direction of
# writing, halves of surrogate pairs, and tags.
_HIDDEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e007f]"
)


def visible(text: str, *, lines: bool = True) -> str:
    """`text` with every hidden sign as its escape (`\\u202e`). Line ends and tabs stay where `lines` says so."""
    return _HIDDEN.sub(lambda found: found[0] if lines and found[0] in "\n\t" else _escaped(found[0]), text)


def json_line(value: Mapping[str, Any]) -> str:
    """An object as one line of JSON that a terminal may have: the same value, hidden signs as JSON's own escapes.

    Raises ValueError for NaN and infinities.
    """
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], line)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape", "surrogatepass").decode()
