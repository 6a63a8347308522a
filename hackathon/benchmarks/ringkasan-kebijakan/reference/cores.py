"""Which sentences say something a head wants to know, which only seem to, and how to say them in fewer words."""

import re

CUES = {
    "putusan": r"sarankan|usulkan|usul kami|sepakat|putuskan|setujui|anjurkan|dipilih|memilih|persetujuan|"
    r"dukungan semua",
    "biaya": r"Rp[\d.,]+ ?(?:ribu|juta|miliar)?",
    "tenggat": r"paling lambat|selambatnya|tenggat|\bmulai\b|dimulai|selesai|berlaku|terbit|berakhir|sampai \d|"
    r"sebelum \d",
    "orang": r"tanggung jawab|memimpin|dipimpin|mengawasi|diawasi|memantau|ditugasi|menugasi|diserahkan kepada|"
    r"koordinator|pengawas|pelaksana\w* [A-Z]|ditunjuk|mengelola|ketua tim",
    "sebab": r"\bsebab|penyebab|karena|akibat|pangkal|menemukan|menunjuk satu hal|yang ditemukan|bukan .* melainkan",
    "sasaran": r"sasaran|target|keberhasilan|dijanjikan|diharapkan",
    "risiko": r"risiko|khawatir|berjaga|dapat gagal",
    "tempat": r"uji coba|tahap pertama|dimulai di|siap lebih dulu|percobaan dilakukan",
    "keadaan": r"tercatat|mencapai|menunjukkan|rata-rata|kini|baru \d|hanya \d|persen|dari \d+ ",
}
REFUSED = (
    r"ditolak|tidak diterima|tidak terbukti|terlalu mahal|tidak mendukung|ternyata bukan|tidak kami|belum kami|gugur|"
    r"dibatalkan|dicabut|tahun lalu|setahun sebelumnya|keliru|mengira|yang lama|sebelumnya|tidak masuk akal|media|"
    r"tidak beralasan|sudah diatasi|menyusul|belum dapat|pelajaran"
)
LEADS = (
    r"^(?:Hasil [^,]*? menunjukkan|Saat ini|Menurut [^,]*,|Setelah [^,]*,|Dengan [^,]*? (?=sasaran|diusulkan)|"
    r"Untuk itu|Karena itu|Dari dua pilihan,|Akhirnya|Dihitung [^,]*,)\s*"
)
TAILS = r"(?:, (?:bukan|seperti|padahal|tetapi|naik dari|dan itu|kurang dari|sesudah|sebagian) [^.]*|; [^.]*)\."
SHORT = 11


def split(text):
    """Sentences below the head of the paper."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text.split("\n\n", 1)[-1]) if part]


def short_of(sentence):
    """Without what leads up to it and what trails behind."""
    short = re.sub(TAILS, ".", re.sub(LEADS, "", sentence))
    short = re.sub(r"semula \d+ \w+ digeser menjadi", "menjadi", short)
    return short[:1].upper() + short[1:]


MONTH = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
CORES = {
    "biaya": (r"(Rp[\d.,]*\d(?: (?:ribu|juta|miliar))?)", "Biaya {}."),
    "tenggat": (
        rf"(?:.*(?:menjadi|lambat|pelaksanaan|sampai|berakhir|pada|mulai|selesai) )?(\d{{1,2}} (?:{MONTH}))",
        "Paling lambat {}.",
    ),
    "orang": (r"([A-Z][a-z]+ [A-Z][a-z]+)", "Penanggung jawab {}."),
    "tempat": (r"([A-Z][a-z]+ [A-Z][a-z]+ (?:dan|serta) [A-Z][a-z]+ [A-Z][a-z]+)", "Uji coba di {}."),
    "sasaran": (r"(\d[\d.,]*(?: [a-z]+){1,3})", "Sasarannya {}."),
}


def core_of(kinds, sentence):
    """A short sentence that tells one kind of thing, said in the fewest words; else the sentence, shortened."""
    if len(kinds) == 1 and (core := CORES.get(next(iter(kinds)))) and len(sentence.split()) <= SHORT:
        found = re.search(core[0], sentence)
        if found and not re.search(r"\d", sentence.replace(found[1], "").replace("2026", "")):
            return core[1].format(found[1])
    return short_of(sentence)
