"""Invented indicators, regions and ways to write months and numbers. Standard library only."""

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
SHORT = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
# The month in which Idulfitri falls, as the joint decree on public holidays has it.
LEBARAN = {2019: 6, 2020: 5, 2021: 5, 2022: 5, 2023: 4, 2024: 4, 2025: 3, 2026: 3, 2027: 3}

PLACES = (
    "Kabupaten Tirtawangi",
    "Kota Sagara",
    "Pulau Lembayung",
    "Kabupaten Teluk Cempaka",
    "Kabupaten Gunung Selasih",
    "Provinsi Nusa Ampera",
    "Kota Bandarsari",
    "Kabupaten Rawakencana",
)
# Title, unit, lowest and highest usual level, what Lebaran does to it (shares), decimals.
INDICATORS = (
    ("Kunjungan rawat jalan puskesmas", "kunjungan", 1800, 24000, (-0.25, -0.1), 0),
    ("Penumpang bus kota", "orang", 9000, 260000, (-0.3, 0.3), 0),
    ("Permohonan KTP elektronik", "permohonan", 300, 6000, (-0.3, -0.1), 0),
    ("Aduan warga yang masuk", "aduan", 150, 2600, (-0.2, 0.1), 0),
    ("Sampah yang diangkut", "ton", 900, 9800, (0.1, 0.3), 1),
    ("Wisatawan di taman kota", "orang", 2500, 78000, (0.3, 0.8), 0),
    ("Retribusi pasar yang disetor", "juta rupiah", 90, 1900, (0.1, 0.4), 1),
    ("Air bersih yang disalurkan", "ribu m3", 120, 2100, (0.02, 0.12), 1),
    ("Peminjaman buku perpustakaan daerah", "buku", 600, 9500, (-0.4, -0.2), 0),
    ("Surat keterangan usaha yang terbit", "surat", 80, 1500, (-0.3, -0.1), 0),
    ("Kendaraan yang diuji berkala", "kendaraan", 300, 4200, (-0.3, 0.2), 0),
    ("Panggilan layanan darurat", "panggilan", 700, 12000, (0.05, 0.3), 0),
)
ODD = (
    ("kantor tutup dua minggu karena banjir", 0.45, 0.6),
    ("sebagian data terhapus karena gangguan server", 0.4, 0.65),
    ("ada pencatatan massal oleh mahasiswa KKN", 1.6, 2.2),
    ("alat pencatat rusak sepuluh hari", 0.5, 0.7),
    ("ada pekan pelayanan gratis", 1.5, 2.0),
)
SHIFT = (
    ("dilayani juga lewat aplikasi", 1.2, 1.5),
    ("wilayah pencatatan bertambah dua kecamatan", 1.25, 1.5),
    ("sebagian layanan dipindah ke provinsi", 0.6, 0.8),
    ("jam layanan dipersingkat", 0.65, 0.82),
)
IDLE = (
    "Data bulan terakhir sudah diverifikasi.",
    "Angka dibulatkan oleh pengelola data.",
    "Sumber: rekapitulasi bulanan, data rekaan.",
    "Satuan tidak berubah selama periode ini.",
    "Rapat koordinasi data diadakan setiap triwulan.",
    "Kepala bidang berganti pada pertengahan periode.",
)
# A lever with its unit and steps, what it acts on with its usual level, and the column that parts the regions.
LEVERS = (
    ("Tarif parkir", "ribu rupiah", (1, 2, 3, 4, 5), "Kendaraan parkir per hari", 900, "Jenis wilayah"),
    ("Loket yang dibuka", "loket", (2, 3, 4, 5, 6), "Lama antre", 70, "Jenis wilayah"),
    ("Kunjungan kader per bulan", "kali", (1, 2, 3, 4, 5), "Balita yang ditimbang", 420, "Letak"),
    ("Jarak halte", "ratus meter", (2, 3, 4, 6, 8), "Penumpang per hari", 1500, "Letak"),
    ("Denda keterlambatan", "ribu rupiah", (5, 10, 15, 20, 25), "Pembayaran tepat waktu", 640, "Jenis wilayah"),
    ("Jadwal angkut sampah per minggu", "kali", (1, 2, 3, 4, 5), "Tumpukan liar", 38, "Kepadatan"),
    ("Lampu jalan per km", "lampu", (8, 12, 16, 20, 24), "Kecelakaan malam", 24, "Kepadatan"),
    ("Bibit gratis per keluarga", "batang", (2, 4, 6, 8, 10), "Pohon yang hidup", 310, "Letak"),
    ("Pelatihan per tahun", "kali", (1, 2, 3, 4, 6), "Usaha yang terdaftar", 270, "Jenis wilayah"),
)
PARTS = {
    "Jenis wilayah": ("kota", "desa"),
    "Letak": ("pesisir", "pedalaman"),
    "Kepadatan": ("padat", "longgar"),
}
AREA_HEADS = "Rawa Teluk Bukit Kali Muara Tanjung Lembah Padang Sawah Kebun".split()
AREA_TAILS = "Anggrek Cempaka Delima Gaharu Jamblang Kenari Lontar Melur Nangka Pandan Randu Selasih".split()
WHAT_IF = (
    "{lever} di {area} direncanakan {verb} dari {old} menjadi {new} {unit}. Ke mana arah {outcome}?",
    "Bila {lever} di {area} {verb} dari {old} ke {new} {unit}, apa yang terjadi dengan {outcome}?",
    "Usul untuk {area}: {lever} {verb}, {old} menjadi {new} {unit}. Ke mana {outcome} akan bergerak?",
)


def written_month(style, year, month):
    if style == "iso":
        return f"{year}-{month:02}"
    if style == "short":
        return f"{SHORT[month - 1]} {year}"
    if style == "slash":
        return f"{month:02}/{year}"
    return f"{MONTHS[month - 1]} {year}"


def written_number(style, value, decimals):
    """With points for thousands and a comma for decimals, or with neither."""
    text = f"{value:,.{decimals}f}" if style == "points" else f"{value:.{decimals}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def spoken_month(year, month):
    return f"{MONTHS[month - 1]} {year}"
