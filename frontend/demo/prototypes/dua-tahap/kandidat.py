"""Kandidat jawaban di dalam surat: setiap potongan yang bentuknya cocok dengan tipe isian, dengan letaknya."""

import datetime
import re

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()
ANGKA = {kata: n for n, kata in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split())}
GELAR = r"(?:(?:Bapak|Ibu|Pak|Bu|Sdr|Sdri|Mas|Mbak|Dr|dr|Drs|Ir|Prof|Hj|H)\.? )*"
KANTOR = "Dinas Badan Inspektorat Satuan Sekretariat Bagian Subbagian Bidang Seksi UPTD Puskesmas Kantor Karang".split()
BUKAN_NAMA = set(
    "Dinas Badan Bagian Subbagian Bidang Seksi Kepala Sekretaris Kabupaten Kota Provinsi Jalan Gang Lorong Ruang Aula Balai "
    "Pendopo Surat Nota Yth Kepada Dari Perihal Hal Nomor Tanggal Senin Selasa Rabu Kamis Jumat Sabtu Minggu Demikian Mohon "
    "Untuk Atas Dengan Saya Kami Bapak Ibu Saudara Pejabat Satuan Inspektorat Sekretariat Daerah Ahli Muda Pertama Madya "
    "Waktu Tempat Pukul Narahubung Telepon Sifat Lampiran Undangan Rapat Pemerintah".split()
)
TANGGAL = re.compile(r"(?i)\b(\d{1,2})(?:[-/.](\d{1,2})[-/.]| ([a-z]{3,9})\.? )(\d{4})\b")
UANG = re.compile(r"(?i)\brp\.? ?(\d{1,3}(?:\.\d{3})+)|\b(\d+(?:,\d)?) ?(ribu|rb|juta)\b|((?:[a-z]+ ){2,12})rupiah")
NAMA = re.compile(GELAR + r"([A-Z][\w']+(?: [A-Z][\w']+){1,3})")
INSTANSI = re.compile(rf"\b(?:{'|'.join(KANTOR)})(?: (?:[A-Z][\w/]*|dan(?= [A-Z])))+")
NOMOR = re.compile(r"\b[A-Z0-9][\w.-]*(?:/[\w.-]+){2,}\w")
BATAS = set("di ke pada untuk mulai tahun sebanyak yang dari dalam dengan oleh dan sedari sejak guna agar ini".split())


def bersihkan(teks):
    """Perbaiki angka yang salah terbaca mesin pindai."""
    teks = re.sub(r"(?<=[\d.])O(?=[\dO.,]|\b)", "0", teks)
    teks = re.sub(r"(?<=[\d.])O(?=[\dO.,]|\b)", "0", teks)
    teks = re.sub(r"(?<=\d)O(?=\d)", "0", re.sub(r"\bl(?=\d\b)", "1", teks))
    return re.sub(r"[ \t]+", " ", teks)


def kandidat(isian, teks):
    """Daftar (awal, akhir, nilai) untuk satu isian."""
    tipe = isian["tipe"]
    if tipe == "pilihan":
        return [(0, 0, pilihan) for pilihan in isian["pilihan"]]
    return {
        "tanggal": tanggal,
        "jam": jam,
        "rupiah": uang,
        "bilangan": bilangan,
        "telepon": telepon,
        "nip": nip,
        "nomor": lambda t: [(m.start(), m.end(), m[0]) for m in NOMOR.finditer(t)],
        "nama": nama,
        "instansi": lambda t: [(m.start(), m.end(), m[0]) for m in INSTANSI.finditer(t)],
        "teks": potongan,
    }.get(tipe, lambda t: [])(teks)


def tanggal(teks):
    hasil = []
    for m in TANGGAL.finditer(teks):
        bulan = int(m[2]) if m[2] else next((n for n, b in enumerate(BULAN, 1) if b[:3] == m[3][:3].lower()), 0)
        try:
            hasil.append((m.start(), m.end(), datetime.date(int(m[4]), bulan, int(m[1])).isoformat()))
        except ValueError:
            continue
    if hasil:
        dasar = datetime.date.fromisoformat(hasil[0][2])
        geser = {"hari ini": 0, "kemarin": -1, "besok": 1, "lusa": 2, "senin depan": 7 - dasar.weekday()}
        for m in re.finditer(r"(?i)\b(hari ini|kemarin|besok|lusa|senin depan)\b", teks):
            hasil.append((m.start(), m.end(), (dasar + datetime.timedelta(geser[m[1].lower()])).isoformat()))
    return sorted(hasil)


def jam(teks):
    hasil = []
    pola = r"(?i)\b(setengah )?(\d{1,2}|[a-z]{4,8})(?:[.:](\d\d))?\b(?![./-]\d)( siang| sore)?"
    for m in re.finditer(pola, teks):
        if not m[2].isdigit() and not m[1]:
            continue
        angka = int(m[2]) if m[2].isdigit() else ANGKA.get(m[2].lower(), 99)
        menit = int(m[3] or 0)
        if m[1]:
            angka, menit = angka - 1, 30
        if m[4] and angka < 7:
            angka += 12
        if 0 < angka < 24 and menit < 60 and teks[m.start() - 1 : m.start()] not in "/-.:":
            hasil.append((m.start(), m.end(), f"{angka:02}:{menit:02}"))
    return hasil


def uang(teks):
    hasil = []
    for m in UANG.finditer(teks):
        if m[1]:
            nilai = int(m[1].replace(".", ""))
        elif m[2]:
            nilai = int(float(m[2].replace(",", ".")) * (1_000_000 if m[3].lower() == "juta" else 1000))
        else:
            nilai = terbilang(m[4])
        if nilai:
            hasil.append((m.start(), m.end(), nilai))
    return hasil


def bilangan(teks):
    pola = r"(?i)\b(?:(\d+)(?: \([a-z ]+\))?|((?:[a-z]+ ){1,3}?)) ?(hari|orang|org|unit|buah|rim|kursi|perangkat)\b"
    hasil = []
    for m in re.finditer(pola, teks):
        nilai = int(m[1]) if m[1] else terbilang(m[2])
        if nilai:
            hasil.append((m.start(), m.end(), nilai))
    return hasil


def terbilang(teks):
    total = bagian = 0
    for kata in teks.lower().split():
        if kata in ANGKA:
            bagian += ANGKA[kata]
        elif kata == "belas":
            bagian += 10
        elif kata == "puluh":
            bagian = bagian // 10 * 10 + bagian % 10 * 10
        elif kata in ("ratus", "seratus"):
            bagian = bagian // 100 * 100 + max(bagian % 100, 1) * 100
        elif kata in ("ribu", "seribu"):
            total, bagian = total + max(bagian, 1) * 1000, 0
        elif kata == "juta":
            total, bagian = total + max(bagian, 1) * 1_000_000, 0
        else:
            total = bagian = 0
    return total + bagian


def telepon(teks):
    pola = r"(?<![\d/])(?:\+62 ?0{2,3}|0000)(?:[ .-]?\d){7,9}(?!\d)"
    return [
        (m.start(), m.end(), re.sub(r"\D", "", m[0].replace("+62", "0")))
        for m in re.finditer(pola, teks)
        if not re.match(r"0{8}", re.sub(r"\D", "", m[0]))
    ]


def nip(teks):
    return [(m.start(), m.end(), m[0].replace(" ", "")) for m in re.finditer(r"\b\d{8} ?\d{6} ?\d ?\d{3}\b", teks)]


def nama(teks):
    hasil = []
    for m in NAMA.finditer(teks):
        kata = m[1].split()
        if not any(k in BUKAN_NAMA or k.isupper() and len(k) > 3 for k in kata):
            hasil.append((m.start(1), m.end(1), m[1]))
    return hasil


def potongan(teks):
    """Potongan kalimat: dari awal bagian atau sesudah kata depan, sampai tanda baca atau kata depan berikutnya."""
    hasil = []
    for bagian in re.finditer(r"[^.,;:()|?\n>]+", teks):
        kata = list(re.finditer(r"\S+", bagian[0]))
        awal = [0] + [n + 1 for n, k in enumerate(kata[:-1]) if k[0].islower() or n == 0]
        for a in awal[:12]:
            for b in range(a, len(kata)):
                akhir = b + 1 == len(kata) or kata[b + 1][0].lower() in BATAS or kata[b + 1][0][0].isdigit()
                if akhir and b - a < 9:
                    mulai, selesai = bagian.start() + kata[a].start(), bagian.start() + kata[b].end()
                    hasil.append((mulai, selesai, teks[mulai:selesai]))
    return hasil
