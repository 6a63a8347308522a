"""The rules a licence may have. Each gives its wording, and what a file says in a wanted state.

A rule is a function `(rng, date, licence) -> (wording, tell)`; `tell(state)` gives `(heading, text)` for the states met
and broken: what stands in the file, and the words that decide. A rule whose state is open is not told of at all. A
paper to attach is there or open, never broken.
"""

from generate_words import LICENCES, count, in_words, later, millions, written_day

AT_LEAST = ("paling sedikit", "sekurang-kurangnya", "minimal")
AT_MOST = ("paling banyak", "tidak lebih dari", "maksimal")


def bounded(rng, licence, values, form):
    """A bound and its words; now and then another one holds for a kind of business, perhaps this one."""
    general = rng.choice(values)
    if rng.random() < 0.6:
        return general, form(general)
    special = rng.choice([value for value in values if value != general])
    named = licence if rng.random() < 0.5 else rng.choice([other for other in LICENCES if other != licence])
    return (special if named == licence else general), f"{form(general)}; untuk {named} {form(special)}"


def area(rng, date, licence):
    least, words = bounded(rng, licence, range(10, 40), "{} m2".format)

    def tell(state):
        size = least + rng.randrange(0, 30) if state == "met" else least - rng.randrange(1, 8)
        sides = next(((a, size // a) for a in (3, 4, 5, 6) if size % a == 0 and size // a >= 3), None)
        forms = (f"{size} m2", f"{size} meter persegi", f"{in_words(size)} meter persegi")
        wide = f"{sides[0]} x {sides[1]} meter" if sides else forms[0]
        return "Luas tempat usaha", wide if rng.random() < 0.4 else rng.choice(forms)

    return f"Luas tempat usaha {rng.choice(AT_LEAST)} {words}.", tell


def age(rng, date, licence):
    least, words = bounded(rng, licence, (18, 19, 20, 21), "{} tahun".format)

    def tell(state):
        years = least + rng.randrange(1, 30) if state == "met" else least - rng.randrange(1, 3)
        if rng.random() < 0.3:
            return "Umur", f"{count(rng, years)} tahun"
        born = date.replace(year=date.year - years, month=rng.randrange(1, 13), day=rng.randrange(1, 28))
        # Who has not had this year's birthday was born a year earlier.
        return "Tanggal lahir", written_day(rng, born if born.replace(year=date.year) <= date else later(born, -366))

    return f"Pemohon berumur {rng.choice(AT_LEAST)} {words} pada tanggal permohonan.", tell


def capital(rng, date, licence):
    most, words = bounded(rng, licence, range(40, 300, 10), "Rp{} juta".format)

    def tell(state):
        return "Modal usaha", millions(
            rng, rng.randrange(10, most + 1, 5) if state == "met" else most + rng.randrange(5, 80, 5)
        )

    return f"Modal usaha {rng.choice(AT_MOST)} {words}.", tell


def workers(rng, date, licence):
    most, words = bounded(rng, licence, range(4, 16), "{} orang".format)

    def tell(state):
        number = rng.randrange(1, most + 1) if state == "met" else most + rng.randrange(1, 6)
        return "Jumlah pekerja", f"{count(rng, number)} orang"

    return f"Pekerja {rng.choice(AT_MOST)} {words}.", tell


def distance(rng, date, licence):
    least, words = bounded(rng, licence, range(100, 600, 50), "{} meter".format)

    def tell(state):
        meters = least + rng.randrange(0, 500, 50) if state == "met" else least - rng.randrange(10, 90, 10)
        kilometers = f"{meters / 1000:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        return "Jarak ke sekolah terdekat", rng.choice((f"{meters} meter", f"{kilometers} km"))

    return f"Jarak ke sekolah {rng.choice(AT_LEAST)} {words}.", tell


def closing(rng, date, licence):
    latest, words = bounded(rng, licence, (20, 21, 22, 23), "pukul {}.00".format)

    def tell(state):
        hour = rng.randrange(16, latest + 1) if state == "met" else min(latest + rng.randrange(1, 3), 24)
        return "Jam buka", f"pukul {rng.randrange(7, 11):02}.00 sampai {hour:02}.00"

    return f"Tempat usaha tutup paling lambat {words}.", tell


def parking(rng, date, licence):
    least, words = bounded(rng, licence, range(3, 12), "{} kendaraan".format)

    def tell(state):
        number = least + rng.randrange(0, 10) if state == "met" else least - rng.randrange(1, 3)
        return "Tempat parkir", f"{count(rng, number)} kendaraan"

    return f"Tempat parkir {rng.choice(AT_LEAST)} {words}.", tell


def record(rng, date, licence):
    years, words = bounded(rng, licence, (2, 3, 5), "{} tahun".format)

    def tell(state):
        if state == "broken":
            return "Riwayat izin", f"izin lama dicabut tahun {date.year - rng.randrange(0, years)}"
        old = f"izin lama dicabut tahun {date.year - years - rng.randrange(2, 6)}"
        return "Riwayat izin", rng.choice(("belum pernah mempunyai izin", "izin lama habis dengan sendirinya", old))

    return f"Izin pemohon tidak dicabut dalam {words} terakhir.", tell


def waste(rng, date, licence):
    good = ("bak penampung dua ruang", "diangkut mitra dua kali seminggu", "tangki septik dan bak lemak")
    bad = ("dialirkan ke selokan", "dibuang ke kali di belakang", "belum ada penampungan")

    def tell(state):
        return "Limbah", rng.choice(good if state == "met" else bad)

    return "Limbah ditampung atau diangkut mitra, tidak dibuang ke saluran umum.", tell


def zone(rng, date, licence):
    zones = rng.sample(("perdagangan", "campuran", "hunian", "hijau", "industri"), 4)

    def tell(state):
        return "Letak", f"zona {rng.choice(zones[:2] if state == 'met' else zones[2:])}"

    forms = ("Tempat usaha berada di zona {0} atau {1}.", "Tempat usaha tidak berada di zona {2} atau {3}.")
    return rng.choice(forms).format(*zones), tell


def attached(paper):
    """A paper that must be attached: there, or still to come."""

    def rule(rng, date, licence):
        def tell(state):
            return "Lampiran", rng.choice((f"{paper}, terlampir", f"{paper} (ada)", f"salinan {paper}"))

        return f"{paper[0].upper()}{paper[1:]} dilampirkan.", tell

    return rule


def valid(paper):
    """A paper that must not have run out."""

    def rule(rng, date, licence):
        def tell(state):
            end = later(date, rng.randrange(5, 400)) if state == "met" else later(date, -rng.randrange(5, 300))
            return paper[0].upper() + paper[1:], f"berlaku sampai {written_day(rng, end)}"

        return f"{paper[0].upper()}{paper[1:]} masih berlaku pada tanggal permohonan.", tell

    return rule


PAPERS = tuple(attached(paper) for paper in ("NPWP", "denah lokasi", "persetujuan tetangga", "foto tempat usaha"))
VALID = tuple(
    valid(paper) for paper in ("sertifikat laik higiene", "surat keterangan sehat", "polis asuransi kebakaran")
)
FACTS = (area, age, capital, workers, distance, closing, parking, record, waste, zone)
