"""Teliti: label dicari dengan jarak sunting terhadap setiap potongan surat, jadi salah ketik pun ketemu.

Surat panjang biasanya hasil pindai, maka kelonggarannya lebih besar; akibatnya bisa lewat batas waktu satu kasus.
"""

import re

LABEL = {
    "nomor_surat": "nomor",
    "tanggal_surat": "tanggal",
    "perihal": "perihal",
    "sifat": "sifat",
    "nama_pegawai": "nama",
    "jabatan": "jabatan",
    "unit_kerja": "unit kerja",
    "tempat": "tempat",
    "narahubung": "narahubung",
    "tenggat": "paling lambat",
    "tanggal_acara": "hari tanggal",
    "tanggal_mulai": "mulai",
    "tanggal_selesai": "sampai dengan",
    "jam_mulai": "pukul",
    "lama_hari": "selama",
    "biaya": "biaya",
    "jumlah_uang": "uang sejumlah",
    "penerima_uang": "yang menerima",
    "pelapor": "nama saya",
    "lokasi": "lokasinya di",
    "keperluan": "keperluan",
    "nama_barang": "nama barang",
    "harga_satuan": "harga satuan",
    "total_harga": "total",
    "telepon": "telepon",
    "nip": "nip",
}
BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()


def predict(task, input):
    return {"isian": {isian["nama"]: cari(isian, input["teks"]) for isian in input["isian"]}}


def cari(isian, teks):
    label = LABEL.get(isian["nama"])
    if not label:
        return None
    kecil = teks.lower()
    # Setiap titik surat dibandingkan dengan label, dengan beberapa panjang jendela.
    longgar = 8 if len(teks) > 520 else 0
    jarak, tempat = min(
        (jarak_sunting(label, kecil[n : n + panjang]), n + panjang)
        for n in range(len(kecil))
        for panjang in range(max(len(label) - longgar, 1), len(label) + longgar + 1)
    )
    return baca(isian, teks[tempat : tempat + 80]) if jarak <= len(label) // 4 else None


def jarak_sunting(a, b):
    """Jarak Levenshtein, tabel penuh."""
    tabel = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, huruf in enumerate(a, 1):
        for j, lain in enumerate(b, 1):
            tabel[i][j] = min(tabel[i - 1][j] + 1, tabel[i][j - 1] + 1, tabel[i - 1][j - 1] + (huruf != lain))
    return tabel[-1][-1]


def baca(isian, sisa):
    tipe = isian["tipe"]
    if tipe == "tanggal":
        m = re.search(r"(\d{1,2}) (\w+) (\d{4})", sisa)
        if m and m[2].lower() in BULAN:
            return f"{m[3]}-{BULAN.index(m[2].lower()) + 1:02}-{int(m[1]):02}"
        return None
    pola = {
        "jam": r"\d{1,2}[.:]\d\d",
        "rupiah": r"\d{1,3}(?:\.\d{3})+",
        "bilangan": r"\d+",
        "telepon": r"0000[ -]?\d{4}[ -]?\d{4}",
        "nip": r"\d{8} ?\d{6} ?\d ?\d{3}",
        "nomor": r"\S+/\S+",
        "nama": r"[A-Z]\w+(?: [A-Z]\w+){1,3}",
    }.get(tipe, r"[^\n.,:|]{3,}")
    m = re.search(pola, sisa)
    if not m:
        return None
    if tipe in ("rupiah", "bilangan"):
        return int(m[0].replace(".", ""))
    if tipe in ("telepon", "nip"):
        return re.sub(r"\D", "", m[0])
    if tipe == "jam":
        return m[0].replace(".", ":").zfill(5)
    if tipe == "pilihan":
        return next((satu for satu in isian["pilihan"] if satu in sisa.lower()), None)
    return m[0].strip()
