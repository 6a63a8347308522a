"""Pages for everybody: the front page, events, tracks, news, boards, walls, errors."""

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
    VISITOR,
    View,
    each,
    in_states,
)
from tests.e2e.pages.world import Role

EVENT = "/acara/{slug:str}"
NEWS = "/acara/{slug:str}/kabar"
TRACK = "/acara/{slug:str}/kategori/{track_slug:str}"
TASK = f"{TRACK}/{{task:str}}"
BOARD = "/acara/{slug:str}/papan/{track_slug:str}"
WALL = "/acara/{slug:str}/layar/{track_slug:str}"

VIEWS = [
    View("beranda-kosong", "/", "/", empty=True),
    *each("beranda", "/", "/", *Role),
    *in_states("acara", EVENT, "/acara/{event}", VISITOR),
    *in_states("acara", EVENT, "/acara/{event}", NEWCOMER, PERSON, states=(REGISTRATION, BUILDING)),
    *in_states("acara", EVENT, "/acara/{event}", CAPTAIN, states=(REGISTRATION, BUILDING, FROZEN, CLOSED)),
    *in_states("acara", EVENT, "/acara/{event}", ORGANIZER, states=(BUILDING,)),
    *in_states("kategori", TRACK, "/acara/{event}/kategori/layanan-publik", VISITOR, states=(REGISTRATION, BUILDING)),
    *in_states("kategori", TRACK, "/acara/{event}/kategori/layanan-publik", CAPTAIN, states=(BUILDING, CLOSED)),
    *in_states("tugas", TASK, "/acara/{event}/kategori/layanan-publik/otomasi-formulir", VISITOR, states=(BUILDING,)),
    View("tugas-tidak-ada", TASK, "/acara/pengerjaan/kategori/layanan-publik/tidak-ada", status=404),
    *in_states("kabar", NEWS, "/acara/{event}/kabar", VISITOR, states=(REGISTRATION, BUILDING)),
    *in_states("papan", BOARD, "/acara/{event}/papan/layanan-publik", VISITOR),
    *in_states("papan", BOARD, "/acara/{event}/papan/layanan-publik", MEMBER, states=(BUILDING, FROZEN)),
    *in_states("cara-penilaian", f"{EVENT}/penilaian", "/acara/{event}/penilaian", VISITOR, states=(BUILDING,)),
    *in_states("urutan", f"{EVENT}/presentasi", "/acara/{event}/presentasi", VISITOR, states=(REGISTRATION, BUILDING)),
    View("layar-presentasi", f"{EVENT}/presentasi/layar", "/acara/pengerjaan/presentasi/layar"),
    View("papan-kosong", BOARD, "/acara/pengerjaan/papan/perizinan"),
    View("papan-cari", BOARD, "/acara/pengerjaan/papan/layanan-publik?cari=meja"),
    View("papan-cari-nihil", BOARD, "/acara/pengerjaan/papan/layanan-publik?cari=zzz"),
    *in_states(
        "layar", WALL, "/acara/{event}/layar/layanan-publik", VISITOR, states=(REGISTRATION, BUILDING, FROZEN, CLOSED)
    ),
    View("panduan", "/panduan/prototipe", "/panduan/prototipe"),
    View("galat-404", None, "/tidak/ada", status=404),
    View("galat-404-acara", EVENT, "/acara/tidak-ada", CAPTAIN, status=404),
    View("galat-400", BOARD, f"/acara/pengerjaan/papan/layanan-publik?cari={'x' * 300}", status=400),
]

NO_PAGES = {
    "/static/{digest:str}/{name:path}": "files of the pages",
    "/favicon.ico": "a file of the pages",
    "/acara/{slug:str}/papan": "leads on to the first track's board",
    "/acara/{slug:str}/papan/{track_slug:str}/saya": "the team's own row, a part of the board",
    "/acara/{slug:str}/papan/{track_slug:str}/unduh/{file:str}": "the board as a file to download",
    "/acara/{slug:str}/kategori/{track_slug:str}/{task:str}/{name:str}": "files to download",
}

PRINTED = ("panduan", "acara-pengerjaan", "papan-pengerjaan", "kategori-pengerjaan")
