"""The console's pages of judging, and what everybody reads of it: each looked at, each changed, each refused once."""

import re
from datetime import UTC, datetime
from html import unescape
from uuid import uuid4

import pytest

from hackathon import store
from judging import assignment, groups, rubrics, rules, stage
from judging.assignment import Kind, State
from judging.composite import Method
from tests.integration.frontend.conftest import Browser
from tests.integration.frontend.desk import ROOT, words
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya

BASE = f"{ROOT}/penilaian"


@pytest.fixture
async def balai(sukaraya: Sukaraya) -> Balai:
    """Six fixed teams, three judges, nothing assigned."""
    balai = await Balai.make(sukaraya)
    await store.execute("DELETE FROM assignment")
    return balai


async def test_assignments_from_a_plan_to_the_matrix_and_by_hand(balai: Balai, browser: Browser) -> None:
    wira = await browser.sign_in((await balai.organizer()).account_id)
    assert "belum punya juri" in words(await wira.get(BASE))
    looked = await wira.get(f"{BASE}/rencana")
    assert "18 penugasan baru, 0 tetap, beban 6 per juri." in words(looked)
    seen = re.search(r'name="dilihat" value="([0-9a-f]+)"', looked.text)
    assert seen is not None
    send = {"babak": "penilaian", "dilihat": seen[1]}
    assert (await wira.post(f"{BASE}/rencana", send)).status == 422
    made = await wira.post(f"{BASE}/rencana", {**send, "alasan": "Pembagian pertama"})
    assert made.status == 303
    page = await wira.get(BASE)
    assert page.text.count("c-none") >= 18
    assert "0 dari 3 terkirim" in words(page)
    assert "Tidak ada yang perlu diubah" in words(await wira.get(f"{BASE}/rencana"))
    # The same form again: it is no longer what would be done.
    again = await wira.post(f"{BASE}/rencana", {**send, "alasan": "Pembagian pertama"})
    assert again.status == 409
    # By hand: one away, told; another refused for a conflict.
    entry = balai.entries["Satu Meja"]
    one = next(one for one in await assignment.all_assignments(balai.event.id) if one.entry_id == entry)
    address = f"{BASE}/peserta/{entry}"
    assert (await wira.post(address, {"cabut": str(one.id)})).status == 422
    assert (await wira.post(address, {"cabut": str(one.id), "alasan": "Salah"})).status == 303
    assert (await assignment.get(one.id)).state is State.WITHDRAWN
    assert "Kurang juri" in words(await wira.get(BASE))
    assert "Satu Meja" in words(await wira.get(f"{BASE}?keadaan=kurang"))
    assert (await wira.post(address, {"juri": "", "alasan": "Salah"})).status == 422
    assert (await wira.post(address, {"juri": str(one.judge_id), "alasan": "Lagi"})).status == 303
    # What cannot be planned says what to change.
    await rules.change_rules(balai.event.id, rules.JudgingRules(reviews=5), "Lima", actor=await balai.organizer())
    told = words(await wira.get(f"{BASE}/rencana"))
    assert "Setiap peserta perlu 5 juri, tetapi hanya ada 3." in told
    assert "Ubah jumlah juri atau batas beban" in told
    for wrong in ("?babak=x&keadaan=y&juri=z&kategori=%00&cari=%00", "?juri=" + str(uuid4())):
        assert (await wira.get(BASE + wrong)).status == 200
    assert (await wira.get(f"{BASE}/peserta/{uuid4()}")).status == 404


async def test_rules_and_rubric_as_forms(balai: Balai, browser: Browser) -> None:
    wira = await browser.sign_in((await balai.organizer()).account_id)
    page = await wira.get(f"{BASE}/aturan")
    seen = re.search(r'name="dilihat" value="([0-9a-f]+)"', page.text)
    assert seen is not None
    form = {
        "dilihat": seen[1],
        "tanpa-kunci": "ya",
        "cara": "trimmed",
        "porsi": "37,5",
        "seri": "automated,judges",
        "banyak": "2",
        "batas": "",
        "tampil": "live",
        "samar": "ya",
        "alasan": "Rapat",
    }
    for wrong in (
        {"porsi": "banyak"},
        {"porsi": "inf"},
        {"banyak": "0"},
        {"batas": "-1"},
        {"cara": "undi"},
        {"alasan": ""},
    ):
        assert (await wira.post(f"{BASE}/aturan", {**form, **wrong})).status == 422
    assert (await wira.post(f"{BASE}/aturan", form)).status == 303
    kept = await rules.get_rules(balai.event.id)
    assert (kept.method, kept.judges_share, kept.reviews, kept.blind) == (Method.TRIMMED, 37.5, 2, True)
    assert kept.ties == ("automated", "judges")
    assert (await wira.post(f"{BASE}/aturan", {**form, "banyak": "3"})).status == 409
    public = words(await browser.get("/acara/asn-2026/penilaian"))
    assert "37,5 % dari juri, 62,5 % dari uji otomatis" in public
    assert "= 72,50" in public  # 37.5 % of 70 and 62.5 % of 74

    address = f"{BASE}/rubrik/{balai.track.slug}"
    text = (await wira.get(address)).text
    found = re.findall(r'<input class="input" id="([^"]+)" name="[^"]+" type="text" value="([^"]*)"', text)
    found += re.findall(r'<textarea class="input" id="([^"]+)"[^>]*>\n([^<]*)</textarea>', text)
    found += re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    fields = {name: unescape(value) for name, value in found if name != "_kunci"}
    assert "Belum ada yang diubah" in words(await wira.post(address, fields))
    fields["bobot-1"] = "35"
    assert "Bobot Manfaat bagi layanan publik dari 30 menjadi 35." in words(await wira.post(address, fields))
    wrong = await wira.post(address, {**fields, "bobot-1": "berat", "a3-id-2": ""})
    assert wrong.status == 422
    assert (await wira.post(address, {**fields, "langkah": "simpan"})).status == 303
    first = await rubrics.current(balai.track.id)
    assert (first.number, first.rubric.criteria[0].weight) == (1, 35.0)
    # A criterion comes and one goes; once somebody has scored it takes a reason.
    assert first.rubric.keys == ("manfaat", "teknis", "inovasi", "etika", "kesiapan") or len(first.rubric.keys) == 5
    await balai.assign("Ratna Handayani", "Satu Meja")
    await balai.rate(balai.assignments["Ratna Handayani", "Satu Meja"], "Ratna Handayani", (4,))
    more = {**fields, "ada-6": "ya", "judul-id-6": "Keamanan data", "bobot-6": "10", "tanya-id-6": "Apakah data aman?"}
    more |= {f"a{rating}-id-6": f"Nilai {rating} berarti begini." for rating in (1, 3, 5)} | {"hapus-3": "ya"}
    looked = await wira.post(address, more)
    assert "Kriteria Inovasi dihapus. Kriteria Keamanan data ditambahkan." in words(looked)
    assert "perlu dilihat lagi oleh jurinya" in words(looked)
    assert (await wira.post(address, {**more, "langkah": "simpan"})).status == 422
    assert (await wira.post(address, {**more, "langkah": "simpan", "alasan": "Data warga"})).status == 303
    second = await rubrics.current(balai.track.id)
    assert second.number == 2
    assert second.rubric.keys[-1] == "keamanan-data"
    assert (await wira.post(address, {**fields, "langkah": "simpan", "alasan": "Tertinggal"})).status == 409


async def test_groups_samples_and_the_pitch_day(balai: Balai, browser: Browser) -> None:
    wira = await browser.sign_in((await balai.organizer()).account_id)
    judges, entries = list(balai.judges.values()), list(balai.entries.values())
    form: dict[str, str | list[str]] = {
        "kelompok": str(uuid4()),
        "nama": "Panel final",
        "juri": [str(judge) for judge in judges[:2]],
        "peserta": [str(entry) for entry in entries[:3]],
        "semua": "ya",
        "final": "ya",
        "alasan": "Final",
    }
    assert (await wira.post(f"{BASE}/kelompok", {**form, "juri": []})).status == 422
    for _ in range(2):
        assert (await wira.post(f"{BASE}/kelompok", form)).status == 303
    (group,) = await groups.list_groups(balai.event.id)
    assert (len(group.judges), len(group.entries), group.everybody, group.final) == (2, 3, True, True)
    assert "Panel: semua melihat semua" in words(await wira.get(f"{BASE}/kelompok"))
    assert (await wira.get(f"{BASE}/kelompok/{group.id}")).status == 200
    assert "6 penugasan baru" in words(await wira.get(f"{BASE}/rencana?babak=final"))
    assert (await wira.post(f"{BASE}/kelompok/{group.id}", {"langkah": "hapus"})).status == 422
    gone = await wira.post(f"{BASE}/kelompok/{group.id}", {"langkah": "hapus", "alasan": "Batal"})
    assert gone.status == 303
    assert (await wira.get(f"{BASE}/kelompok/{group.id}")).status == 404

    chosen = {"peserta": [str(entry) for entry in entries[:2]], "alasan": "Sampel"}
    assert (await wira.post(f"{BASE}/kalibrasi", chosen)).status == 303
    given = [one for one in await assignment.all_assignments(balai.event.id) if one.kind is Kind.CALIBRATION]
    assert len(given) == 6
    assert "0 dari 2 terkirim" in words(await wira.get(f"{BASE}/kalibrasi"))
    assert (await wira.post(f"{BASE}/kalibrasi", {"peserta": str(uuid4()), "alasan": "?"})).status == 422

    assert "Urutan belum diundi" in words(await browser.get("/acara/asn-2026/presentasi"))
    draw = {"peserta": [str(entry) for entry in entries], "menit": "5", "dilihat": "0", "alasan": "Di aula"}
    assert (await wira.post(f"{BASE}/presentasi", {**draw, "menit": "lima"})).status == 422
    for _ in range(2):
        assert (await wira.post(f"{BASE}/presentasi", draw)).status == 303
    (drawn,) = await stage.draws_of(balai.event.id)
    order = words(await browser.get("/acara/asn-2026/presentasi"))
    assert drawn.seed in order
    names = {entry: team for team, entry in balai.entries.items()}
    places = [order.index(names[entry]) for entry in drawn.order]
    assert places == sorted(places)
    clock = {"peserta": str(drawn.order[1]), "gerak": "panggil"}
    assert (await wira.post(f"{BASE}/presentasi/jam", clock)).status == 303
    assert (await wira.post(f"{BASE}/presentasi/jam", {**clock, "gerak": "mulai"})).status == 303
    assert (await wira.post(f"{BASE}/presentasi/jam", {**clock, "gerak": "lompat"})).status == 409
    wall = await browser.get("/acara/asn-2026/presentasi/layar")
    assert names[drawn.order[1]] in wall.text
    assert "2 dari 6" in wall.text
    until = re.search(r'data-until="(\d+)"', wall.text)
    assert until is not None
    assert int(until[1]) / 1000 > datetime.now(UTC).timestamp()
