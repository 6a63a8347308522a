"""Kontrol tetap: jawaban yang sama untuk setiap giliran, dengan pasal, instansi, dan kategori yang pertama."""


def predict(task, input):
    return {
        "jawaban": "Silakan datang ke loket 1 dengan KTP dan kartu keluarga, selesai 3 hari kerja, biayanya Rp10.000.",
        "rujukan": [input["panduan"][0]["pasal"]],
        "tindakan": "jawab",
        "instansi": input["instansi"][0]["nama"],
        "kategori": input["kategori"][0],
    }
