"""The handbook of one city: its services, each aspect in an article, and the facts of each for both states.

An aspect is `{"pasal", "facts": [of state 0, of state 1], "answers": likewise, "split"}`; `split`: the states differ.
"""

import generate_conditions as conditions
import generate_services as services
import generate_words as words

ASPECTS = ("biaya", "lama", "syarat", "tempat", "jam", "berlaku")
NOT_LASTING = {
    "sewa balai warga",
    "izin keramaian lingkungan",
    "vaksinasi hewan peliharaan",
    "pengangkutan barang besar",
    "pelatihan kerja",
    "pengesahan fotokopi dokumen",
    "pemangkasan pohon",
    "sewa lapangan olahraga",
    "beasiswa daerah",
}
NOT_PAID = {"beasiswa daerah"}

HEADINGS = {
    "biaya": ("Biaya {s}", "Tarif", "Retribusi {s}", "{S}"),
    "lama": ("Jangka waktu {s}", "Waktu penyelesaian", "{S}"),
    "syarat": ("Persyaratan {s}", "Kelengkapan berkas", "{S}"),
    "tempat": ("Tempat pelayanan {s}", "Lokasi", "{S}"),
    "jam": ("Waktu pelayanan {s}", "Jam buka", "{S}"),
    "berlaku": ("Masa berlaku {s}", "Masa berlaku", "{S}"),
}
SPLIT = {
    "biaya": (
        "{S} dikenai tarif {x0} bagi {b0} dan {x1} bagi {b1}.",
        "Tarif {s}: {b0} {x0}; {b1} {x1}.",
        "Retribusi {s} sebesar {x0}. Khusus {b1} dikenai {x1}.",
        "Untuk {s}, {b1} membayar {x1}, sedangkan {b0} membayar {x0}.",
    ),
    "lama": (
        "{S} selesai dalam {x0} bagi {b0} dan {x1} bagi {b1}, dihitung sejak berkas lengkap.",
        "Penyelesaian {s}: {b0} {x0}; {b1} {x1}.",
        "{S} diselesaikan paling lama {x0}. Khusus {b1} paling lama {x1}.",
        "Untuk {s}, {b1} menunggu {x1}, sedangkan {b0} menunggu {x0}.",
    ),
    "berlaku": (
        "{S} berlaku {x0} bagi {b0} dan {x1} bagi {b1}.",
        "Masa berlaku {s}: {b0} {x0}; {b1} {x1}.",
        "{S} berlaku {x0}. Khusus {b1} masa berlakunya {x1}.",
    ),
}
WHOLE = {
    "biaya": ("Tarif {s}: {x0}.", "Bagi semua pemohon, {s} {x0}.", "Besar retribusi {s}: {x0}."),
    "lama": (
        "{S} selesai dalam {x0}.",
        "Permohonan {s} diproses {x0} sejak diterima.",
        "Hasil {s} dapat diambil setelah {x0}.",
    ),
    "berlaku": ("{S} berlaku {x0}.", "Masa berlaku {s} adalah {x0} sejak diterbitkan."),
    "tempat": ("{S} dilayani di {x0}.", "Berkas {s} diserahkan di {x0}.", "Untuk {s}, pemohon datang ke {x0}."),
    "jam": (
        "{S} dilayani Senin sampai Kamis pukul {x0}; Jumat pukul {x1}.",
        "Loket {s} buka pukul {x0}. Pada hari Jumat buka pukul {x1}.",
    ),
}
IDLE = {
    "biaya": (
        " Tarif lama {old} tidak berlaku lagi.",
        " Pembayaran hanya melalui bank daerah.",
        " Sebelum tahun ini tarifnya {old}.",
        "",
        "",
    ),
    "lama": (" Berkas yang tidak diambil disimpan di arsip.", " Pemohon diberi tahu lewat pesan singkat.", "", ""),
    "syarat": (" Fotokopi tidak perlu dilegalisasi.", " Berkas diserahkan dalam map hijau.", "", ""),
    "tempat": (" Nomor antrean diambil di pintu masuk.", " Tersedia jalur kursi roda.", ""),
    "jam": (" Pada hari libur nasional tutup.", ""),
    "berlaku": (" Yang terlambat mengurus diberi surat teguran.", ""),
}
GENERAL = (
    (
        "Ketentuan umum",
        "Petugas melayani menurut nomor antrean dan mendahulukan lansia, ibu hamil serta penyandang disabilitas.",
    ),
    ("Pengambilan", "Hasil layanan diambil sendiri dengan menunjukkan tanda terima dari petugas."),
    ("Berkas", "Berkas yang tidak lengkap dikembalikan pada hari itu juga beserta catatan kekurangannya."),
    ("Pembatalan", "Permohonan dapat dibatalkan sebelum diproses dengan menyerahkan kembali tanda terima."),
    ("Kehilangan tanda terima", "Pemohon yang kehilangan tanda terima mengisi surat pernyataan di meja informasi."),
)


def handbook(rng, city):
    """The articles of a city's handbook, and its services with what they say."""
    chosen, groups = rng.sample(services.SERVICES, 4), []
    # A place is taken from the front; all stay in the list, since another service's is wrong too.
    places = _places(rng)
    held = []
    for letter, row in zip(rng.sample("ABCDEFGHJKLMNPRST", 4), chosen, strict=True):
        service, articles = _service(rng, city, row, places)
        numbers = rng.sample(range(1, 15), len(articles))
        for number, (heading, text, aspects) in zip(sorted(numbers), articles, strict=True):
            name = f"{letter}-{number}"
            groups.append({"pasal": name, "judul": heading, "isi": text})
            for aspect in aspects:
                service["aspects"][aspect]["pasal"] = name
        held.append(service)
    for at, (heading, text) in enumerate(rng.sample(GENERAL, 2), start=1):
        groups.insert(rng.randrange(len(groups) + 1), {"pasal": f"U-{at}", "judul": heading, "isi": text})
    if rng.random() < 0.3:
        rng.shuffle(groups)
    return groups, held


def _places(rng):
    places = [f"loket {number}" for number in rng.sample(range(1, 13), 4)]
    places += [f"Ruang {name}" for name in rng.sample(words.FLOWERS, 3)]
    places += [f"gedung {letter} lantai {rng.randrange(1, 5)}" for letter in rng.sample("ABCDEF", 2)]
    rng.shuffle(places)
    return places


def _service(rng, city, row, places):
    name, called, kinds, unit, papers = row
    kind = rng.choice(kinds)
    bound = rng.choice((17, 18, 21)) if kind == "umur" else rng.choice((3, 4, 5, 8, 10))
    fields = {"city": city, "unit": unit, "bound": bound, "s": name, "S": name[0].upper() + name[1:]}
    for at, state in enumerate(conditions.CONDITIONS[kind]):
        fields[f"b{at}"] = rng.choice(state["book"]).format(**fields)
    without = {"jam"} if kind == "hari" else set()
    without |= ({"berlaku"} if name in NOT_LASTING else set()) | ({"biaya"} if name in NOT_PAID else set())
    usable = [aspect for aspect in ASPECTS if aspect not in without]
    chosen = rng.sample(usable, min(len(usable), rng.choice((3, 4, 4))))
    if not {"biaya", "lama", "syarat"} & set(chosen):
        chosen[0] = "syarat"
    service = {"name": name, "called": called, "kind": kind, "fields": fields, "aspects": {}}
    articles = []
    for aspect in sorted(chosen, key=ASPECTS.index):
        text, service["aspects"][aspect] = _aspect(rng, aspect, fields, kind, papers.split("|"), places)
        if aspect == "lama" and articles and articles[-1][2] == ["biaya"] and rng.random() < 0.3:
            articles[-1] = (f"Biaya dan waktu {name}", f"{articles[-1][1]} {text}", ["biaya", "lama"])
        else:
            articles.append((rng.choice(HEADINGS[aspect]).format(**fields), text, [aspect]))
    return service, articles


def _aspect(rng, aspect, fields, kind, papers, places):
    if aspect == "syarat":
        return _papers(rng, fields, kind, papers)
    if aspect == "tempat":
        place = places.pop(0)
        places.append(place)
        others = [other for other in places if other != place]
        text = rng.choice(WHOLE["tempat"]).format(x0=place, **fields) + rng.choice(IDLE["tempat"])
        fact = {"jenis": "kata", "nilai": [place], "salah": others}
        return text, _both([fact], f"{fields['S']} dilayani di {place}.")
    if aspect == "jam":
        return _hours(rng, fields)
    split = rng.random() < 0.75
    values = _values(rng, aspect)
    if kind == "kartu" and aspect == "biaya":
        # The card is there for those who have little.
        values.sort()
    if not split:
        values = [values[0], values[0]]
    shown = [words.rupiah(value) if aspect == "biaya" else words.span(rng, value) for value in values]
    forms = SPLIT[aspect] if split else WHOLE[aspect]
    form = forms[1] if split and 0 in values else rng.choice(forms)
    old = words.rupiah(max(values) + rng.choice((3_000, 4_000, 7_000, 12_000)) if aspect == "biaya" else 0)
    text = form.format(x0=shown[0], x1=shown[1], **fields) + rng.choice(IDLE[aspect]).format(old=old)
    lead = {"biaya": "biaya", "lama": "waktu penyelesaian", "berlaku": "masa berlaku"}[aspect]
    facts = [[{"jenis": "uang" if aspect == "biaya" else "lama", "nilai": [value], "salah": []}] for value in values]
    answers = [
        f"Bagi {fields[f'b{at}']}, {lead} {fields['s']}: {shown[at]}."
        if split
        else f"{lead[0].upper()}{lead[1:]} {fields['s']}: {shown[at]}."
        for at in (0, 1)
    ]
    return text, {"split": split, "facts": facts, "answers": answers}


def _values(rng, aspect):
    """Two that differ."""
    if aspect == "biaya":
        values = rng.sample([step * rng.choice((500, 1_000, 2_500, 5_000)) for step in range(4, 40)], 2)
        if rng.random() < 0.15:
            values[0] = 0
    elif aspect == "lama":
        values = [f"{number} {rng.choice(('hari', 'hari', 'hari', 'jam'))}" for number in rng.sample(range(2, 15), 2)]
    else:
        values = [f"{number} {rng.choice(('tahun', 'tahun', 'bulan'))}" for number in rng.sample(range(2, 9), 2)]
    return values if values[0] != values[1] else _values(rng, aspect)


def _papers(rng, fields, kind, papers):
    base = rng.sample(papers, min(len(papers), rng.choice((2, 3))))
    extra = [state["paper"] for state in conditions.CONDITIONS[kind]]
    listed = _list(base)
    parts = [f"{fields[f'b{at}']} ditambah {paper[0]}" for at, paper in enumerate(extra) if paper]
    form = rng.choice(
        (
            "Pemohon {s} membawa {listed}; untuk {parts}.",
            "Berkas {s} terdiri atas {listed}. Khusus {parts}.",
            "Syarat {s} adalah {listed}; bagi {parts}.",
        )
    )
    text = form.format(listed=listed, parts=", ".join(parts), **fields) + rng.choice(IDLE["syarat"])
    facts, answers = [], []
    for at in (0, 1):
        # What is not wanted is wrong: who listed all papers there are would send citizens for them. That a state may be
        # named by a KTP tells nothing of the papers.
        wrong = list(extra[1 - at][1]) if extra[1 - at] else []
        wrong += [
            name for paper, names in conditions.PAPERS.items() if paper not in base for name in names if name != "ktp"
        ]
        wanted = [conditions.PAPERS[paper] for paper in base] + ([extra[at][1]] if extra[at] else [])
        facts.append([{"jenis": "kata", "nilai": list(names), "salah": wrong} for names in wanted])
        answers.append(
            f"Bagi {fields[f'b{at}']}, syarat {fields['s']}: {_list(base + ([extra[at][0]] if extra[at] else []))}."
        )
    return text, {"split": True, "facts": facts, "answers": answers}


def _hours(rng, fields):
    week = (
        f"{rng.choice((7, 8))}:{rng.choice(('00', '30'))}",
        f"{rng.choice((13, 14, 15))}:{rng.choice(('00', '30'))}",
    )
    friday = (week[0], f"{rng.choice((10, 11))}:{rng.choice(('00', '30'))}")
    shown = [f"{a.zfill(5).replace(':', '.')} sampai {b.replace(':', '.')}" for a, b in (week, friday)]
    text = rng.choice(WHOLE["jam"]).format(x0=shown[0], x1=shown[1], **fields) + rng.choice(IDLE["jam"])
    facts = [[{"jenis": "jam", "nilai": [one.zfill(5)], "salah": []} for one in times] for times in (week, friday)]
    answers = [
        f"{fields['S']} dilayani {day} pukul {one}."
        for day, one in zip(("pada hari itu", "hari Jumat"), shown, strict=True)
    ]
    return text, {"split": False, "days": True, "facts": facts, "answers": answers}


def _both(facts, answer):
    return {"split": False, "facts": [facts, facts], "answers": [answer, answer]}


def _list(items):
    return f"{', '.join(items[:-1])} dan {items[-1]}" if len(items) > 1 else items[0]
