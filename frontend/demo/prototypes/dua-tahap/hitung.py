"""Hitungan kantor: baris tabel atau daftar di dalam teks, dan jumlah, bagian, serta rata-ratanya."""

import re
from collections import Counter

UNIT = re.compile(r"\b(?:Subbagian|Bagian|Bidang|Seksi|UPTD)(?: [A-Z]\w*| dan(?= [A-Z]))+")
PERSON = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\b")
AMOUNT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])")
UNCOUNTED = re.compile(r"(?i)ganda|coret|dihitung|dua kali")


def jawaban(text):
    """Yang dapat dihitung dari teks, menurut nama isian; kosong bila tidak ada tabel atau daftar."""
    lines = text.splitlines()
    return anggaran(lines) or anggaran(re.split(r"(?<=\D)[.,] ", text)) or kehadiran(lines) or laporan(lines)


def anggaran(lines):
    rows = []
    for line in lines:
        unit = UNIT.search(line)
        amounts = [int(found.replace(".", "")) for found in AMOUNT.findall(line)]
        if unit and len(amounts) == 2:
            rows.append((unit[0], max(amounts), min(amounts)))
    if len(rows) < 3:
        return {}
    given, spent = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return {
        "total_pagu": given,
        "total_realisasi": spent,
        "sisa_anggaran": given - spent,
        "persen_serapan": round(100 * spent / given, 1),
        "jumlah_unit": len(rows),
        "serapan_terendah": min(rows, key=lambda row: row[2] / row[1])[0],
    }


def kehadiran(lines):
    rows = []
    for line in lines:
        name = PERSON.search(line)
        numbers = [int(number) for number in re.findall(r"\b\d{1,2}\b", line[name.end() :])] if name else []
        if len(numbers) == 3 and numbers[0] <= 31:
            rows.append((name[0], *numbers))
    if len(rows) < 3:
        return {}
    here = [row[1] for row in rows]
    return {
        "jumlah_pegawai": len(rows),
        "total_izin": sum(row[2] for row in rows),
        "total_sakit": sum(row[3] for row in rows),
        "rata_rata_hadir": round(sum(here) / len(rows), 1),
        "hadir_terbanyak": rows[here.index(max(here))][0],
    }


def laporan(lines):
    kinds = ("air bersih", "sampah", "penerangan", "perizinan", "kesehatan", "jalan")
    rows = []
    for line in lines:
        # Kategori ada di dalam kurung atau kolom; kata itu sendiri bisa saja nama jalan.
        kind = next((kind for kind in kinds if re.search(rf"[\[(|] *{kind}\b", line)), None)
        days = re.search(r"(\d+) hari", line)
        if kind and not UNCOUNTED.search(line):
            rows.append((kind, int(days[1]) if days else None))
    if len(rows) < 4:
        return {}
    done = [days for _, days in rows if days is not None]
    found = {
        "jumlah_laporan": len(rows),
        "laporan_selesai": len(done),
        "persen_selesai": round(100 * len(done) / len(rows), 1),
        "kategori_terbanyak": Counter(kind for kind, _ in rows).most_common(1)[0][0],
    }
    if done:
        found |= {"rata_rata_hari": round(sum(done) / len(done), 1), "hari_terlama": max(done)}
    return found
