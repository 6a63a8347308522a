"""Teams and invitations."""

from tests.e2e.pages.viewing import (
    BUILDING,
    CAPTAIN,
    CLOSED,
    FROZEN,
    MEMBER,
    NEWCOMER,
    ORGANIZER,
    PERSON,
    REGISTRATION,
    UPCOMING,
    VISITOR,
    View,
    each,
    fill,
    in_states,
)

TEAM = "/acara/{slug:str}/tim"
HERE = "/acara/pengerjaan/tim"
INVITATION = "/undangan/{secret:str}"

VIEWS = [
    *in_states("tim", TEAM, "/acara/{event}/tim", CAPTAIN, states=(REGISTRATION, BUILDING, FROZEN, CLOSED)),
    *in_states("tim", TEAM, "/acara/{event}/tim", MEMBER, states=(BUILDING, CLOSED)),
    *in_states("tim", TEAM, "/acara/{event}/tim", PERSON, states=(UPCOMING, BUILDING, CLOSED)),
    *in_states("tim", TEAM, "/acara/{event}/tim", NEWCOMER, ORGANIZER, states=(BUILDING,)),
    View("tim-buat-galat", TEAM, HERE, PERSON, 422, fill("/tim", nama=" ", instansi=" ", lokasi="jakarta")),
    View("tim-ubah", f"{TEAM}/ubah", f"{HERE}/ubah", CAPTAIN),
    View("tim-ubah-galat", f"{TEAM}/ubah", f"{HERE}/ubah", CAPTAIN, 422, fill("/ubah", nama=" ")),
    *each("tim-keluar", f"{TEAM}/keluar", f"{HERE}/keluar", CAPTAIN, MEMBER),
    View(
        "tim-keluarkan",
        f"{TEAM}/anggota/{{member_id:uuid}}/keluarkan",
        f"{HERE}/anggota/{{bima}}/keluarkan",
        CAPTAIN,
    ),
    View("tim-ketua", f"{TEAM}/anggota/{{member_id:uuid}}/ketua", f"{HERE}/anggota/{{bima}}/ketua", CAPTAIN),
    View(
        "tim-mundur",
        f"{TEAM}/kategori/{{track_slug:str}}/mundur",
        "/acara/pendaftaran/tim/kategori/layanan-publik/mundur",
        CAPTAIN,
    ),
    View("tim-undangan-ganti", f"{TEAM}/undangan/ganti", f"{HERE}/undangan/ganti", CAPTAIN),
    View("tim-undangan-cabut", f"{TEAM}/undangan/cabut", f"{HERE}/undangan/cabut", CAPTAIN),
    *each("undangan", INVITATION, "/undangan/{undangan}", VISITOR, NEWCOMER, PERSON, MEMBER),
    View("undangan-tak-dikenal", INVITATION, f"/undangan/{'x' * 43}", PERSON, status=404),
    View("undangan-tempel", "/undangan", "/undangan?tautan=halo", PERSON, status=404),
]

NO_PAGES = {f"{TEAM}/umpan-balik/{{track_slug:str}}": "not looked at in a browser yet"}

PRINTED = ("tim-pengerjaan",)
