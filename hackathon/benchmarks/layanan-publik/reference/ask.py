"""Apa yang ditanyakan, tentang layanan mana, pasal mana yang memuatnya, dan bagian mana yang menjawab."""

import math
import re

import states

SHORT = {
    "brp": "berapa",
    "piro": "berapa",
    "pinten": "berapa",
    "barapo": "berapa",
    "sabaraha": "berapa",
    "yg": "yang",
    "utk": "untuk",
    "sy": "saya",
    "klo": "kalau",
    "kalo": "kalau",
    "tdk": "tidak",
    "hr": "hari",
    "smp": "sampai",
    "bs": "bisa",
    "gmn": "bagaimana",
    "suwe": "lama",
    "lila": "lama",
    "lamo": "lama",
    "lamun": "kalau",
    "nek": "kalau",
    "apo": "apa",
    "opo": "apa",
    "naon": "apa",
}
ALSO = {
    "sku": "surat keterangan usaha",
    "kia": "kartu identitas anak",
    "legalisir": "pengesahan fotokopi",
    "ledeng": "sambungan air",
    "rabies": "vaksinasi",
    "vaksin": "vaksinasi",
    "kursus": "pelatihan",
    "futsal": "lapangan",
    "kir": "uji kendaraan",
    "makam": "pemakaman",
    "hajatan": "keramaian",
    "tebang": "pemangkasan",
    "pangkas": "pemangkasan",
    "kuning": "pencari kerja",
    "stiker": "parkir berlangganan",
    "kasur": "barang besar",
    "lemari": "barang besar",
    "booking": "sewa",
    "orok": "bayi",
    "kiosnya": "kios",
    "polinya": "poli",
    "berobat": "poli",
    "dicabut": "cabut",
    "pinjem": "meminjam",
    "pinjamannya": "pinjaman",
}
ASPECTS = (
    ("berlaku", r"berlaku|masa\b|habis"),
    ("jam", r"jam berapa|jam buka|jam layanan|\bbuka\b|jam bukanya"),
    ("syarat", r"syarat|berkas|dokumen|\bbawa\b|dibawa"),
    ("biaya", r"bayar|biaya|tarif|ongkos|uang|kena berapa|iuran|denda|retribusi"),
    ("lama", r"lama|selesai|nunggu|ditunggu|kapan|proses|berapa hari"),
    ("tempat", r"mana\b|tempat|loket|ruang|lantai"),
    ("biaya", r"\bberapa\b"),
)
HELD = {
    "biaya": r"rp|gratis|dibebaskan|tidak dipungut",
    "lama": r"(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh) (?:hari|jam|menit)\b",
    "syarat": r"membawa|syarat|terdiri atas|menyerahkan|dibawa|menambahkan",
    "tempat": r"loket \w|ruang [a-z]|gedung|lantai",
    "jam": r"pukul",
    "berlaku": r"berlaku (?!lagi)(?:\d|\w+ (?:tahun|bulan))|masa berlaku",
}
COMMON = set(
    "yang untuk saya dengan kalau berapa apa saja mau tidak bisa sudah dari juga atau itu ini ada jadi tadi lagi biar "
    "bagaimana mohon maaf terima kasih selamat pagi siang bang permisi halo terus harus kami anda pada adalah bagi "
    "membayar dikenai tarif biaya retribusi selesai dalam hari kerja pukul senin jumat sampai kamis loket ruang lama "
    "pemohon warga kota penduduk luar kartu berkas syarat masa berlaku tahun bulan khusus membawa dilayani buka jam "
    "waktu tempat lokasi lantai gedung persyaratan jangka penyelesaian pelayanan hasil surat keterangan izin balik "
    "kembali soal oke lanjut makasih suwun nuhun hatur buru dijawab dulu saya tanya".split()
)
VALUE = {
    "biaya": r"rp\.? ?[\d.]+|gratis|dibebaskan|tidak dipungut biaya",
    "lama": r"(?:\d+|[a-z]+) (?:hari|jam|menit)\b",
    "berlaku": r"(?:\d+|[a-z]+) (?:tahun|bulan)\b(?! ke)",
}
NUMBERS = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
DAYS = "senin selasa rabu kamis jumat sabtu minggu".split()
OLD = re.compile(r"(?i)tarif lama|sebelum tahun ini|tidak berlaku lagi")


def plain(text):
    words = re.findall(r"[\w&-]+|[?.,!]", text.lower())
    words = [SHORT.get(word, word) for word in words]
    return " ".join(f"{word} {ALSO[word]}" if word in ALSO else word for word in words)


def aspect(text):
    return next((name for name, pattern in ASPECTS if re.search(pattern, text)), None)


def stems(text):
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in COMMON}


def weights(handbook):
    held = [stems(f"{one['judul']} {one['isi']}") for one in handbook]
    every = set().union(*held)
    return held, {word: math.log(1 + len(held) / sum(word in one for one in held)) for word in every}


def mention(text, handbook):
    """What a turn names that the handbook has: its words, the most telling first."""
    _, weight = weights(handbook)
    named = [word for word in stems(text) if word in weight]
    return sorted(named, key=lambda word: (-weight[word], word))


def strange(text, handbook):
    """Whether a turn speaks of something else: words that the handbook does not have."""
    _, weight = weights(handbook)
    asked = re.sub("|".join(pattern for _, pattern in ASPECTS), " ", text)
    return len([word for word in stems(asked) if word not in weight]) > 1


def article(about, wanted, handbook):
    """The article that is about it and holds what is asked for, or None."""
    held, weight = weights(handbook)
    best = None
    for one, words in zip(handbook, held, strict=True):
        score = sum(weight[word] for word in about if word in words)
        if wanted and score > 0 and re.search(HELD[wanted], one["isi"].lower()) and (best is None or score > best[0]):
            best = (score, one)
    # Another service whose article shares a lesser word is not meant.
    least = 0.3 if wanted in ("tempat", "jam") else 0.6
    if best is None or best[0] < least * max(sum(weight[w] for w in about if w in words) for words in held):
        return None
    return best[1]


def valued(kind):
    """The clause with the one value that holds."""

    def read(text, known, last):
        clauses = []
        for sentence in re.split(r"(?<=[.;]) ", text):
            if not OLD.search(sentence):
                clauses += re.split(
                    rf"; |, sedangkan |, (?=\w+ \w*)| dan (?=Rp|\d|gratis|(?:{NUMBERS}) (?:hari|jam|tahun|bulan))",
                    sentence,
                )
        clauses = [one.strip(" .;") for one in clauses if re.search(VALUE[kind], one.lower())]
        if not clauses:
            return text.split(". ")[0]
        found = states.choose([one.lower() for one in clauses], known, last)
        return next((f"{one}." for one in clauses if one.lower() == found), None)

    return read


def papers(text, known, last):
    base, *extra = re.split(r"; |\. (?=Khusus|Untuk|Bagi|Pem|Pel|Bila)", text)
    parts = re.findall(
        r"(?:untuk |bagi |Khusus )?([^,;.]+?) (?:ditambah|menambahkan|juga membawa) ([^,;.]+)", " ".join(extra)
    )
    if not parts:
        return base
    verdicts = [states.holds(who.lower(), known) for who, _ in parts]
    if None in verdicts and True not in verdicts:
        return None
    added = [paper for verdict, (_, paper) in zip(verdicts, parts, strict=True) if verdict is True]
    return " dan ".join([base.rstrip("."), *added]) + "."


def hours(text, known, last):
    parts = [part for part in re.split(r"[;.,] (?!\d)", text.lower()) if "pukul" in part]
    for day in DAYS:
        if day in last[-1] and any(day in part for part in parts):
            return next(part for part in parts if day in part) + "."
    named = states.nearest(parts, last)
    return f"{named or (parts or [text])[0]}."


def place(text, known, last):
    sentence = text.split(". ")[0].rstrip(".")
    parts = re.split(r", (?:dan )?", sentence)
    return f"{states.nearest(parts, last) or sentence}."


READ = {
    "biaya": valued("biaya"),
    "lama": valued("lama"),
    "berlaku": valued("berlaku"),
    "syarat": papers,
    "jam": hours,
    "tempat": place,
}
