"""How an event is judged as a part of its event file. Pure."""

from collections.abc import Sequence
from dataclasses import fields

from judging.event_file.spec import NO_LIMIT, SAMPLES, TABLE
from judging.rubrics import Rubric
from judging.rules import JudgingRules
from sandbox.model import Text
from sandbox.toml_writing import document, table


def write_judging(rules: JudgingRules, rubrics: Sequence[tuple[str, Rubric]], *, share_elsewhere: bool) -> str:
    """The table. `rubrics` by slug of the track; `share_elsewhere`: the page's criteria say the judges' share."""
    left_out = {SAMPLES, *(("judges_share",) if share_elsewhere else ())}
    told: dict[str, object] = {one.name: getattr(rules, one.name) for one in fields(rules) if one.name not in left_out}
    told |= {"method": rules.method.value, "showing": rules.showing.value, "max_load": rules.max_load or NO_LIMIT}
    parts = [table(f"[{TABLE}]", told)]
    for track, rubric in rubrics:
        parts.append(table(f"[[{TABLE}.rubrics]]", {"track": track}))
        for one in rubric.criteria:
            head = f"{TABLE}.rubrics.criteria"
            parts.append(
                table(f"[[{head}]]", {"key": one.key, "weight": one.weight, "title": _words(one.title)})
                + table(f"[{head}.question]", _words(one.question))
                + "".join(table(f"[{head}.anchors.{rating}]", _words(text)) for rating, text in one.anchors.items())
            )
    return document(parts)


def _words(text: Text) -> dict[str, object]:
    return {"id": text.id, "en": text.en}
