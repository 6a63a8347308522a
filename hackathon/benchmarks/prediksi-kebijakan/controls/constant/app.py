"""Kontrol tetap: angka, jawaban, dan arah yang sama untuk setiap kasus."""


def predict(task, input):
    return {
        "ramalan": [{"bulan": month, "nilai": 1000, "bawah": 500, "atas": 2000} for month in input["ramal"]],
        "jawaban": [{"id": question["id"], "jawab": 5} for question in input["tanya"]],
        "arah": "naik",
    }
