"""Pembanding: lampiran, tanggal berlaku, zona, dan angka dengan satuannya, dibaca dari baris pertama yang cocok."""

import re

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()
TANGGAL = r"(\d{1,2}) (" + "|".join(BULAN) + r") (\d{4})"
# Kata dalam aturan, pola dalam berkas, dan apakah angkanya paling sedikit (+1) atau paling banyak (-1).
UKURAN = (
    (r"(\d+) m2", r"(\d+) (?:m2|meter persegi)", 1),
    (r"(\d+) meter", r"(\d+) (?:meter|m)\b(?! persegi)", 1),
    (r"(\d+) kendaraan", r"(\d+) (?:kendaraan|mobil|motor)", 1),
    (r"(\d+) orang", r"(\d+) orang", -1),
    (r"Rp(\d+)(?: juta|\.000\.000)", r"Rp(\d+)(?: juta|\.000\.000)", -1),
    (r"pukul (\d+)", r"sampai (?:pukul )?(\d+)\.\d\d", -1),
    (r"berumur \D*(\d+)", r"(\d+) tahun", 1),
)


def predict(task, input):
    rules = [rule | {"bunyi": holding(rule["bunyi"], input["izin"])} for rule in input["aturan"]]
    return {"putusan": [decide(file, rules) for file in input["berkas"]]}


def holding(wording, licence):
    """The part of a rule that holds for this licence: after "untuk" where the licence is named there."""
    general, _, special = wording.partition("; untuk ")
    return special if special.startswith(licence) else general


def decide(file, rules):
    trail = [check(rule, file["isi"]) for rule in rules]
    broken = [row["pasal"] for row in trail if row["dipenuhi"] is False]
    left = [row["pasal"] for row in trail if row["dipenuhi"] is None]
    verdict = "tolak" if broken else "lengkapi" if left else "terima"
    return {"id": file["id"], "keputusan": verdict, "pasal": broken or left, "jejak": trail}


def check(rule, text):
    wording = rule["bunyi"]
    if wording.endswith(" dilampirkan."):
        paper = re.escape(wording.removesuffix(" dilampirkan."))
        found = re.search(rf"(?i){paper}(?! menyusul)[^;\n]*", text)
        return row(rule, True if found else None, found)
    if "masih berlaku" in wording:
        found = re.search(rf"(?i)berlaku sampai {TANGGAL}", text)
        asked = re.search(rf"(?i)(?:permohonan: |diajukan |pada ){TANGGAL}", text)
        return row(rule, day(found) >= day(asked) if found and asked else None, found)
    if "zona" in wording:
        found = re.search(r"zona (\w+)", text)
        return row(rule, found[1] in wording if found else None, found)
    for in_rule, in_file, sign in UKURAN:
        limit, found = re.search(in_rule, wording), re.search(in_file, text)
        if limit:
            return row(rule, sign * int(found[1]) >= sign * int(limit[1]) if found else None, found)
    return row(rule, None, None)


def day(match):
    return int(match[3]), BULAN.index(match[2].lower()), int(match[1])


def row(rule, met, found):
    return {"pasal": rule["pasal"], "dipenuhi": met, "bukti": found[0] if found else ""}
