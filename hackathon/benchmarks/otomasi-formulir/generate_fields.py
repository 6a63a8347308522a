"""The fields a form may ask for: type, how the question is put, choices. One list for public and hidden cases."""

SIFAT = ("biasa", "penting", "segera", "rahasia")
CUTI = ("tahunan", "sakit", "besar", "melahirkan", "alasan penting")
ANGKUTAN = ("darat", "laut", "udara")
KATEGORI = ("jalan", "air bersih", "sampah", "penerangan", "perizinan", "kesehatan")
FORMAT = ("csv", "xlsx", "pdf")

MENGHITUNG = {
    "total_pagu": "rupiah",
    "total_realisasi": "rupiah",
    "sisa_anggaran": "rupiah",
    "persen_serapan": "persen",
    "jumlah_unit": "unit",
    "jumlah_laporan": "laporan",
    "laporan_selesai": "laporan",
    "persen_selesai": "persen",
    "rata_rata_hari": "hari",
    "hari_terlama": "hari",
    "jumlah_pegawai": "orang",
    "total_izin": "hari",
    "total_sakit": "hari",
    "rata_rata_hadir": "hari",
}
"""What is counted from a table or a list, and the unit that the answer is in."""

CHOICES = {
    "kategori_terbanyak": KATEGORI,
    "sifat": SIFAT,
    "jenis_cuti": CUTI,
    "angkutan": ANGKUTAN,
    "kategori": KATEGORI,
    "format_data": FORMAT,
}

FIELDS = {
    "nomor_surat": ("nomor", "Nomor surat ini", "Nomor surat, seperti tertulis"),
    "tanggal_surat": ("tanggal", "Tanggal surat dibuat", "Tanggal surat atau pesan ini ditulis"),
    "perihal": ("teks", "Hal atau perihal surat", "Perihal, seperti tertulis di kepala surat"),
    "sifat": ("pilihan", "Sifat surat", "Sifat surat menurut kepala surat"),
    "penandatangan": ("nama", "Nama orang yang menandatangani surat", "Penandatangan surat, namanya saja"),
    "instansi_pengirim": ("instansi", "Instansi yang mengirim surat", "Instansi asal surat"),
    "tenggat": ("tanggal", "Batas waktu jawaban atau penyerahan", "Tanggal paling lambat yang diminta"),
    "tanggal_acara": ("tanggal", "Tanggal acara atau rapat", "Kapan acara berlangsung (tanggal yang berlaku)"),
    "jam_mulai": ("jam", "Jam mulai acara", "Pukul berapa acara dimulai"),
    "tempat": ("teks", "Tempat acara", "Ruang atau gedung tempat acara"),
    "acara": ("teks", "Nama acara atau agenda", "Acara apa"),
    "jumlah_peserta": ("bilangan", "Jumlah peserta", "Berapa orang yang akan hadir"),
    "narahubung": ("nama", "Nama narahubung", "Orang yang dapat dihubungi"),
    "telepon": ("telepon", "Nomor telepon yang dapat dihubungi", "Nomor telepon, angka saja"),
    "nama_pegawai": ("nama", "Nama pegawai yang disebut surat ini", "Pegawai yang bersangkutan, namanya saja"),
    "nip": ("nip", "NIP pegawai yang bersangkutan, 18 angka", "NIP pegawai, tanpa spasi"),
    "jabatan": ("teks", "Jabatan pegawai yang bersangkutan", "Jabatan pegawai itu"),
    "unit_kerja": ("instansi", "Unit kerja pegawai yang bersangkutan", "Unit kerja tempat pegawai itu bertugas"),
    "jenis_cuti": ("pilihan", "Jenis cuti", "Jenis cuti yang diminta"),
    "lama_hari": ("bilangan", "Lamanya dalam hari", "Berapa hari lamanya"),
    "tanggal_mulai": ("tanggal", "Tanggal mulai", "Hari pertama"),
    "tanggal_selesai": ("tanggal", "Tanggal selesai", "Hari terakhir"),
    "tujuan": ("teks", "Kota tujuan perjalanan dinas", "Tempat tujuan"),
    "keperluan": ("teks", "Untuk keperluan apa", "Keperluan, seperti tertulis"),
    "angkutan": ("pilihan", "Angkutan yang dipakai", "Alat angkut perjalanan"),
    "biaya": ("rupiah", "Jumlah biaya dalam rupiah", "Biaya seluruhnya, rupiah sebagai bilangan"),
    "pelapor": ("nama", "Nama pelapor", "Siapa yang melapor"),
    "lokasi": ("teks", "Lokasi kejadian", "Di mana masalahnya"),
    "kategori": ("pilihan", "Kategori laporan", "Laporan ini tentang apa"),
    "tanggal_kejadian": ("tanggal", "Tanggal kejadian", "Kapan kejadiannya"),
    "jumlah_uang": ("rupiah", "Jumlah uang yang diterima", "Uang sejumlah berapa rupiah"),
    "penerima_uang": ("nama", "Nama penerima uang", "Siapa yang menerima uang"),
    "data_diminta": ("teks", "Data yang diminta", "Data apa yang diminta"),
    "format_data": ("pilihan", "Format berkas data yang diminta", "Format berkas"),
    "nama_barang": ("teks", "Nama barang", "Barang apa"),
    "jumlah_barang": ("bilangan", "Jumlah barang", "Berapa banyak barangnya"),
    "harga_satuan": ("rupiah", "Harga satu barang dalam rupiah", "Harga satuan"),
    "total_harga": ("rupiah", "Harga seluruhnya dalam rupiah", "Total harga"),
    "total_pagu": ("rupiah", "Jumlah pagu semua unit", "Pagu seluruhnya"),
    "total_realisasi": ("rupiah", "Jumlah realisasi semua unit", "Realisasi seluruhnya"),
    "sisa_anggaran": ("rupiah", "Pagu seluruhnya dikurangi realisasi seluruhnya", "Anggaran yang belum terpakai"),
    "persen_serapan": (
        "angka",
        "Realisasi seluruhnya dibagi pagu seluruhnya, dalam persen, satu angka di belakang koma",
        "Persentase serapan semua unit, satu angka di belakang koma",
    ),
    "jumlah_unit": ("bilangan", "Banyaknya unit dalam daftar", "Berapa unit yang dilaporkan"),
    "serapan_terendah": (
        "instansi",
        "Unit dengan persentase realisasi terendah",
        "Unit mana yang serapannya paling rendah",
    ),
    "jumlah_laporan": ("bilangan", "Banyaknya laporan, tanpa yang ganda", "Berapa laporan, yang ganda tidak dihitung"),
    "laporan_selesai": ("bilangan", "Banyaknya laporan yang sudah selesai", "Berapa laporan yang selesai"),
    "persen_selesai": (
        "angka",
        "Laporan yang selesai dibagi semua laporan, dalam persen, satu angka di belakang koma",
        "Persentase laporan yang selesai, satu angka di belakang koma",
    ),
    "rata_rata_hari": (
        "angka",
        "Rata-rata lama penyelesaian laporan yang selesai, satu angka di belakang koma",
        "Berapa hari rata-rata sampai selesai, satu angka di belakang koma",
    ),
    "hari_terlama": ("bilangan", "Lama penyelesaian yang terlama", "Paling lama berapa hari sampai selesai"),
    "kategori_terbanyak": ("pilihan", "Kategori dengan laporan terbanyak", "Kategori yang paling sering dilaporkan"),
    "jumlah_pegawai": ("bilangan", "Banyaknya pegawai dalam daftar", "Berapa pegawai yang dicatat"),
    "total_izin": ("bilangan", "Jumlah hari izin semua pegawai", "Hari izin seluruhnya"),
    "total_sakit": ("bilangan", "Jumlah hari sakit semua pegawai", "Hari sakit seluruhnya"),
    "rata_rata_hadir": (
        "angka",
        "Rata-rata hari hadir per pegawai, satu angka di belakang koma",
        "Berapa hari rata-rata pegawai hadir, satu angka di belakang koma",
    ),
    "hadir_terbanyak": ("nama", "Pegawai yang paling banyak hadir", "Siapa yang paling sering hadir"),
}


def question(rng, name):
    """The field as it stands in the input."""
    kind, *texts = FIELDS[name]
    field = {"nama": name, "tipe": kind, "keterangan": rng.choice(texts)}
    if name in CHOICES:
        field["pilihan"] = list(CHOICES[name])
    if name in MENGHITUNG:
        field["satuan"] = MENGHITUNG[name]
    return field
