"""Words of Bahasa Indonesia as people shorten and speak them, and those that are never touched. Data only."""

SHORTENED: dict[str, tuple[str, ...]] = {
    "adalah": ("adl",),
    "akan": ("akn",),
    "atas": ("ats",),
    "bagaimana": ("bgmn", "gmn"),
    "banyak": ("bnyk",),
    "bapak": ("bpk",),
    "belum": ("blm",),
    "bisa": ("bs",),
    "dalam": ("dlm",),
    "dapat": ("dpt",),
    "dari": ("dr",),
    "dengan": ("dgn",),
    "harus": ("hrs",),
    "juga": ("jg",),
    "karena": ("krn",),
    "kepada": ("kpd",),
    "kurang": ("krg",),
    "lebih": ("lbh",),
    "mohon": ("mhn",),
    "oleh": ("olh",),
    "orang": ("org",),
    "pada": ("pd",),
    "saja": ("sj",),
    "saya": ("sy",),
    "sebagai": ("sbg",),
    "sebelum": ("sblm",),
    "sekarang": ("skrg",),
    "seperti": ("spt",),
    "serta": ("srt",),
    "setelah": ("stlh",),
    "sudah": ("sdh",),
    "supaya": ("spy",),
    "telah": ("tlh",),
    "tentang": ("ttg",),
    "terhadap": ("thd",),
    "tersebut": ("tsb",),
    "tidak": ("tdk",),
    "untuk": ("utk",),
    "yang": ("yg",),
}
"""As in memos and text messages."""

SPOKEN: dict[str, tuple[str, ...]] = {
    "agar": ("biar",),
    "apakah": ("apa",),
    "atau": ("ato",),
    "bagaimana": ("gimana", "piye"),
    "belum": ("belom",),
    "bila": ("kalo",),
    "hanya": ("cuma",),
    "ingin": ("pengin",),
    "kalau": ("kalo",),
    "membuat": ("bikin",),
    "memberi": ("ngasih",),
    "mengapa": ("kenapa",),
    "mengurus": ("ngurus",),
    "saja": ("aja",),
    "saya": ("aku", "sa"),
    "sedang": ("lagi",),
    "seperti": ("kayak",),
    "sudah": ("udah", "su"),
    "tetapi": ("tapi",),
    "tidak": ("nggak", "ndak", "gak", "tra"),
}
"""As spoken, also on Java (ndak, piye) and in Maluku and Papua (tra, su, sa)."""

_SENTENCE_STARTS = """
ada adapun agar apa apakah atas bagaimana bahwa berdasar berdasarkan berikut bersama bila dalam dan dari demikian dengan
di dimohon diminta harap jika kalau kami karena ke kepada menindaklanjuti mohon oleh pada perlu saat saya sebagai
sehubungan selain selanjutnya seluruh semua sesuai setelah setiap sudah tetapi tidak untuk yang
"""

SENTENCE_STARTS = frozenset(_SENTENCE_STARTS.split())
"""A capital letter that only a sentence's beginning gave these may be lost."""

_KEPT = """
nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh seratus ratus seribu ribu juta
miliar triliun setengah separuh seperempat pertama kedua ketiga keempat kelima keenam januari februari maret april mei
juni juli agustus september oktober november desember senin selasa rabu kamis jumat sabtu minggu rupiah persen meter
kilometer hektare kilogram gram liter hari bulan tahun jam menit pukul tanggal nomor pasal ayat
"""

KEPT = frozenset(_KEPT.split())
"""Numbers, dates and measures: another letter there would be another fact."""

NEIGHBOURS: dict[str, str] = {
    "a": "sqz",
    "b": "vgn",
    "c": "xdv",
    "d": "sfe",
    "e": "wrd",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "i": "uok",
    "j": "hku",
    "k": "jli",
    "l": "kop",
    "m": "nkj",
    "n": "bmh",
    "o": "ipl",
    "p": "ol",
    "q": "wa",
    "r": "etf",
    "s": "adw",
    "t": "ryg",
    "u": "yij",
    "v": "cbf",
    "w": "qes",
    "x": "zcs",
    "y": "tuh",
    "z": "xas",
}
"""The keys beside a key."""
