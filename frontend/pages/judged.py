"""A rubric as pages show it, to judges, teams and organizers alike."""

from dataclasses import dataclass

from frontend.language import Language, pick
from judging.rubrics import Rubric


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion in words. `share` is its part of the judges' score in percent."""

    key: str
    title: str
    question: str
    share: str
    anchors: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RubricView:
    """A rubric in words."""

    criteria: tuple[CriterionView, ...]


def draw_rubric(rubric: Rubric, language: Language) -> RubricView:
    """The rubric in a language."""
    return RubricView(
        tuple(
            CriterionView(
                one.key,
                pick(one.title, language),
                pick(one.question, language),
                _share(100 * rubric.share(one.key), language),
                tuple((rating, pick(one.anchors[rating], language)) for rating in sorted(one.anchors)),
            )
            for one in rubric.criteria
        )
    )


def _share(value: float, language: Language) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if language is Language.ID else text
