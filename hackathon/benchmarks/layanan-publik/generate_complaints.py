"""Complaints: what they are about, how a city names the category, whose work it is, and how citizens tell of it."""

TOPICS = (
    (
        ("Jalan rusak", "Kerusakan jalan"),
        ("pemeliharaan jalan kota dan jembatan", "perbaikan badan jalan dan trotoar"),
        (
            "Aspal di {place} bolong besar, semalam ada motor jatuh lagi.",
            "Sudah tiga bulan {place} berlubang, kalau hujan tidak kelihatan lubangnya.",
            "Trotoar di {place} ambrol, orang tua susah lewat.",
        ),
    ),
    (
        ("Penerangan jalan", "Lampu jalan umum"),
        ("penerangan jalan umum", "lampu jalan dan lampu taman"),
        (
            "Gang kami gelap gulita, lampu di {place} mati sejak Lebaran.",
            "Lampu tiang di {place} kedip-kedip terus lalu padam, anak-anak takut pulang mengaji.",
            "Tolong lampu di {place} diganti, sudah seminggu tidak nyala.",
        ),
    ),
    (
        ("Persampahan", "Sampah dan kebersihan"),
        ("pengangkutan sampah dan kebersihan", "tempat penampungan sampah"),
        (
            "Sampah di {place} sudah dua minggu tidak diangkut, baunya minta ampun.",
            "Truk sampah tidak pernah lewat {place} lagi, warga jadi bakar-bakar.",
            "Ada yang buang sampah di {place} tiap malam, tumpukannya sudah setinggi pagar.",
        ),
    ),
    (
        ("Drainase dan banjir", "Saluran air dan genangan"),
        ("saluran air hujan dan pengendalian banjir", "drainase dan pompa banjir"),
        (
            "Selokan di {place} mampet, hujan sebentar air masuk rumah.",
            "Tiap hujan {place} jadi kolam, gotnya penuh lumpur.",
            "Banjir terus di {place} padahal cuma gerimis, salurannya tersumbat.",
        ),
    ),
    (
        ("Air bersih", "Gangguan air minum"),
        ("penyediaan air minum", "jaringan pipa air bersih"),
        (
            "Air ledeng di {place} tidak keluar dari kemarin, mandi saja tidak bisa.",
            "Air keran di {place} keruh dan bau karat, padahal bayar terus.",
            "Pipa di {place} bocor, airnya muncrat ke mana-mana sejak subuh.",
        ),
    ),
    (
        ("Parkir liar", "Parkir dan juru parkir"),
        ("parkir dan terminal", "penertiban parkir"),
        (
            "Mobil berderet parkir sembarangan di {place}, ambulans sampai tidak bisa lewat.",
            "Juru parkir di {place} menagih tiga kali lipat dan tidak mau kasih karcis.",
            "Motor-motor parkir di trotoar {place}, pejalan kaki turun ke jalan.",
        ),
    ),
    (
        ("Pungutan liar", "Dugaan pungli"),
        ("pengawasan pegawai dan laporan pungutan", "pengawasan internal dan pemeriksaan pegawai"),
        (
            "Petugas di loket minta uang rokok supaya berkas saya cepat, saya tidak terima.",
            "Saya disuruh bayar di bawah meja waktu mengurus surat kemarin, tidak ada kuitansi.",
            "Oknum pegawai memeras pedagang di {place}, tiap pekan minta setoran.",
        ),
    ),
    (
        ("Ketertiban umum", "Gangguan ketenteraman"),
        ("ketertiban dan ketenteraman umum", "penegakan peraturan daerah"),
        (
            "Karaoke di {place} berisik sampai jam dua pagi, bayi saya tidak bisa tidur.",
            "Tiap malam ada yang balapan liar di {place}, tolong ditertibkan.",
            "Orang mabuk kumpul di {place} tiap malam, warga resah.",
        ),
    ),
    (
        ("Pohon tumbang", "Pohon dan taman"),
        ("taman, pohon pelindung dan ruang hijau", "pertamanan dan pohon kota"),
        (
            "Pohon besar di {place} roboh menimpa pagar, jalan tertutup.",
            "Dahan di {place} sudah lapuk, hampir jatuh ke kabel, tolong sebelum ada korban.",
            "Ayunan di taman {place} patah, anak saya hampir celaka.",
        ),
    ),
    (
        ("Bantuan sosial", "Penyaluran bantuan"),
        ("bantuan sosial dan data keluarga miskin", "jaminan dan bantuan sosial"),
        (
            "Tetangga saya yang punya dua mobil dapat bantuan, janda miskin di sebelahnya malah tidak.",
            "Beras bantuan yang dibagi di {place} berkutu dan timbangannya kurang.",
            "Nama ibu saya dicoret dari daftar bantuan tanpa pemberitahuan, padahal beliau lumpuh.",
        ),
    ),
    (
        ("Hewan liar", "Gangguan hewan"),
        ("kesehatan hewan dan peternakan", "penanganan hewan liar"),
        (
            "Anjing liar di {place} menggigit anak tetangga tadi pagi, ada lima ekor.",
            "Monyet turun ke {place} dan masuk rumah-rumah, warga takut.",
            "Bangkai kambing dibiarkan di {place}, takutnya penyakit.",
        ),
    ),
    (
        ("Pelayanan puskesmas", "Pelayanan kesehatan"),
        ("puskesmas dan pelayanan kesehatan", "rumah sakit daerah dan puskesmas"),
        (
            "Dokter di puskesmas dekat {place} tidak pernah datang, pasien menunggu dari subuh.",
            "Perawatnya membentak ibu saya waktu berobat, kami sangat kecewa.",
            "Obat di puskesmas selalu habis, disuruh beli di luar terus.",
        ),
    ),
)

AGENCIES = (
    ("Dinas Pekerjaan Umum", "Dinas Bina Marga", "Dinas Prasarana Kota"),
    ("Dinas Lingkungan Hidup", "Dinas Kebersihan", "Dinas Tata Lingkungan"),
    ("Dinas Perhubungan", "Dinas Lalu Lintas Kota"),
    ("Satuan Ketertiban Kota", "Badan Ketertiban"),
    ("Inspektorat Kota", "Badan Pengawas Daerah"),
    ("Dinas Sosial", "Dinas Kesejahteraan Warga"),
    ("Dinas Kesehatan", "Badan Layanan Kesehatan"),
    ("Perusahaan Air Minum Kota", "Badan Air Kota"),
)

# Agencies by position that may hold each topic, in the order of TOPICS: another one in another city.
HOLDERS = ((0,), (0, 2), (1,), (0, 1), (7, 0), (2, 3), (4,), (3,), (1, 0), (5,), (1, 6), (6,))


def offices(rng):
    """The agencies of a city with their work, its categories, and for each topic `(agency, category, told)`."""
    names = [rng.choice(choice) for choice in AGENCIES]
    work, topics = {name: [] for name in names}, []
    for (categories, duties, told), holders in zip(TOPICS, HOLDERS, strict=True):
        agency = names[rng.choice(holders)]
        work[agency].append(rng.choice(duties))
        topics.append((agency, rng.choice(categories), told))
    agencies = [{"nama": name, "urusan": ", ".join(duties)} for name, duties in work.items() if duties]
    rng.shuffle(agencies)
    categories = [category for _, category, _ in topics]
    rng.shuffle(categories)
    return agencies, categories, topics
