"""Kit awal: kalimat-kalimat pertama naskah, sampai batas kata. Ubah sesuka Anda."""

import re


def predict(task, input):
    """Jawaban: {"ringkasan": teks}, paling banyak `batas_kata` kata."""
    return {"ringkasan": pilih(kalimat(input["naskah"]), input["batas_kata"])}


def kalimat(naskah):
    """Kalimat di bawah kepala naskah."""
    isi = naskah.split("\n\n", 1)[-1]
    return [bagian for bagian in re.split(r"(?<=[.!?])\s+", isi) if bagian]


def pilih(daftar, batas):
    """Ambil kalimat dari depan selama masih muat."""
    ringkasan = []
    for bagian in daftar:
        if len(" ".join([*ringkasan, bagian]).split()) > batas:
            break
        ringkasan.append(bagian)
    return " ".join(ringkasan) or " ".join(naskah_pendek(daftar, batas))


def naskah_pendek(daftar, batas):
    """Kalimat pertama, dipotong, bila tidak ada yang muat."""
    return " ".join(daftar).split()[:batas]
