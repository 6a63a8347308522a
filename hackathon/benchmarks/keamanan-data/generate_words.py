"""Invented people, places and numbers, and the ways they are written. Standard library only.

No number can be a real one: NIK and NPWP begin with 00 (no province, no tax office), a NIP has a birth date of zeros,
telephone numbers begin with 0000, web and mail addresses lie under the example domains of RFC 2606.
"""

FIRST = (
    "Asmara Bramantyo Cahyani Darmawan Endang Fransiska Gunadi Hamzah Ibrahim Jumiati Karolina Lasmini Mulyadi "
    "Nengah Oktavia Pandu Qomariah Rusdi Sulastri Taufik Ujang Viktor Widodo Yohana Zulkifli Arini Benediktus "
    "Cokorda Dahlia Edison Fatimah Gilang Herlina Iskandar Julius Komang Lidya Marlina Naufal Petrus Rini Suparman "
    "Tantri Umar Wayan Yanti"
).split()
LAST = (
    "Alamsyah Batubara Cendana Dwipayana Effendi Fonataba Gultom Hendrawan Irawan Jayadi Kalalo Laksmana Maulana "
    "Ningrum Oematan Pangaribuan Ramadhani Salossa Tarigan Usman Waromi Yulianto Zebua Ardiansyah Baskara Hastuti "
    "Iriyanto Koroh Lumbantoruan Mandagi Novianti Pohan Rosadi Sitorus Tumewu Wibisono Adiputra Mahmud Serang Lengkong"
).split()
FRONT_TITLES = ("dr.", "Drs.", "Dra.", "Ir.", "Hj.", "H.")
BACK_TITLES = ("S.Sos.", "S.E.", "S.Kom.", "S.H.", "S.IP.", "S.T.", "S.Pd.", "M.Si.", "M.AP.", "A.Md.")
CALLS = ("Bapak", "Ibu", "Pak", "Bu", "Sdr.", "Sdri.")

REGIONS = (
    ("Kabupaten Tirtawangi", "tirtawangi"),
    ("Kota Sagara", "sagara"),
    ("Kabupaten Rawakencana", "rawakencana"),
    ("Kabupaten Sukalaya", "sukalaya"),
    ("Kota Lembayung", "lembayung"),
    ("Kabupaten Karangmelati", "karangmelati"),
    ("Kota Bandarsari", "bandarsari"),
    ("Kabupaten Muara Jingga", "muarajingga"),
)
OFFICES = (
    ("Dinas Kependudukan dan Pencatatan Sipil", "DKPS"),
    ("Dinas Sosial", "DINSOS"),
    ("Dinas Kesehatan", "DINKES"),
    ("Badan Kepegawaian Daerah", "BKD"),
    ("Badan Pendapatan Daerah", "BAPENDA"),
    ("Dinas Komunikasi dan Informatika", "DISKOMINFO"),
    ("Dinas Pendidikan", "DISDIK"),
    ("Dinas Perhubungan", "DISHUB"),
    ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP"),
    ("Sekretariat Daerah", "SETDA"),
)
POSTS = (
    "Kepala Subbagian Umum",
    "Analis Kebijakan",
    "Pranata Komputer",
    "Arsiparis",
    "Bendahara Pengeluaran",
    "Pengelola Kepegawaian",
    "Penyuluh Sosial",
    "Kepala Seksi Pelayanan",
)
STREETS = (
    "Kenanga Cempaka Merpati Rajawali Anggrek Pahlawan Mangga Jambu Teratai Kasuari Nuri Bougenvil Cendrawasih "
    "Manggis Flamboyan Seruni Pinang Gandaria"
).split()
VILLAGES = (
    "Sumberjaya Karangasih Mekarwangi Tanjungsari Batulayar Girimulya Padangrata Wonosekar Lamuru Hilidaya".split()
)
DISTRICTS = "Cempaka Baru|Talang Raya|Rantau Indah|Kalimusi|Puncak Seroja|Muara Nilam|Labuan Perak".split("|")
# Named after people, but places: nobody's name is in them.
PLACES = (
    "RSUD dr. Sutanto Wirya",
    "Gedung Raden Kusumajaya",
    "Aula Ki Ageng Tirtonadi",
    "Taman Dewi Anjarwati",
    "SMA Negeri Haji Abdul Wahid",
    "Stadion Letnan Margono",
)
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def person(rng):
    """First and last name, now and then with one in between."""
    middle = [rng.choice(LAST)] if rng.random() < 0.15 else []
    names = [rng.choice(FIRST), *middle, rng.choice(LAST)]
    return " ".join(dict.fromkeys(names))


def written_name(rng, name):
    """As offices write it: plain, in capitals, with titles. The titles belong to the datum."""
    form = rng.randrange(6)
    if form == 0:
        return name.upper()
    if form == 1:
        return f"{name}, {rng.choice(BACK_TITLES)}"
    if form == 2:
        return f"{rng.choice(FRONT_TITLES)} {name}"
    return name


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def nik(rng):
    number = "00" + str(rng.randrange(1, 10)) + digits(rng, 13)
    return rng.choice((number, number, grouped(number, " "), grouped(number, "."), grouped(number, "-")))


def nip(rng):
    year, month = rng.randrange(2005, 2025), rng.choice(("01", "03", "04", "12"))
    number = f"00000000{year}{month}9{rng.randrange(1, 400):03}"
    spaced = f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
    return rng.choice((number, spaced))


def npwp(rng):
    number = "00" + digits(rng, 10) + "000"
    dotted = f"{number[:2]}.{number[2:5]}.{number[5:8]}.{number[8]}-{number[9:12]}.{number[12:]}"
    return rng.choice((dotted, dotted, number))


def phone(rng):
    number = "0000" + str(rng.randrange(1, 10)) + digits(rng, rng.choice((6, 7)))
    forms = (number, f"{number[:4]}-{number[4:8]}-{number[8:]}", f"{number[:4]} {number[4:8]} {number[8:]}")
    return rng.choice((*forms, f"+62 {number[1:4]} {number[4:8]} {number[8:]}", f"+62{number[1:]}"))


def address(rng):
    street = f"{rng.choice(('Jl.', 'Jalan', 'Jln.', 'Gg.'))} {rng.choice(STREETS)}"
    house = rng.choice((f"No. {rng.randrange(1, 180)}", f"No {rng.randrange(1, 90)}A", f"Blok C{rng.randrange(1, 30)}"))
    block = rng.choice(
        (
            f"RT {rng.randrange(1, 12):03}/RW {rng.randrange(1, 9):03}",
            f"RT {rng.randrange(1, 9)} RW {rng.randrange(1, 9)}",
        )
    )
    village = f"{rng.choice(('Kel.', 'Kelurahan', 'Desa'))} {rng.choice(VILLAGES)}"
    district = f"{rng.choice(('Kec.', 'Kecamatan'))} {rng.choice(DISTRICTS)}"
    return rng.choice(
        (
            f"{street} {house}, {block}, {village}, {district}",
            f"{street} {house}, {village}",
            f"{street} {house} {block} {village} {district}",
            f"{village}, {block}, {district}",
        )
    )


def grouped(number, mark):
    return mark.join(number[at : at + 4] for at in range(0, len(number), 4))


def amount(rng, low=50, high=9000):
    return f"Rp{rng.randrange(low, high) * 1000:,}".replace(",", ".")


def date(rng):
    return f"{rng.randrange(1, 29)} {rng.choice(MONTHS)} {rng.choice((2025, 2026, 2026))}"


def letter_number(rng, short):
    month = rng.choice("I II III IV V VI VII VIII IX X XI XII".split())
    return rng.choice(
        (
            f"{rng.randrange(100, 990)}/{rng.randrange(10, 3000)}/{short}/2026",
            f"{short}.{rng.randrange(10, 900):03}/{month}/2026",
        )
    )


def office_phone(rng):
    return f"(0{rng.randrange(40, 99)}0) {rng.randrange(100, 999)}{rng.randrange(100, 999)}"


def virtual_account(rng):
    return rng.choice((f"8808 {digits(rng, 4)} {digits(rng, 4)} {digits(rng, 4)}", f"8808{digits(rng, 12)}"))


def ticket(rng):
    day = f"2026{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    return f"{rng.choice(('TKT', 'ADU', 'REG'))}-{day}-{rng.randrange(1, 9999):04}"
