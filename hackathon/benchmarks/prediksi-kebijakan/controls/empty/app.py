"""Kontrol kosong: tidak meramal dan tidak menjawab apa pun."""


def predict(task, input):
    return {"ramalan": [], "jawaban": [], "arah": ""}
