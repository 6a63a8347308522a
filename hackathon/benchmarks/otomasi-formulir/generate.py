"""Hidden cases from a seed: letters and messages, each with a form to be filled. Standard library only.

The same seed gives the same cases on every host: the only source of chance is `random.Random`, whose sequences Python
keeps stable. Eleven kinds of letters, each a grammar with optional facts and an official and a free form, and three of
tables and lists to count from are crossed with thousands of names, 240 offices, free dates and numbers, several ways of
writing each value, three kinds of damage, and a free choice and order of the fields asked.
"""

import hashlib
import random

import generate_fields as fields
import generate_letters as letters
import generate_notes as notes
import generate_tables as tables
from generate_sheet import Sheet

# Per kind: who writes it, and fields that no text of this kind can answer.
KINDS = (
    (letters.memo, ("jumlah_barang", "lokasi", "angkutan", "jumlah_uang", "telepon", "jam_mulai")),
    (letters.invitation, ("biaya", "nip", "jenis_cuti", "format_data", "lama_hari", "tenggat")),
    (letters.leave, ("biaya", "tujuan", "nomor_surat", "format_data", "jam_mulai", "angkutan")),
    (letters.assignment, ("telepon", "jumlah_peserta", "jenis_cuti", "jam_mulai", "tenggat", "narahubung")),
    (letters.certificate, ("telepon", "biaya", "tenggat", "tujuan", "lama_hari", "jumlah_peserta")),
    (notes.complaint, ("nip", "nomor_surat", "tenggat", "penandatangan", "jumlah_peserta", "jam_mulai")),
    (notes.rescheduled, ("nomor_surat", "biaya", "penandatangan", "lama_hari", "nip", "tenggat")),
    (notes.receipt, ("telepon", "tenggat", "lama_hari", "tujuan", "nip", "jumlah_barang")),
    (notes.order, ("telepon", "tujuan", "jam_mulai", "narahubung", "tanggal_acara", "nip")),
    (notes.data_request, ("biaya", "jam_mulai", "nip", "jumlah_peserta", "tempat", "lama_hari")),
    (notes.room, ("biaya", "nomor_surat", "penandatangan", "tenggat", "nip", "tujuan")),
    (tables.budget, ("telepon", "narahubung", "jumlah_laporan", "rata_rata_hari", "total_izin", "tenggat")),
    (tables.reports, ("total_pagu", "persen_serapan", "jumlah_pegawai", "nip", "rata_rata_hadir", "jam_mulai")),
    (tables.attendance, ("jumlah_laporan", "persen_selesai", "total_realisasi", "nip", "telepon", "hari_terlama")),
)
# A field on the left is not asked where it is missing but follows from the fields on the right.
DERIVED = {
    "tanggal_selesai": {"tanggal_mulai", "lama_hari"},
    "lama_hari": {"tanggal_mulai", "tanggal_selesai"},
    "total_harga": {"harga_satuan", "jumlah_barang"},
    "harga_satuan": {"total_harga", "jumlah_barang"},
}
NOISE = ("none", "none", "none", "typing", "typing", "scan")


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}; every kind of text comes up about equally often."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"otomasi-formulir/1\0" + seed).digest(), "big"))
    order = []
    seen = set()
    for number in range(1, count + 1):
        if not order:
            order = list(KINDS)
            rng.shuffle(order)
        write, foreign = order.pop()
        case = make(rng, write, foreign)
        while case["input"]["teks"] in seen:
            case = make(rng, write, foreign)
        seen.add(case["input"]["teks"])
        yield {"id": f"k{number:03}", **case}


def make(rng, write, foreign):
    """One case: a text with the facts in it, and questions of which some have no answer there."""
    sheet = Sheet(rng, rng.choice(NOISE))
    write(sheet)
    present = sorted(sheet.truth)
    asked = rng.sample(present, min(len(present), rng.randrange(4, 8)))
    absent = sorted((sheet.dropped | set(foreign)) - set(present))
    absent = [name for name in absent if not (name in DERIVED and DERIVED[name] <= sheet.truth.keys())]
    asked += rng.sample(absent, min(len(absent), rng.randrange(1, 4)))
    rng.shuffle(asked)
    expected = {"isian": {name: sheet.truth.get(name) for name in asked}}
    also = {name: sheet.also[name] for name in asked if name in sheet.also}
    if also:
        expected["juga"] = also
    return {
        "input": {"teks": sheet.text(), "isian": [fields.question(rng, name) for name in asked]},
        "expected": expected,
    }
