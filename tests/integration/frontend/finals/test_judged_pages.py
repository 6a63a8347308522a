"""What a team and organizers see once a version is fixed for the judges, and what a team never sees."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hackathon import finals, store
from tests.integration.frontend.desk import ROOT, words
from tests.integration.frontend.result.scene import TEAM, Scene, public_cases
from tests.integration.sukaraya import apply


async def test_the_fixed_version_is_told_and_its_final_test_only_to_organizers(scene: Scene) -> None:
    first, second = await scene.evaluated(0.9), await scene.evaluated(0.5)
    entry = scene.sukaraya.entries[TEAM]
    wira = f"{ROOT}/keikutsertaan/{entry}"
    assert "Ditetapkan otomatis setelah batas waktu tim ini." in words(await scene.wira.get(wira))

    schedule = scene.sukaraya.event.schedule
    await apply(replace(schedule, building_closes=datetime.now(UTC) - timedelta(minutes=1)))
    await finals.fix_due()  # the loop of the application may be first: then this finds nothing to do

    judged = await finals.judged(entry)
    assert judged is not None
    assert (judged.submission_id, judged.number) == (second, 2)
    page = words(await scene.dewi.get(f"/pengajuan/{second}"))
    assert "Versi 2 ditetapkan untuk dinilai juri pada" in page
    refused = await scene.wira.post(f"/pengajuan/{second}/pilih", {"versi": str(first)})
    assert refused.status == 422
    assert "Versi 2 sudah ditetapkan untuk dinilai juri" in words(refused)
    told = words(await scene.wira.get(wira))
    assert "Versi 2 ditetapkan untuk dinilai juri pada" in told
    assert "Pengujian akhir Antre" in told

    # The final cases are run; only organizers find a trace of it.
    addresses = [f"/pengajuan/{second}", f"/pengajuan/{second}/log", "/api/v1/submissions/" + str(second)]
    before = [_steady((await scene.dewi.get(address)).text) for address in addresses]
    claim = await scene.claim()
    assert claim.final
    during = [_steady((await scene.dewi.get(address)).text) for address in addresses]
    await scene.end(claim, board=public_cases()[:1])
    after = [_steady((await scene.dewi.get(address)).text) for address in addresses]
    assert before == during == after
    told = words(await scene.wira.get(wira))
    assert "Pengujian akhir Selesai" in told
    (result,) = await finals.results_of(scene.sukaraya.track.id)
    assert result.submission_id == second
    assert (await store.fetch_value("SELECT count(*) FROM evaluation WHERE case_set = 'final'")) == 1


def _steady(text: str) -> str:
    """A page without what differs at every look."""
    return re.sub(r'"now":"[^"]*"|data-(now|key)="[^"]*"|nonce="[^"]*"', "", text)
