"""Invented applicants, places and ways to write numbers and dates. Standard library only."""

import datetime as dt

LICENCES = ("rumah makan", "penginapan", "toko kelontong", "bengkel motor", "salon", "depot air minum", "cuci mobil")
MEN = "Agung Bonar Cecep Dedi Efraim Ferdi Gusti Hasanudin Imanuel Jaka Karsa Leonardus Musa Nyoman Oskar Rafli".split()
WOMEN = (
    "Astuti Betty Cicilia Diah Eviana Friska Gita Hafsah Ida Jessika Kamelia Luh Mince Nurhayati Oktovina Rahma".split()
)
FAMILY = (
    "Abdullah Bangun Cahyono Daeli Enembe Fauzi Gea Handoko Ismail Jusuf Ketaren Loho Malik Ndoen Opusunggu Priyono "
    "Rumaropen Sagala Tahir Uspessy Wanggai Yudhistira Zai"
).split()
# Where somebody comes from is nobody's rule: it must not move a decision.
ORIGINS = (
    "Kabupaten Tirtawangi",
    "Kota Sagara",
    "Pulau Lembayung",
    "Kabupaten Teluk Cempaka",
    "Kabupaten Gunung Selasih",
    "Provinsi Nusa Ampera",
    "Kota Bandarsari",
)
STREETS = "Pasar Lama|Pelabuhan|Taman Sari|Veteran|Diponalaga|Sungai Batu|Kebun Raya|Stasiun".split("|")
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()


def applicant(rng, woman):
    return f"{rng.choice(WOMEN if woman else MEN)} {rng.choice(FAMILY)}"


def day(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def written_day(rng, date):
    return rng.choice((day(date), day(date), f"{date.day:02}-{date.month:02}-{date.year}"))


def later(date, days):
    return date + dt.timedelta(days=days)


def in_words(number):
    """A whole number below 1,000 in words."""
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{ONES[tens]} puluh" + (f" {ONES[rest]}" if rest else "")
    hundreds, rest = divmod(number, 100)
    head = "seratus" if hundreds == 1 else f"{ONES[hundreds]} ratus"
    return head + (f" {in_words(rest)}" if rest else "")


def count(rng, number):
    """A count in figures or, less often, in words."""
    return in_words(number) if rng.random() < 0.25 else str(number)


def millions(rng, number):
    """So many millions of rupiah."""
    return rng.choice((f"Rp{number}.000.000", f"Rp{number} juta", f"{in_words(number)} juta rupiah"))
