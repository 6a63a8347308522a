"""Pembanding: pola untuk nomor, label untuk nama, kata jalan untuk alamat, jumlah tanda untuk penipuan."""

import re

NUMBERS = (
    ("nip", r"\b0{8} ?20\d{4} ?9 ?\d{3}\b"),
    ("nik", r"\b00\d\d[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{4}\b"),
    ("npwp", r"\b00\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}\b|\b00\d{10}000\b"),
    ("telepon", r"(?:\+62 ?000|\b0000)[ -]?\d{3,4}[ -]?\d{3,4}\b"),
)
NAME = r"(?:[Nn]ama *: |a\.n\. |[Ss]aya |Yth\. |Bu |Ibu |Pak |atas nama )([A-Z]\w+ [A-Z]\w+)"
ADDRESS = r"(?:Jl\.|Jalan|Gg\.) [A-Z]\w+ (?:No\.? ?\d+|Blok \w+)(?:, (?:RT|Kel|Desa|Kec)[^,.;|]+)*"
SIGNS = (".apk", "OTP", "transfer", "rekening", "kata sandi", "hari ini", "verifikasi", "hadiah")


def predict(task, input):
    text = input["teks"]
    found, rest = [], text
    for kind, pattern in NUMBERS:
        found += [{"jenis": kind, "teks": match[0]} for match in re.finditer(pattern, rest)]
        rest = re.sub(pattern, "#", rest)
    found += [{"jenis": "alamat", "teks": match[0]} for match in re.finditer(ADDRESS, rest)]
    found += [{"jenis": "nama", "teks": match[1]} for match in re.finditer(NAME, rest)]
    signs = sum(sign in text for sign in SIGNS)
    return {"temuan": found, "peluang_penipuan": min(0.25 + 0.25 * signs, 0.9)}
