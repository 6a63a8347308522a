"""Kontrol kosong: bon tanpa isi."""


def predict(task, input):
    return {"bidang": None, "barang": [], "hari": None}
