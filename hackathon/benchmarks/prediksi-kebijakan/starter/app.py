"""Kit awal: ramalan "sama seperti setahun lalu", tiga jenis pertanyaan, dan arah dari dua baris. Ubah sesuka Anda."""

import re

BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def predict(task, input):
    tabel = {bulan(baris["bulan"]): angka(baris["nilai"]) for baris in input["tabel"]}
    tabel = {kapan: nilai for kapan, nilai in tabel.items() if nilai is not None}
    return {
        "ramalan": [ramal(tabel, kapan) for kapan in input["ramal"]],
        "jawaban": [{"id": soal["id"], "jawab": jawab(tabel, soal["soal"])} for soal in input["tanya"]],
        "arah": arah(input),
    }


def ramal(tabel, kapan):
    """Nilai bulan yang sama tahun lalu, dengan rentang 15 persen ke bawah dan ke atas."""
    nilai = tabel.get(f"{int(kapan[:4]) - 1}{kapan[4:]}", list(tabel.values())[-1])
    return {"bulan": kapan, "nilai": nilai, "bawah": nilai * 0.85, "atas": nilai * 1.15}


def jawab(tabel, soal):
    tahun = re.search(r"\d{4}", soal)[0]
    setahun = {kapan: nilai for kapan, nilai in tabel.items() if kapan.startswith(tahun)}
    if "tertinggi" in soal and "Bulan apa" in soal:
        return max(setahun, key=setahun.get)
    if "rata-rata" in soal:
        return sum(setahun.values()) / len(setahun)
    return sum(setahun.values())


def arah(input):
    """Bandingkan wilayah dengan angka terkecil dan terbesar."""
    baris = sorted(input["wilayah"]["baris"], key=lambda sel: angka(sel[2]))
    kecil, besar = angka(baris[0][3]), angka(baris[-1][3])
    if abs(besar - kecil) < 0.1 * kecil:
        return "tetap"
    return "naik" if (besar > kecil) == (input["bila"]["menjadi"] > input["bila"]["dari"]) else "turun"


def bulan(teks):
    """Semua cara menulis bulan menjadi 2024-03."""
    if re.fullmatch(r"\d{4}-\d\d", teks):
        return teks
    if "/" in teks:
        return f"{teks[3:]}-{teks[:2]}"
    nama, tahun = teks.split()
    nomor = [n for n, lengkap in enumerate(BULAN, start=1) if lengkap.startswith(nama)]
    return f"{tahun}-{nomor[0]:02}"


def angka(teks):
    """1.234,5 menjadi 1234.5; None bila bukan angka."""
    bersih = teks.replace(".", "").replace(",", ".")
    return float(bersih) if re.fullmatch(r"\d+(\.\d+)?", bersih) else None
