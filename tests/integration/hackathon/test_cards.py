"""Prototype cards: kept version by version, never over somebody else's words."""

import asyncio
from datetime import timedelta
from types import ModuleType

import pytest

from hackathon.cards import CardChanged, CardIncomplete, read_card, save_card, suggest_answers
from hackathon.objects import Objects
from hackathon.submissions import NotOpen
from hackathon.teams import NotAMember
from tests.integration.hackathon.city import NOW, SCHEDULE, City, archive, hand_in, person

WHOLE = {
    "name": "Kawan Lapor",
    "summary": "Membantu petugas kecamatan menjawab aduan warga dalam satu menit.",
    "data_used": "Aduan warga tahun 2024 yang sudah disamarkan, 1.200 baris, milik kecamatan sendiri.",
    "limits": "Keliru pada aduan yang memuat dua masalah sekaligus dan pada bahasa daerah.",
    "human_oversight": "Petugas piket menyetujui setiap jawaban sebelum dikirim kepada warga.",
}


async def test_a_card_is_kept_with_version_time_and_author(city: City) -> None:
    assert await read_card(city.entry_id, actor=city.sari) is None
    first = await save_card(city.entry_id, WHOLE, base=0, draft=False, actor=city.sari, now=NOW)
    assert (first.version, first.complete, first.answered, first.saved_at) == (1, True, 5, NOW)
    second = await save_card(
        city.entry_id, {**WHOLE, "name": "Kawan"}, base=1, draft=False, actor=city.budi, now=NOW + timedelta(hours=1)
    )
    assert second.version == 2
    shown = await read_card(city.entry_id, actor=city.sari)
    assert shown is not None
    assert (shown.version, shown.author, shown.answers.name) == (2, "Budi", "Kawan")


async def test_the_same_words_again_make_no_version(city: City) -> None:
    await save_card(city.entry_id, WHOLE, base=0, draft=False, actor=city.sari, now=NOW)
    padded = {name: f"  {text}\r\n" for name, text in WHOLE.items()}
    again = await save_card(city.entry_id, padded, base=0, draft=False, actor=city.budi, now=NOW)
    assert (again.version, again.author) == (1, "Sari")


async def test_the_later_of_two_who_edit_is_told_and_overwrites_nothing(city: City) -> None:
    await save_card(city.entry_id, WHOLE, base=0, draft=False, actor=city.sari, now=NOW)
    saris, budis = {**WHOLE, "name": "Punya Sari"}, {**WHOLE, "name": "Punya Budi"}
    await save_card(city.entry_id, saris, base=1, draft=False, actor=city.sari, now=NOW)
    with pytest.raises(CardChanged) as told:
        await save_card(city.entry_id, budis, base=1, draft=False, actor=city.budi, now=NOW)
    assert told.value.current.answers.name == "Punya Sari"
    assert told.value.message.id.startswith("Sari menyimpan kartu ini")
    kept = await save_card(city.entry_id, budis, base=told.value.current.version, draft=False, actor=city.budi, now=NOW)
    assert (kept.version, kept.answers.name) == (3, "Punya Budi")


async def test_of_many_at_once_one_wins(city: City) -> None:
    async def save(number: int) -> bool:
        try:
            await save_card(
                city.entry_id, {**WHOLE, "name": f"Nama {number}"}, base=0, draft=False, actor=city.sari, now=NOW
            )
        except CardChanged:
            return False
        return True

    assert sum(await asyncio.gather(*(save(number) for number in range(8)))) == 1


async def test_what_is_missing_is_named_and_a_draft_may_lack_it(city: City) -> None:
    short = {**WHOLE, "limits": "Belum tahu.", "summary": ""}
    with pytest.raises(CardIncomplete) as told:
        await save_card(city.entry_id, short, base=0, draft=False, actor=city.sari, now=NOW)
    assert list(told.value.problems) == ["summary", "limits"]
    assert "sekarang 11" in told.value.problems["limits"].id
    draft = await save_card(city.entry_id, short, base=0, draft=True, actor=city.sari, now=NOW)
    assert (draft.complete, draft.answered) == (False, 3)


async def test_what_is_too_long_is_no_draft_either(city: City) -> None:
    with pytest.raises(CardIncomplete) as told:
        await save_card(city.entry_id, {"name": "x" * 81}, base=0, draft=True, actor=city.sari, now=NOW)
    assert "Sekarang 81" in told.value.problems["name"].id


@pytest.mark.parametrize("typed", ["\u202ekebalik\x00", "a\u0000b", "emoji 🙂 aman", "<script>alert(1)</script>"])
async def test_odd_signs_are_kept_or_left_out_but_break_nothing(typed: str, city: City) -> None:
    card = await save_card(city.entry_id, {"name": typed}, base=0, draft=True, actor=city.sari, now=NOW)
    assert "\u202e" not in card.answers.name
    assert "\x00" not in card.answers.name


async def test_after_the_deadline_nothing_is_kept(city: City) -> None:
    with pytest.raises(NotOpen):
        await save_card(city.entry_id, WHOLE, base=0, draft=True, actor=city.sari, now=SCHEDULE.building_closes)


async def test_others_neither_read_nor_write(city: City) -> None:
    stranger = await person("Orang Lain")
    with pytest.raises(NotAMember):
        await read_card(city.entry_id, actor=stranger)
    with pytest.raises(NotAMember):
        await save_card(city.entry_id, WHOLE, base=0, draft=True, actor=stranger, now=NOW)


async def test_the_manifest_of_the_latest_submission_is_offered(
    city: City, objects: Objects, store: ModuleType
) -> None:
    assert (await suggest_answers(city.entry_id, actor=city.sari)).name == ""
    manifest = 'name = "Ringkas"\nsummary = "Meringkas."\n[card]\nlimits = "Satu bahasa."\n'
    app = "def predict(task, input):\n    return {}\n"
    await hand_in(city, archive({"app.py": app, "prototype.toml": manifest}), objects)
    offered = await suggest_answers(city.entry_id, actor=city.budi)
    assert (offered.name, offered.summary, offered.limits, offered.data_used) == (
        "Ringkas",
        "Meringkas.",
        "Satu bahasa.",
        "",
    )
