"""Kontrol kosong: tidak menjawab apa pun."""


def predict(task, input):
    return {"jawaban": "", "rujukan": [], "tindakan": "jawab", "instansi": None, "kategori": None}
