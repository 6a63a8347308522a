"""Pembanding: pasal dicari dengan bobot kata dari ucapan warga; kalimatnya dikutip; laporan dikenali dari katanya."""

import math
import re

BIASA = set(
    "yang untuk saya dengan kalau berapa apa saja mau tidak bisa sudah dari juga atau itu ini ada jadi tadi lagi "
    "bagaimana mohon maaf terima kasih selamat pagi siang bang permisi halo terus harus kami anda pada adalah".split()
)
ARTI = {
    "bayar": "tarif", "biaya": "tarif", "biayanya": "tarif", "bayarnya": "tarif", "ongkos": "tarif", "uang": "tarif",
    "retribusi": "tarif", "kena": "tarif", "jadinya": "selesai", "nunggu": "selesai", "proses": "selesai",
    "prosesnya": "selesai", "diproses": "selesai", "selesainya": "selesai", "penyelesaian": "selesai",
    "diselesaikan": "selesai", "nunggunya": "selesai", "menunggu": "selesai", "bawa": "syarat", "berkas": "syarat",
    "dokumen": "syarat", "persyaratan": "syarat", "syaratnya": "syarat", "berkasnya": "syarat", "dibawa": "syarat",
    "membawa": "syarat", "mana": "tempat", "dimana": "tempat", "loket": "tempat", "ruang": "tempat",
    "dilayani": "tempat", "datang": "tempat", "buka": "pukul", "jam": "pukul", "masa": "berlaku",
    "berlakunya": "berlaku", "habis": "berlaku", "yg": "yang", "brp": "berapa", "sy": "saya", "utk": "untuk",
}  # fmt: skip
LAPOR = re.compile(
    r"(?i)lapor|mengadu|tolong|padam|\bmati\b|bocor|mampet|banjir|sampah|berisik|resah|bolong|berlubang|rusak parah"
    r"|roboh|dahan|liar|bau|minta uang|memeras|membentak|gelap|keruh|ambrol|tumpuk"
)


def predict(task, input):
    said = [turn["isi"] for turn in input["percakapan"] if turn["peran"] == "warga"]
    if LAPOR.search(said[-1]):
        return forward(said[-1], input)
    articles = [(article, set(words(f"{article['judul']} {article['isi']}"))) for article in input["panduan"]]
    rare = {
        word: math.log(len(articles) / sum(word in held for _, held in articles))
        for _, all_ in articles
        for word in all_
    }

    def score(text, held):
        return sum(rare[word] for word in set(words(text)) & held)

    def rank(row):
        return score(said[-1], row[1]) + 0.5 * sum(score(text, row[1]) for text in said[-3:-1])

    article, held = max(articles, key=rank)
    named = [word for word in words(said[-1]) if word not in ARTI.values()]
    if rank((article, held)) < 2 or (len(named) > 1 and not any(word in rare for word in named)):
        return reply("Maaf, panduan kami tidak memuat hal itu.", "tolak")
    sentences = re.split(r"(?<=[.!?;]) |, sedangkan ", article["isi"])
    best = max(sentences, key=lambda one: score(" ".join(said[-2:]), set(words(one))))
    return reply(best, "jawab", [article["pasal"]])


def forward(text, input):
    agency = max(input["instansi"], key=lambda one: shared(text, one["urusan"]))
    category = max(input["kategori"], key=lambda one: shared(text, one))
    return reply(f"Laporan Anda kami teruskan ke {agency['nama']}.", "teruskan", (), agency["nama"], category)


def shared(one, other):
    """Beginnings of words that both have: "lampu" and "lampunya", "saluran" and "salurannya"."""
    return len({word[:5] for word in words(one)} & {word[:5] for word in words(other)})


def words(text):
    found = re.findall(r"\w+", text.lower())
    return [ARTI.get(word, word) for word in found if word not in BIASA and (len(word) > 2 or word in ARTI)]


def reply(text, act, articles=(), agency=None, category=None):
    return {"jawaban": text, "rujukan": list(articles), "tindakan": act, "instansi": agency, "kategori": category}
