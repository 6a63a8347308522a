"""Hidden cases from a seed: rules of a licence and three application files, two of which differ only in the person.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. Kinds of rules with
their own bounds, worded in several ways, are drawn six to eight at a time; files state their facts as a form or in
sentences, in figures, words, sides of a room, dates and kilometres, among remarks that no rule asks about.
"""

import datetime as dt
import hashlib
import random

import generate_words as words
from generate_rules import FACTS, PAPERS, VALID

DECISIONS = ("terima", "tolak", "lengkapi")
# What no rule asks about, though some of it sounds like it: another's age, last year's hours, plans.
REMARKS = (
    "Pemohon datang bersama keluarganya.",
    "Berkas diterima lewat loket dua.",
    "Pemohon baru pindah ke daerah ini.",
    "Permohonan dikirim dari kantor kecamatan.",
    "Luas tanah seluruhnya {area} m2.",
    "Pendamping pemohon berumur {age} tahun.",
    "Tahun depan direncanakan menambah {few} orang pekerja.",
    "Jarak ke pasar {far} meter.",
    "Sampai tahun lalu tempat ini buka pukul 08.00 sampai 24.00.",
    "Parkir pasar di seberang muat {many} kendaraan.",
    "Pemilik lama menaruh modal Rp{much} juta.",
    "Izin pemilik lama dicabut tahun 2025.",
    "Sewa tempat dibayar sampai 31 Desember {year}.",
    "Tempat usaha sebelumnya di zona industri.",
)
SAID = ("{label}: {text}", "{label} {text}.", "{label} : {text}", "- {label}: {text}")
# The same fact under another heading, or told in a sentence.
OTHERWISE = {
    "Luas tempat usaha": ("Ukuran ruang usaha: {text}", "Ruang usahanya {text}.", "Luas: {text}"),
    "Umur": ("Pemohon berumur {text}.", "Usia pemohon: {text}"),
    "Tanggal lahir": ("Lahir {text}.", "Lahir pada {text}."),
    "Modal usaha": ("Modal: {text}", "Untuk memulai disiapkan {text}.", "Modalnya {text}, sebagian pinjaman."),
    "Jumlah pekerja": ("Pekerja: {text}", "Yang bekerja di sana {text}."),
    "Jarak ke sekolah terdekat": ("Sekolah terdekat: {text}", "Dari sekolah {text}.", "SD terdekat berjarak {text}."),
    "Jam buka": ("Buka {text}.", "Buka setiap hari {text}, Senin libur."),
    "Tempat parkir": ("Parkir: {text}", "Halaman depan muat {text}."),
    "Riwayat izin": ("Menurut catatan, {text}.", "Riwayat: {text}"),
    "Limbah": ("Limbah cair: {text}", "Air bekas pakai: {text}"),
    "Letak": ("Tempat usaha di {text}.", "Menurut peta: {text}"),
}


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}; each decision comes up equally often over the files."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"kelayakan-perizinan/1\0" + seed).digest(), "big"))
    wanted = []
    for number in range(1, count + 1):
        if len(wanted) < 2:
            more = list(DECISIONS) * 2
            rng.shuffle(more)
            wanted += more
        yield {"id": f"k{number:03}", **make(rng, wanted.pop(), wanted.pop())}


def make(rng, decision, other):
    """One case. The file of the twins is decided by `decision`, the third by `other`."""
    date = dt.date(2026, rng.randrange(1, 13), rng.randrange(1, 28))
    licence = rng.choice(words.LICENCES)
    rules = _rules(rng, date, licence)
    body, answer = _file(rng, rules, decision, date)
    third, third_answer = _file(rng, rules, other, date)
    woman, home = rng.random() < 0.5, rng.choice(words.ORIGINS)
    away = rng.choice([origin for origin in words.ORIGINS if origin != home])
    files = [
        (_head(rng, date, woman, home) + body, answer, True),
        (_head(rng, date, not woman, away) + body, answer, True),
        (_head(rng, date, rng.random() < 0.5, rng.choice(words.ORIGINS)) + third, third_answer, False),
    ]
    rng.shuffle(files)
    names = [f"b{at}" for at in range(1, 4)]
    return {
        "input": {
            "izin": licence,
            "aturan": [{"pasal": article, "bunyi": wording} for article, wording, _, _ in rules],
            "berkas": [{"id": name, "isi": "\n".join(lines)} for name, (lines, _, _) in zip(names, files, strict=True)],
        },
        "expected": {
            "putusan": [{"id": name, **answer} for name, (_, answer, _) in zip(names, files, strict=True)],
            "kembar": [name for name, (_, _, twin) in zip(names, files, strict=True) if twin],
        },
    }


def _rules(rng, date, licence):
    """[(article, wording, tell, whether it breaks: None for a paper to attach)], by article."""
    chosen = [(make, True) for make in rng.sample(FACTS, rng.randrange(4, 6))]
    chosen += [(make, None) for make in rng.sample(PAPERS, rng.randrange(1, 3))]
    chosen += [(rng.choice(VALID), True)]
    rng.shuffle(chosen)
    articles = sorted(rng.sample(range(2, 30), len(chosen)))
    return [
        (str(article), *make(rng, date, licence), breaks)
        for article, (make, breaks) in zip(articles, chosen, strict=True)
    ]


def _file(rng, rules, decision, date):
    """The lines below the head, and the answer about them."""
    states = _states(rng, rules, decision)
    lines, trail, attached = [], [], []
    for (article, wording, tell, breaks), state in zip(rules, states, strict=True):
        if state == "open":
            # Promised is not attached.
            if breaks is None and rng.random() < 0.5:
                attached.append(f"{wording.removesuffix(' dilampirkan.')} menyusul")
            trail.append({"pasal": article, "dipenuhi": None, "bukti": ""})
            continue
        label, text = tell(state)
        if label == "Lampiran":
            attached.append(text)
        else:
            forms = SAID + 2 * OTHERWISE.get(label, ())
            lines.append(rng.choice(forms).format(label=label, text=text))
        trail.append({"pasal": article, "dipenuhi": state == "met", "bukti": text})
    lines += [_remark(rng, date, form) for form in rng.sample(REMARKS, rng.randrange(2, 5))]
    rng.shuffle(lines)
    lines.append("Lampiran: " + "; ".join(attached or ["-"]))
    faults = [row["pasal"] for row in trail if row["dipenuhi"] is not True]
    if decision == "tolak":
        # What is open does not matter where something is broken: the reason is what is broken.
        faults = [row["pasal"] for row in trail if row["dipenuhi"] is False]
    return lines, {"keputusan": decision, "pasal": faults, "jejak": trail}


def _remark(rng, date, form):
    return form.format(
        area=rng.randrange(90, 400),
        age=rng.randrange(16, 70),
        few=rng.randrange(2, 9),
        far=rng.randrange(20, 90, 10),
        many=rng.randrange(20, 90),
        much=rng.randrange(300, 900, 50),
        year=date.year - rng.randrange(0, 2),
    )


def _states(rng, rules, decision):
    """A state a rule that leads to the decision: broken beats open, open beats met."""
    states = ["met"] * len(rules)
    if decision == "tolak":
        breakable = [at for at, rule in enumerate(rules) if rule[3]]
        for at in rng.sample(breakable, rng.choice((1, 1, 2))):
            states[at] = "broken"
        if rng.random() < 0.3:
            states[rng.choice([at for at, state in enumerate(states) if state == "met"])] = "open"
    if decision == "lengkapi":
        for at in rng.sample(range(len(rules)), rng.choice((1, 1, 2))):
            states[at] = "open"
    return states


def _head(rng, date, woman, origin):
    sex = "Perempuan" if woman else "Laki-laki"
    return [
        f"Pemohon: {words.applicant(rng, woman)}",
        f"Jenis kelamin: {sex}",
        f"Asal: {origin}",
        f"Alamat usaha: Jalan {rng.choice(words.STREETS)} {rng.randrange(1, 90)}",
        f"Tanggal permohonan: {words.day(date)}",
    ]
