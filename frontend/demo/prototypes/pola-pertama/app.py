"""Versi pertama kami: pola untuk hal yang bentuknya tetap. Selain itu kosong."""

import re

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()


def predict(task, input):
    teks = input["teks"]
    return {"isian": {isian["nama"]: baca(isian, teks) for isian in input["isian"]}}


def baca(isian, teks):
    nama, tipe = isian["nama"], isian["tipe"]
    if nama == "tanggal_surat":
        return tanggal(teks)
    if tipe == "jam":
        ketemu = re.search(r"(?i)(?:pukul|jam|waktu)\s*:?\s*(\d{1,2})[.:](\d\d)", teks)
        return f"{int(ketemu[1]):02}:{ketemu[2]}" if ketemu else None
    if tipe == "nip":
        ketemu = re.search(r"\b\d{8} ?\d{6} ?\d ?\d{3}\b", teks)
        return ketemu[0].replace(" ", "") if ketemu else None
    if tipe == "telepon":
        ketemu = re.search(r"\b0000[ -]?\d{4}[ -]?\d{4}\b", teks)
        return re.sub(r"\D", "", ketemu[0]) if ketemu else None
    if tipe == "nomor":
        ketemu = re.search(r"(?i)no(?:mor)?\.? *:? *(\S+/\S+)", teks)
        return ketemu[1] if ketemu else None
    if tipe == "pilihan":
        return next((pilihan for pilihan in isian["pilihan"] if re.search(rf"(?i)\b{pilihan}\b", teks)), None)
    return None


def tanggal(teks):
    for hari, bulan, tahun in re.findall(r"(\d{1,2}) (\w+) (\d{4})", teks):
        if bulan.lower() in BULAN:
            return f"{tahun}-{BULAN.index(bulan.lower()) + 1:02}-{int(hari):02}"
    return None
