"""Kontrol tetap: setiap berkas ditolak karena pasal pertama, dan setiap syarat disebut dipenuhi."""


def predict(task, input):
    first = input["aturan"][0]["pasal"]
    trail = [{"pasal": rule["pasal"], "dipenuhi": True, "bukti": "Pemohon"} for rule in input["aturan"]]
    return {
        "putusan": [
            {"id": file["id"], "keputusan": "tolak", "pasal": [first], "jejak": trail} for file in input["berkas"]
        ]
    }
