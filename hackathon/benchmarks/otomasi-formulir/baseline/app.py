"""Baseline: rules. Labels first, then the reading nearest to a cue word; null where neither is found."""

import datetime as dt
import re

import baca

# Words that stand before a value on its own line or in a sentence, the best first.
LABELS = {
    "nomor_surat": ["nomor", "no", "nomor bukti", "nomor surat"],
    "perihal": ["hal", "perihal", "subjek", "subject"],
    "nama_pegawai": ["nama pegawai", "nama", "pegawai bernama"],
    "jabatan": ["jabatan"],
    "unit_kerja": ["unit kerja", "bertugas pada", "unit pengusul", "unit", "pengusul", "kami dari"],
    "tempat": ["bertempat di", "tempat", "kita pakai", "pinjam"],
    "acara": ["rangka", "agenda", "acara"],
    "tujuan": ["bertempat di", "tujuan", "ke"],
    "keperluan": ["untuk keperluan", "untuk pembayaran", "guna membayar", "keperluan", "guna", "untuk"],
    "narahubung": ["narahubung", "menghubungi sdr.", "hubungi", "kepada sdr.", "koordinasi dengan", "penanggung jawab"],
    "penerima_uang": ["yang menerima", "penerima"],
    "pelapor": ["nama saya", "ini dengan", "saya", "pelapor"],
    "lokasi": ["lokasinya di", "tepatnya", "alamat", "di depan", "di"],
    "data_diminta": ["mohon data", "memohon data", "bantuan data", "data"],
    "nama_barang": ["nama barang", "barang", "mengusulkan"],
    "instansi_pengirim": ["bendahara", "dibayar oleh", "surat dari"],
}
# Words near a date, a time, a number.
CUES = {
    "tenggat": ["paling lambat", "selambat-lambatnya", "sampai dengan", "batas", "sebelum", "tenggat"],
    "tanggal_acara": ["hari", "pada", "tanggal", "digeser ke", "menjadi", "hingga"],
    "tanggal_mulai": ["mulai", "berangkat", "sejak", "dari", "waktu"],
    "tanggal_selesai": ["s.d.", "sampai dengan", "kembali", "hingga", "s/d"],
    "tanggal_kejadian": ["sejak", "mulai", "kejadiannya", "terakhir"],
    "jumlah_peserta": ["orang", "peserta"],
    "lama_hari": ["hari"],
    "jumlah_barang": ["unit", "buah", "banyaknya"],
    "biaya": ["biaya", "kerugian", "sebesar", "habis"],
    "jumlah_uang": ["sejumlah", "banyaknya", "terbilang", "jumlah"],
    "harga_satuan": ["harga satuan", "satuan", "per unit"],
    "total_harga": ["total", "seluruhnya", "jumlah harga", "pagu"],
}
TOPICS = {
    "jalan": "jalan berlubang|aspal|lubang|trotoar",
    "air bersih": "ledeng|pdam|air ke|keruh|pipa",
    "sampah": "sampah|limbah",
    "penerangan": "lampu|pju|gelap",
    "perizinan": "izin|nib",
    "kesehatan": "puskesmas|obat|posyandu|fogging",
}
NAME = r"(?:[A-Z][\w'.]*\.? ?){2,5}"


def predict(task, input):
    text = baca.clean(input["teks"])
    return {"isian": {field["nama"]: find(field, text) for field in input["isian"]}}


def find(field, text):
    name, kind = field["nama"], field["tipe"]
    if kind == "tanggal":
        return find_date(name, text)
    if kind == "jam":
        return baca.time(text)
    if kind == "telepon":
        return baca.phone(text)
    if kind == "nip":
        found = re.search(r"\b\d{8} ?\d{6} ?\d ?\d{3}\b", text)
        return found and found[0].replace(" ", "")
    if kind == "rupiah":
        return baca.nearest(baca.amounts(text), text, CUES.get(name, ()))
    if kind == "bilangan":
        return baca.count(text, CUES.get(name, ()))
    if kind == "pilihan":
        return find_choice(name, field["pilihan"], text)
    if name == "nomor_surat":
        found = re.search(r"(?i)\b(?:nomor|no)\b[ .:]*(?:bukti|surat)?[ .:]*([\w.-]+(?:/[\w.-]+)+)", text)
        return found and found[1].strip(".")
    if name == "penandatangan":
        return find_signature(text)
    value = baca.labelled(text, LABELS.get(name, ()))
    if value and kind == "nama":
        found = re.match(NAME, value)
        return found and found[0].strip(" .")
    return value and re.split(r"\.\s|[.;(]?$", value)[0]


def find_date(name, text):
    dates = baca.dates(text)
    if name == "tanggal_surat":
        labelled = [
            date for at, date in dates if re.search(r"(?i)(tanggal|tgl\.?|dikirim|,)\W*$", text[max(0, at - 12) : at])
        ]
        return (labelled or [date for _, date in dates] or [None])[0]
    written = dates[0][1] if dates else None
    if name in ("tanggal_acara", "tanggal_kejadian", "tanggal_mulai") and written:
        for word, days in (("kemarin", -1), ("besok", 1), ("lusa", 2), ("hari ini", 0)):
            if re.search(rf"(?i)\b{word}\b", text):
                return (dt.date.fromisoformat(written) + dt.timedelta(days)).isoformat()
    return baca.nearest([(at, date) for at, date in dates], text, CUES[name])


def find_choice(name, choices, text):
    if name == "kategori":
        return next((topic for topic, words in TOPICS.items() if re.search(f"(?i){words}", text)), None)
    cue = {"sifat": "sifat", "jenis_cuti": "cuti", "angkutan": "angkutan", "format_data": "format|bentuk|berkas"}.get(
        name, name
    )
    for choice in choices:
        if re.search(rf"(?i)(?:{cue})\W+(?:\w+\W+){{0,2}}{choice}\b", text):
            return choice
    return None


def find_signature(text):
    """The last line that is nothing but a name."""
    for line in reversed(text.splitlines()):
        if re.fullmatch(rf"\W*(?:[A-Za-z ]+: )?\W*({NAME})(?:,.*)?\W*", line) and not re.search(
            r"Kepala|Sekretaris", line
        ):
            return re.sub(r"^.*: |[()]", "", line).split(",")[0].strip()
    return None
