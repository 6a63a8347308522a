"""Invented offices, people and policies, in parts. Standard library only."""

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
FIRST = (
    "Asmara Bramantyo Cahyani Darmawan Endang Fransiska Gunadi Hamzah Jumiati Karolina Lasmini Mulyadi Nengah Oktavia "
    "Pandu Qomariah Rusdi Sulastri Taufik Viktor Widodo Yohana Zulkifli Arini Benediktus Dahlia Edison Gilang Herlina"
).split()
LAST = (
    "Alamsyah Batubara Dwipayana Effendi Fonataba Gultom Hendrawan Irawan Kalalo Laksmana Maulana Oematan Pangaribuan "
    "Salossa Tarigan Waromi Zebua Baskara Hastuti Koroh Mandagi Novianti Pohan Sitorus Tumewu Wibisono Lengkong"
).split()
REGIONS = "Kabupaten Tirtawangi|Kota Sagara|Kabupaten Rawakencana|Kota Bandarsari|Kabupaten Teluk Cempaka".split("|")
OFFICES = (
    "Sekretariat Daerah",
    "Badan Perencanaan",
    "Dinas Pelayanan Terpadu",
    "Inspektorat",
    "Bagian Organisasi",
    "Badan Kepegawaian",
)
AREAS = (
    "Rawa Anggrek|Teluk Delima|Bukit Gaharu|Kali Jamblang|Muara Kenari|Tanjung Lontar|Lembah Melur|Padang Nangka|"
    "Sawah Pandan|Kebun Randu"
).split("|")

# What is measured, its unit and usual figures, whether it should fall, causes, options, risks.
THEMES = (
    {
        "about": "antrean pelayanan kependudukan",
        "measure": "waktu tunggu",
        "unit": "menit",
        "range": (35, 95),
        "falls": True,
        "causes": ("loket hanya dibuka tiga", "berkas diperiksa dua kali", "mesin cetak sering macet"),
        "options": ("layanan janji temu daring", "loket keliling kecamatan", "penambahan jam malam"),
        "risks": ("jaringan lambat di kecamatan", "petugas belum terlatih", "warga lanjut usia kesulitan mendaftar"),
    },
    {
        "about": "pengelolaan sampah pasar",
        "measure": "sampah yang tidak terangkut",
        "unit": "ton per hari",
        "range": (6, 28),
        "falls": True,
        "causes": ("truk rusak bergantian", "pedagang tidak memilah", "tempat penampungan penuh"),
        "options": ("bank sampah di tiap blok", "sewa truk harian", "denda bagi pembuang liar"),
        "risks": ("harga plastik turun", "pedagang menolak iuran", "lahan penampungan terbatas"),
    },
    {
        "about": "pencegahan tengkes",
        "measure": "kunjungan balita ke posyandu",
        "unit": "persen",
        "range": (48, 72),
        "falls": False,
        "causes": ("jadwal bersamaan dengan panen", "kader berkurang", "jarak ke posyandu jauh"),
        "options": ("posyandu sore", "mobil posyandu keliling", "uang saku kader"),
        "risks": ("hujan menutup jalan desa", "kader mundur di tengah tahun", "timbangan belum ditera"),
    },
    {
        "about": "arsip digital",
        "measure": "surat yang ditemukan dalam sehari",
        "unit": "persen",
        "range": (38, 70),
        "falls": False,
        "causes": ("nama berkas tidak seragam", "pemindai hanya satu", "arsip lama belum didaftar"),
        "options": ("pedoman nama berkas", "penyewaan pemindai cepat", "pemindahan ke gudang provinsi"),
        "risks": ("listrik padam saat pemindaian", "ruang penyimpanan penuh", "naskah rapuh ikut rusak"),
    },
    {
        "about": "angkutan pelajar",
        "measure": "pelajar yang terlambat",
        "unit": "orang per hari",
        "range": (120, 480),
        "falls": True,
        "causes": ("bus berangkat terlalu siang", "halte jauh dari sekolah", "trayek memutar lewat pasar"),
        "options": ("trayek langsung", "subsidi ojek sekolah", "pergeseran jam masuk"),
        "risks": ("sopir kurang", "orang tua keberatan", "jalan sempit di dekat sekolah"),
    },
    {
        "about": "perizinan usaha mikro",
        "measure": "lama penerbitan izin",
        "unit": "hari kerja",
        "range": (9, 26),
        "falls": True,
        "causes": ("tanda tangan menunggu pejabat", "persyaratan berulang", "lokasi diperiksa satu per satu"),
        "options": ("tanda tangan elektronik", "pemeriksaan contoh", "pelimpahan ke camat"),
        "risks": ("sertifikat elektronik kedaluwarsa", "pemalsuan berkas", "camat belum siap"),
    },
    {
        "about": "penerangan jalan",
        "measure": "lampu yang mati",
        "unit": "titik",
        "range": (210, 900),
        "falls": True,
        "causes": ("suku cadang habis", "laporan warga tidak tercatat", "kabel dicuri"),
        "options": ("lampu tenaga surya", "kontrak perawatan bulanan", "tim malam gabungan"),
        "risks": ("baterai dicuri", "pemenang tender terlambat", "cuaca buruk"),
    },
    {
        "about": "kebocoran air minum",
        "measure": "air yang hilang",
        "unit": "persen",
        "range": (24, 46),
        "falls": True,
        "causes": ("pipa berumur lebih dari tiga puluh tahun", "meteran pelanggan macet", "sambungan gelap"),
        "options": ("penggantian pipa induk", "meteran digital", "patroli sambungan"),
        "risks": ("lalu lintas terganggu", "pelanggan menolak meteran baru", "bahan impor tertahan"),
    },
    {
        "about": "pelatihan aparatur",
        "measure": "peserta yang lulus",
        "unit": "persen",
        "range": (51, 78),
        "falls": False,
        "causes": ("materi terlalu umum", "peserta dipanggil kembali ke kantor", "ujian tidak sesuai pekerjaan"),
        "options": ("magang silang antardinas", "kelas daring bertahap", "pengurangan jumlah peserta"),
        "risks": ("pengajar terbatas", "kantor menolak melepas pegawai", "sambungan internet putus"),
    },
    {
        "about": "bantuan benih",
        "measure": "benih yang tumbuh",
        "unit": "persen",
        "range": (44, 74),
        "falls": False,
        "causes": ("benih tiba setelah hujan", "gudang lembap", "jenisnya tidak cocok dengan tanah"),
        "options": ("pembelian dari penangkar setempat", "gudang berpendingin", "kartu tani dengan pilihan benih"),
        "risks": ("kemarau panjang", "penangkar kehabisan stok", "data petani ganda"),
    },
)

HEADS = {
    "nota": (
        "NOTA DINAS\nKepada: Kepala Daerah {region}\nDari: {office}\nHal: {about}",
        "NOTA DINAS\nYth. Sekretaris Daerah {region}\nDari: {office}\nPerihal: usul tentang {about}",
    ),
    "risalah": (
        "RISALAH RAPAT\nPokok: {about}\nTempat: ruang rapat {office}, {region}\nPimpinan rapat: {chair}",
        "CATATAN RAPAT {office} {region}\nAcara: pembahasan {about}\nDipimpin oleh {chair}",
    ),
    "naskah": (
        "NASKAH KEBIJAKAN\n{about}, {region}\nDisusun oleh {office}",
        "TELAAHAN STAF\nPersoalan: {about}\n{office} {region}",
    ),
}
OPENINGS = (
    "Menindaklanjuti arahan pimpinan, disampaikan hal-hal berikut.",
    "Dokumen ini dibuat untuk bahan pertimbangan pimpinan.",
    "Pembahasan dihadiri wakil dari semua bidang terkait.",
    "Sehubungan dengan evaluasi triwulan, disampaikan keadaan dan usul berikut.",
    "Atas perhatian semua pihak pada pertemuan sebelumnya diucapkan terima kasih.",
)
IDLE = (
    "Data dikumpulkan petugas selama empat pekan.",
    "Peserta diminta menjaga kerahasiaan rancangan.",
    "Bahan tayangan terlampir.",
    "Beberapa pertanyaan dijawab secara tertulis.",
    "Hal teknis dibahas di tingkat bidang.",
    "Masukan dari masyarakat diterima lewat kotak saran.",
    "Pertemuan ditutup dengan doa.",
    "Tembusan disampaikan kepada inspektorat.",
    "Format laporan mengikuti pedoman yang berlaku.",
    "Foto kegiatan disimpan oleh bagian umum.",
)
