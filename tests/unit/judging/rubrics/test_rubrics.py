"""The default rubric, what a rubric must have, its versions, and points."""

from dataclasses import replace
from itertools import product

import pytest

from judging.rubrics import (
    DEFAULT_RUBRIC,
    Criterion,
    RatingsIncomplete,
    ReasonMissing,
    Revision,
    Rubric,
    RubricInvalid,
    missing,
    points,
    rating_points,
    revise,
)
from sandbox.model import Text

WORDS = Text(id="Cukup", en="Fair")
BENEFIT = Criterion("manfaat", WORDS, WORDS, 60, {1: WORDS, 3: WORDS, 5: WORDS})
READY = Criterion("siap-pakai", WORDS, WORDS, 40, {1: WORDS, 3: WORDS, 5: WORDS})
RUBRIC = Rubric((BENEFIT, READY))


def test_the_default_rubric_is_complete() -> None:
    assert DEFAULT_RUBRIC.keys == ("manfaat", "teknis", "inovasi", "etika", "kesiapan")
    assert sum(criterion.weight for criterion in DEFAULT_RUBRIC.criteria) == 100
    texts = [t for c in DEFAULT_RUBRIC.criteria for t in (c.title, c.question, *c.anchors.values())]
    assert len({text.id for text in texts}) == len({text.en for text in texts}) == len(texts)
    assert all(text.id != text.en for text in texts)


def test_points_are_the_mean_of_ratings_by_weight() -> None:
    assert [rating_points(rating) for rating in range(1, 6)] == [0, 25, 50, 75, 100]
    assert points(RUBRIC, {"manfaat": 5, "siap-pakai": 2}) == 70
    assert points(RUBRIC, {"manfaat": 5, "siap-pakai": 2, "dari-versi-lama": 1}) == 70
    assert RUBRIC.share("manfaat") == 0.6


def test_every_complete_scorecard_has_points_within_bounds() -> None:
    for ratings in product(range(1, 6), repeat=5):
        assert 0 <= points(DEFAULT_RUBRIC, dict(zip(DEFAULT_RUBRIC.keys, ratings, strict=True))) <= 100


def test_an_incomplete_scorecard_has_no_points() -> None:
    assert missing(RUBRIC, {"siap-pakai": 3}) == ("manfaat",)
    with pytest.raises(RatingsIncomplete) as refused:
        points(RUBRIC, {"siap-pakai": 3})
    assert refused.value.missing == ("manfaat",)
    assert "manfaat" in refused.value.message.id


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_outside_of_1_to_5_is_refused(rating: int) -> None:
    with pytest.raises(ValueError, match="a rating is from 1 to 5"):
        points(RUBRIC, {"manfaat": rating, "siap-pakai": 3})


def test_a_rubric_that_nobody_could_score_by_is_refused() -> None:
    for broken in (
        {"key": "Manfaat"},
        {"key": ""},
        {"weight": 0},
        {"weight": float("nan")},
        {"anchors": {1: WORDS, 5: WORDS}},
        {"title": Text(id=" ", en="Fair")},
    ):
        with pytest.raises(RubricInvalid):
            replace(BENEFIT, **broken)  # type: ignore[arg-type]
    for criteria in ((), (BENEFIT, BENEFIT), tuple(replace(BENEFIT, key=f"k{n}") for n in range(13))):
        with pytest.raises(RubricInvalid):
            Rubric(criteria)


def test_before_the_first_score_a_rubric_is_replaced() -> None:
    first = Revision(1, RUBRIC)
    assert revise(first, Rubric((BENEFIT,)), scored=False) == Revision(1, Rubric((BENEFIT,)))


def test_after_the_first_score_a_change_is_a_new_version_with_a_reason() -> None:
    first = Revision(1, RUBRIC)
    heavier = Rubric((replace(BENEFIT, weight=70), READY))
    with pytest.raises(ReasonMissing):
        revise(first, heavier, scored=True, reason="  ")
    assert revise(first, heavier, scored=True, reason="Keputusan rapat juri") == Revision(
        2, heavier, "Keputusan rapat juri"
    )
    assert revise(first, RUBRIC, scored=True) is first


def test_scorecards_are_looked_at_again_when_what_is_asked_changes() -> None:
    first = Revision(1, Rubric((BENEFIT,)))
    other = Text(id="Lain", en="Other")
    more = revise(first, RUBRIC, scored=True, reason="Kriteria ditambah")
    moved = Rubric((replace(BENEFIT, anchors={1: WORDS, 3: other, 5: WORDS}),))
    fewer = revise(Revision(2, RUBRIC), Rubric((BENEFIT,)), scored=True, reason="Kriteria dihapus")
    assert more.reopens
    assert revise(first, moved, scored=True, reason="Uraian diperjelas").reopens
    assert not fewer.reopens
