"""Tahap pertama: belajar bobot dari contoh (averaged perceptron; Freund dan Schapire, 1999). Dijalankan saat build."""

import json
import random
import re
import sys
from pathlib import Path

from kandidat import bersihkan
from model import ciri, kandidat

PUTARAN = 8


def cocok(tipe, nilai, benar):
    if isinstance(nilai, str) and isinstance(benar, str):
        return re.findall(r"\w+", nilai.lower()) == re.findall(r"\w+", benar.lower())
    return nilai == benar


def contoh(berkas):
    """(ciri tiap calon, nomor calon yang benar) untuk setiap isian."""
    for baris in Path(berkas).read_text(encoding="utf-8").splitlines():
        kasus = json.loads(baris)
        teks = bersihkan(kasus["input"]["teks"])
        for isian in kasus["input"]["isian"]:
            benar = kasus["expected"]["isian"][isian["nama"]]
            semua = kandidat(isian, teks)
            calon = [[f"{isian['nama']}|kosong"]]
            calon += [ciri(isian, teks, a, b, nilai, n, semua) for n, (a, b, nilai) in enumerate(semua)]
            tepat = [n for n, (_, _, nilai) in enumerate(semua, 1) if cocok(isian["tipe"], nilai, benar)]
            if benar is None or tepat:
                yield calon, set(tepat or [0])


def main(berkas, keluar):
    data = list(contoh(berkas))
    acak = random.Random(7)
    bobot, jumlah, langkah = {}, {}, 0
    for _ in range(PUTARAN):
        acak.shuffle(data)
        for calon, tepat in data:
            langkah += 1
            nilai = [sum(bobot.get(f, 0.0) for f in c) for c in calon]
            tebak = max(range(len(calon)), key=nilai.__getitem__)
            if tebak in tepat:
                continue
            terbaik = max(tepat, key=nilai.__getitem__)
            for daftar, arah in ((calon[terbaik], 1.0), (calon[tebak], -1.0)):
                for f in daftar:
                    bobot[f] = bobot.get(f, 0.0) + arah
                    jumlah[f] = jumlah.get(f, 0.0) + arah * langkah
    rata = {f: round(w - jumlah[f] / langkah, 3) for f, w in bobot.items()}
    Path(keluar).write_text(json.dumps({f: w for f, w in rata.items() if w}), encoding="utf-8")
    print(f"{len(data)} contoh, {len(rata)} ciri")


if __name__ == "__main__":
    main(*sys.argv[1:])
