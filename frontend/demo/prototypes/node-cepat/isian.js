// Satu fungsi untuk tiap tipe isian. Bila ragu: undefined, yang dikirim sebagai null.
const BULAN = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
const TANGGAL = /\b(\d{1,2})(?:[-/.](\d{1,2})[-/.]|\s+([A-Za-z]{3})[a-z]*\s+)(\d{4})\b/g;
const NAMA = "([A-Z][a-z']+(?: [A-Z][a-z']+){1,3})";

function semuaTanggal(teks) {
  const hasil = [];
  for (const m of teks.matchAll(TANGGAL)) {
    const bulan = m[2] ? Number(m[2]) : BULAN.indexOf(m[3].toLowerCase()) + 1;
    if (bulan < 1 || bulan > 12) continue;
    const iso = `${m[4]}-${String(bulan).padStart(2, "0")}-${m[1].padStart(2, "0")}`;
    hasil.push({ iso, depan: teks.slice(Math.max(0, m.index - 25), m.index).toLowerCase() });
  }
  return hasil;
}

const DEPAN = {
  tenggat: /lambat|sebelum|batas/,
  tanggal_acara: /hari|pada|tanggal :|ke |menjadi/,
  tanggal_mulai: /mulai|berangkat|sejak|terhitung/,
  tanggal_selesai: /s\.d\.|sampai dengan|kembali/,
  tanggal_kejadian: /sejak|tgl|kejadian/,
};

const baca = {
  tanggal(isian, teks) {
    const ada = semuaTanggal(teks);
    if (isian.nama === "tanggal_surat") return ada[0]?.iso;
    return ada.find((t) => DEPAN[isian.nama].test(t.depan))?.iso;
  },
  jam(isian, teks) {
    const m = /(?:pukul|jam|waktu)\s*:?\s*(\d{1,2})[.:](\d\d)/i.exec(teks);
    return m && `${m[1].padStart(2, "0")}:${m[2]}`;
  },
  rupiah(isian, teks) {
    const jumlah = [...teks.matchAll(/rp\.?\s*(\d{1,3}(?:\.\d{3})+)/gi)].map((m) => Number(m[1].replaceAll(".", "")));
    return jumlah.length ? (isian.nama === "harga_satuan" ? Math.min(...jumlah) : Math.max(...jumlah)) : undefined;
  },
  bilangan(isian, teks) {
    const satuan = { lama_hari: "hari", jumlah_peserta: "orang", jumlah_barang: "(?:unit|buah)" }[isian.nama];
    const m = new RegExp(`(\\d+)(?: \\([a-z ]+\\))? ${satuan}`).exec(teks);
    return m ? Number(m[1]) : undefined;
  },
  telepon: (isian, teks) => /\b0000[ -]?\d{4}[ -]?\d{4}\b/.exec(teks)?.[0].replace(/\D/g, ""),
  nip: (isian, teks) => /\b\d{8} ?\d{6} ?\d ?\d{3}\b/.exec(teks)?.[0].replaceAll(" ", ""),
  nomor: (isian, teks) => /\bno(?:mor)?\b[ .:]*([\w.-]+(?:\/[\w.-]+)+)/i.exec(teks)?.[1],
  pilihan: (isian, teks) => isian.pilihan.find((p) => new RegExp(`\\b${p}\\b`, "i").test(teks)),
  instansi(isian, teks) {
    const awal = isian.nama === "unit_kerja" ? "(?:Sub)?[Bb]agian|Bidang|Seksi" : "Dinas|Badan|Inspektorat|Satuan|Sekretariat";
    return new RegExp(`\\b(?:${awal})(?: [A-Z]\\w*| dan)+`).exec(teks)?.[0];
  },
  nama(isian, teks) {
    const pola = {
      nama_pegawai: `nama(?: pegawai)?\\s*[:|]?\\s+(?:Dr\\. |Ir\\. |dr\\. )?${NAMA}`,
      narahubung: `(?:narahubung|hubungi|kepada sdr\\.|konfirmasi)\\W+(?:kehadiran kepada )?${NAMA}`,
      pelapor: `(?:saya|sy|dengan|dgn|pelapor)\\W+${NAMA}`,
      penerima_uang: `(?:menerima|penerima)\\W+${NAMA}`,
      penandatangan: `\\n\\W*(?:Dr\\. |Ir\\. |dr\\. )?${NAMA}(?:,.*)?\\W*$`,
    }[isian.nama];
    if (!pola) return undefined;
    const kata = pola.replace(/^\(\?:|^nama/, (awal) => awal);
    const m = new RegExp(kata.replaceAll("[A-Z]", "\\p{Lu}"), "iu").exec(teks);
    return m && /^\p{Lu}/u.test(m[1]) ? m[1].trim() : undefined;
  },
  teks(isian, teks) {
    const label = {
      perihal: "hal|perihal",
      jabatan: "jabatan",
      tempat: "tempat",
      keperluan: "untuk pembayaran|keperluan",
      nama_barang: "nama barang|barang",
      lokasi: "lokasinya di|alamat:",
    }[isian.nama];
    return label && new RegExp(`^\\s*(?:${label})\\s*[:|]?\\s+(.+)$`, "im").exec(teks)?.[1].trim();
  },
};

exports.isi = (isian, teks) => baca[isian.tipe]?.(isian, teks);
