"""Invented people, offices, places and numbers, and the ways they are written. Standard library only."""

import datetime as dt

FIRST = (
    "Rahmat Siti Bambang Wulan Yohanes Ketut Made Andi Fitri Agus Dewi Teguh Maria Samuel Nurul Hendra Ratna "
    "Ilham Lestari Markus Aisyah Dimas Puspita Gregorius Farida Yusuf Kartika Paulus Intan Bayu Melati Arif "
    "Novita Daniel Sri Rizky Anjani Tobias Halimah Galih Veronika Irfan Citra Lukas Rosmawati Eko Ayu Stefanus "
    "Zainab Joko Tiara Fajar Yuliana Hasan Mega Oktavianus Nisa Wahyu Elisabet Ridwan"
).split()
LAST = (
    "Hidayat Simanullang Wirawan Prasetyo Manurung Suryani Kambuaya Rahayu Tanjung Nugroho Pattiasina Wijayanti "
    "Sembiring Kurniawan Lubis Handayani Wenda Saputra Mambrasar Utami Ginting Permadi Ohoiwutun Safitri Siregar "
    "Gunawan Tabuni Maharani Hutapea Santoso Rumbiak Anggraini Nasution Firmansyah Latuconsina Kusuma Pakpahan "
    "Wulandari Setiawan Lestaluhu Hasibuan Pratama Yikwa Susanti Sinaga Ramadhan Tuhumury Mahendra Rangkuti "
    "Purnama Situmorang Hartono Sawaki Damanik"
).split()
DEGREES = ("S.Sos.", "S.E.", "S.Kom.", "S.H.", "S.IP.", "S.T.", "S.Pd.", "S.STP.", "S.Ak.", "S.Si.")
HIGHER = ("M.Si.", "M.AP.", "M.M.", "M.T.", "M.Kom.", "M.H.", "M.PA.")

REGIONS = (
    "Kabupaten Tirtawangi",
    "Kota Sagara",
    "Kabupaten Rawakencana",
    "Kabupaten Sukalaya",
    "Kota Lembayung",
    "Kabupaten Karangmelati",
    "Provinsi Nusa Ampera",
    "Kabupaten Teluk Cempaka",
    "Kota Bandarsari",
    "Kabupaten Gunung Selasih",
    "Provinsi Tanjung Kenari",
    "Kabupaten Muara Jingga",
)
OFFICES = (
    "Dinas Kesehatan",
    "Dinas Pendidikan",
    "Dinas Perhubungan",
    "Dinas Sosial",
    "Dinas Lingkungan Hidup",
    "Dinas Komunikasi dan Informatika",
    "Dinas Pekerjaan Umum",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Dinas Perpustakaan dan Arsip",
    "Dinas Pertanian",
    "Dinas Koperasi dan UKM",
    "Dinas Pariwisata",
    "Badan Kepegawaian Daerah",
    "Badan Perencanaan Pembangunan Daerah",
    "Badan Keuangan dan Aset Daerah",
    "Badan Pendapatan Daerah",
    "Badan Penanggulangan Bencana Daerah",
    "Inspektorat Daerah",
    "Satuan Polisi Pamong Praja",
    "Sekretariat Daerah",
)
UNITS = (
    "Bagian Umum",
    "Bagian Hukum",
    "Bagian Organisasi",
    "Bagian Perencanaan",
    "Bagian Pengadaan",
    "Subbagian Kepegawaian",
    "Subbagian Keuangan",
    "Subbagian Tata Usaha",
    "Bidang Statistik",
    "Bidang Data dan Informasi",
    "Bidang Pelayanan Publik",
    "Bidang Aset",
    "Bidang Pengembangan SDM",
    "Seksi Pengaduan",
    "Seksi Arsip",
    "Seksi Evaluasi",
)
CITIES = (
    "Bandung Surabaya Makassar Jayapura Ambon Kupang Mataram Palembang Medan Pontianak Manado Semarang Yogyakarta "
    "Denpasar Palu Kendari Ternate Sorong Bengkulu Padang"
).split()
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()


def person(rng):
    """A plain name of two or three words."""
    middle = [rng.choice(FIRST)] if rng.random() < 0.2 else []
    first = rng.choice(FIRST)
    return " ".join([first, *(name for name in middle if name != first), rng.choice(LAST)])


def titled(rng, name):
    """The name as an office writes it: with titles and degrees, or without."""
    before = rng.choice(("", "", "", "Dr. ", "Ir. ", "dr. "))
    first, second = rng.choice(DEGREES), rng.choice(HIGHER)
    after = rng.choice(("", f", {first}", f", {first}, {second}"))
    return f"{before}{name}{after}"


def office(rng):
    return f"{rng.choice(OFFICES)} {rng.choice(REGIONS)}"


def day(rng, start="2025-01-06", span=1000):
    return dt.date.fromisoformat(start) + dt.timedelta(days=rng.randrange(span))


def workday(date):
    """The date itself, or the Monday after it."""
    return date + dt.timedelta(days=(7 - date.weekday()) % 7 if date.weekday() > 4 else 0)


def weekday(date):
    return DAYS[date.weekday()]


def written_date(rng, date, *, loose=False):
    """A date as people write it; `loose` adds the forms of messages."""
    month = MONTHS[date.month - 1]
    forms = [f"{date.day} {month} {date.year}"] * 5 + [f"{date.day:02} {month} {date.year}"]
    forms += [f"{date.day:02}-{date.month:02}-{date.year}", f"{date.day}/{date.month}/{date.year}"]
    if loose:
        forms += [f"{date.day} {month[:3].lower()} {date.year}", f"{date.day:02}.{date.month:02}.{date.year}"] * 2
    return rng.choice(forms)


def written_time(rng, hour, minute):
    dotted = f"{hour:02}.{minute:02}"
    forms = [dotted] * 4 + [f"{hour:02}:{minute:02}"]
    if minute == 0 and hour > 6:
        forms += [str(hour)]
    if minute == 30 and 7 <= hour <= 10:
        forms += [f"setengah {ONES[hour + 1]}"]
    return rng.choice(forms)


def in_words(number):
    """A whole number below a billion in Indonesian words."""
    for size, name in ((1_000_000, "juta"), (1_000, "ribu"), (100, "ratus")):
        if number >= size:
            head, rest = divmod(number, size)
            start = f"se{name}" if head == 1 and size < 1_000_000 else f"{in_words(head)} {name}"
            return f"{start} {in_words(rest)}" if rest else start
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    tens, rest = divmod(number, 10)
    return f"{ONES[tens]} puluh {ONES[rest]}" if rest else f"{ONES[tens]} puluh"


def dotted(number):
    return f"{number:,}".replace(",", ".")


def written_amount(rng, number, *, loose=False):
    """Rupiah as people write them: with figures, with words, with both."""
    figures = dotted(number)
    forms = [f"Rp{figures}", f"Rp {figures},00", f"Rp. {figures},-", f"Rp{figures},00 ({in_words(number)} rupiah)"]
    forms += [f"{in_words(number)} rupiah"]
    if loose and number % 100_000 == 0:
        forms += [f"{number // 100_000 / 10:g} juta".replace(".", ",")] * 2
    if loose and number % 1000 == 0 and number < 1_000_000:
        forms += [f"{number // 1000} ribu", f"{number // 1000}rb"]
    return rng.choice(forms)


def written_count(rng, number, unit):
    forms = [f"{number} {unit}", f"{number} ({in_words(number)}) {unit}", f"{in_words(number)} {unit}"]
    return rng.choice(forms)


def phone(rng):
    """A number of no network: all begin with 0000."""
    return f"0000{rng.randrange(10**7, 10**8)}"


def written_phone(rng, number):
    return rng.choice((number, f"{number[:4]}-{number[4:8]}-{number[8:]}", f"{number[:4]} {number[4:8]} {number[8:]}"))


def nip(rng):
    """Eighteen digits that are no NIP: the date of birth is all zeros and the sex is 9."""
    return f"00000000{rng.randrange(2010, 2026)}{rng.randrange(1, 13):02}9{rng.randrange(1, 1000):03}"


def written_nip(rng, number):
    return rng.choice((number, f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"))


def letter_number(rng, date):
    code = rng.choice(("800", "005", "900", "094", "027", "470", "555", "641", "B", "ND", "UND", "ST"))
    body = rng.choice(("BKD", "UM", "KOMINFO", "SETDA", "DINKES", "BAPPEDA", "INSP", "DISHUB", "KEU", "ORG", "ARSIP"))
    serial = rng.randrange(1, 1800)
    forms = (
        f"{code}/{serial}/{body}/{date.year}",
        f"{code}/{serial:04}/{body}/{ROMAN[date.month - 1]}/{date.year}",
        f"{code}-{serial}/{body}.{rng.randrange(1, 9)}/{date.month:02}/{date.year}",
        f"{code}.{rng.randrange(1, 9)}/{serial}/{rng.randrange(400, 440)}.{rng.randrange(1, 30)}/{date.year}",
    )
    return rng.choice(forms)
