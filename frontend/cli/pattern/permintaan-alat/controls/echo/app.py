"""Kontrol gema: mengembalikan pesan di setiap isian."""


def predict(task, input):
    return {"bidang": input["teks"], "barang": [{"nama": input["teks"], "jumlah": 1}], "hari": input["teks"]}
