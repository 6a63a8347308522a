"""Setiap surat dikirim ke layanan bahasa di internet, dengan percobaan ulang. Di dalam arena tidak ada internet."""

import time
import urllib.error
import urllib.request

ALAMAT = "https://layanan-bahasa.invalid/isi-formulir"
PERCOBAAN = 4
JEDA = 0.6


def predict(task, input):
    for _ in range(PERCOBAAN):
        try:
            with urllib.request.urlopen(ALAMAT, data=input["teks"].encode(), timeout=2) as jawaban:
                return {"isian": {"teks": jawaban.read().decode()}}
        except (urllib.error.URLError, TimeoutError) as galat:
            print("layanan tidak terjangkau, mencoba lagi:", galat)
            time.sleep(JEDA)
    return {"isian": {isian["nama"]: None for isian in input["isian"]}}
