"""Kontrol kosong: tidak meringkas apa pun."""


def predict(task, input):
    return {"ringkasan": ""}
