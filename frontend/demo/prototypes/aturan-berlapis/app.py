"""Tiga lapis: (1) baris berlabel dicocokkan dengan nama isian, (2) kata penanda di depan nilai, (3) bentuk nilai.

Lapis yang lebih atas menang. Bila ketiganya diam, isian dibiarkan kosong.
"""

import re

import nilai

# Nama lain yang dipakai kantor untuk isian yang sama.
LABEL = {
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
NAMA = r"((?:[A-Z][\w.']+ ?){2,5})"
# Kata penanda: pola dengan satu kelompok, yaitu nilainya.
PENANDA = {
    "penandatangan": [rf"ttd\.?\s*{NAMA}", rf"\({NAMA}[^)]*\)\s*$", rf"\n{NAMA}(?:, .*)?\s*$", rf"bawah ini,? {NAMA}"],
    "nama_pegawai": [rf"(?:memerintahkan Sdr\.|[Ss]aya,?|bahwa|bernama) {NAMA}"],
    "narahubung": [rf"(?:[Hh]ubungi|Penghubung:|penghubung kami|Konfirmasi:|kabari|panitia:)(?: Sdr[i.]*)? {NAMA}"],
    "pelapor": [rf"(?:Saya|pengadu(?: Ibu)?|--) {NAMA}"],
    "penerima_uang": [rf"(?:menerima|Penerima)[,:]?\s*{NAMA}"],
    "tujuan": [r"(?:bertempat di|di|ke) ([A-Z][a-z]+)\b"],
    "tempat": [r"\b((?:Ruang|Aula|Balai|Pendopo|Gedung)(?: [A-Z0-9]\w*)+)"],
    "lokasi": [r"(?:di|tepatnya|alamat:) ((?:Jalan|Jl\.|Gang|Lorong)[\w. ]*?(?:no(?:mor)?\.? ?)?\d*)(?= ya|[,.\n]|$)"],
    "keperluan": [r"(?:keperluan|guna|untuk|syarat) ([a-z][\w ]+?)(?= di [A-Z]|[.,;\n]| dan tidak|$)"],
    "acara": [r"\b((?:rapat|sosialisasi|bimbingan|pelatihan|forum|pembahasan|lokakarya|klinik|uji publik)[\w ]*?)(?= yang| dengan|[.,\n;]| \d| pada|$)"],
    "data_diminta": [r"(?:data|memohon) ([a-z][\w ]+?)(?= tahun| dalam|[.,\n]|$)"],
    "nama_barang": [r"(?:memerlukan \w+ \w+|dikeluarkan :) ([a-z][a-z ]+?)(?=[.,;\n])"],
    "jabatan": [r"(?:, |\()((?:[A-Z]\w+ ){1,3}(?:Ahli \w+|Terampil|Mahir|Penyelia))"],
    "unit_kerja": [r"\b((?:Sub)?(?:[Bb]agian|Bidang|Seksi|UPTD)(?: [A-Z]\w*| dan)+)"],
    "instansi_pengirim": [r"\b((?:Dinas|Badan|Inspektorat|Satuan|Sekretariat)(?: [A-Z]\w*| dan)+)"],
}


def predict(task, input):
    teks = nilai.rapikan(input["teks"])
    baris = berlabel(teks)
    return {"isian": {isian["nama"]: isi(isian, teks, baris) for isian in input["isian"]}}


def berlabel(teks):
    hasil = {}
    for label, isi_baris in re.findall(r"(?m)^[\s\d.]*([A-Za-z][A-Za-z ]{1,24}?)\s*(?:[:|]|\s{2,})\s*(\S.*)$", teks):
        nama = LABEL.get(label.strip().lower())
        if nama and nama not in hasil:
            hasil[nama] = isi_baris.strip(" |")
    return hasil


def isi(isian, teks, baris):
    nama, tipe = isian["nama"], isian["tipe"]
    if tipe in nilai.PEMBACA:
        return nilai.PEMBACA[tipe](nama, teks)
    if tipe == "pilihan":
        return pilihan(isian, teks, baris)
    if tipe == "nomor":
        ketemu = re.search(r"(?i)\b(?:no(?:mor)?|bukti|tugas|keterangan|ref)\b[ .:(]*([\w.-]+(?:/[\w.-]+){1,})", teks)
        return ketemu[1].rstrip(".") if ketemu else None
    jawaban = baris.get(nama)
    if jawaban is None:
        for pola in PENANDA.get(nama, []):
            ketemu = re.search(pola, teks)
            if ketemu:
                jawaban = ketemu[1]
                break
    if jawaban and tipe == "nama":
        jawaban = jawaban.split(",")[0]
        return None if re.search(r"Kepala|Dinas|Badan|Bagian|Bidang|Seksi", jawaban) else jawaban.strip(" .()")
    return jawaban.strip(" .") if jawaban else None


def pilihan(isian, teks, baris):
    if isian["nama"] == "kategori":
        return nilai.kategori(teks)
    sumber = baris.get(isian["nama"], teks).lower()
    depan = {"jenis_cuti": r"cuti (?:karena )?", "angkutan": r"(?:angkutan|perjalanan)\W+", "format_data": r"\W", "sifat": r"sifat\W+"}
    for satu in isian["pilihan"]:
        if isian["nama"] in baris and satu in sumber or re.search(rf"(?:{depan.get(isian['nama'], isian['nama'])}){satu}\b", sumber):
            return satu
    return None
