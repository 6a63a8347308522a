"""Dari potongan surat ke bentuk baku menurut tipe isian; None bila potongan itu bukan nilai."""

import datetime
import re

BULAN = "jan feb mar apr mei jun jul agu sep okt nov des".split()
SATUAN = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()


def bakukan(isian, potongan):
    baca = PEMBACA.get(isian["tipe"])
    if baca:
        return baca(potongan.strip().lower())
    if isian["tipe"] == "pilihan":
        return potongan.lower() if potongan.lower() in isian["pilihan"] else None
    return potongan


def tanggal(p):
    m = re.fullmatch(r"([\dol]{1,2})(?:[-/.](\d{1,2})[-/.]| ([a-z]{3})[a-z]* )([\do]{4})", p)
    if not m:
        return None
    hari, tahun = (int(x.replace("o", "0").replace("l", "1")) for x in (m[1], m[4]))
    try:
        bulan = int(m[2]) if m[2] else BULAN.index(m[3]) + 1
        return datetime.date(tahun, bulan, hari).isoformat()
    except ValueError:
        return None


def jam(p):
    m = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))?", p)
    return f"{int(m[1]):02}:{m[2] or '00'}" if m and int(m[1]) < 24 else None


def angka(p):
    m = re.fullmatch(r"(?:rp\.? ?)?([\do]{1,3}(?:\.[\do]{3})*|\d+)(?:,\d\d|,-)?(?: \(.*\))?(?: ?(?:rupiah|hari|orang|unit|buah|kerja))*", p)
    if m:
        return int(re.sub(r"\D", "", m[1].replace("o", "0")))
    total = bagian = 0
    for k in re.sub(r" (?:rupiah|hari|orang|unit|buah|kerja)$", "", p).split():
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
            total, bagian = total + max(bagian, 1) * 1_000_000, 0
        else:
            return None
    return total + bagian or None


def telepon(p):
    nomor = re.sub(r"[ -]", "", p)
    return nomor if re.fullmatch(r"0000\d{8}", nomor) else None


def nip(p):
    nomor = p.replace(" ", "")
    return nomor if re.fullmatch(r"\d{18}", nomor) else None


PEMBACA = {"tanggal": tanggal, "jam": jam, "rupiah": angka, "bilangan": angka, "telepon": telepon, "nip": nip}
