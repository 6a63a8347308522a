"""Model kecil: setiap kata diberi label isian oleh regresi logistik, lalu kata berurutan digabung dan dibakukan.

Model dilatih saat program mulai, dari contoh di latihan.jsonl (beberapa detik).
"""

import json
from pathlib import Path

from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

import kata
import nilai

PENGACAK = FeatureHasher(n_features=2**15, input_type="string")
AMBANG = 0.35


def latih():
    ciri, label = [], []
    for baris in Path(__file__).with_name("latihan.jsonl").read_text(encoding="utf-8").splitlines():
        kasus = json.loads(baris)
        token = kata.token(kasus["input"]["teks"])
        ciri += kata.ciri(token)
        label += kata.label(token, kasus["input"], kasus["expected"])
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=10, tol=None, random_state=3)
    return model.fit(PENGACAK.transform(ciri), label)


MODEL = latih()
KELAS = {nama: nomor for nomor, nama in enumerate(MODEL.classes_)}


def predict(task, input):
    token = kata.token(input["teks"])
    peluang = MODEL.predict_proba(PENGACAK.transform(kata.ciri(token)))
    return {"isian": {isian["nama"]: isi(isian, input["teks"], token, peluang) for isian in input["isian"]}}


def isi(isian, teks, token, peluang):
    nama = isian["nama"]
    if nama not in KELAS:
        return None
    kolom = peluang[:, KELAS[nama]]
    puncak = int(kolom.argmax())
    if kolom[puncak] < AMBANG:
        return None
    awal = akhir = puncak
    while awal > 0 and kolom[awal - 1] > AMBANG / 2:
        awal -= 1
    while akhir + 1 < len(token) and kolom[akhir + 1] > AMBANG / 2:
        akhir += 1
    return nilai.bakukan(isian, teks[token[awal].start() : token[akhir].end()])
