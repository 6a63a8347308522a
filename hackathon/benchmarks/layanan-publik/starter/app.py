"""Kit awal: cari pasal yang katanya paling banyak sama dengan pertanyaan, lalu kutip. Ubah sesuka Anda."""

import re

KELUHAN = ("lapor", "rusak", "mati", "bau", "bolong", "bocor", "mampet", "tolong")


def predict(task, input):
    """Balasan untuk ucapan warga yang terakhir."""
    ucapan = input["percakapan"][-1]["isi"]
    if any(kata in ucapan.lower() for kata in KELUHAN):
        return teruskan(ucapan, input)
    pasal = max(input["panduan"], key=lambda pasal: sama(ucapan, pasal["judul"] + " " + pasal["isi"]))
    if sama(ucapan, pasal["judul"] + " " + pasal["isi"]) < 2:
        return jawaban("Maaf, hal itu tidak ada di panduan.", "tolak")
    return jawaban(kalimat_pertama(pasal["isi"]), "jawab", [pasal["pasal"]])


def teruskan(ucapan, input):
    """Laporan: pilih instansi yang urusannya paling mirip."""
    instansi = max(input["instansi"], key=lambda satu: sama(ucapan, satu["urusan"]))
    kategori = max(input["kategori"], key=lambda satu: sama(ucapan, satu))
    teks = f"Laporan Anda kami teruskan ke {instansi['nama']}."
    return jawaban(teks, "teruskan", instansi=instansi["nama"], kategori=kategori)


def jawaban(teks, tindakan, rujukan=(), instansi=None, kategori=None):
    """Bentuk jawaban yang diminta tugas."""
    return {
        "jawaban": teks,
        "tindakan": tindakan,
        "rujukan": list(rujukan),
        "instansi": instansi,
        "kategori": kategori,
    }


def kalimat_pertama(isi):
    return re.split(r"(?<=[.!?]) ", isi)[0]


def sama(satu, lain):
    """Banyaknya kata yang ada di keduanya."""
    return len(kata(satu) & kata(lain))


def kata(teks):
    return {satu for satu in re.findall(r"\w+", teks.lower()) if len(satu) > 3}
