"""Kontrol gema: mengembalikan berkas sebagai bukti setiap syarat."""


def predict(task, input):
    return {
        "putusan": [
            {
                "id": file["id"],
                "keputusan": file["isi"],
                "pasal": [],
                "jejak": [{"pasal": rule["pasal"], "dipenuhi": True, "bukti": file["isi"]} for rule in input["aturan"]],
            }
            for file in input["berkas"]
        ]
    }
