"""Kit awal: cari nama barang yang didahului angka, dan kata yang menandai bidang. Ubah sesuka Anda."""

import re

BIDANG = ["umum", "keuangan", "kepegawaian", "perencanaan", "arsip", "pelayanan", "hukum", "data"]
BARANG = ["kertas", "map", "tinta", "pulpen", "stapler", "amplop", "baterai", "spidol", "buku agenda", "lakban"]
HARI = ["senin", "selasa", "rabu", "kamis", "jumat"]


def predict(task, input):
    """Jawaban: {"bidang": ..., "barang": [{"nama": ..., "jumlah": ...}], "hari": ...}."""
    teks = input["teks"].lower()
    return {"bidang": pertama(BIDANG, teks), "barang": barang(teks), "hari": pertama(HARI, teks)}


def pertama(kata, teks):
    """Kata pertama dari daftar yang ada di teks; None (kosong) bila tidak ada."""
    return next((satu for satu in kata if satu in teks), None)


def barang(teks):
    daftar = []
    for nama in BARANG:
        # Misalnya "5 rim kertas" atau "2 map".
        ketemu = re.search(rf"(\d+) (?:rim |botol |pak |buah |gulung )?{nama}", teks)
        if ketemu and int(ketemu[1]) > 0:
            daftar.append({"nama": nama, "jumlah": int(ketemu[1])})
    return daftar
