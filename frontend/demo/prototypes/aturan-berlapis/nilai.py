"""Membaca nilai yang bentuknya tetap: tanggal, jam, uang, bilangan, telepon, NIP."""

import datetime
import re

BULAN = "jan feb mar apr mei jun jul agu sep okt nov des".split()
SATUAN = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
# Kata yang biasa berdiri tepat di depan tanggal.
DEPAN = {
    "tenggat": r"lambat|sebelum|selesai|yakni|yaitu",
    "tanggal_acara": r"tanggal|ke|menjadi|adakan|minggu|selasa|kamis|sabtu",
    "tanggal_mulai": r"mulai|berangkat|sejak|terhitung|pada",
    "tanggal_selesai": r"s\.d\.|dengan|kembali|pulang|s/d",
    "tanggal_kejadian": r"sejak|tgl|sabtu|rabu",
}
TOPIK = {
    "air bersih": "air|pdam",
    "sampah": "sampah",
    "penerangan": "lampu|pju",
    "perizinan": "izin",
    "kesehatan": "puskesmas|periksa",
    "jalan": "lubang|aspal",
}


def rapikan(teks):
    teks = re.sub(r"(?<=\d)[O]|(?<=[.])O(?=O|\d)", "0", teks)
    return re.sub(r"\bl(?=\d )", "1", re.sub(r"(?<=[0.])O", "0", teks))


def semua_tanggal(teks):
    hasil = []
    for m in re.finditer(r"(?i)\b(\d{1,2})(?:[-/.](\d{1,2})[-/.]|\s+([a-z]{3})[a-z]*\s+)(\d{4})\b", teks):
        bulan = int(m[2]) if m[2] else BULAN.index(m[3].lower()) + 1 if m[3].lower() in BULAN else 0
        try:
            hasil.append((m.start(), datetime.date(int(m[4]), bulan, int(m[1]))))
        except ValueError:
            pass
    return hasil


def tanggal(nama, teks):
    ada = semua_tanggal(teks)
    if not ada:
        return None
    if nama == "tanggal_surat":
        for tempat, hari in ada:
            if re.search(r"(?i)(?:^|\n|tanggal|tgl\.?|dikirim|ditulis|\[|\(|, )\W*$", teks[max(0, tempat - 14) : tempat]):
                return hari.isoformat()
        return ada[0][1].isoformat()
    for kata, geser in (("hari ini", 0), ("kemarin", -1), ("besok", 1), ("lusa", 2)):
        if nama in ("tanggal_acara", "tanggal_kejadian") and re.search(rf"(?i)\b{kata}\b", teks):
            return (ada[0][1] + datetime.timedelta(geser)).isoformat()
    for tempat, hari in ada:
        if re.search(rf"(?i)(?:{DEPAN[nama]})\W*(?:\w+\W+)?$", teks[max(0, tempat - 30) : tempat]):
            return hari.isoformat()
    return None


def jam(nama, teks):
    m = re.search(r"(?i)(?:pukul|jam|waktu|mulai)\s*:?\s*(setengah )?(\w+)(?:[.:](\d\d))?", teks)
    if not m:
        return None
    if m[1] and m[2].lower() in SATUAN:
        return f"{SATUAN.index(m[2].lower()) - 1:02}:30"
    return f"{int(m[2]):02}:{m[3] or '00'}" if m[2].isdigit() and int(m[2]) < 24 else None


def uang(nama, teks):
    ada = [(m.start(), int(m[1].replace(".", ""))) for m in re.finditer(r"(?i)rp\.?\s*(\d{1,3}(?:\.\d{3})+)", teks)]
    for m in re.finditer(r"(?i)((?:\w+ )+)rupiah", teks):
        if kata(m[1]):
            ada.append((m.start(), kata(m[1])))
    if not ada:
        return None
    depan = {"harga_satuan": "satuan|per", "total_harga": "total|seluruhnya|jumlah harga"}
    for tempat, jumlah in ada:
        if nama in depan and re.search(depan[nama], teks[max(0, tempat - 24) : tempat].lower()):
            return jumlah
    return None if nama in depan else max(jumlah for _, jumlah in ada)


def kata(teks):
    total = bagian = 0
    for k in teks.lower().split():
        if k in SATUAN:
            bagian += SATUAN.index(k)
        elif k == "belas":
            bagian += 10
        elif k == "puluh":
            bagian = bagian // 10 * 10 + bagian % 10 * 10
        elif k in ("ratus", "seratus"):
            bagian = bagian // 100 * 100 + max(bagian % 100, 1) * 100
        elif k in ("ribu", "seribu"):
            total, bagian = total + max(bagian, 1) * 1000, 0
        elif k == "juta":
            total, bagian = total + max(bagian, 1) * 1000000, 0
        else:
            total = bagian = 0
    return total + bagian


def bilangan(nama, teks):
    satuan = {"lama_hari": "hari", "jumlah_peserta": "org|orang", "jumlah_barang": "unit|buah"}.get(nama)
    if satuan is None:
        return None
    m = re.search(rf"(?i)\b(\d+)(?: \([a-z ]+\))? (?:{satuan})\b", teks)
    if m:
        return int(m[1])
    m = re.search(rf"(?i)\b((?:\w+ ){{1,3}})(?:{satuan})\b", teks)
    return (kata(m[1]) or None) if m else None


def telepon(nama, teks):
    m = re.search(r"(?<!\d)(?:\+62 ?|0)0{2,3}[ -]?\d{4}[ -]?\d{3,4}(?!\d)", teks)
    return re.sub(r"\D", "", m[0].replace("+62", "0")) if m else None


def nip(nama, teks):
    m = re.search(r"\b\d{8} ?\d{6} ?\d ?\d{3}\b", teks)
    return m[0].replace(" ", "") if m else None


def kategori(teks):
    return next((topik for topik, pola in TOPIK.items() if re.search(rf"(?i){pola}", teks)), None)


PEMBACA = {"tanggal": tanggal, "jam": jam, "rupiah": uang, "bilangan": bilangan, "telepon": telepon, "nip": nip}
