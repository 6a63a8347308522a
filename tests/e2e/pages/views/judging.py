"""The judges' pages: they have a browser and an event of their own (`tests/e2e/panel`)."""

from tests.e2e.pages.viewing import PERSON, View

JURY = "/acara/{slug:str}/juri"
SHEET = f"{JURY}/{{assignment_id:uuid}}"
ELSEWHERE = "a judge's page: looked at in tests/e2e/panel"

WALKED = "not looked at in a browser yet; walked through in tests/integration/frontend/test_judges_pages.py"

VIEWS: tuple[View, ...] = (
    View("undangan-juri-tak-dikenal", "/undangan-juri/{secret:str}", f"/undangan-juri/{'x' * 43}", PERSON, status=404),
)

NO_PAGES = {
    JURY: ELSEWHERE,
    f"{JURY}/kalibrasi": ELSEWHERE,
    SHEET: ELSEWHERE,
    f"{SHEET}/mundur": WALKED,
    f"{JURY}/benturan": WALKED,
    "/konsol/{slug:str}/juri/{judge_id:uuid}/lepas": WALKED,
    f"{SHEET}/kirim": ELSEWHERE,
    f"{SHEET}/cetak": ELSEWHERE,
    f"{SHEET}/coba": ELSEWHERE,
    f"{SHEET}/keadaan": "asked by the panel's script",
    f"{SHEET}/hasil": "a part of the panel",
    f"{SHEET}/presentasi/{{number:int}}": "a picture",
    f"{SHEET}/presentasi/{{number:int}}/kecil": "a picture",
    "/konsol/{slug:str}/lembar/{assignment_id:uuid}/buka": "asks why a scorecard is reopened; tried with the panel",
}

PANEL = "tests/integration/frontend/panel and tests/e2e/panel"
SET_UP = "tests/integration/frontend/test_judging_setup.py"
JUDGES = "tests/integration/frontend/test_judges_pages.py"

FORMS_ELSEWHERE = {
    SHEET: PANEL,
    f"{SHEET}/isian": PANEL,
    f"{SHEET}/urungkan": PANEL,
    f"{SHEET}/kirim": PANEL,
    "/konsol/{slug:str}/lembar/{assignment_id:uuid}/buka": PANEL,
    f"{SHEET}/coba": "tests/integration/tryouts",
    f"{SHEET}/mundur": JUDGES,
    f"{JURY}/benturan": JUDGES,
    "/undangan-juri/{secret:str}": JUDGES,
    "/konsol/{slug:str}/juri/{judge_id:uuid}/lepas": JUDGES,
    "/konsol/{slug:str}/juri/{judge_id:uuid}/tautan": "tests/integration/frontend/access",
    "/konsol/{slug:str}/penilaian/rencana": SET_UP,
    "/konsol/{slug:str}/penilaian/presentasi/jam": SET_UP,
}
"""Forms that this site's world never shows, since nobody judges in it, and where they are filled in and sent."""

PRINTED: tuple[str, ...] = ()
