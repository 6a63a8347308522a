"""Kontrol tetap: ringkasan yang sama untuk setiap naskah."""


def predict(task, input):
    return {"ringkasan": "Naskah ini menyarankan perbaikan layanan dengan anggaran yang tersedia."}
