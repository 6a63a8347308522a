"""What is kept of a person, gathered for that person and for nobody else."""

import msgspec

from hackathon import accounts
from hackathon.objects import Objects
from hackathon.own_data import own_data
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
