"""What letters are about: meetings, errands, goods, rooms, troubles. Made of parts: a list of all helps nobody."""

MATTERS = (
    "penataan arsip",
    "capaian kinerja",
    "aplikasi persuratan",
    "usulan prioritas pembangunan",
    "pengelolaan data sektoral",
    "standar pelayanan",
    "tindak lanjut hasil pemeriksaan",
    "penanganan aduan warga",
    "penyederhanaan perizinan",
    "anggaran perubahan",
    "peta proses bisnis",
    "pemutakhiran data pegawai",
    "penghapusan barang rusak berat",
    "pemeliharaan gedung",
    "keamanan informasi",
    "penurunan tengkes",
    "pengendalian banjir rob",
    "penertiban reklame",
    "retribusi pasar",
    "kawasan tanpa rokok",
    "cadangan pangan",
    "angkutan sekolah",
    "bank sampah",
    "kearsipan elektronik",
)
MEETING_KINDS = (
    "rapat koordinasi",
    "rapat evaluasi",
    "sosialisasi",
    "bimbingan teknis",
    "pembahasan",
    "forum diskusi",
    "pelatihan",
    "lokakarya",
    "rapat persiapan",
    "uji publik",
    "klinik",
    "gelar wicara",
)
SCOPES = (
    "",
    "",
    "",
    "tingkat kecamatan",
    "triwulan II",
    "semester pertama",
    "lintas bidang",
    "bagi operator",
    "tahap dua",
)
SUBJECT_KINDS = (
    "permintaan data",
    "penyampaian laporan",
    "usulan peserta pelatihan",
    "permohonan narasumber",
    "tindak lanjut",
    "pengisian kuesioner",
    "rencana kerja",
    "penunjukan petugas",
    "penundaan kegiatan",
    "perbaikan dokumen",
)
ERRANDS = (
    "mengikuti bimbingan teknis",
    "melakukan konsultasi",
    "mengadakan studi tiru",
    "menghadiri rapat koordinasi",
    "melaksanakan verifikasi lapangan",
    "mendampingi pemeriksaan",
    "mengambil data lapangan",
    "menjadi narasumber",
)
PURPOSES = (
    "pengajuan kredit",
    "melanjutkan pendidikan",
    "pengurusan kartu",
    "pendaftaran",
    "kelengkapan berkas",
    "permohonan visa",
    "perpanjangan sewa",
    "klaim asuransi",
)
PURPOSE_ENDS = (
    "perumahan",
    "pascasarjana",
    "kesehatan keluarga",
    "sekolah anak",
    "kenaikan pangkat",
    "kunjungan",
    "rumah dinas",
    "kendaraan",
    "koperasi",
)
COUNTED = (
    "jumlah penduduk",
    "daftar fasilitas kesehatan",
    "realisasi pajak hotel",
    "sebaran titik lampu jalan",
    "kunjungan perpustakaan",
    "luas tanam padi",
    "daftar koperasi aktif",
    "jumlah armada angkutan",
    "angka putus sekolah",
    "volume sampah terangkut",
    "produksi ikan tangkap",
    "penerima bantuan pangan",
)
BREAKDOWNS = (
    "per kelurahan",
    "per kecamatan",
    "menurut jenis kelamin",
    "menurut bulan",
    "per unit layanan",
    "menurut usia",
    "",
)
GOODS = (
    ("laptop", 8_000_000, 15_000_000),
    ("kursi", 700_000, 2_000_000),
    ("printer", 2_000_000, 5_000_000),
    ("lemari arsip", 1_800_000, 4_000_000),
    ("pemindai dokumen", 3_000_000, 9_000_000),
    ("meja", 2_500_000, 7_000_000),
    ("proyektor", 5_000_000, 9_500_000),
    ("kipas angin", 300_000, 800_000),
    ("rak buku", 900_000, 2_500_000),
    ("pengeras suara", 1_200_000, 6_000_000),
    ("tenda lipat", 1_500_000, 4_500_000),
    ("timbangan bayi", 400_000, 1_600_000),
)
GOODS_ENDS = (
    "",
    "kayu",
    "besi",
    "lipat",
    "dua pintu",
    "14 inci",
    "warna hitam",
    "kelas standar",
    "portabel",
    "anti air",
)
PAYMENTS = (
    "honorarium narasumber",
    "sewa tenda",
    "konsumsi",
    "jasa kebersihan",
    "transport petugas",
    "cetak spanduk",
    "sewa kendaraan",
    "jasa dokumentasi",
)
ROOM_KINDS = ("Ruang Rapat", "Aula", "Balai Pertemuan", "Ruang Sidang", "Pendopo", "Ruang Kelas", "Ruang Serbaguna")
ROOM_NAMES = (
    "Anggrek",
    "Cendana",
    "Bhineka",
    "Lantai 3",
    "Lantai 2",
    "Wicaksana",
    "Utama",
    "Timur",
    "Kenanga",
    "Samudra",
    "Meranti",
    "Barat",
    "Pelangi",
    "Nusantara",
)
STREET_KINDS = ("Jalan", "Jalan", "Jalan", "Gang", "Jalan Raya", "Lorong")
STREET_NAMES = (
    "Kenanga",
    "Merpati",
    "Rawa",
    "Telaga",
    "Cemara",
    "Lontar",
    "Melati",
    "Dermaga",
    "Kebun",
    "Pasar",
    "Jembatan",
    "Belimbing",
    "Sawo",
    "Nelayan",
)
STREET_ENDS = ("Biru", "Senja", "Indah", "Warna", "Angin", "Lama", "Putih", "Tua", "Pala", "Dalam", "Baru", "Selatan")
JOBS = (
    "Analis Kebijakan",
    "Pranata Komputer",
    "Arsiparis",
    "Perencana",
    "Statistisi",
    "Penyuluh Sosial",
    "Auditor",
    "Pustakawan",
    "Pranata Humas",
    "Penata Ruang",
    "Penguji Mutu Barang",
    "Pengelola Pengadaan",
    "Surveyor Pemetaan",
)
GRADES = ("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Terampil", "Mahir", "Penyelia")
TROUBLES = {
    "jalan": (
        "jalan berlubang",
        "aspal amblas",
        "paving trotoar terbongkar",
        "jembatan kecil ambrol",
        "jalan tergenang lumpur",
    ),
    "air bersih": (
        "air ledeng mati",
        "air keran keruh",
        "pipa PDAM bocor",
        "sumur umum kering",
        "tangki air tidak datang",
    ),
    "sampah": (
        "sampah tidak diangkut",
        "tumpukan sampah menutup selokan",
        "bak sampah meluap",
        "limbah plastik dibakar",
    ),
    "penerangan": (
        "lampu jalan padam",
        "tiang lampu miring",
        "lampu taman mati",
        "PJU berkedip lalu mati",
        "gang gelap total",
    ),
    "perizinan": (
        "izin usaha tak kunjung terbit",
        "berkas izin ditolak",
        "NIB tidak bisa dicetak",
        "surat izin praktik macet",
    ),
    "kesehatan": (
        "antrean puskesmas kacau",
        "obat di puskesmas habis",
        "loket posyandu tutup",
        "banyak warga demam berdarah",
    ),
}
TROUBLE_ENDS = (
    "",
    ", bahaya untuk anak sekolah",
    " dan belum ada petugas datang",
    ", kami sudah lapor ke RT",
    " padahal baru dibenahi",
    ", tolonglah",
    " lagi",
)


def _join(*parts):
    return " ".join(part for part in parts if part)


def meeting(rng):
    return _join(rng.choice(MEETING_KINDS), rng.choice(MATTERS), rng.choice(SCOPES))


def subject(rng):
    return _join(rng.choice(SUBJECT_KINDS), rng.choice(MATTERS))


def errand(rng):
    return _join(rng.choice(ERRANDS), rng.choice(MATTERS))


def purpose(rng):
    return _join(rng.choice(PURPOSES), rng.choice(PURPOSE_ENDS))


def dataset(rng):
    return _join(rng.choice(COUNTED), rng.choice(BREAKDOWNS))


def payment(rng):
    return _join(rng.choice(PAYMENTS), meeting(rng))


def room(rng):
    return _join(rng.choice(ROOM_KINDS), rng.choice(ROOM_NAMES))


def street(rng):
    return _join(rng.choice(STREET_KINDS), rng.choice(STREET_NAMES), rng.choice(STREET_ENDS))


def position(rng):
    return _join(rng.choice(JOBS), rng.choice(GRADES))


def trouble(rng, topic):
    return rng.choice(TROUBLES[topic]) + rng.choice(TROUBLE_ENDS)


def goods(rng):
    """A thing to buy and its price in rupiah."""
    name, low, high = rng.choice(GOODS)
    return _join(name, rng.choice(GOODS_ENDS)), rng.randrange(low // 50_000, high // 50_000) * 50_000
