"""The organizers' console."""

from tests.e2e.pages.viewing import (
    BUILDING,
    CAPTAIN,
    CLOSED,
    FROZEN,
    ORGANIZER,
    REGISTRATION,
    UPCOMING,
    View,
    fill,
    in_states,
)

DESK = "/konsol/{slug:str}"
HERE = "/konsol/pengerjaan"

make_codes = fill("/kode", jumlah="6")
"""A fresh sheet, as it is shown once."""

VIEWS = [
    View("konsol", "/konsol", "/konsol", ORGANIZER),
    View("konsol-orang-lain", "/konsol", "/konsol", CAPTAIN, status=403),
    *in_states("konsol", DESK, "/konsol/{event}", ORGANIZER, states=(UPCOMING, REGISTRATION, BUILDING, FROZEN, CLOSED)),
    *in_states("konsol-antrean", f"{DESK}/antrean", "/konsol/{event}/antrean", ORGANIZER, states=(UPCOMING, BUILDING)),
    *in_states(
        "konsol-keikutsertaan",
        f"{DESK}/keikutsertaan",
        "/konsol/{event}/keikutsertaan",
        ORGANIZER,
        states=(UPCOMING, BUILDING),
    ),
    View("konsol-keikutsertaan-nihil", f"{DESK}/keikutsertaan", f"{HERE}/keikutsertaan?cari=zzz", ORGANIZER),
    View(
        "konsol-satu-keikutsertaan",
        f"{DESK}/keikutsertaan/{{entry_id:uuid}}",
        f"{HERE}/keikutsertaan/{{keikutsertaan}}",
        ORGANIZER,
    ),
    View("konsol-uji-ulang", f"{DESK}/uji-ulang/{{evaluation_id:uuid}}", f"{HERE}/uji-ulang/{{uji}}", ORGANIZER),
    *in_states("konsol-jadwal", f"{DESK}/jadwal", "/konsol/{event}/jadwal", ORGANIZER, states=(BUILDING, CLOSED)),
    View("konsol-perpanjangan", f"{DESK}/perpanjangan", f"{HERE}/perpanjangan", ORGANIZER),
    View(
        "konsol-perpanjangan-galat",
        f"{DESK}/perpanjangan",
        f"{HERE}/perpanjangan",
        ORGANIZER,
        422,
        fill("", sampai="2020-01-01T10:00", alasan=" "),
    ),
    *in_states(
        "konsol-tim", f"{DESK}/tim", "/konsol/{event}/tim", ORGANIZER, states=(UPCOMING, REGISTRATION, BUILDING)
    ),
    View(
        "konsol-tim-galat",
        f"{DESK}/tim",
        "/konsol/pendaftaran/tim",
        ORGANIZER,
        422,
        fill("", "Tolak", alasan=" "),
    ),
    *in_states(
        "konsol-penugasan", f"{DESK}/penilaian", "/konsol/{event}/penilaian", ORGANIZER, states=(UPCOMING, BUILDING)
    ),
    View("konsol-rencana", f"{DESK}/penilaian/rencana", f"{HERE}/penilaian/rencana", ORGANIZER),
    View(
        "konsol-juri-peserta",
        f"{DESK}/penilaian/peserta/{{entry_id:uuid}}",
        f"{HERE}/penilaian/peserta/{{keikutsertaan}}",
        ORGANIZER,
    ),
    View("konsol-aturan", f"{DESK}/penilaian/aturan", f"{HERE}/penilaian/aturan", ORGANIZER),
    View(
        "konsol-aturan-galat",
        f"{DESK}/penilaian/aturan",
        f"{HERE}/penilaian/aturan",
        ORGANIZER,
        422,
        fill("", banyak="0", alasan=" "),
    ),
    View("konsol-rubrik", f"{DESK}/penilaian/rubrik", f"{HERE}/penilaian/rubrik", ORGANIZER),
    View(
        "konsol-satu-rubrik",
        f"{DESK}/penilaian/rubrik/{{track_slug:str}}",
        f"{HERE}/penilaian/rubrik/layanan-publik",
        ORGANIZER,
    ),
    View("konsol-kelompok", f"{DESK}/penilaian/kelompok", f"{HERE}/penilaian/kelompok", ORGANIZER),
    View(
        "konsol-satu-kelompok",
        f"{DESK}/penilaian/kelompok/{{group_id:uuid}}",
        f"{HERE}/penilaian/kelompok/{{kelompok}}",
        ORGANIZER,
    ),
    View("konsol-kalibrasi", f"{DESK}/penilaian/kalibrasi", f"{HERE}/penilaian/kalibrasi", ORGANIZER),
    View("konsol-presentasi", f"{DESK}/penilaian/presentasi", f"{HERE}/penilaian/presentasi", ORGANIZER),
    *in_states("konsol-kabar", f"{DESK}/kabar", "/konsol/{event}/kabar", ORGANIZER, states=(UPCOMING, BUILDING)),
    View(
        "konsol-kabar-galat",
        f"{DESK}/kabar",
        f"{HERE}/kabar",
        ORGANIZER,
        422,
        fill("", judul=" ", teks=" "),
    ),
    View(
        "konsol-kabar-tarik", f"{DESK}/kabar/{{announcement_id:uuid}}/tarik", f"{HERE}/kabar/{{kabar}}/tarik", ORGANIZER
    ),
    *in_states("konsol-kode", f"{DESK}/kode", "/konsol/{event}/kode", ORGANIZER, states=(UPCOMING, BUILDING)),
    View("konsol-kode-baru", f"{DESK}/kode", f"{HERE}/kode", ORGANIZER, 200, make_codes),
    View("konsol-kode-galat", f"{DESK}/kode", f"{HERE}/kode", ORGANIZER, 422, fill("/kode", jumlah="0")),
    View("konsol-lembar", f"{DESK}/kode/{{batch_id:uuid}}", f"{HERE}/kode/{{lembar}}", ORGANIZER),
    View("konsol-hasil", f"{DESK}/hasil", f"{HERE}/hasil", ORGANIZER),
    View("konsol-satu-hasil", f"{DESK}/hasil/{{entry_id:uuid}}", f"{HERE}/hasil/{{keikutsertaan}}", ORGANIZER),
    View("konsol-babak-final", f"{DESK}/hasil/final", f"{HERE}/hasil/final", ORGANIZER),
    View("konsol-juri", f"{DESK}/juri", f"{HERE}/juri", ORGANIZER),
    View("konsol-juri-instansi", f"{DESK}/juri/instansi", f"{HERE}/juri/instansi", ORGANIZER),
    View("konsol-juri-tunjuk", f"{DESK}/juri/tunjuk", f"{HERE}/juri/tunjuk", ORGANIZER),
    View(
        "konsol-juri-tunjuk-galat",
        f"{DESK}/juri/tunjuk",
        f"{HERE}/juri/tunjuk",
        ORGANIZER,
        422,
        fill("/juri/tunjuk", surel="tidak@ada.example", instansi="Bappenas"),
    ),
    View("konsol-juri-ingatkan", f"{DESK}/juri/ingatkan", f"{HERE}/juri/ingatkan", ORGANIZER),
    View("konsol-juri-galat", f"{DESK}/juri", f"{HERE}/juri", ORGANIZER, 422, fill("/juri", nama=" ", instansi=" ")),
    View("konsol-orang", f"{DESK}/orang", f"{HERE}/orang", ORGANIZER),
    View("konsol-orang-nihil", f"{DESK}/orang", f"{HERE}/orang?cari=zzz", ORGANIZER),
    View(
        "konsol-konfirmasi",
        f"{DESK}/orang/{{account_id:uuid}}/konfirmasi",
        f"{HERE}/orang/{{eko}}/konfirmasi",
        ORGANIZER,
    ),
]

NO_PAGES = {
    f"{DESK}/berkas-acara": "a file to download",
    f"{DESK}/ekspor/{{track_slug:str}}/{{file:str}}": "a file to download",
}

PRINTED = ("konsol-pengerjaan", "konsol-kode-baru")
