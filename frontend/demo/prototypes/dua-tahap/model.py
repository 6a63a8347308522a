"""Peringkat kandidat: jumlah bobot ciri-ciri di sekitar kandidat. Tanpa pustaka luar."""

import re

import hitung
from kandidat import bersihkan, kandidat


def jawab(bobot, masukan):
    teks = bersihkan(masukan["teks"])
    terhitung = hitung.jawaban(teks)
    return {
        isian["nama"]: terhitung.get(isian["nama"])
        if "satuan" in isian or isian["nama"] in terhitung
        else pilih(bobot, isian, teks)[0]
        for isian in masukan["isian"]
    }


def pilih(bobot, isian, teks):
    """Nilai terbaik dan ciri-cirinya; kandidat pertama selalu "tidak ada"."""
    calon = [(None, [f"{isian['nama']}|kosong"])]
    semua = kandidat(isian, teks)
    for nomor, (awal, akhir, nilai) in enumerate(semua):
        calon.append((nilai, ciri(isian, teks, awal, akhir, nilai, nomor, semua)))
    return max(calon, key=lambda c: sum(bobot.get(f, 0.0) for f in c[1]))


def ciri(isian, teks, awal, akhir, nilai, nomor, semua):
    if isian["tipe"] == "pilihan":
        isi = set(re.findall(r"\w+", teks.lower()))
        dekat = re.search(rf"(?i)(\w+)\W+(?:\w+\W+)?\.?{re.escape(nilai)}\b", teks)
        daftar = [f"{nilai}~{kata}" for kata in isi] if isian["nama"] == "kategori" else []
        daftar += [f"sebut:{dekat[1].lower()}" if dekat else "tak disebut"]
        return [f"{isian['nama']}|{f}" for f in daftar]
    sebelum = re.findall(r"[^\W_]+|[^\w\s]|\n", teks[max(0, awal - 60) : awal].lower())
    sesudah = re.findall(r"[^\W_]+|[^\w\s]|\n", teks[akhir : akhir + 40].lower())
    sebelum, sesudah = ["^"] * 4 + sebelum, sesudah + ["$"] * 3
    baris = teks[teks.rfind("\n", 0, awal) + 1 : awal].strip().lower()
    label = re.sub(r"\W+$", "", baris)[-24:]
    daftar = [
        f"-1:{sebelum[-1]}",
        f"-2:{sebelum[-2]} {sebelum[-1]}",
        f"-3:{sebelum[-3]} {sebelum[-2]}",
        f"-4:{sebelum[-4]} {sebelum[-3]} {sebelum[-2]}",
        f"+1:{sesudah[0]}",
        f"+2:{sesudah[0]} {sesudah[1]}",
        f"label:{label}",
        f"ke:{min(nomor, 5)}",
        f"dari akhir:{min(len(semua) - nomor, 4)}",
        f"letak:{int(4 * awal / max(len(teks), 1))}",
        *(f"dekat:{kata}" for kata in set(sebelum[-7:]) if len(kata) > 2),
    ]
    if isinstance(nilai, str) and isian["tipe"] in ("teks", "instansi", "nama"):
        kata = nilai.split()
        daftar += [f"awal:{kata[0].lower()}", f"akhir:{kata[-1].lower()}", f"panjang:{min(len(kata), 8)}"]
        daftar += [f"besar:{kata[0][0].isupper()}{kata[-1][0].isupper()}"]
    if isian["tipe"] in ("tanggal", "rupiah"):
        nilai_lain = [n for _, _, n in semua]
        daftar += [f"terbesar:{nilai == max(nilai_lain)}", f"terkecil:{nilai == min(nilai_lain)}"]
        daftar += [f"huruf:{teks[awal].isalpha()}"]
    return [f"{isian['nama']}|{f}" for f in daftar]
