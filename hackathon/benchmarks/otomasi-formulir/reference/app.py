"""Rujukan: menghitung tabel dan daftar, membaca surat dengan label dan kata penanda, mengenal bentuk nilai."""

import datetime as dt
import re

import baca
import hitung
import surat

BEFORE_DATE = {
    "tenggat": r"lambat(?:nya)?|sebelum|sampai dengan|batas|yakni|yaitu",
    "tanggal_acara": r"tanggal|ke|menjadi|pada|minggu|senin|selasa|rabu|kamis|jumat|sabtu",
    "tanggal_mulai": r"mulai|berangkat|sejak|terhitung|dari|waktu",
    "tanggal_selesai": r"s\.d\.|sampai dengan|kembali|pulang|s/d|hingga",
    "tanggal_kejadian": r"sejak|tgl|mulai|terakhir",
}
UNITS = {"jumlah_peserta": ["orang", "peserta", "org"], "lama_hari": ["hari"], "jumlah_barang": ["unit", "buah"]}
BEFORE_AMOUNT = {"harga_satuan": r"satuan|per unit", "total_harga": r"total|seluruhnya|jumlah harga|pagu"}
TOPICS = {
    "air bersih": "ledeng|pdam|air ke|air mati|pipa",
    "sampah": "sampah|limbah",
    "penerangan": "lampu|pju",
    "perizinan": "izin|nib",
    "kesehatan": "puskesmas|obat|posyandu|periksa",
    "jalan": "lubang|aspal|trotoar",
}
SHIFTS = (("hari ini", 0), ("kemarin lusa", -2), ("kemarin", -1), ("besok", 1), ("lusa", 2))


def predict(task, input):
    text = baca.clean(input["teks"])
    lines, counted = surat.labelled(text), hitung.answers(text)
    return {"isian": {field["nama"]: find(field, text, lines, counted) for field in input["isian"]}}


def find(field, text, lines, counted):
    name, kind = field["nama"], field["tipe"]
    if "satuan" in field or name in ("serapan_terendah", "kategori_terbanyak", "hadir_terbanyak"):
        return counted.get(name)
    if kind == "tanggal":
        return find_date(name, text)
    if kind == "jam":
        return baca.time(text)
    if kind == "telepon":
        return baca.phone(text)
    if kind == "nip":
        found = re.search(r"\b\d{8} ?\d{6} ?\d ?\d{3}\b", text)
        return found and found[0].replace(" ", "")
    if kind == "rupiah":
        return None if counted else find_amount(name, text)
    if kind == "bilangan":
        return None if counted else baca.count(text, UNITS.get(name, []))
    if kind == "pilihan":
        return find_choice(name, field["pilihan"], text, lines)
    if kind == "nomor":
        found = re.search(r"(?i)\b(?:no(?:mor)?|bukti|tugas|keterangan|ref)\b[ .:(]*([\w.-]+(?:/[\w.-]+)+)", text)
        return found and found[1].rstrip(".")
    return surat.find(name, kind, text, lines)


def find_date(name, text):
    dates = baca.dates(text)
    if not dates:
        return None
    if name == "tanggal_surat":
        own = r"(?i)(?:^|\n|tanggal|tgl\.?|dikirim|ditulis|diajukan|\[|\(|, )\W*$"
        return next((date for at, date in dates if re.search(own, text[max(0, at - 14) : at])), dates[0][1])
    if name in ("tanggal_acara", "tanggal_kejadian", "tanggal_mulai"):
        for word, days in SHIFTS:
            if re.search(rf"(?i)\b{word}\b", text):
                return (dt.date.fromisoformat(dates[0][1]) + dt.timedelta(days)).isoformat()
    for at, date in dates:
        if re.search(rf"(?i)\b(?:{BEFORE_DATE[name]})\W*(?:\w+\W+)?$", text[max(0, at - 30) : at]):
            return date
    return None


def find_amount(name, text):
    amounts = baca.amounts(text)
    if name in BEFORE_AMOUNT:
        near = BEFORE_AMOUNT[name]
        return next((n for at, n in amounts if re.search(near, text[max(0, at - 24) : at].lower())), None)
    return max((number for _, number in amounts), default=None)


def find_choice(name, choices, text, lines):
    if name == "kategori":
        return next((topic for topic, words in TOPICS.items() if re.search(f"(?i){words}", text)), None)
    if name in lines:
        return next((choice for choice in choices if choice in lines[name].lower()), None)
    before = {"jenis_cuti": "cuti", "angkutan": "angkutan|perjalanan", "format_data": "format|bentuk|berkas"}
    cue = before.get(name, name)
    for choice in choices:
        if re.search(rf"(?i)(?:{cue})\W+(?:\w+\W+){{0,2}}{choice}\b", text):
            return choice
    return None
