"""Kontrol kosong: tidak pernah menjawab apa pun."""


def predict(task, input):
    return {"isian": {field["nama"]: None for field in input["isian"]}}
