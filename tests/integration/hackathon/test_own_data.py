"""What is kept of a person, gathered for that person and for nobody else."""

import dataclasses
from types import ModuleType

import msgspec

from hackathon import accounts, cards, pitches
from hackathon.objects import Objects
from hackathon.own_data import GATHERED, LEFT_OUT, OwnData, own_data
from tests.integration.hackathon.city import KEY, NOW, City, archive, hand_in


async def test_teams_files_and_acts_are_those_of_the_person(city: City, objects: Objects) -> None:
    receipt = await hand_in(city, archive(), objects)
    await accounts.set_nip("199208172015032004", key=KEY, actor=city.sari, now=NOW)
    sari = await own_data(actor=city.sari, key=KEY, now=NOW)
    assert [(one.event, one.team, one.captain) for one in sari.teams] == [("sukaraya", "Kawan Lapor", True)]
    (sent,) = sari.uploads
    assert (sent.filename, sent.number, sent.state, sent.track) == ("lapor.zip", 1, "completed", "formulir")
    assert sent.sha256 == receipt.sha256
    assert sari.nip == "199208172015032004"
    assert {"upload.registered", "account.nip_set"} <= {act.kind for act in sari.acts}
    budi = await own_data(actor=city.budi, key=KEY, now=NOW)
    assert [(one.team, one.captain) for one in budi.teams] == [("Kawan Lapor", False)]
    assert (budi.uploads, budi.nip, budi.acts) == ((), None, ())
    told = msgspec.json.encode(budi).decode()
    assert "Sari" not in told
    assert str(city.sari.account_id) not in told


async def test_every_column_that_names_a_person_is_told_or_has_a_reason(store: ModuleType) -> None:
    pointing = await store.fetch(
        "SELECT c.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
        " WHERE c.contype = 'f' AND c.confrelid = 'account'::regclass"
    )
    by_name = await store.fetch(
        "SELECT table_name || '.' || column_name AS name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name NOT IN (SELECT viewname FROM pg_views)"
        " AND data_type = 'uuid' AND column_name ~ '(_by|^actor|^account_id|author|person)$'"
    )
    named = {row["name"] for row in (*pointing, *by_name)}
    assert named - GATHERED.keys() - LEFT_OUT.keys() == set()
    assert (GATHERED.keys() | LEFT_OUT.keys()) - named == set()
    assert set(GATHERED.values()) <= {field.name for field in dataclasses.fields(OwnData)}


async def test_what_somebody_wrote_is_theirs_to_see(city: City) -> None:
    answers = {"name": "Lapor", "summary": "Ringkas."}
    await cards.save_card(city.entry_id, answers, base=0, draft=True, actor=city.budi, now=NOW)
    await pitches.save_video(city.entry_id, "https://video.example/1", actor=city.budi, now=NOW)
    budi = await own_data(actor=city.budi, key=KEY, now=NOW)
    assert [(card.team, card.version, card.answers["name"]) for card in budi.cards] == [("Kawan Lapor", 1, "Lapor")]
    assert [(pitch.name, pitch.size) for pitch in budi.pitches] == [("https://video.example/1", None)]
    sari = await own_data(actor=city.sari, key=KEY, now=NOW)
    assert (sari.cards, sari.pitches, sari.fetches, sari.codes) == ((), (), (), ())
