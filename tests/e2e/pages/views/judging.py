"""The judges' pages, in an event that is being judged (`tests/e2e/pages/judging.py`)."""

from tests.e2e.pages.viewing import JUDGE, ORGANIZER, PERSON, View, fill

JURY = "/acara/{slug:str}/juri"
SHEET = f"{JURY}/{{assignment_id:uuid}}"
DESK = "/konsol/{slug:str}"
HERE = "/acara/asn-2026/juri"

VIEWS: tuple[View, ...] = (
    View("undangan-juri-tak-dikenal", "/undangan-juri/{secret:str}", f"/undangan-juri/{'x' * 43}", PERSON, status=404),
    View("juri-tugas", JURY, HERE, JUDGE),
    View("juri-bukan-juri", JURY, HERE, PERSON, status=403),
    View("juri-kalibrasi", f"{JURY}/kalibrasi", f"{HERE}/kalibrasi", JUDGE),
    View("juri-benturan", f"{JURY}/benturan", f"{HERE}/benturan", JUDGE),
    View("juri-profil", f"{JURY}/profil", f"{HERE}/profil", JUDGE),
    View("juri-profil-galat", f"{JURY}/profil", f"{HERE}/profil", JUDGE, 422, fill("/profil", nama=" ", instansi=" ")),
    View("juri-berhenti", f"{JURY}/berhenti", f"{HERE}/berhenti", JUDGE),
    View("lembar-baru", SHEET, f"{HERE}/{{baru}}", JUDGE),
    View("lembar-dimulai", SHEET, f"{HERE}/{{dimulai}}", JUDGE),
    View("lembar-terkirim", SHEET, f"{HERE}/{{terkirim}}", JUDGE),
    View("lembar-contoh", SHEET, f"{HERE}/{{contoh}}", JUDGE),
    View("lembar-belum-lengkap", f"{SHEET}/kirim", f"{HERE}/{{dimulai}}/kirim", JUDGE),
    View("lembar-kirim", f"{SHEET}/kirim", f"{HERE}/{{lengkap}}/kirim", JUDGE),
    View("lembar-cetak", f"{SHEET}/cetak", f"{HERE}/{{terkirim}}/cetak", JUDGE),
    View("coba-langsung", f"{SHEET}/coba", f"{HERE}/{{dimulai}}/coba", JUDGE),
    View("mundur", f"{SHEET}/mundur", f"{HERE}/{{baru}}/mundur", JUDGE),
    View("mundur-galat", f"{SHEET}/mundur", f"{HERE}/{{baru}}/mundur", JUDGE, 422, fill("", alasan=" ")),
    View(
        "konsol-buka-lembar",
        f"{DESK}/lembar/{{assignment_id:uuid}}/buka",
        "/konsol/asn-2026/lembar/{terkirim}/buka",
        ORGANIZER,
    ),
    View("konsol-lepas-juri", f"{DESK}/juri/{{judge_id:uuid}}/lepas", "/konsol/asn-2026/juri/{ratna}/lepas", ORGANIZER),
    View("konsol-juri-dinilai", f"{DESK}/juri", "/konsol/asn-2026/juri", ORGANIZER),
    View("konsol-juri-ingatkan-dinilai", f"{DESK}/juri/ingatkan", "/konsol/asn-2026/juri/ingatkan", ORGANIZER),
    View("konsol-penugasan-dinilai", f"{DESK}/penilaian", "/konsol/asn-2026/penilaian", ORGANIZER),
)

NO_PAGES = {
    f"{SHEET}/keadaan": "asked by the panel's script",
    f"{SHEET}/hasil": "a part of the panel",
    f"{SHEET}/presentasi/{{number:int}}": "a picture",
    f"{SHEET}/presentasi/{{number:int}}/kecil": "a picture",
}

PANEL = "tests/integration/frontend/panel and tests/e2e/panel"
SET_UP = "tests/integration/frontend/test_judging_setup.py"
JUDGES = "tests/integration/frontend/test_judges_pages.py"
NOTICES = "tests/integration/frontend/notices"

FORMS_ELSEWHERE = {
    "/konsol/{slug:str}/juri/instansi": "tests/integration/frontend/test_seats_pages.py",
    f"{SHEET}/isian": PANEL,
    f"{SHEET}/urungkan": PANEL,
    "/undangan-juri/{secret:str}": JUDGES,
    "/konsol/{slug:str}/juri/{judge_id:uuid}/tautan": "tests/integration/frontend/access",
    "/konsol/{slug:str}/juri/{judge_id:uuid}/surel": NOTICES,
    "/konsol/{slug:str}/penilaian/rencana": SET_UP,
    "/konsol/{slug:str}/penilaian/presentasi/jam": SET_UP,
    "/konsol/{slug:str}/hasil/final": "tests/integration/frontend/test_second_round.py",
}
"""Forms that this site's world never shows, and where they are filled in and sent."""

PRINTED: tuple[str, ...] = ("lembar-cetak",)
