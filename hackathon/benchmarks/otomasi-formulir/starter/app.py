"""Kit awal: baca isian dari baris berlabel ("Nomor : ...") dan dari pola yang mudah. Ubah sesuka Anda."""

import re

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()

# Kata yang biasa berdiri di depan nilai, untuk beberapa isian.
LABEL = {
    "nomor_surat": ["nomor", "no."],
    "perihal": ["hal", "perihal"],
    "sifat": ["sifat"],
    "nama_pegawai": ["nama"],
    "jabatan": ["jabatan"],
    "unit_kerja": ["unit kerja"],
    "tempat": ["tempat"],
    "narahubung": ["narahubung"],
}


def predict(task, input):
    """Jawaban: {"isian": {nama: nilai}}. Isian yang tidak ketemu dijawab None (null), jangan dikarang."""
    return {"isian": {isian["nama"]: cari(isian, input["teks"]) for isian in input["isian"]}}


def cari(isian, teks):
    if isian["nama"] == "tanggal_surat":
        return tanggal_pertama(teks)
    if isian["tipe"] == "rupiah":
        ketemu = re.search(r"Rp\.?\s*(\d{1,3}(?:\.\d{3})+)", teks)
        return int(ketemu[1].replace(".", "")) if ketemu else None
    if isian["tipe"] == "telepon":
        ketemu = re.search(r"\b0000[\d -]{6,12}\d", teks)
        return re.sub(r"\D", "", ketemu[0]) if ketemu else None
    for label in LABEL.get(isian["nama"], []):
        ketemu = re.search(rf"^\s*{re.escape(label)}\s*:\s*(.+)$", teks, re.IGNORECASE | re.MULTILINE)
        if ketemu:
            nilai = ketemu[1].strip()
            return nilai.lower() if isian["tipe"] == "pilihan" else nilai
    return None


def tanggal_pertama(teks):
    """Tanggal pertama dalam teks, misalnya "9 Maret 2026", menjadi "2026-03-09"."""
    for hari, bulan, tahun in re.findall(r"(\d{1,2}) ([A-Za-z]+) (\d{4})", teks):
        if bulan.lower() in BULAN:
            return f"{tahun}-{BULAN.index(bulan.lower()) + 1:02}-{int(hari):02}"
    return None
