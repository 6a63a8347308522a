"""Membaca tanggal dengan ketat. Format yang tidak dikenal menghentikan program, supaya kesalahan cepat terlihat."""

import re
import sys

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()


def predict(task, input):
    teks = input["teks"]
    return {"isian": {isian["nama"]: isi(isian, teks) for isian in input["isian"]}}


def isi(isian, teks):
    if isian["nama"] == "tanggal_surat":
        return tanggal(teks)
    if isian["tipe"] == "nomor":
        ketemu = re.search(r"(?i)nomor\s*:?\s*(\S+/\S+)", teks)
        return ketemu[1] if ketemu else None
    if isian["tipe"] == "telepon":
        ketemu = re.search(r"\b0000[ -]?\d{4}[ -]?\d{4}\b", teks)
        return re.sub(r"\D", "", ketemu[0]) if ketemu else None
    return None


def tanggal(teks):
    ketemu = re.search(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", teks)
    if not ketemu or ketemu[2].lower() not in BULAN:
        sys.exit(f"format tanggal tidak dikenal: {teks[:40]!r}")
    return f"{ketemu[3]}-{BULAN.index(ketemu[2].lower()) + 1:02}-{int(ketemu[1]):02}"
