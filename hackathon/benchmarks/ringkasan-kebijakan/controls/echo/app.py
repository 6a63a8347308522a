"""Kontrol gema: mengembalikan naskah apa adanya."""


def predict(task, input):
    return {"ringkasan": input["naskah"]}
