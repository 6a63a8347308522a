"""Keadaan yang menentukan biaya, waktu, dan berkas: bagaimana pasal menyebutnya, dan bagaimana warga mengatakannya."""

import re

# Jenis, bunyi dalam pasal untuk keadaan 0 dan 1, ucapan warga untuk keadaan 0 dan 1.
KINDS = (
    (
        "domisili",
        r"(?:warga|penduduk|ktp) kota|warga (?!dari luar)",
        r"luar kota|luar daerah|bukan warga",
        r"asli sini|orang sini|warga \w+|ktp\w* (?:saya )?(?:di )?[a-z]+(?! luar)",
        r"luar kota|pendatang|perantau|kabupaten|bukan orang sini|ngontrak",
    ),
    (
        "kartu",
        r"kartu sejahtera",
        r"tanpa kartu sejahtera|pemohon umum",
        r"kartu sejahtera",
        r"(?:tidak|ndak|nggak|teu|ora|tdk) (?:dapat|punya)|pemohon umum|tanpa kartu",
    ),
    ("baru", r"\bbaru\b|pertama", r"perpanjangan", r"pertama kali|belum pernah", r"perpanjang"),
    ("ganti", r"rusak", r"hilang", r"rusak|sobek", r"hilang|ilang"),
    (
        "lembaga",
        r"perorangan|pribadi",
        r"lembaga|badan usaha|komersial",
        r"pribadi|perorangan|sendiri",
        r"perusahaan|yayasan|\bcv\b|\bpt\b|komersial",
    ),
    (
        "hari",
        r"senin sampai jumat|(?<!\d )(?<!\w )hari kerja (?!sejak)",
        r"sabtu dan minggu|akhir pekan",
        r"selasa|kamis|rabu|senin",
        r"minggu|sabtu",
    ),
    ("usia", r"\banak\b", r"dewasa", r"\banak\b", r"saya sendiri|saya sekalian|dewasa"),
    ("pelajar", r"umum", r"pelajar", r"umum", r"pelajar|\bsma\b|\bsmp\b|sekolah"),
)
BELOW = re.compile(r"(?:di bawah|belum berumur|sampai|paling banyak) (\d+) (\w+)")
ABOVE = re.compile(r"(?:lebih dari|di atas|sudah berumur|berumur) (\d+) (\w+)")


def of_person(text):
    """What a citizen tells of a person, by kind."""
    known = {}
    for kind, _, _, zero, one in KINDS:
        if re.search(one, text):
            known[kind] = 1
        elif re.search(zero, text):
            known[kind] = 0
    for number, unit in re.findall(r"(\d+) (tahun|[a-z]+)", text):
        known[unit] = int(number)
    return known


def holds(clause, known):
    """Whether a part of an article holds for a person: True, False, None where that is unknown; "" where it names no
    state."""
    for pattern, fits in (
        (BELOW, lambda own, bound, unit: own < bound or (own == bound and unit != "tahun")),
        (ABOVE, lambda own, bound, unit: own > bound or (own == bound and unit == "tahun")),
    ):
        found = pattern.search(clause)
        if found:
            own = known.get(found[2])
            return None if own is None else fits(own, int(found[1]), found[2])
    for kind, zero, one, _, _ in KINDS:
        state = 1 if re.search(one, clause) else 0 if re.search(zero, clause) else None
        if state is not None:
            return known[kind] == state if kind in known else None
    return ""


def choose(clauses, known, said):
    """The part that holds: the only one, the one whose state is the person's, the one whose words were said, or the
    general one. None: unknown."""
    if len(clauses) == 1:
        return clauses[0]
    told = [(holds(clause, known), clause) for clause in clauses]
    for verdict, clause in told:
        if verdict is True:
            return clause
    if any(verdict is None for verdict, _ in told):
        return None
    general = [clause for verdict, clause in told if verdict == ""]
    return general[0] if len(general) == 1 else nearest(general, said)


def nearest(clauses, said):
    """The clause with words that the others lack and the citizen said, lately first; None where none has."""
    words = [{word[:5] for word in re.findall(r"[a-z]{3,}", clause.lower())} for clause in clauses]
    own = [one - set().union(*(other for other in words if other is not one)) for one in words]
    for text in reversed(said):
        spoken = {word[:5] for word in re.findall(r"[a-z]{3,}", text)}
        hits = [len(one & spoken) for one in own]
        if hits and max(hits) > 0 and hits.count(max(hits)) == 1:
            return clauses[hits.index(max(hits))]
    return None
