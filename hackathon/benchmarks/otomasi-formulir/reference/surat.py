"""Letters: labels of lines first, words that stand before a value second."""

import re

# What offices call a field.
LABELS = {
    "hal": "perihal",
    "perihal": "perihal",
    "sifat": "sifat",
    "nama": "nama_pegawai",
    "nama pegawai": "nama_pegawai",
    "jabatan": "jabatan",
    "unit kerja": "unit_kerja",
    "unit pengusul": "unit_kerja",
    "pengusul": "unit_kerja",
    "unit": "unit_kerja",
    "tempat": "tempat",
    "narahubung": "narahubung",
    "penanggung jawab": "narahubung",
    "untuk pembayaran": "keperluan",
    "keperluan": "keperluan",
    "maksud perjalanan": "keperluan",
    "barang": "nama_barang",
    "nama barang": "nama_barang",
    "penerima": "penerima_uang",
    "surat dari": "instansi_pengirim",
    "diterima dari": "instansi_pengirim",
    "telah terima dari": "instansi_pengirim",
    "alat angkutan": "angkutan",
    "angkutan": "angkutan",
}
NAME = r"((?:[A-Z][\w.']+ ?){2,5})"
OFFICE = r"(?: [A-Z]\w*| dan(?= [A-Z]))+"
# Patterns with one group, the value.
CUES = {
    "penandatangan": [rf"ttd\.?\s*{NAME}", rf"\({NAME}[^)]*\)\s*$", rf"\n{NAME}(?:, .*)?\s*$", rf"bawah ini,? {NAME}"],
    "nama_pegawai": [rf"(?:memerintahkan Sdr\.|[Ss]aya,?|bahwa|bernama) {NAME}"],
    "narahubung": [
        rf"(?:[Hh]ubungi|Penghubung:|penghubung kami|Konfirmasi:|kabari|panitia:|kepada)(?: Sdr[i.]*)? {NAME}"
    ],
    "pelapor": [rf"(?:Saya|pengadu(?: Ibu)?|--) {NAME}"],
    "penerima_uang": [rf"(?:menerima|Penerima)[,:]?\s*{NAME}"],
    "tujuan": [r"(?:bertempat di|di|ke) ([A-Z][a-z]+)\b"],
    "tempat": [r"\b((?:Ruang|Aula|Balai|Pendopo|Gedung)(?: [A-Z0-9]\w*)+)"],
    "lokasi": [r"(?:di|tepatnya|alamat:) ((?:Jalan|Jl\.|Gang|Lorong)[\w. ]*?(?:no(?:mor)?\.? ?)?\d*)(?= ya|[,.\n]|$)"],
    "keperluan": [r"(?:keperluan|guna|untuk|syarat) ([a-z][\w ]+?)(?= di [A-Z]|[.,;\n]| dan tidak|$)"],
    "acara": [
        r"\b((?:rapat|sosialisasi|bimbingan|pelatihan|forum|pembahasan|klinik)[\w ]*?)(?= yang| dengan|[.,\n;]| \d|$)"
    ],
    "data_diminta": [r"(?:data|memohon) ([a-z][\w ]+?)(?= tahun| dalam|[.,\n]|$)"],
    "nama_barang": [r"(?:memerlukan \w+ \w+|dikeluarkan :) ([a-z][a-z ]+?)(?=[.,;\n])"],
    "jabatan": [r"(?:, |\()((?:[A-Z]\w+ ){1,3}(?:Ahli \w+|Terampil|Mahir|Penyelia))"],
    "unit_kerja": [rf"\b((?:Sub)?(?:[Bb]agian|Bidang|Seksi|UPTD){OFFICE})"],
    "instansi_pengirim": [rf"\b((?:Dinas|Badan|Inspektorat|Satuan|Sekretariat){OFFICE})"],
}


def labelled(text):
    """The first value of each label that begins a line."""
    found = {}
    for label, value in re.findall(r"(?m)^[\s\d.]*([A-Za-z][A-Za-z ]{1,24}?)\s*(?:[:|]|\s{2,})\s*(\S.*)$", text):
        name = LABELS.get(label.strip().lower())
        if name and name not in found:
            found[name] = value.strip(" |")
    return found


def find(name, kind, text, lines):
    """The value of a field of free text, None where nothing tells it."""
    value = lines.get(name)
    for pattern in CUES.get(name, ()) if value is None else ():
        match = re.search(pattern, text)
        if match:
            value = match[1]
            break
    if value and kind == "nama":
        value = value.split(",")[0]
        return None if re.search(r"Kepala|Dinas|Badan|Bagian|Bidang|Seksi", value) else value.strip(" .()")
    return value.strip(" .") if value else None
