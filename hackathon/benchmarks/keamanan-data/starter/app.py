"""Kit awal: cari data pribadi dengan pola, lalu timbang kata-kata yang biasa dipakai penipu. Ubah sesuka Anda."""

import re

# Pola tiap jenis. Semua nomor dalam kasus adalah rekaan: NIK mulai dari 00, telepon dari 0000.
POLA = {
    "nip": r"\b0{8} ?(?:20\d{4}) ?9 ?\d{3}\b",
    "nik": r"\b00\d{14}\b",
    "telepon": r"\b0000[ -]?\d{3,4}[ -]?\d{3,4}\b",
    "nama": r"(?<=[Nn]ama: )[A-Z][\w ]+",
}

# Kata yang menambah (positif) atau mengurangi (negatif) kecurigaan.
TANDA = {
    "OTP": 0.2,
    "transfer": 0.3,
    ".apk": 0.4,
    "kata sandi": 0.2,
    "hari ini": 0.1,
    "loket": -0.2,
    "NOTA DINAS": -0.3,
}


def predict(task, input):
    """Jawaban: {"temuan": [{"jenis", "teks"}], "peluang_penipuan": 0 sampai 1}."""
    teks = input["teks"]
    temuan, sisa = [], teks
    for jenis, pola in POLA.items():
        for ketemu in re.findall(pola, sisa):
            temuan.append({"jenis": jenis, "teks": ketemu})
            # Supaya nomor yang sama tidak ditemukan lagi sebagai jenis lain.
            sisa = sisa.replace(ketemu, " ")
    peluang = 0.4 + sum(nilai for kata, nilai in TANDA.items() if kata in teks)
    return {"temuan": temuan, "peluang_penipuan": min(max(peluang, 0.05), 0.95)}
