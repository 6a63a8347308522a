"""Kontrol tetap: bon yang sama untuk setiap pesan, dengan isi yang paling sering diminta."""


def predict(task, input):
    return {"bidang": "umum", "barang": [{"nama": "kertas", "jumlah": 5}], "hari": "senin"}
