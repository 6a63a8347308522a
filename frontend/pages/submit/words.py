"""What the script of the upload says: its words are the server's, in the language of the page."""

import json

from frontend.language import Language, say


def upload_words(language: Language) -> str:
    """As JSON for the form; `{name}` and the like are filled in by the script."""
    words = {
        "comma": "," if language is Language.ID else ".",
        "bar": say(language, "Unggahan {name}", name="{name}"),
        "fileOk": say(language, "{size}, jenis dan ukurannya sesuai", size="{size}"),
        "hashing": say(language, "Sidik jari SHA-256 berkas sedang dihitung"),
        "ready": say(language, "Berkas siap dikirim"),
        "registered": say(language, "Terdaftar: waktu pengajuan Anda sudah tercatat"),
        "resumed": say(language, "{sent} sudah sampai sebelumnya dan tidak dikirim ulang", sent="{sent}"),
        "sent": say(language, "{sent} dari {total}", sent="{sent}", total="{total}"),
        "sentAtRate": say(
            language,
            "{sent} dari {total}, {rate} per detik, kira-kira {seconds} detik lagi",
            sent="{sent}",
            total="{total}",
            rate="{rate}",
            seconds="{seconds}",
        ),
        "arrived": say(language, "{total} sudah sampai", total="{total}"),
        "checking": say(language, "Server sedang memeriksa isi arsip"),
        "done": say(language, "Diterima. Membuka tanda terima"),
        "paused": say(language, "Menunggu Anda"),
        "cancelled": say(language, "Unggahan dibatalkan. Tidak ada jatah yang terpakai."),
        "lineLost": say(
            language,
            "Sambungan terputus. Bagian yang sudah terkirim tersimpan. Mencoba lagi dalam {seconds} detik.",
            seconds="{seconds}",
        ),
        "serverBusy": say(
            language,
            "Server kami sedang sibuk. Bagian yang sudah terkirim tersimpan. Mencoba lagi dalam {seconds} detik.",
            seconds="{seconds}",
        ),
        "againIn": say(language, "Mencoba lagi dalam {seconds} detik.", seconds="{seconds}"),
        "now": say(language, "Coba sekarang"),
        "sessionOver": say(
            language,
            "Sesi berakhir; bagian yang sudah terkirim tersimpan. Masuk lagi di tab baru, lalu kembali ke sini.",
        ),
        "goOn": say(language, "Lanjutkan"),
        "same": say(
            language,
            "Isi berkas ini sama persis dengan versi {number}. Mengirimnya lagi memakai satu jatah, dan nilainya hanya "
            "dapat berbeda karena kebetulan.",
            number="{number}",
        ),
        "unknown": say(
            language,
            "Terjadi kesalahan yang tidak kami kenal ({status}). Bagian yang sudah terkirim tersimpan: muat ulang "
            "halaman, lalu pilih berkas yang sama.",
            status="{status}",
        ),
        "checks": {
            "file": say(language, "Berkas"),
            "hash": say(language, "SHA-256"),
            "send": say(language, "Pengiriman"),
            "check": say(language, "Pemeriksaan"),
        },
        "faults": _faults(language),
    }
    return json.dumps(words, ensure_ascii=False)


def _faults(language: Language) -> dict[str, str]:
    """What is wrong with a chosen file, and what to do."""
    return {
        "none": say(language, "Pilih arsip prototipe Anda dulu."),
        "empty": say(language, "“{name}” kosong. Buat ulang arsipnya, lalu pilih lagi.", name="{name}"),
        "large": say(
            language,
            "Berkas ini {size}, paling besar {most}. Keluarkan data mentah, lingkungan virtual, dan model yang "
            "tidak dipakai.",
            size="{size}",
            most="{most}",
        ),
        "unreadable": say(
            language,
            "“{name}” berubah atau dipindahkan sejak dipilih, jadi tidak dapat dibaca. Pilih lagi berkasnya.",
            name="{name}",
        ),
        "many": say(language, "Pilih satu arsip saja. Satukan semua berkas ke dalam satu zip."),
        "folder": say(
            language, "Ini folder. Jadikan zip dulu: klik kanan foldernya, pilih Kompres, lalu seret zip-nya ke sini."
        ),
        "rar": say(language, "“{name}” arsip RAR. Buka, lalu buat ulang sebagai zip atau tar.gz.", name="{name}"),
        "seven": say(language, "“{name}” arsip 7z. Buka, lalu buat ulang sebagai zip atau tar.gz.", name="{name}"),
        "pdf": say(
            language,
            "“{name}” PDF. Yang dikirim di sini arsip prototipe; PDF presentasi diunggah di halaman Presentasi.",
            name="{name}",
        ),
        "office": say(
            language,
            "“{name}” dokumen, bukan arsip prototipe. Kirim zip dari folder yang berisi app.py atau Dockerfile.",
            name="{name}",
        ),
        "other": say(
            language,
            "“{name}” bukan arsip zip atau tar.gz. Masukkan folder prototipe ke dalam zip, lalu pilih zip-nya.",
            name="{name}",
        ),
    }
