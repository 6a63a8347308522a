"""Kontrol gema: mengulang ucapan warga dan seluruh panduan, merujuk semua pasal."""


def predict(task, input):
    said = input["percakapan"][-1]["isi"]
    handbook = " ".join(article["isi"] for article in input["panduan"])
    return {
        "jawaban": f"{said} {handbook}"[:4000],
        "rujukan": [article["pasal"] for article in input["panduan"]],
        "tindakan": "jawab",
        "instansi": said,
        "kategori": said,
    }
