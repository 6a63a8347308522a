"""Which images go from an engine, and why."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sandbox.images import HeldImage, ImageKind, Policy, Why, to_remove
from sandbox.images.model import DAY_SECONDS

NOW = 1_800_000_000.0
POLICY = Policy(unused_seconds=7 * DAY_SECONDS, bytes=100, settle_seconds=3600)


def prototype(name: str, *, days: float, size: int = 10, in_use: bool = False) -> HeldImage:
    """One that was made so many days ago."""
    return HeldImage(
        name, (f"gelanggang/prototype:{name}",), ImageKind.PROTOTYPE, size, NOW - days * DAY_SECONDS, in_use
    )


def went(images: list[HeldImage], **given: object) -> dict[str, Why]:
    options = {"used": {}, "needed": (), "now": NOW, "policy": POLICY, **given}
    return {goes.image.id: goes.why for goes in to_remove(images, **options)}  # type: ignore[arg-type]


def test_what_was_not_used_for_long_goes_and_the_rest_stays() -> None:
    images = [prototype("karsa", days=8), prototype("lentera", days=6), prototype("sagara", days=30)]
    used = {"sagara": NOW - 2 * DAY_SECONDS}
    assert went(images, used=used) == {"karsa": Why.UNUSED}


def test_what_is_needed_or_in_use_stays_whatever_happens() -> None:
    images = [prototype("karsa", days=90, size=900), prototype("lentera", days=90, size=900, in_use=True)]
    assert went(images, needed={"karsa"}, short=True) == {}


def test_the_ones_used_longest_ago_go_until_the_rest_fits() -> None:
    images = [prototype(name, days=age, size=40) for name, age in (("a", 1), ("b", 2), ("c", 3), ("d", 4))]
    assert went(images) == {"d": Why.SIZE, "c": Why.SIZE}
    assert went(images, used={"d": NOW - DAY_SECONDS / 2}) == {"c": Why.SIZE, "b": Why.SIZE}


def test_what_must_stay_counts_towards_the_size() -> None:
    images = [prototype("final", days=5, size=95), prototype("karsa", days=2, size=10)]
    assert went(images, needed={"final"}) == {"karsa": Why.SIZE}


def test_nothing_goes_that_was_used_a_moment_ago() -> None:
    images = [prototype("karsa", days=0.01, size=900)]
    assert went(images, short=True) == {}
    assert went([replace(images[0], made_at=NOW + 60)], short=True) == {}
    assert went([prototype("lentera", days=90)], used={"lentera": NOW - 60}) == {}


def test_a_disk_that_is_nearly_full_lets_everything_go_that_nothing_needs() -> None:
    images = [prototype("karsa", days=1), prototype("lentera", days=2)]
    assert list(went(images, short=True).items()) == [("lentera", Why.ROOM), ("karsa", Why.ROOM)]


def test_old_tools_go_by_age_alone() -> None:
    old = HeldImage("deps", ("gelanggang/grader-deps:1",), ImageKind.TOOL, 900, NOW - 8 * DAY_SECONDS)
    young = replace(old, id="young", made_at=NOW - DAY_SECONDS)
    current = replace(old, id="current", in_use=True)
    assert went([old, young, current]) == {"deps": Why.UNUSED}


@given(
    ages=st.lists(st.floats(0, 30), min_size=1, max_size=12),
    sizes=st.lists(st.integers(0, 200), min_size=12, max_size=12),
    protected=st.sets(st.integers(0, 11)),
    running=st.sets(st.integers(0, 11)),
    short=st.booleans(),
)
def test_whatever_there_is(
    ages: list[float], sizes: list[int], protected: set[int], running: set[int], short: bool
) -> None:
    images = [prototype(str(n), days=age, size=sizes[n], in_use=n in running) for n, age in enumerate(ages)]
    needed = {str(n) for n in protected}
    found = went(images, needed=needed, short=short)
    left = [image for image in images if image.id not in found]
    for image in images:
        idle = NOW - image.made_at
        if image.in_use or image.id in needed or idle < POLICY.settle_seconds:
            assert image.id not in found
        elif short or idle >= POLICY.unused_seconds:
            assert image.id in found
    # It fits, or nothing more may go.
    free = [i for i in left if not i.in_use and i.id not in needed and NOW - i.made_at >= POLICY.settle_seconds]
    assert sum(image.bytes for image in left) <= POLICY.bytes or not free
    assert went(left, needed=needed, short=short) == {}
