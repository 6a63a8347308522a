"""Acuan yang lebih kuat: mengikuti percakapan dari awal, memilih pasal menurut layanan dan yang ditanyakan, lalu
memilih bagian pasal menurut keadaan penanya; yang belum diketahui ditanyakan.
"""

import ask
import route
import states


def predict(task, input):
    said = [ask.plain(turn["isi"]) for turn in input["percakapan"] if turn["peran"] == "warga"]
    if route.is_complaint(said[-1]):
        return forward(said[-1], input)
    told = follow(said, input["panduan"])
    if told["aspect"] is None or told["article"] is None:
        return reply("Maaf, panduan kami tidak memuat hal itu, jadi kami tidak dapat menjawabnya.", "tolak")
    article = told["article"]
    found = ask.READ[told["aspect"]](article["isi"], told["known"], told["said"])
    if found is None:
        return reply("Boleh kami tahu lebih dahulu keadaan pemohonnya?", "tanya", [article["pasal"]])
    return reply(found, "jawab", [article["pasal"]])


def follow(said, handbook):
    """What the last turn is about, after all turns before it."""
    told = {"aspect": None, "article": None, "known": {}, "said": [], "about": []}
    for text in said:
        if route.is_complaint(text):
            continue
        known, aspect, mention = states.of_person(text), ask.aspect(text), ask.mention(text, handbook)
        if mention and told["about"] and mention[0] != told["about"][0]:
            told["said"] = told["said"][-1:]
            told["known"] = {kind: state for kind, state in told["known"].items() if kind in ("domisili", "kartu")}
        strange = not mention and ask.strange(text, handbook)
        if strange and not known:
            if text is said[-1]:
                return {**told, "article": None}
            continue
        told["known"] = {**told["known"], **known}
        told["about"] = mention or told["about"]
        told["aspect"] = aspect or told["aspect"]
        told["said"].append(text)
        told["article"] = ask.article(told["about"], told["aspect"], handbook)
    return told


def forward(text, input):
    agency, category = route.best(text, input["instansi"], input["kategori"])
    said = f"Laporan Anda kami teruskan ke {agency} dengan kategori {category}."
    return reply(said, "teruskan", (), agency, category)


def reply(text, act, articles=(), agency=None, category=None):
    return {"jawaban": text, "rujukan": list(articles), "tindakan": act, "instansi": agency, "kategori": category}
