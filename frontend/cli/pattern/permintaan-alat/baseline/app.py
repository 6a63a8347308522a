"""Pembanding: angka atau kata bilangan di dekat nama barang, dan nama resmi bidang."""

import re

NUMBERS = {word: n for n, word in enumerate("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(), 1)}
UNITS = ("umum", "keuangan", "kepegawaian", "perencanaan", "arsip", "pelayanan", "hukum", "data")
THINGS = ("kertas", "map", "tinta", "pulpen", "stapler", "amplop", "baterai", "spidol", "buku agenda", "lakban")
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat")
NUMBER = rf"(\d+|{'|'.join(NUMBERS)})"
MEASURE = r"(?:rim|botol|pak|buah|gulung|batang|lembar|jilid)"


def predict(task, input):
    text = input["teks"].lower()
    unit = next((unit for unit in UNITS if re.search(rf"(?:bidang|bagian) {unit}", text)), None)
    day = next((day for day in DAYS if day in text), None)
    found = ((thing, number_of(thing, text)) for thing in THINGS)
    return {"bidang": unit, "barang": [{"nama": thing, "jumlah": n} for thing, n in found if n], "hari": day}


def number_of(thing, text):
    before = re.search(rf"\b{NUMBER} (?:{MEASURE} )?{thing}\b", text)
    behind = re.search(rf"\b{thing} (?:\w+ )?{NUMBER}\b", text)
    match = before or behind
    return NUMBERS.get(match[1]) or int(match[1]) if match else None
