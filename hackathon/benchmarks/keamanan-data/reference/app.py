"""Acuan yang lebih kuat: pola nomor, nama di belakang sapaan, alamat berurut, tanda ditimbang."""

import math
import re

NUMBERS = (
    ("nip", r"\b0{8} ?20\d{4} ?9 ?\d{3}\b"),
    ("nik", r"\b00\d\d([ .-]?)[\dO]{4}\1[\dO]{4}\1[\dO]{4}\b"),
    ("npwp", r"\b00\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}\b|\b00\d{10}000\b"),
    ("telepon", r"(?:\+62 ?000|\b0000)[ -]?\d{3,4}[ -]?\d{3,4}\b"),
)
TITLE = r"(?:dr|Drs|Dra|Ir|Hj|H)\. "
DEGREE = r"(?:[A-Z]\.|[A-Z][A-Za-z]+\.)+[A-Za-z]*\.?"
NAME = rf"((?:{TITLE})?[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){{1,2}}(?:, {DEGREE})?)"
BEFORE = r"(?:[Nn]ama *: |a\.n\. |[Ss]aya |Yth\. |Ibu |Bapak |Pak |Bu |petugas kami |atas nama |\d+ \| |^- |\d+\. )"
VILLAGE = r"(?:Kel\.|Kelurahan|Desa|Kec\.|Kecamatan) [A-Z]\w+(?: [A-Z]\w+)?"
HOUSE = r"No\.? ?\w+|Blok \w+|RT \d+/?,? ?RW \d+"
ADDRESS = rf"(?:Jl\.|Jln\.|Jalan|Gg\.|Desa|Kelurahan) [A-Z]\w+(?:,? (?:{HOUSE}|{VILLAGE}))+"
SIGNS = (
    (r"\.apk\b", 3.0),
    (r"\bOTP\b|kode enam|\bPIN\b", 1.5),
    (r"transfer|rekening \d|pulsa", 1.5),
    (r"example\.(?:com|net|org)", 3.0),
    (r"kata sandi", 1.0),
    (r"\.go\.example\b(?!\.)", -2.0),
    (r"loket|NOTA DINAS|NIP", -1.0),
    (r"tidak pernah|Jangan berikan", -3.0),
)


def predict(task, input):
    text = input["teks"]
    found, rest = [], text
    for kind, pattern in NUMBERS:
        found += [{"jenis": kind, "teks": match[0]} for match in re.finditer(pattern, rest)]
        rest = re.sub(pattern, "#", rest)
    found += [{"jenis": "alamat", "teks": match[0]} for match in re.finditer(ADDRESS, rest)]
    found += [{"jenis": "nama", "teks": match[1]} for match in re.finditer(BEFORE + NAME, rest, re.MULTILINE)]
    weight = -0.8 + sum(points for pattern, points in SIGNS if re.search(pattern, text))
    return {"temuan": found, "peluang_penipuan": round(1 / (1 + math.exp(-weight)), 3)}
