"""Kontrol kosong: tidak memutus apa pun."""


def predict(task, input):
    return {"putusan": []}
