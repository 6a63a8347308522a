"""Kit awal: periksa lampiran dan angka yang mudah, lalu putus setiap berkas. Ubah sesuka Anda."""

import re

# Kata dalam aturan, kata dalam berkas, dan apakah angka berkas harus paling sedikit (+1) atau paling banyak (-1).
UKURAN = [("m2", "m2", 1), ("kendaraan", "kendaraan", 1), ("orang", "orang", -1)]


def predict(task, input):
    """Jawaban: {"putusan": [{"id", "keputusan", "pasal", "jejak"}]}, satu untuk setiap berkas."""
    return {"putusan": [putus(berkas, input["aturan"]) for berkas in input["berkas"]]}


def putus(berkas, aturan):
    jejak = [periksa(pasal, berkas["isi"]) for pasal in aturan]
    dilanggar = [langkah["pasal"] for langkah in jejak if langkah["dipenuhi"] is False]
    kurang = [langkah["pasal"] for langkah in jejak if langkah["dipenuhi"] is None]
    keputusan = "tolak" if dilanggar else "lengkapi" if kurang else "terima"
    return {"id": berkas["id"], "keputusan": keputusan, "pasal": dilanggar or kurang, "jejak": jejak}


def periksa(pasal, isi):
    """Satu syarat: dipenuhi True, False, atau None bila berkas tidak mengatakannya; bukti dikutip dari berkas."""
    bunyi = pasal["bunyi"]
    if bunyi.endswith(" dilampirkan."):
        surat = bunyi.removesuffix(" dilampirkan.")
        ketemu = re.search(rf"{re.escape(surat)}(?! menyusul)[^;\n]*", isi, re.IGNORECASE)
        return langkah(pasal, True if ketemu else None, ketemu)
    for di_aturan, di_berkas, arah in UKURAN:
        batas, ketemu = re.search(rf"(\d+) {di_aturan}", bunyi), re.search(rf"(\d+) {di_berkas}", isi)
        if batas and ketemu:
            return langkah(pasal, arah * int(ketemu[1]) >= arah * int(batas[1]), ketemu)
    return langkah(pasal, None, None)


def langkah(pasal, dipenuhi, ketemu):
    return {"pasal": pasal["pasal"], "dipenuhi": dipenuhi, "bukti": ketemu[0] if ketemu else ""}
