"""A judge who was appointed, changes their profile and leaves; an organizer who says which agencies are one."""

from datetime import UTC, datetime
from html import unescape

from hackathon import store
from hackathon.model import Role
from judging import assignment, judges
from tests.integration.frontend.conftest import Browser
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya, new_account

HOME, DESK = "/acara/asn-2026/juri", "/konsol/asn-2026/juri"


async def address(account: object, *, confirmed: bool = True) -> str:
    """Give an account an address."""
    email = f"{account}@kantor.example"
    await store.execute(
        "UPDATE account SET email = $2, confirmed_at = $3 WHERE id = $1",
        account,
        email,
        datetime.now(UTC) if confirmed else None,
    )
    return email


async def test_from_an_appointment_to_leaving(sukaraya: Sukaraya, browser: Browser) -> None:
    hall, wira = await Balai.make(sukaraya), await sukaraya.organizer()
    desk = await browser.sign_in(wira.account_id)
    sari = await new_account("Sari Dewanti", datetime.now(UTC))
    form = {"instansi": "Univ. Nusa Jaya", "keahlian": "statistik, hukum, statistik"}
    captain = next(iter(sukaraya.captains.values())).account_id
    ratna = hall.accounts["Ratna Handayani"].account_id
    assert "Tunjuk akun" in (await desk.get(f"{DESK}/tunjuk")).text
    for email, told in (
        ("", "surel"),
        ("tidak@ada.example", "Tidak ada akun terkonfirmasi"),
        (await address(sari, confirmed=False), "Tidak ada akun terkonfirmasi"),
        (await address(captain), "anggota tim di acara ini"),
        (await address(ratna), "sudah menjadi juri"),
        (await address(wira.account_id), "panitia melihat semua nilai"),
    ):
        answer = await desk.post(f"{DESK}/tunjuk", form | {"surel": email})
        assert answer.status == 422, email
        assert told in unescape(answer.text), email
    email = await address(sari)
    assert (await desk.post(f"{DESK}/tunjuk", form | {"surel": email, "instansi": " "})).status == 422
    assert (await desk.post(f"{DESK}/tunjuk", form | {"surel": email.upper(), "beban": "4"})).status == 303
    seat = await judges.judge_of(sukaraya.event.id, sari)
    assert seat is not None
    assert (seat.name, seat.expertise, seat.max_load) == ("Sari Dewanti", ("statistik", "hukum"), 4)
    posted = await store.fetch("SELECT kind FROM mail WHERE account_id = $1", sari)
    assert [row["kind"] for row in posted] == ["judge_appointed"]

    own = await browser.sign_in(sari)
    page = await own.get(f"{HOME}/profil")
    assert "Univ. Nusa Jaya" in page.text
    assert f"{HOME}/profil" in unescape((await own.get(HOME)).text)
    assert f"{HOME}/profil" in unescape((await own.get("/akun")).text)
    file = await desk.get("/konsol/asn-2026/berkas-acara")
    assert 'slug = "asn-2026"' in file.text
    assert "[judging]" in file.text
    assert (await desk.get(f"{HOME}/profil")).status == 403
    hall.judges["Sari"], team = seat.id, "Jalur Cepat"
    work = [await hall.assign("Sari", team), await hall.assign("Sari", "Satu Meja")]
    changed = {"nama": "Dr. Sari Dewanti", "keahlian": "hukum", "bahasa": "en"}
    for wrong in ({"nama": ""}, {"instansi": ""}, {"keahlian": "a" * 81}, {"bahasa": "xx"}):
        filled = changed | {"instansi": "Universitas Nusa Jaya"} | wrong
        assert (await own.post(f"{HOME}/profil", filled)).status == 422, wrong
    of_team = changed | {"instansi": "dinas perhubungan kota sukaraya"}
    assert (await own.post(f"{HOME}/profil", of_team)).status == 303
    assert "Dr. Sari Dewanti" in (await own.get(f"{HOME}/profil")).text
    states = await store.fetch("SELECT id, state FROM assignment WHERE judge_id = $1", seat.id)
    assert {row["id"]: row["state"] for row in states} == {work[0]: "withdrawn", work[1]: "open"}

    assert (await own.post(f"{HOME}/berhenti", {"alasan": " "})).status == 422
    await hall.score("Ratna Handayani", "Satu Meja")
    assert (await own.post(f"{HOME}/berhenti", {"alasan": "Dinas ke luar kota."})).status == 303
    assert (await own.get(f"{HOME}/profil")).status == 403
    assert await store.fetch_value("SELECT state FROM assignment WHERE id = $1", work[1]) == "withdrawn"
    (gone,) = await judges.departures(sukaraya.event.id)
    assert (gone.name, gone.reason) == ("Dr. Sari Dewanti", "Dinas ke luar kota.")
    assert "Dinas ke luar kota." in (await desk.get("/konsol/asn-2026")).text
    assert "Dinas ke luar kota." in (await desk.get(DESK)).text

    maya = await browser.sign_in(hall.accounts["Maya Lestari"].account_id)
    conflict = {"tim": str(sukaraya.teams["Satu Meja"]), "alasan": "Pernah saya bimbing."}
    assert (await maya.post(f"{HOME}/benturan", conflict)).status == 303
    assert "Satu Meja: Pernah saya bimbing." in (await desk.get(DESK)).text

    # Who finished something and leaves: what was sent stays. Who left comes back by the same way.
    reader = await browser.sign_in(ratna)
    assert "1 lembar" in (await reader.get(f"{HOME}/berhenti")).text
    assert (await reader.post(f"{HOME}/berhenti", {"alasan": "Sakit."})).status == 303
    left = await store.fetch(
        "SELECT state, count(*) AS n FROM assignment WHERE judge_id = $1 GROUP BY state", hall.judges["Ratna Handayani"]
    )
    assert {row["state"]: row["n"] for row in left}["open"] == 1
    back = {"surel": await address(ratna), "instansi": "Universitas Nusa Jaya"}
    assert (await desk.post(f"{DESK}/tunjuk", back)).status == 303
    seat = await judges.judge_of(sukaraya.event.id, ratna)
    assert seat is not None
    assert (seat.id, seat.declared_at) == (hall.judges["Ratna Handayani"], None)
    assert Role.ORGANIZER not in hall.accounts["Ratna Handayani"].roles


async def test_agencies_are_asked_about_and_answered(sukaraya: Sukaraya, browser: Browser) -> None:
    hall = await Balai.make(sukaraya)
    desk = await browser.sign_in((await sukaraya.organizer()).account_id)
    assert "Tidak ada pertanyaan" in (await desk.get(f"{DESK}/instansi")).text
    await hall.add_judge("Doni <b>", "Dishub Kota Sukaraya")
    page = await desk.get(f"{DESK}/instansi")
    assert "Doni &lt;b&gt;" in page.text
    assert "Jalur Cepat" in page.text
    entry = hall.entries["Jalur Cepat"]
    assert f"{DESK}/instansi" in unescape((await desk.get(f"/konsol/asn-2026/penilaian/peserta/{entry}")).text)
    assert f"{DESK}/instansi" in unescape((await desk.get("/konsol/asn-2026")).text)
    assert f"{DESK}/instansi" in unescape((await desk.get(DESK)).text)
    pair = {"juri": "Dishub Kota Sukaraya", "tim": "Dinas Perhubungan Kota Sukaraya"}
    assert (await desk.post(f"{DESK}/instansi", {"juri": "x", "tim": "y", "jawaban": "sama"})).status == 404
    assert (await desk.post(f"{DESK}/instansi", pair | {"jawaban": ""})).status == 422
    assert (await desk.post(f"{DESK}/instansi", pair | {"jawaban": "beda"})).status == 303
    after = (await desk.get(f"{DESK}/instansi")).text
    assert "Tidak ada pertanyaan" in after
    assert "dua instansi" in after
    assert (await desk.post(f"{DESK}/instansi", pair | {"jawaban": "sama"})).status == 303
    assert "satu instansi" in (await desk.get(f"{DESK}/instansi")).text


async def test_what_a_question_of_agencies_held_back_comes_when_it_is_gone(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    hall, wira = await Balai.make(sukaraya), await sukaraya.organizer()
    desk, dishub = await browser.sign_in(wira.account_id), "Dishub Kota Sukaraya"
    doni, siti = await hall.add_judge("Doni Saputra", dishub), await hall.add_judge("Siti Aminah", dishub)
    await assignment.choose_samples(sukaraya.event.id, [hall.entries["Jalur Cepat"]], "Contoh.", actor=wira)

    async def have_samples() -> set[object]:
        rows = await store.fetch("SELECT judge_id FROM assignment WHERE kind = 'calibration' AND state = 'open'")
        return {row["judge_id"] for row in rows} & {doni, siti}

    assert await have_samples() == set()
    own = await browser.sign_in(hall.accounts["Siti Aminah"].account_id)
    filled = {"nama": "Siti Aminah", "instansi": "Universitas Nusa Jaya", "keahlian": "", "bahasa": "id"}
    assert (await own.post(f"{HOME}/profil", filled)).status == 303
    assert await have_samples() == {siti}
    answer = {"juri": dishub, "tim": "Dinas Perhubungan Kota Sukaraya", "jawaban": "beda"}
    assert (await desk.post(f"{DESK}/instansi", answer)).status == 303
    assert await have_samples() == {doni, siti}
