"""What the fees and times of services hang on, and the papers they want.

A condition is two states. `book` is how a handbook names a state, `says` how a citizen does of themselves, `kin` of
somebody else ({kin}), and `paper` what it wants besides. Numbers ({low}, {high}) are below and above the bound.
"""

# phrase in the handbook: what of it is enough in a reply
PAPERS = {
    "fotokopi kartu keluarga": ["kartu keluarga", "kk"],
    "KTP asli pemohon": ["ktp"],
    "pasfoto 3 x 4 terbaru": ["pasfoto", "pas foto"],
    "surat pengantar RT": ["pengantar rt", "surat pengantar"],
    "bukti lunas PBB": ["pbb"],
    "denah lokasi": ["denah"],
    "foto lokasi": ["foto lokasi"],
    "buku rekening": ["rekening"],
    "fotokopi NPWP": ["npwp"],
    "ijazah terakhir": ["ijazah"],
    "akta kelahiran": ["akta kelahiran", "akta lahir"],
    "rapor terakhir": ["rapor"],
    "proposal kegiatan": ["proposal"],
    "fotokopi STNK": ["stnk"],
    "surat tanah": ["surat tanah"],
    "meterai tempel": ["materai", "meterai"],
    "buku vaksin": ["buku vaksin"],
    "formulir dari kelurahan": ["formulir"],
}

CONDITIONS = {
    "domisili": (
        {
            "book": ("warga Kota {city}", "penduduk Kota {city}", "pemegang KTP Kota {city}"),
            "says": (
                "KTP saya {city}",
                "saya asli sini, KTP juga {city}",
                "saya warga {city}",
                "alamat KTP saya di {city} sini",
            ),
            "kin": ("{kin} yang KTP-nya {city}", "{kin}, dia warga {city}"),
            "paper": None,
        },
        {
            "book": ("penduduk luar kota", "pendatang dari luar daerah", "pemegang KTP luar kota"),
            "says": (
                "KTP saya luar kota",
                "saya pendatang, KTP masih kabupaten sebelah",
                "saya cuma ngontrak di sini, KTP luar kota",
                "saya bukan orang sini",
            ),
            "kin": ("{kin} yang KTP-nya luar kota", "{kin}, dia pendatang"),
            "paper": ("surat keterangan domisili", ["domisili"]),
        },
    ),
    "umur": (
        {
            "book": ("pemohon di bawah {bound} tahun", "yang belum berumur {bound} tahun"),
            "says": ("umur saya baru {low} tahun", "saya masih {low} tahun"),
            "kin": ("anak saya yang umurnya {low} tahun", "adik saya yang baru {low} tahun"),
            "paper": ("surat persetujuan orang tua", ["persetujuan orang tua", "izin orang tua"]),
        },
        {
            "book": ("pemohon berumur {bound} tahun ke atas", "yang sudah berumur {bound} tahun"),
            "says": ("umur saya {high} tahun", "saya sudah {high} tahun"),
            "kin": ("ibu saya yang umurnya {high} tahun", "kakak saya yang sudah {high} tahun"),
            "paper": None,
        },
    ),
    "kartu": (
        {
            "book": ("pemegang Kartu Sejahtera", "keluarga penerima Kartu Sejahtera"),
            "says": ("saya pegang Kartu Sejahtera", "keluarga saya dapat Kartu Sejahtera"),
            "kin": ("{kin} yang punya Kartu Sejahtera", "{kin}, dia dapat Kartu Sejahtera"),
            "paper": ("fotokopi Kartu Sejahtera", ["fotokopi kartu sejahtera"]),
        },
        {
            "book": ("pemohon umum", "pemohon tanpa Kartu Sejahtera"),
            "says": ("saya tidak dapat Kartu Sejahtera", "saya pemohon umum, Kartu Sejahtera tidak punya"),
            "kin": ("{kin} yang tidak punya Kartu Sejahtera",),
            "paper": None,
        },
    ),
    "baru": (
        {
            "book": ("permohonan baru", "pendaftaran pertama"),
            "says": ("ini baru pertama kali", "saya belum pernah punya"),
            "kin": ("{kin} yang baru pertama kali mengurus", "{kin}, dia belum pernah punya"),
            "paper": None,
        },
        {
            "book": ("perpanjangan", "permohonan perpanjangan"),
            "says": (
                "punya saya mau habis, tinggal diperpanjang",
                "ini perpanjangan",
                "saya sudah punya, mau perpanjang",
            ),
            "kin": ("{kin} yang tinggal perpanjang", "{kin}, punya dia mau diperpanjang"),
            "paper": ("kartu atau surat yang lama", ["yang lama", "kartu lama", "surat lama"]),
        },
    ),
    "ganti": (
        {
            "book": ("penggantian karena rusak", "yang rusak"),
            "says": ("punya saya rusak kena air", "yang lama sobek, rusak parah"),
            "kin": ("{kin} yang punyanya rusak",),
            "paper": ("bagian dokumen yang tersisa", ["yang tersisa"]),
        },
        {
            "book": ("penggantian karena hilang", "yang hilang"),
            "says": ("punya saya hilang di angkot", "yang lama hilang waktu pindahan"),
            "kin": ("{kin} yang punyanya hilang",),
            "paper": ("surat kehilangan dari kepolisian", ["kehilangan"]),
        },
    ),
    "lembaga": (
        {
            "book": ("perorangan", "pemohon perorangan"),
            "says": ("ini untuk pribadi", "saya perorangan saja"),
            "kin": ("{kin}, buat pribadi",),
            "paper": None,
        },
        {
            "book": ("lembaga atau perusahaan", "badan usaha dan lembaga"),
            "says": (
                "ini atas nama perusahaan tempat saya kerja",
                "yang mengajukan yayasan kami",
                "kami dari CV, bukan pribadi",
            ),
            "kin": ("yayasan tempat {kin} bekerja", "perusahaan {kin}"),
            "paper": ("akta pendirian", ["akta pendirian"]),
        },
    ),
    "hari": (
        {
            "book": ("hari Senin sampai Jumat", "hari kerja"),
            "says": ("acaranya hari Selasa", "rencananya Kamis, bukan akhir pekan"),
            "kin": ("{kin} yang acaranya hari Rabu",),
            "paper": None,
        },
        {
            "book": ("hari Sabtu dan Minggu", "akhir pekan"),
            "says": ("acaranya Minggu pagi", "rencananya hari Sabtu"),
            "kin": ("{kin} yang acaranya Minggu",),
            "paper": ("surat persetujuan tetangga", ["persetujuan tetangga"]),
        },
    ),
    "banyak": (
        {
            "book": ("sampai {bound} {unit}", "paling banyak {bound} {unit}"),
            "says": ("punya saya {low} {unit}", "jumlahnya {low} {unit}"),
            "kin": ("{kin} yang jumlahnya {low} {unit}",),
            "paper": None,
        },
        {
            "book": ("lebih dari {bound} {unit}", "di atas {bound} {unit}"),
            "says": ("punya saya {high} {unit}", "jumlahnya {high} {unit}"),
            "kin": ("{kin} yang jumlahnya {high} {unit}",),
            "paper": ("daftar rinci bermeterai", ["daftar rinci"]),
        },
    ),
}
ASKED = {
    "domisili": "KTP-nya Kota {city} atau luar kota",
    "umur": "umur pemohon sudah {bound} tahun atau belum",
    "kartu": "pemohon memegang Kartu Sejahtera atau tidak",
    "baru": "ini permohonan baru atau perpanjangan",
    "ganti": "yang lama rusak atau hilang",
    "lembaga": "pemohonnya perorangan atau lembaga",
    "hari": "acaranya pada hari kerja atau akhir pekan",
    "banyak": "jumlahnya berapa {unit}",
}
