"""Names, registers and small talk. All of it invented; no city or office of these names exists."""

CITIES = (
    "Sagara,Tirtawangi,Lembayung,Cempaka Raya,Wanasari Timur,"
    "Batu Kencana,Teluk Melati,Muara Intan,Puncak Seruni,Rawa Gading"
).split(",")
STREETS = (
    "Jalan Kenanga,Jalan Wijaya Kusuma,Gang Mangga,Jalan Pelita,"
    "Gang Salak,Jalan Rajawali,Jalan Melur,Gang Sawo,Jalan Teratai"
).split(",")
MARKS = (
    "depan SD,belakang pasar,dekat masjid,"
    "samping pos ronda,seberang puskesmas,di tikungan warung bakso,dekat jembatan kecil"
).split(",")
FLOWERS = "Anggrek,Bougenvil,Cempaka,Dahlia,Flamboyan,Kamboja,Melati,Seroja,Tanjung,Teratai".split(",")
KIN = "adik saya,ipar saya,kakak saya,tetangga saya,sepupu saya,teman saya".split(",")

GREETINGS = (
    ("", 8),
    ("Selamat pagi. ", 2),
    ("Permisi, ", 2),
    ("Maaf mengganggu Bapak/Ibu petugas. ", 1),
    ("Halo min, ", 1),
)
ENDINGS = ("", "", "", "", "", "", " Terima kasih.", " Makasih.", " Mohon dijawab ya.", " Buru-buru ini.")

SHORT = {
    "yang": "yg",
    "untuk": "utk",
    "saya": "sy",
    "tidak": "tdk",
    "berapa": "brp",
    "dengan": "dgn",
    "sudah": "sdh",
    "bagaimana": "gmn",
    "kalau": "klo",
    "dari": "dr",
    "bisa": "bs",
    "sampai": "smp",
    "mau": "mo",
    "orang": "org",
    "hari": "hr",
    "juga": "jg",
    "belum": "blm",
}

# Of each region: how it greets and thanks, and its words.
REGIONS = (
    (
        (("Nuwun sewu, ", 3), ("Assalamualaikum, ", 1), ("", 3)),
        ("", "", "", "", " Suwun.", " Matur nuwun."),
        {"berapa": "piro", "tidak": "ora", "kalau": "nek", "bagaimana": "piye", "sekarang": "saiki", "lama": "suwe"},
    ),
    (
        (("Punten, ", 3), ("Sampurasun, ", 1), ("", 3)),
        ("", "", "", "", " Hatur nuhun.", " Nuhun."),
        {
            "berapa": "sabaraha",
            "tidak": "henteu",
            "kalau": "lamun",
            "bagaimana": "kumaha",
            "saya": "abdi",
            "lama": "lami",
        },
    ),
    (
        (("Assalamualaikum, ", 2), ("Pak, ", 2), ("", 3)),
        ("", "", "", "", " Mokasih.", " Tarimo kasih."),
        {"berapa": "bara", "tidak": "indak", "kalau": "kok", "bagaimana": "baa", "saya": "ambo", "lama": "lamo"},
    ),
    (
        (("Bang, ", 3), ("Permisi, ", 1), ("", 3)),
        ("", "", "", "", " Makasih ye.", " Cepetan ye."),
        {"berapa": "berape", "tidak": "kagak", "kalau": "kalo", "bagaimana": "gimane", "saya": "aye", "apa": "ape"},
    ),
)


def pick(rng, weighted):
    """One of `(value, weight)` pairs."""
    return rng.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


def voice(rng):
    """How one citizen writes: a function of what they say."""
    kind = rng.choice(("plain", "plain", "plain", "short", "short", "region"))
    greetings, endings, spoken = rng.choice(REGIONS) if kind == "region" else (GREETINGS, ENDINGS, {})

    def speak(text, first):
        greeting = pick(rng, greetings) if first else ""
        if greeting.endswith(", ") and text[1].islower():
            text = text[0].lower() + text[1:]
        said = greeting + text + rng.choice(endings)
        if kind == "short":
            said = swap(said.lower(), SHORT, rng, 0.85)
            said = said.replace(".", "" if rng.random() < 0.3 else ".")
            return said.replace("?", "" if rng.random() < 0.4 else "??")
        said = swap(said, spoken, rng, 0.6)
        return said[0].upper() + said[1:]

    return speak


def swap(text, table, rng, share):
    words = text.split(" ")
    for at, word in enumerate(words):
        bare = word.strip(".,?!")
        if bare.lower() in table and rng.random() < share:
            other = table[bare.lower()]
            words[at] = word.replace(bare, other[0].upper() + other[1:] if bare[0].isupper() else other)
    return " ".join(words)


def rupiah(value):
    return f"Rp{value:,}".replace(",", ".") if value else "gratis"


NUMBERS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split()


def span(rng, value):
    """A time to wait as a handbook writes it."""
    number, unit = value.split()
    word = NUMBERS[int(number)] if int(number) <= 10 and rng.random() < 0.3 else number
    return f"{word} {unit}{' kerja' if unit == 'hari' and rng.random() < 0.6 else ''}"
