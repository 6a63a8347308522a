"""Signing in, registering, confirming, and one's own account."""

from tests.e2e.pages.viewing import CAPTAIN, MEMBER, NEWCOMER, ORGANIZER, PERSON, VISITOR, View, each, fill

CONFIRM = "/konfirmasi"
UNKNOWN = "x" * 43

VIEWS = [
    View("masuk", "/masuk", "/masuk"),
    View("masuk-lanjut", "/masuk", "/masuk?lanjut=/acara/pengerjaan/tim"),
    View(
        "masuk-ditolak",
        "/masuk",
        "/masuk",
        status=422,
        act=fill("/masuk", surel="ayu@sukaraya.invalid", sandi="bukan sandinya"),
    ),
    View("daftar", "/daftar", "/daftar"),
    View(
        "daftar-galat",
        "/daftar",
        "/daftar",
        status=422,
        act=fill("/daftar", nama=" ", surel="eko@sukaraya", sandi="123456789012", setuju="ya"),
    ),
    View("lupa-sandi", "/lupa-sandi", "/lupa-sandi"),
    View("lupa-sandi-galat", "/lupa-sandi", "/lupa-sandi", status=422, act=fill("/lupa-sandi", surel="ayu@kota")),
    View("lupa-sandi-terkirim", "/lupa-sandi/terkirim", "/lupa-sandi/terkirim"),
    View("sandi-baru", "/sandi/{secret:str}", "/sandi/{sandi}"),
    View("sandi-baru-galat", "/sandi/{secret:str}", "/sandi/{sandi}", status=422, act=fill("", sandi="123456789012")),
    View("sandi-lewat", "/sandi/{secret:str}", f"/sandi/{UNKNOWN}", status=404),
    View("masuk-kode", "/masuk/kode", "/masuk/kode"),
    View(
        "masuk-kode-galat",
        "/masuk/kode",
        "/masuk/kode",
        status=422,
        act=fill("/masuk/kode", kode="K7MR-2XWD", sandi="kopi sawah lentera 77"),
    ),
    *each("konfirmasi", CONFIRM, CONFIRM, NEWCOMER, PERSON),
    View("konfirmasi-galat", CONFIRM, CONFIRM, NEWCOMER, 422, fill("/konfirmasi", kode="K7MR-2XWD")),
    *each("konfirmasi-tautan", "/konfirmasi/{secret:str}", "/konfirmasi/{konfirmasi}", VISITOR, NEWCOMER),
    View("konfirmasi-lewat", "/konfirmasi/{secret:str}", f"/konfirmasi/{UNKNOWN}", status=404),
    *each("akun", "/akun", "/akun", NEWCOMER, CAPTAIN, ORGANIZER),
    View("akun-galat", "/akun", "/akun", CAPTAIN, 422, fill("/akun", nama=" ")),
    View("akun-nip-galat", "/akun", "/akun", CAPTAIN, 422, fill("/akun/nip", nip="19990101 2020")),
    View("akun-sandi", "/akun/sandi", "/akun/sandi", CAPTAIN),
    View(
        "akun-sandi-galat",
        "/akun/sandi",
        "/akun/sandi",
        CAPTAIN,
        422,
        fill("/akun/sandi", sandi__lama="bukan sandinya", sandi__baru="pendek"),
    ),
    View("akun-perangkat", "/akun/perangkat", "/akun/perangkat", CAPTAIN),
    *each("akun-token", "/akun/token", "/akun/token", MEMBER, CAPTAIN),
    View("akun-token-galat", "/akun/token", "/akun/token", CAPTAIN, 422, fill("/akun/token", untuk=" ")),
    *each("akun-data", "/akun/data", "/akun/data", CAPTAIN, NEWCOMER),
    *each("privasi", "/privasi", "/privasi", VISITOR, CAPTAIN),
]

NO_PAGES = {"/akun/data.json": "a file to download"}

PRINTED = ("akun-data",)
