"""An organizer adds a judge, who joins by the link, names a team and gives an assignment back."""

import re
from datetime import UTC, datetime
from html import unescape

from hackathon import store
from judging import judges
from tests.integration.frontend.conftest import Browser
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya, new_account


async def test_from_the_invitation_to_a_conflict(sukaraya: Sukaraya, browser: Browser) -> None:
    hall, root = await Balai.make(sukaraya), "/konsol/asn-2026/juri"
    desk = await browser.sign_in((await sukaraya.organizer()).account_id)
    empty = await desk.post(root, {"nama": "", "instansi": ""})
    assert empty.status == 422
    assert "Isi instansi juri" in empty.text
    made = await desk.post(root, {"nama": "Sari <b>", "instansi": "Univ", "keahlian": "statistik, hukum"})
    found = re.search(r"/undangan-juri/([A-Za-z0-9_-]{43})", unescape(made.text))
    assert made.status == 200
    assert found is not None, made.text[made.text.index("<main") :]
    link, home = f"/undangan-juri/{found[1]}", "/acara/asn-2026/juri"
    assert found[1] not in (await desk.get(root)).text

    assert "Masuk dulu" in (await browser.get(link)).text
    assert (await browser.get("/undangan-juri/x")).status == 404
    sari = await browser.sign_in(await new_account("Sari", datetime.now(UTC)))
    tono = await browser.sign_in(await new_account("Tono", datetime.now(UTC)))
    assert "Anda masuk sebagai Sari." in (await sari.get(link)).text
    joined = await sari.post(link)
    assert joined.status == 303
    assert joined.headers["location"].startswith(f"{home}/benturan")
    assert "sudah dipakai" in (await tono.post(link)).text
    assert (await tono.get(f"{home}/benturan")).status == 404

    team = str(sukaraya.teams["Satu Meja"])
    assert "Pilih timnya." in (await sari.post(f"{home}/benturan", {"tim": "x", "alasan": "a"})).text
    assert (await sari.post(f"{home}/benturan", {"tim": team, "alasan": "Pernah saya bimbing."})).status == 303
    assert "Pernah saya bimbing." in (await sari.get(f"{home}/benturan")).text
    assert (await sari.post(f"{home}/benturan", {"tim": team, "aksi": "tarik"})).status == 303
    seat = await judges.judge_of(sukaraya.event.id, sari.account_id)
    assert seat is not None
    assert await judges.declared(seat.id) == ()

    await store.execute("UPDATE judge SET declared_at = NULL WHERE id = $1", hall.judges["Yudha Pratama"])
    yudha = await browser.sign_in(hall.accounts["Yudha Pratama"].account_id)
    card = hall.assignments["Yudha Pratama", "Satu Meja"]
    shut = await yudha.get(f"{home}/{card}")
    assert shut.status == 409
    assert f"{home}/benturan?tugas={card}" in unescape(shut.text)
    assert "Tidak ada benturan" in (await yudha.get(f"{home}/benturan?tugas={card}")).text
    back = await yudha.post(f"{home}/benturan", {"aksi": "lengkap", "tugas": str(card)})
    assert back.headers["location"].startswith(f"{home}/{card}")
    bench = await yudha.get(f"{home}/{card}")
    assert bench.status == 200
    assert f"{home}/{card}/mundur" in unescape(bench.text)
    assert f'href="{home}"' in unescape((await yudha.get("/acara/asn-2026")).text)
    assert (await yudha.post(f"{home}/benturan", {"aksi": "lengkap", "tugas": "//x.example"})).status == 303

    work = hall.assignments["Ratna Handayani", "Satu Meja"]
    ratna = await browser.sign_in(hall.accounts["Ratna Handayani"].account_id)
    assert (await sari.get(f"{home}/{work}/mundur")).status == 404
    assert (await ratna.get(f"{home}/{work}/mundur")).status == 200
    assert (await ratna.post(f"{home}/{work}/mundur", {"alasan": ""})).status == 422
    assert (await ratna.post(f"{home}/{work}/mundur", {"alasan": "Saudara saya."})).status == 303
    assert await store.fetch_value("SELECT state FROM assignment WHERE id = $1", work) == "recused"

    assert (await desk.get(f"{root}/{seat.id}/lepas")).status == 200
    assert (await desk.post(f"{root}/{seat.id}/lepas", {"alasan": "Berhalangan."})).status == 303
    assert (await sari.get(f"{home}/benturan")).status == 404
