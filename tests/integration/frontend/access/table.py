"""Who may read what, and who may do what: a row for each address of the application. A new one without a row fails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from litestar import Litestar
from litestar.routes import HTTPRoute

from frontend.app import create_app
from hackathon.settings import Settings
from tests.integration.frontend.access.quarter import BETTER, CARD, EMAIL, PASSWORD, REPOSITORY, Quarter, Who

SAFE = {"GET", "HEAD", "OPTIONS"}

Statuses = tuple[int, int, int, int, int, int]
"""What is answered to each of `READERS`."""

READERS = (Who.VISITOR, Who.NOBODY, Who.RIVAL, Who.MEMBER, Who.CAPTAIN, Who.ORGANIZER)

ALL: Statuses = (200, 200, 200, 200, 200, 200)
SIGNED_IN: Statuses = (303, 200, 200, 200, 200, 200)
DESK: Statuses = (303, 403, 403, 403, 403, 200)
RESULT: Statuses = (303, 404, 404, 200, 200, 200)
"""For whom it is not, there is no such submission."""
PITCH: Statuses = (303, 403, 403, 200, 200, 200)
OWN: Statuses = (303, 404, 200, 200, 200, 404)
"""The person's own team's, whoever asks: the same address shows each their own."""
LEADS_OWN: Statuses = (303, 200, 303, 303, 303, 200)
"""Leads on to the one entry of the person's own team."""
FEEDBACK: Statuses = (303, 404, 403, 403, 403, 404)
"""The team's own, and not before the results are out."""
RECEIPT: Statuses = (303, 404, 403, 200, 200, 404)
"""Beneath such an address something of the team."""
UNFINISHED: Statuses = (303, 404, 403, 303, 303, 404)
"""Leads on where something is missing still."""
OWN_ROW: Statuses = (204, 204, 200, 200, 200, 204)
ASKS: Statuses = (303, 303, 200, 403, 200, 303)
"""Asks the captain before something is done with their own team."""
ASKS_ALL: Statuses = (303, 303, 200, 200, 200, 303)
"""Asks any member, or says who may."""
ASKS_OF_MEMBER: Statuses = (303, 303, 404, 403, 200, 303)
"""The same, of a member of that team."""
INVITED: Statuses = (200, 200, 200, 303, 303, 200)
"""For whoever holds the secret; who is in the team is led there."""
JUDGES: Statuses = (303, 403, 403, 403, 403, 403)
"""The judges' own, of whom none is among those who ask here; organizers give no scores."""
SEATED: Statuses = (303, 404, 404, 404, 404, 404)
"""For judges of the event alone; nobody else has a seat there."""
JUDGES_SCRIPT: Statuses = (401, 403, 403, 403, 403, 403)
API: Statuses = (401, 200, 200, 200, 200, 200)
API_TEAM: Statuses = (401, 403, 403, 200, 200, 200)
STREAM: Statuses = (404, 404, 404, 200, 200, 200)
MISSING: Statuses = (404, 404, 404, 404, 404, 404)
LEADS_ON: Statuses = (302, 302, 302, 302, 302, 302)
TO_SIGN_IN: Statuses = (200, 303, 303, 303, 303, 303)
"""Who is signed in is led on."""

EVENT, TEAM = "/acara/{slug:str}", "/acara/{slug:str}/tim"
TRACK = f"{EVENT}/pengajuan/{{track_slug:str}}"
DESKS = "/konsol/{slug:str}"
JURY = f"{EVENT}/juri"
SHEET = f"{JURY}/{{assignment_id:uuid}}"

READING: dict[str, Statuses] = {
    "/": ALL,
    "/healthz": ALL,
    "/favicon.ico": ALL,
    "/static/{digest:str}/{name:path}": MISSING,
    "/panduan/prototipe": ALL,
    "/privasi": ALL,
    EVENT: ALL,
    f"{EVENT}/kabar": ALL,
    f"{EVENT}/kategori/{{track_slug:str}}": ALL,
    f"{EVENT}/kategori/{{track_slug:str}}/{{task:str}}": ALL,
    f"{EVENT}/kategori/{{track_slug:str}}/{{task:str}}/{{name:str}}": ALL,
    f"{EVENT}/papan": LEADS_ON,
    f"{EVENT}/papan/{{track_slug:str}}": ALL,
    f"{EVENT}/papan/{{track_slug:str}}/saya": OWN_ROW,
    f"{EVENT}/papan/{{track_slug:str}}/unduh/{{file:str}}": MISSING,
    f"{EVENT}/layar/{{track_slug:str}}": ALL,
    f"{TEAM}/umpan-balik/{{track_slug:str}}": FEEDBACK,
    "/masuk": TO_SIGN_IN,
    "/daftar": TO_SIGN_IN,
    "/masuk/kode": ALL,
    "/lupa-sandi": ALL,
    "/lupa-sandi/terkirim": ALL,
    # Whoever holds the secret of a letter may go on, whoever they are.
    "/sandi/{secret:str}": ALL,
    "/konfirmasi/{secret:str}": ALL,
    "/konfirmasi": SIGNED_IN,
    "/akun": SIGNED_IN,
    "/akun/sandi": SIGNED_IN,
    "/akun/perangkat": SIGNED_IN,
    "/akun/token": SIGNED_IN,
    "/akun/data": SIGNED_IN,
    "/akun/data.json": SIGNED_IN,
    TEAM: SIGNED_IN,
    f"{TEAM}/ubah": ASKS_ALL,
    f"{TEAM}/keluar": ASKS_ALL,
    f"{TEAM}/anggota/{{member_id:uuid}}/keluarkan": ASKS_OF_MEMBER,
    f"{TEAM}/anggota/{{member_id:uuid}}/ketua": ASKS_OF_MEMBER,
    f"{TEAM}/kategori/{{track_slug:str}}/mundur": ASKS_ALL,
    f"{TEAM}/undangan/ganti": ASKS,
    f"{TEAM}/undangan/cabut": ASKS,
    "/undangan": MISSING,
    "/undangan/{secret:str}": INVITED,
    f"{EVENT}/pengajuan": LEADS_OWN,
    TRACK: OWN,
    f"{TRACK}/kirim": OWN,
    f"{TRACK}/kirim/{{upload_id:uuid}}": UNFINISHED,
    f"{TRACK}/kirim/commit/{{fetch_id:uuid}}": RECEIPT,
    f"{TRACK}/kirim/commit/{{fetch_id:uuid}}/keadaan": RECEIPT,
    f"{TRACK}/tanda-terima/{{submission_id:uuid}}": RECEIPT,
    f"{TRACK}/kartu": OWN,
    f"{TRACK}/presentasi": OWN,
    f"{TRACK}/presentasi/keadaan": OWN,
    "/presentasi/{pitch_id:uuid}/{number:int}": PITCH,
    "/presentasi/{pitch_id:uuid}/{number:int}/kecil": PITCH,
    "/pengajuan/{submission_id:uuid}": RESULT,
    "/pengajuan/{submission_id:uuid}/log": RESULT,
    "/pengajuan/{submission_id:uuid}/log/baris": RESULT,
    "/pengajuan/{submission_id:uuid}/log/mentah": RESULT,
    "/konsol": DESK,
    DESKS: DESK,
    f"{DESKS}/antrean": DESK,
    f"{DESKS}/keikutsertaan": DESK,
    f"{DESKS}/keikutsertaan/{{entry_id:uuid}}": DESK,
    f"{DESKS}/uji-ulang/{{evaluation_id:uuid}}": DESK,
    f"{DESKS}/jadwal": DESK,
    f"{DESKS}/perpanjangan": DESK,
    f"{DESKS}/tim": DESK,
    f"{DESKS}/kabar": DESK,
    f"{DESKS}/kabar/{{announcement_id:uuid}}/tarik": DESK,
    f"{DESKS}/orang": DESK,
    f"{DESKS}/orang/{{account_id:uuid}}/konfirmasi": DESK,
    f"{DESKS}/hasil": DESK,
    f"{DESKS}/hasil/final": DESK,
    f"{DESKS}/hasil/{{entry_id:uuid}}": DESK,
    f"{DESKS}/ekspor/{{track_slug:str}}/{{file:str}}": DESK,
    f"{DESKS}/kode": DESK,
    f"{DESKS}/kode/{{batch_id:uuid}}": DESK,
    JURY: JUDGES,
    f"{JURY}/kalibrasi": JUDGES,
    SHEET: JUDGES,
    f"{SHEET}/keadaan": JUDGES_SCRIPT,
    f"{SHEET}/hasil": JUDGES,
    f"{SHEET}/kirim": JUDGES,
    f"{SHEET}/cetak": JUDGES,
    f"{SHEET}/presentasi/{{number:int}}": JUDGES,
    f"{SHEET}/presentasi/{{number:int}}/kecil": JUDGES,
    f"{SHEET}/coba": JUDGES,
    f"{DESKS}/lembar/{{assignment_id:uuid}}/buka": DESK,
    f"{JURY}/benturan": SEATED,
    f"{SHEET}/mundur": SEATED,
    "/undangan-juri/{secret:str}": ALL,
    f"{JURY}/profil": JUDGES,
    f"{JURY}/berhenti": JUDGES,
    f"{DESKS}/juri": DESK,
    f"{DESKS}/juri/instansi": DESK,
    f"{DESKS}/berkas-acara": DESK,
    f"{DESKS}/juri/tunjuk": DESK,
    f"{DESKS}/juri/ingatkan": DESK,
    f"{DESKS}/juri/{{judge_id:uuid}}/lepas": DESK,
    f"{DESKS}/penilaian": DESK,
    f"{DESKS}/penilaian/rencana": DESK,
    f"{DESKS}/penilaian/peserta/{{entry_id:uuid}}": DESK,
    f"{DESKS}/penilaian/aturan": DESK,
    f"{DESKS}/penilaian/rubrik": DESK,
    f"{DESKS}/penilaian/rubrik/{{track_slug:str}}": DESK,
    f"{DESKS}/penilaian/kelompok": DESK,
    f"{DESKS}/penilaian/kelompok/{{group_id:uuid}}": DESK,
    f"{DESKS}/penilaian/kalibrasi": DESK,
    f"{DESKS}/penilaian/presentasi": DESK,
    f"{EVENT}/penilaian": ALL,
    f"{EVENT}/presentasi": ALL,
    f"{EVENT}/presentasi/layar": ALL,
    "/hidup/{face:str}/{subject:uuid}": STREAM,
    "/api/v1": ALL,
    "/api/v1/openapi.json": ALL,
    "/api/v1/{path:str}": MISSING,
    "/api/v1/{rest:path}": MISSING,
    "/api/v1/events": ALL,
    "/api/v1/events/{event:str}": ALL,
    "/api/v1/events/{event:str}/tracks/{track:str}/leaderboard": ALL,
    "/api/v1/events/{event:str}/tracks/{track:str}/tasks": ALL,
    "/api/v1/me": API,
    "/api/v1/me/entries": API,
    "/api/v1/entries/{entry:uuid}/submissions": API_TEAM,
    "/api/v1/submissions/{submission:uuid}": API_TEAM,
    "/api/v1/submissions/{submission:uuid}/log": API_TEAM,
    "/api/v1/uploads/{upload:uuid}": API_TEAM,
    "/api/v1/commits/{commit:uuid}": API_TEAM,
}


@dataclass(frozen=True)
class Deed:
    """Something that an address does. `who` may do it with these fields (bytes: a body of their own), and `also` may
    too; nobody else can change anything by it.
    """

    who: Who
    fields: dict[str, str] | bytes = field(default_factory=dict)
    also: tuple[Who, ...] = ()


MEMBERS = (Who.MEMBER,)
"""Of the team as well as the captain; the member whom the table names may take themselves out."""
COMMIT = {"repositori": REPOSITORY, "commit": "v2"}
UPLOAD = {"filename": "lapor.zip", "size": 9, "sha256": "2" * 64}
PERSON = {"nama": "Dewi Saraswati", "zona": "Asia/Jakarta", "bahasa": "id"}

DOING: dict[str, Deed] = {
    "POST /masuk": Deed(Who.VISITOR, {"surel": EMAIL, "sandi": PASSWORD}, tuple(Who)),
    "POST /daftar": Deed(
        Who.VISITOR, {"nama": "Eka", "surel": "eka@sukaraya.example", "sandi": BETTER, "setuju": "ya"}, tuple(Who)
    ),
    "POST /lupa-sandi": Deed(Who.VISITOR, {"surel": EMAIL}, tuple(Who)),
    "POST /masuk/kode": Deed(Who.VISITOR, {"kode": "{code}", "sandi": BETTER}, tuple(Who)),
    "POST /sandi/{secret:str}": Deed(Who.VISITOR, {"sandi": BETTER}, tuple(Who)),
    "POST /konfirmasi/{secret:str}": Deed(Who.VISITOR, {}, tuple(Who)),
    "POST /undangan/{secret:str}": Deed(Who.NOBODY, {}, tuple(Who)),
    "POST /konfirmasi": Deed(Who.CAPTAIN, {"kirim": "ya"}),
    "POST /akun": Deed(Who.CAPTAIN, PERSON),
    "POST /akun/nip": Deed(Who.CAPTAIN, {"nip": "199001012015032001"}),
    "POST /akun/nip/hapus": Deed(Who.CAPTAIN),
    "POST /akun/token": Deed(Who.CAPTAIN, {"untuk": "laptop", "masa": "30", "nomor": "{token_id}"}),
    # Organizers may end a token that leaked.
    "POST /akun/token/{token_id:uuid}/cabut": Deed(Who.CAPTAIN, {}, (Who.ORGANIZER,)),
    "POST /akun/perangkat/akhiri": Deed(Who.CAPTAIN, {"sesi": "{session}"}),
    "POST /akun/sandi": Deed(Who.CAPTAIN, {"sandi-lama": PASSWORD, "sandi-baru": BETTER}),
    "POST /keluar": Deed(Who.CAPTAIN),
    f"POST {TEAM}": Deed(Who.NOBODY, {"nama": "Pena Warga", "instansi": "Kecamatan Rawa"}),
    f"POST {TEAM}/ubah": Deed(Who.CAPTAIN, {"nama": "Kawan Baru", "instansi": "Kecamatan Rawa"}),
    f"POST {TEAM}/ajukan": Deed(Who.CAPTAIN),
    f"POST {TEAM}/kategori": Deed(Who.CAPTAIN, {"kategori": "perizinan"}, MEMBERS),
    f"POST {TEAM}/kategori/{{track_slug:str}}/mundur": Deed(Who.CAPTAIN, {}, MEMBERS),
    f"POST {TEAM}/undangan": Deed(Who.CAPTAIN),
    f"POST {TEAM}/undangan/cabut": Deed(Who.CAPTAIN),
    f"POST {TEAM}/anggota/{{member_id:uuid}}/ketua": Deed(Who.CAPTAIN),
    f"POST {TEAM}/anggota/{{member_id:uuid}}/keluarkan": Deed(Who.CAPTAIN, {}, MEMBERS),
    f"POST {TEAM}/keluar": Deed(Who.CAPTAIN, {}, MEMBERS),
    f"POST {TRACK}/kirim": Deed(Who.CAPTAIN, {"berkas": "PK tidak lengkap"}, MEMBERS),
    f"POST {TRACK}/kirim/{{upload_id:uuid}}": Deed(Who.CAPTAIN, {"buang": "ya"}, MEMBERS),
    f"POST {TRACK}/kirim/commit": Deed(Who.CAPTAIN, COMMIT, MEMBERS),
    f"POST {TRACK}/kirim/commit/{{fetch_id:uuid}}": Deed(Who.CAPTAIN, {}, MEMBERS),
    f"POST {TRACK}/kartu": Deed(Who.CAPTAIN, {**CARD, "name": "Nama lain", "versi": "1"}, MEMBERS),
    f"POST {TRACK}/presentasi": Deed(Who.CAPTAIN, {"berkas": "%PDF-1.7 rusak"}, MEMBERS),
    f"POST {TRACK}/presentasi/video": Deed(Who.CAPTAIN, {"video": ""}, MEMBERS),
    "POST /pengajuan/{submission_id:uuid}/pilih": Deed(Who.CAPTAIN, {}, (Who.MEMBER, Who.ORGANIZER)),
    f"POST {DESKS}/uji-ulang/{{evaluation_id:uuid}}": Deed(Who.ORGANIZER, {"alasan": "Mesin mati."}),
    f"POST {DESKS}/jadwal": Deed(Who.ORGANIZER, {"alasan": "Salah ketik."}),
    f"POST {DESKS}/perpanjangan": Deed(
        Who.ORGANIZER, {"sasaran": "team:{team}", "sampai": "2030-01-01T10:00", "alasan": "Listrik padam."}
    ),
    f"POST {DESKS}/tim": Deed(
        Who.ORGANIZER, {"tim": "{team}:{version}", "putusan": "tolak", "alasan": "Surat tugas kurang."}
    ),
    f"POST {DESKS}/kabar": Deed(Who.ORGANIZER, {"judul": "Jadwal", "teks": "Besok."}),
    f"POST {DESKS}/kabar/{{announcement_id:uuid}}/tarik": Deed(Who.ORGANIZER, {"alasan": "Salah kirim."}),
    f"POST {DESKS}/orang/{{account_id:uuid}}/konfirmasi": Deed(Who.ORGANIZER, {"alasan": "Datang sendiri."}),
    f"POST {DESKS}/kode": Deed(
        Who.ORGANIZER,
        {"jumlah": "3", "sampai": "{soon}", "nomor": "9e6a3f9e-7d0e-4b44-9a7e-0e5e4f5f1a11"},
    ),
    f"POST {DESKS}/kode/{{batch_id:uuid}}": Deed(Who.ORGANIZER),
    f"POST {DESKS}/juri": Deed(Who.ORGANIZER, {"nama": "Sari", "instansi": "Universitas"}),
    f"POST {DESKS}/juri/{{judge_id:uuid}}/tautan": Deed(Who.ORGANIZER),
    f"POST {DESKS}/juri/{{judge_id:uuid}}/surel": Deed(Who.ORGANIZER),
    f"POST {DESKS}/juri/ingatkan": Deed(Who.ORGANIZER, {"juri": "{judge_id}"}),
    f"POST {DESKS}/juri/{{judge_id:uuid}}/lepas": Deed(Who.ORGANIZER, {"alasan": "Berhalangan."}),
    "POST /undangan-juri/{secret:str}": Deed(Who.NOBODY, {}, tuple(Who)),
    f"POST {DESKS}/juri/instansi": Deed(Who.ORGANIZER, {"juri": "a", "tim": "b", "jawaban": "beda"}),
    f"POST {DESKS}/juri/tunjuk": Deed(Who.ORGANIZER, {"surel": "sari@kantor.example", "instansi": "Universitas"}),
    f"POST {JURY}/profil": Deed(Who.JUDGE, {"nama": "Sari", "instansi": "Universitas", "bahasa": "id"}),
    f"POST {JURY}/berhenti": Deed(Who.JUDGE, {"alasan": "Berhalangan."}),
    f"POST {JURY}/benturan": Deed(Who.JUDGE, {"tim": "{team}", "alasan": "Pernah dibimbing."}),
    f"POST {SHEET}/mundur": Deed(Who.JUDGE, {"alasan": "Saudara di tim ini."}),
    f"POST {SHEET}": Deed(Who.JUDGE, {"nilai-teknis": "4", "versi": "1"}),
    f"POST {SHEET}/isian": Deed(Who.JUDGE),
    f"POST {SHEET}/urungkan": Deed(Who.JUDGE),
    f"POST {SHEET}/kirim": Deed(Who.JUDGE, {"versi": "1"}),
    f"POST {SHEET}/coba": Deed(Who.JUDGE, {"aksi": "hentikan"}),
    f"POST {DESKS}/lembar/{{assignment_id:uuid}}/buka": Deed(Who.ORGANIZER, {"alasan": "Salah baris."}),
    f"POST {DESKS}/hasil/final": Deed(Who.ORGANIZER, {"tim": "2", "juri": "2", "alasan": "Podium."}),
    f"POST {DESKS}/penilaian/rencana": Deed(Who.ORGANIZER, {"babak": "penilaian", "alasan": "Pembagian."}),
    f"POST {DESKS}/penilaian/peserta/{{entry_id:uuid}}": Deed(
        Who.ORGANIZER, {"juri": "{account_id}", "alasan": "Ganti."}
    ),
    f"POST {DESKS}/penilaian/aturan": Deed(
        Who.ORGANIZER, {"tampil": "end", "banyak": "2", "batas": "", "porsi": "30", "alasan": "Rapat."}
    ),
    f"POST {DESKS}/penilaian/rubrik/{{track_slug:str}}": Deed(Who.ORGANIZER, {"langkah": "simpan"}),
    f"POST {DESKS}/penilaian/kelompok": Deed(Who.ORGANIZER, {"nama": "Panel", "alasan": "Rapat."}),
    f"POST {DESKS}/penilaian/kelompok/{{group_id:uuid}}": Deed(Who.ORGANIZER, {"langkah": "hapus", "alasan": "Rapat."}),
    f"POST {DESKS}/penilaian/kalibrasi": Deed(Who.ORGANIZER, {"peserta": "{entry}", "alasan": "Sampel."}),
    f"POST {DESKS}/penilaian/presentasi": Deed(
        Who.ORGANIZER, {"peserta": "{entry}", "menit": "5", "dilihat": "0", "alasan": "Undian."}
    ),
    f"POST {DESKS}/penilaian/presentasi/jam": Deed(Who.ORGANIZER, {"peserta": "{entry}", "gerak": "panggil"}),
    "POST /api/v1/uploads": Deed(Who.CAPTAIN, UPLOAD, MEMBERS),  # type: ignore[arg-type]
    "POST /api/v1/commits": Deed(Who.CAPTAIN, {"repository": REPOSITORY, "commit": "v2"}, MEMBERS),
    "DELETE /api/v1/commits/{commit:uuid}": Deed(Who.CAPTAIN, b"", (Who.MEMBER, Who.ORGANIZER)),
    "PUT /api/v1/uploads/{upload:uuid}/parts/{number:int}": Deed(
        Who.CAPTAIN, b"123456789", (Who.MEMBER, Who.ORGANIZER)
    ),
    "POST /api/v1/uploads/{upload:uuid}/complete": Deed(Who.CAPTAIN, b"", (Who.MEMBER, Who.ORGANIZER)),
    "DELETE /api/v1/uploads/{upload:uuid}": Deed(Who.CAPTAIN, b"", (Who.MEMBER, Who.ORGANIZER)),
}

NOTHING = "/api/v1/{rest:path}"
"""Takes every method and has nothing."""


def fields_of(deed: Deed, quarter: Quarter) -> dict[str, str] | bytes:
    """The fields of a deed with what stands for their names."""
    if isinstance(deed.fields, bytes):
        return deed.fields
    return {
        name: value.format(**quarter.places) if isinstance(value, str) else value for name, value in deed.fields.items()
    }


def application() -> Litestar:
    """The application, never started."""
    return create_app(Settings(data_dir=Path("/nonexistent")))


def routes() -> Iterator[tuple[str, str]]:
    """Every method and pattern that the application answers, but for asking what is allowed."""
    for route in application().routes:
        if not isinstance(route, HTTPRoute):
            yield "?", route.path
            continue
        for handler in route.route_handlers:
            for method in handler.http_methods:
                if method not in ("OPTIONS", "HEAD"):
                    yield str(method), route.path
