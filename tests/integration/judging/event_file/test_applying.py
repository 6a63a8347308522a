"""An event file that says how it is judged: applied, written again, and held where judges have scored."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from hackathon.database import migrate
from hackathon.events import EventSpec, apply_event, get_event, parse_event
from hackathon.model import SYSTEM
from judging import event_file, rubrics, rules
from judging.event_file import JudgingFixed, JudgingSpec
from judging.piccolo_app import APP_CONFIG
from tests.integration.judging.hall import Balai
from tests.unit.judging.event_file.test_judging_table import EXAMPLE

DEMO = (Path(event_file.__file__).parents[2] / "frontend" / "demo" / "event.toml").read_text(encoding="utf-8")


def read(text: str) -> tuple[EventSpec, JudgingSpec | None]:
    spec = parse_event(text.encode(), elsewhere={"judging"})
    return spec, event_file.parse_judging(text.encode(), spec)


async def apply(text: str, reason: str = "") -> None:
    spec, judging = read(text)
    await event_file.check_judging(judging, spec, reason=reason)
    event = await apply_event(spec, key=bytes(32), actor=SYSTEM, now=datetime.now(UTC))
    if judging is not None:
        await event_file.apply_judging(judging, event, actor=SYSTEM, reason=reason)


async def test_a_file_comes_back_as_it_was(dsn: str, store: ModuleType) -> None:
    await migrate(dsn, upper=(APP_CONFIG,))
    for text in (EXAMPLE, DEMO):
        await apply(text)
        before = await store.fetch_value("SELECT max(id) FROM outbox")
        out = await event_file.written(await get_event(read(text)[0].slug))
        told = read(text)[0]
        assert read(out)[0] == replace(told, venues=tuple(sorted(told.venues, key=lambda venue: venue.slug)))
        await apply(out)
        assert await event_file.written(await get_event(read(text)[0].slug)) == out
        assert await store.fetch_value("SELECT max(id) FROM outbox") == before, "applied again, it changes nothing"


async def test_what_judges_have_scored_by_stays_and_is_told(sukaraya: object) -> None:
    hall = await Balai.make(sukaraya)  # type: ignore[arg-type]
    await apply((await event_file.written(hall.event)).replace("reviews = 3", "reviews = 2"))
    assert (await rules.get_rules(hall.event.id)).reviews == 2
    await hall.score("Ratna Handayani", next(iter(hall.entries)))
    text = await event_file.written(await get_event(hall.event.slug))
    await apply(text)

    for old, new in (
        ('method = "adjusted"', 'method = "mean"'),
        ("judges_share = 40", "judges_share = 50"),
        ('ties = ["judges", "automated"]', "ties = []"),
    ):
        changed = text.replace(old, new).replace("reviews = 2", "reviews = 5")
        assert new in changed
        with pytest.raises(JudgingFixed) as caught:
            await apply(changed)
        assert caught.value.line is not None
        assert changed.splitlines()[caught.value.line - 1] == new
        assert (await rules.get_rules(hall.event.id)).reviews == 2, "nothing of the file is applied"

    # The page's criteria say the judges' share too, and go first.
    words = 'title = { id = "a", en = "a" }\nbody = { id = "b", en = "b" }\n'
    for share, fine in ((40, True), (70, False)):
        page = text.replace("judges_share = 40\n", "")
        for weight, source in ((share, "judges"), (100 - share, "measured")):
            page += f'\n[[criteria]]\nweight = {weight}\nsource = "{source}"\n{words}'
        if fine:
            await apply(page)
        else:
            with pytest.raises(JudgingFixed, match="criteria"):
                await apply(page)

    track, other = hall.event.tracks
    heavier = text.replace("weight = 30", "weight = 35")
    with pytest.raises(JudgingFixed, match="--reason") as caught:
        await apply(heavier)
    assert caught.value.line is not None
    assert heavier.splitlines()[caught.value.line] == f'track = "{track.slug}"'
    await apply(heavier, "Manfaat lebih penting.")
    kept = await rubrics.current(track.id)
    assert (kept.number, kept.reason, kept.rubric.criteria[0].weight) == (2, "Manfaat lebih penting.", 35)
    assert (await rubrics.current(other.id)).number == 1, "nobody has scored by it, so it is replaced"
    assert (await rubrics.current(other.id)).rubric.criteria[0].weight == 35
    assert replace(kept.rubric) == (await rubrics.current(other.id)).rubric
