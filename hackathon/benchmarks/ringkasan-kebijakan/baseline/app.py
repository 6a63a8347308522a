"""Pembanding: kalimat dengan kata kunci terbanyak per kata lebih dulu, selama masih muat, dalam urutan naskah."""

import re

KUNCI = (
    r"disarankan|menyarankan|diusulkan|mengusulkan|disepakati|menyepakati",
    r"anggaran|biaya",
    r"tenggat|mulai",
    r"penanggung jawab",
    r"sasaran|risiko",
    r"karena|sebab",
)


def predict(task, input):
    sentences = split(input["naskah"])
    chosen, room = [], input["batas_kata"]
    for sentence in sorted(sentences, key=lambda one: -worth(one) / len(one.split())):
        if len(sentence.split()) <= room:
            chosen.append(sentence)
            room -= len(sentence.split())
    text = " ".join(sentence for sentence in sentences if sentence in chosen)
    return {"ringkasan": text or " ".join(sentences[0].split()[: input["batas_kata"]])}


def split(text):
    body = text.split("\n\n", 1)[-1]
    return [part for part in re.split(r"(?<=[.!?])\s+", body) if part]


def worth(sentence):
    return sum(bool(re.search(pattern, sentence, re.IGNORECASE)) for pattern in KUNCI)
