"""Office analytics: small tables and lists of messages, of which sums, counts, shares and averages are asked.

What is asked stands nowhere in the text as such: it follows from the rows. Each list has rows that must not be counted,
totals of another month beside it, or both.
"""

import generate_words as words
from generate_fields import KATEGORI

PROBLEMS = {
    "jalan": ("jalan berlubang", "aspal mengelupas", "trotoar ambles", "bahu jalan longsor"),
    "air bersih": ("air ledeng keruh", "pipa bocor", "air mati sejak subuh", "tekanan air kecil"),
    "sampah": ("sampah tidak diangkut", "bak sampah penuh", "sampah dibakar di lahan kosong", "sampah menutup selokan"),
    "penerangan": ("lampu jalan padam", "tiang lampu miring", "lampu taman berkedip", "kabel lampu putus"),
    "perizinan": ("izin usaha tertunda", "berkas izin hilang", "loket izin tutup lebih awal", "syarat izin berubah"),
    "kesehatan": ("antrean puskesmas panjang", "obat habis", "jadwal posyandu tidak jelas", "fogging belum datang"),
}
PLACES = "Melati Cempaka Kenari Merpati Seruni Anggrek Rajawali Kamboja Beringin Dahlia Flamboyan Cendana".split()


def budget(sheet):
    """A table of budget and spending, one row for each unit of an office."""
    rng = sheet.rng
    rows = []
    for unit in rng.sample(words.UNITS, rng.randrange(4, 8)):
        given = rng.randrange(20, 181) * 500_000
        rows.append((unit, given, given * rng.randrange(35, 99) // 100 // 50_000 * 50_000))
    month = rng.randrange(1, 13)
    sheet.line(
        "REALISASI ANGGARAN\n{office}\nBulan {month} {year}",
        "{office} - serapan anggaran sampai {month} {year}",
        "Rekap belanja {office}, {month} {year}",
        office=words.office(rng),
        month=words.MONTHS[month - 1],
        year=rng.randrange(2024, 2028),
    )
    sheet.gap()
    shape = rng.choice(
        (
            "{unit} | Rp{given} | Rp{spent}",
            "- {unit}: pagu Rp{given}, realisasi Rp{spent}",
            "{unit}; {given}; {spent}",
            "* {unit} mendapat pagu Rp{given} dan memakai Rp{spent}",
        )
    )
    sheet.line(
        "Unit | Pagu | Realisasi"
        if "|" in shape
        else "Unit; pagu; realisasi (rupiah)"
        if ";" in shape
        else "Rinciannya:"
    )
    for unit, given, spent in rows:
        sheet.line(shape, unit=unit, given=dotted(given), spent=dotted(spent))
    sheet.gap()
    if rng.random() < 0.5:
        sheet.line(
            "Bulan lalu realisasi seluruhnya baru Rp{other}.",
            "Sebagai pembanding, realisasi bulan sebelumnya Rp{other}.",
            other=dotted(rng.randrange(20, 400) * 500_000),
        )
    given, spent = sum(row[1] for row in rows), sum(row[2] for row in rows)
    shares = sorted((row[2] / row[1], row[0]) for row in rows)
    sheet.truth |= {
        "total_pagu": given,
        "total_realisasi": spent,
        "sisa_anggaran": given - spent,
        "persen_serapan": round(100 * spent / given, 1),
        "jumlah_unit": len(rows),
    }
    # Two units that are as low as each other have no answer that is right.
    if shares[1][0] - shares[0][0] > 0.005:
        sheet.truth["serapan_terendah"] = shares[0][1]


def reports(sheet):
    """A list of complaints with category and state; doubles are marked and not counted."""
    rng = sheet.rng
    start = words.day(rng)
    rows = []
    for _ in range(rng.randrange(5, 10)):
        kind = rng.choice(KATEGORI)
        done = rng.randrange(1, 15) if rng.random() < 0.65 else None
        rows.append((kind, rng.choice(PROBLEMS[kind]), done))
    sheet.line(
        "REKAP LADUAN WARGA\n{office}\n{date}",
        "Laporan yang masuk ke {office} sampai {date}:",
        "Catatan laduan, {office}, {date}",
        office=words.office(rng),
        date=f"{start.day} {words.MONTHS[start.month - 1]} {start.year}",
    )
    shape = rng.choice(
        (
            "{no}. {who}: {problem} di Jalan {place} ({kind}; {state})",
            "{no}) [{kind}] {problem}, Jalan {place}, dari {who} - {state}",
            "{no} | {kind} | {problem}, Gang {place} | {who} | {state}",
        )
    )
    doubled = rng.randrange(len(rows)) if rng.random() < 0.5 else None
    number = 0
    for at, (kind, problem, done) in enumerate(rows):
        given = {"kind": kind, "problem": problem, "place": rng.choice(PLACES)}
        states = ["belum selesai"] if done is None else [f"selesai dalam {done} hari"]
        states += [f"ganda dengan nomor {number + 1}, tidak dihitung"] if at == doubled else []
        for state in states:
            number += 1
            sheet.line(shape, no=number, who=words.person(rng), state=state, **given)
    sheet.gap()
    if rng.random() < 0.5:
        sheet.line(
            "Minggu lalu masuk {other} laporan.",
            "Pekan sebelumnya ada {other} laporan, semuanya selesai.",
            other=rng.randrange(3, 20),
        )
    days = [done for _, _, done in rows if done is not None]
    counts = sorted(((sum(kind == row[0] for row in rows), kind) for kind in KATEGORI), reverse=True)
    sheet.truth |= {
        "jumlah_laporan": len(rows),
        "laporan_selesai": len(days),
        "persen_selesai": round(100 * len(days) / len(rows), 1),
    }
    if days:
        sheet.truth |= {"rata_rata_hari": round(sum(days) / len(days), 1), "hari_terlama": max(days)}
    if counts[0][0] > counts[1][0]:
        sheet.truth["kategori_terbanyak"] = counts[0][1]


def attendance(sheet):
    """A list of people with days present, on leave and ill."""
    rng = sheet.rng
    month = words.day(rng)
    people, rows = set(), []
    while len(rows) < rng.randrange(4, 8):
        name = words.person(rng)
        if name not in people:
            people.add(name)
            leave, ill = rng.choice((0, 0, 1, 2, 3)), rng.choice((0, 0, 0, 1, 2, 4))
            rows.append((name, 22 - leave - ill - rng.choice((0, 0, 1, 2)), leave, ill))
    sheet.line(
        "DAFTAR HADIR {unit}\n{month} {year}, 22 hari kerja",
        "Rekap kehadiran {unit} bulan {month} {year} (22 hari kerja)",
        "{unit}: kehadiran {month} {year}. Hari kerja 22.",
        unit=rng.choice(words.UNITS),
        month=words.MONTHS[month.month - 1],
        year=month.year,
    )
    sheet.gap()
    shape = rng.choice(
        (
            "{name}: hadir {here}, izin {leave}, sakit {ill}",
            "{name} | {here} | {leave} | {ill}",
            "{name} hadir {here} hari, izin {leave} hari, sakit {ill} hari",
        )
    )
    if "|" in shape:
        sheet.line("Nama | Hadir | Izin | Sakit")
    for name, here, leave, ill in rows:
        sheet.line(shape, name=name, here=here, leave=leave, ill=ill)
    sheet.gap()
    if rng.random() < 0.4:
        sheet.line(
            "Bulan sebelumnya izin seluruhnya {other} hari.",
            "Pada bulan sebelumnya tercatat {other} hari izin.",
            other=rng.randrange(1, 20),
        )
    here = [row[1] for row in rows]
    most = max(here)
    sheet.truth |= {
        "jumlah_pegawai": len(rows),
        "total_izin": sum(row[2] for row in rows),
        "total_sakit": sum(row[3] for row in rows),
        "rata_rata_hadir": round(sum(here) / len(rows), 1),
    }
    if here.count(most) == 1:
        sheet.truth["hadir_terbanyak"] = next(row[0] for row in rows if row[1] == most)


def dotted(number):
    """The number with its thousands parted by dots."""
    return f"{number:,}".replace(",", ".")
