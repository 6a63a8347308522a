"""Kontrol gema: mengembalikan seluruh surat di setiap isian."""


def predict(task, input):
    return {"isian": {field["nama"]: input["teks"] for field in input["isian"]}}
