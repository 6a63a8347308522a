"""Mencari dengan kamus: nama depan orang Indonesia, kata awal nama kantor, kata awal nama ruang dan jalan, nama kota."""

import re
from pathlib import Path

KAMUS = {
    berkas.stem: set(berkas.read_text(encoding="utf-8").split("\n")) - {""} for berkas in Path(__file__).parent.glob("kamus/*.txt")
}
BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()
URUTAN_NAMA = {"penandatangan": -1, "penerima_uang": 0, "narahubung": 0, "pelapor": 0, "nama_pegawai": 0}


def predict(task, input):
    return {"isian": {isian["nama"]: cari(isian, input["teks"]) for isian in input["isian"]}}


def cari(isian, teks):
    nama, tipe = isian["nama"], isian["tipe"]
    if tipe == "nama":
        orang = berawalan(teks, "nama_depan", 3)
        return orang[URUTAN_NAMA[nama]] if orang and nama in URUTAN_NAMA else None
    if tipe == "instansi":
        kantor = berawalan(teks, "kantor" if nama == "instansi_pengirim" else "unit", 8)
        return kantor[0] if kantor else None
    if nama in ("tempat", "lokasi"):
        return next(iter(berawalan(teks, "ruang" if nama == "tempat" else "jalan", 5)), None)
    if nama == "tujuan":
        kota = [kata for kata in re.findall(r"[A-Z][a-z]+", teks) if kata in KAMUS["kota"]]
        return kota[-1] if kota else None
    if nama == "tanggal_surat":
        for hari, bulan, tahun in re.findall(r"(\d{1,2}) (\w+) (\d{4})", teks):
            if bulan.lower() in BULAN:
                return f"{tahun}-{BULAN.index(bulan.lower()) + 1:02}-{int(hari):02}"
    if tipe == "telepon":
        nomor = re.search(r"\b0000[ -]?\d{4}[ -]?\d{4}\b", teks)
        return re.sub(r"\D", "", nomor[0]) if nomor else None
    if tipe == "pilihan":
        return next((satu for satu in isian["pilihan"] if re.search(rf"(?i)\b{satu}\b", teks)), None)
    return None


def berawalan(teks, kamus, panjang):
    """Rangkaian kata berhuruf besar yang diawali kata dari kamus."""
    hasil = []
    for m in re.finditer(r"[A-Z][\w]*(?: (?:[A-Z0-9][\w]*|dan(?= [A-Z])))*", teks):
        kata = m[0].split()
        awal = next((n for n, k in enumerate(kata) if k in KAMUS[kamus]), None)
        if awal is not None:
            hasil.append(" ".join(kata[awal : awal + panjang]))
    return hasil
