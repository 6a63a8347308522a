"""Kata, ciri-cirinya, dan labelnya."""

import re

import nilai


def token(teks):
    return list(re.finditer(r"\d+(?:[./:-]\d+)*|\w+(?:[./-]\w+)*|[^\w\s]|\n", teks))


def ciri(daftar):
    """Ciri tiap kata: kata itu sendiri, bentuknya, tetangganya, dan kata pertama di barisnya."""
    isi = [t[0].lower() for t in daftar]
    rupa = [re.sub(r"\d", "9", re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", t[0]))) for t in daftar]
    hasil, awal = [], ["^", "^"]
    for n in range(len(isi)):
        if n and isi[n - 1] == "\n":
            awal = [isi[n], isi[n + 1] if n + 1 < len(isi) else "$"]
        tetangga = {k: isi[n + k] if 0 <= n + k < len(isi) else "#" for k in (-4, -3, -2, -1, 1, 2, 3)}
        hasil.append(
            [f"kata={isi[n]}", f"rupa={rupa[n]}", f"baris={' '.join(awal)}", f"letak={4 * n // len(isi)}"]
            + [f"{k}={v}" for k, v in tetangga.items()]
            + [f"-2-1={tetangga[-2]} {tetangga[-1]}", f"+1+2={tetangga[1]} {tetangga[2]}"]
            + [f"-1rupa={rupa[n - 1] if n else '^'} {rupa[n]}"]
        )
    return hasil


def label(daftar, masukan, harapan):
    """Isian yang memuat tiap kata; "-" bila tidak ada."""
    hasil = ["-"] * len(daftar)
    teks = masukan["teks"]
    for isian in masukan["isian"]:
        benar = harapan["isian"][isian["nama"]]
        if benar is None:
            continue
        for a in range(len(daftar)):
            for b in range(a, min(a + 9, len(daftar))):
                potongan = teks[daftar[a].start() : daftar[b].end()]
                if nilai.bakukan(isian, potongan) == benar and hasil[a : b + 1] == ["-"] * (b + 1 - a):
                    hasil[a : b + 1] = [isian["nama"]] * (b + 1 - a)
                    break
            else:
                continue
            break
    return hasil
