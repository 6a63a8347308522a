"""Pola sederhana, dengan catatan lengkap di log untuk mencari kesalahan."""

import re


def predict(task, input):
    teks = input["teks"]
    for awal in range(len(teks)):
        for akhir in range(awal, min(awal + 25, len(teks))):
            print("memeriksa potongan", awal, akhir, repr(teks[awal:akhir]))
    nomor = re.search(r"(?i)nomor\s*:?\s*(\S+/\S+)", teks)
    return {"isian": {i["nama"]: nomor[1] if nomor and i["nama"] == "nomor_surat" else None for i in input["isian"]}}
