"""Laporan: apa yang rusak atau salah, dan instansi serta kategori yang menanganinya."""

import re

# Kata dalam laporan, kata dalam urusan instansi dan nama kategori.
TOPICS = (
    (r"minta (?:uang|\w+ (?:ribu|juta))|uang rokok|bawah meja|memeras|setoran|oknum", r"pung|pegawai"),
    (r"aspal|bolong|lubang|ambrol", r"jalan (?:kota|rusak|berlubang)|kerusakan jalan|badan jalan|\bjalan\b"),
    (r"lampu|gelap gulita", r"penerangan|lampu (?:jalan|umum)"),
    (r"selokan|gotnya|\bgot\b|mampet|banjir|salurannya|jadi kolam", r"saluran|drainase|banjir|selokan"),
    (r"sampah", r"sampah|kebersihan"),
    (r"ledeng|keran|\bpipa|airnya", r"air (?:minum|bersih)"),
    (r"parkir", r"parkir"),
    (r"karaoke|berisik|balap|mabuk", r"tertib|tenteram|bising|ribut|penegakan"),
    (r"pohon|dahan|ayunan", r"pohon|taman"),
    (r"bantuan", r"bantuan"),
    (r"guru|\bsd\b|sekolah", r"sekolah"),
    (r"anjing|monyet|bangkai|kambing", r"hewan|satwa"),
    (r"dokter|perawat|\bobat\b|puskesmas", r"kesehatan|puskesmas"),
    (r"atap", r"bangunan"),
    (r"gawang|lapangan", r"olahraga|lapangan"),
)
TROUBLE = re.compile(
    r"bolong|lubang|ambrol|gelap|\bmati\b|padam"
    r"|(?:tidak|tdk|ndak|nggak|teu|ora) (?:nyala|diangkut|pernah (?:lewat|datang)|keluar|lewat)"
    r"|buang sampah di|mampet|jadi kolam|banjir terus|keruh|bocor|sembarangan|menagih"
    r"|parkir (?:di trotoar|melintang)|uang rokok|bawah meja|memeras"
    r"|minta (?:uang|\w+ (?:ribu|juta))|berisik|balapan|mabuk|roboh|lapuk|patah|dicoret"
    r"|berkutu|dapat bantuan"
    r"|menggigit|monyet turun|bangkai|membentak|obat di puskesmas|kering"
    r"|ditegur|ditindak|jalur difabel|karatan|belatung|liar di|melapor|mau lapor|mengadu"
)


def is_complaint(text):
    return TROUBLE.search(text) is not None and not re.search(r"surat penggantinya|syarat|berapa lama", text)


def best(text, agencies, categories):
    """Agency and category of a complaint."""
    wanted = next((there for here, there in TOPICS if re.search(here, text)), None)
    if wanted is None:
        return agencies[0]["nama"], categories[0]

    def near(words):
        return re.search(wanted, words.lower()) is not None

    agency = next((one["nama"] for one in agencies if near(one["urusan"])), agencies[0]["nama"])
    return agency, next((one for one in categories if near(one)), categories[0])
