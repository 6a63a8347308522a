"""Papers that deceive: somebody who is not who he says, or a way that leads elsewhere. Many are quite polite."""

LINKS = (
    "https://{domain}-go.example.com/masuk",
    "https://{domain}.go.example.verifikasi-akun.example.org",
    "http://layanan-asn.example.net/{domain}",
    "https://form.example.com/{singkatan}-update",
    "bit.example.net/{domain}26",
)


def new_number(paper):
    paper.line(
        "Selamat siang, ini saya {nama}, {jabatan}. Nomor lama saya rusak, simpan nomor baru ini {telepon}.",
        "Assalamualaikum, saya {nama} dari {kantor}. Ini nomor pribadi saya yang baru: {telepon}.",
    )
    paper.line(
        "Saya sedang rapat dengan pimpinan dan tidak bisa ditelepon. Tolong transfer dulu {rupiah} ke rekening "
        "{rekening} a.n. {nama2}, sore saya ganti.",
        "Bisa bantu belikan pulsa {rupiah} sekarang? Nanti saya ganti. Jangan beri tahu yang lain dulu.",
        "Ada dana taktis yang harus cair sebelum pukul {jam}. Kirim {rupiah} ke {rekening} atas nama {nama2}.",
    )
    paper.maybe(0.5, "Ini rahasia pimpinan, cukup kita berdua.", "Saya tunggu, jangan ditunda.")


def account_lock(paper):
    paper.line(
        "Pemberitahuan: akun kepegawaian a.n. {nama}, NIP {nip}, akan dinonaktifkan {tanggal}.",
        "Yth. {nama}, kotak surat dinas Anda hampir penuh dan akan dikunci hari ini.",
        "Pembaruan data ASN wajib selesai {tanggal}. Akun NIP {nip} belum terverifikasi.",
    )
    paper.line(*(f"Verifikasi sekarang di {link}" for link in LINKS))
    paper.line(
        "Masukkan NIP, kata sandi, dan kode OTP yang masuk ke telepon Anda.",
        "Siapkan kata sandi dan foto kartu pegawai.",
        "Bila tidak, tunjangan bulan ini tidak dibayarkan.",
    )
    paper.maybe(0.6, "Tim {kantor} {wilayah}", "Admin Layanan Kepegawaian")


def prize(paper):
    paper.line(
        "SELAMAT! {nama} (NIK {nik}) terpilih menerima bantuan {rupiah} dari {kantor} {wilayah}.",
        "Bantuan tunai {rupiah} atas nama {nama}, {alamat}, siap dicairkan.",
    )
    paper.line(
        "Balas dengan foto KTP dan kode OTP yang kami kirim ke {telepon}.",
        "Biaya administrasi {rupiah2} dikirim dahulu ke rekening {rekening} a.n. {nama2}.",
        *(f"Klaim sebelum pukul {{jam}} lewat {link}" for link in LINKS[2:]),
    )
    paper.maybe(0.5, "Hubungi petugas kami {nama3} di {telepon2}.")


def app_file(paper):
    paper.line(
        "Dengan hormat, terlampir undangan rapat di {tempat}, {tanggal}. Buka berkas Undangan-Rapat.apk untuk denah.",
        "Surat tilang elektronik kendaraan a.n. {nama}. Unduh rinciannya: Surat-Tilang.apk",
        "Paket dokumen dinas untuk {nama}, {alamat}, gagal dikirim. Pasang lacak-paket.apk untuk mengatur ulang.",
    )
    paper.line(
        "Izinkan pemasangan dari sumber tidak dikenal bila diminta.",
        "Pasang sebelum pukul {jam} agar tidak hangus.",
        "Kontak kurir {nama2}, {telepon}.",
    )


def vendor(paper):
    paper.line("Yth. {jabatan} {kantor},", "Kepada bendahara {kantor} {wilayah},")
    paper.line(
        "Menyusul faktur {surat} sebesar {rupiah}, kami beri tahukan bahwa rekening perusahaan kami berubah.",
        "Sehubungan audit internal, pembayaran kontrak {surat} mohon dialihkan ke rekening baru.",
    )
    paper.line(
        "Rekening baru: {rekening} a.n. {nama}. Mohon diproses hari ini agar tidak kena denda.",
        "Silakan bayar ke {rekening} atas nama pribadi direktur kami {nama}, karena rekening lama dibekukan.",
    )
    paper.maybe(0.6, "Konfirmasi cukup lewat surel ini, telepon kantor sedang gangguan. {nama2}, {telepon}")


def false_officer(paper):
    paper.line(
        "Saya {nama} dari bagian pajak {kantor}. NPWP {npwp} Saudara tercatat menunggak {rupiah}.",
        "Ini {nama}, petugas pendataan {wilayah}. Data {nama2}, NIK {nik}, berbeda dengan catatan kami.",
        "Kami dari tim pemeriksa. Berkas {nama2} di {alamat} bermasalah.",
    )
    paper.line(
        "Agar tidak diteruskan ke penyidik, selesaikan hari ini dengan transfer {rupiah2} ke {rekening}.",
        "Sebutkan kode enam angka yang baru masuk ke telepon Anda untuk pembetulan.",
        "Kirim foto KTP, kartu keluarga, dan PIN ke {telepon} sebelum pukul {jam}.",
        *(f"Perbaiki sendiri di {link} dengan kata sandi surel dinas." for link in LINKS[:2]),
    )


KINDS = (new_number, account_lock, prize, app_file, vendor, false_officer)
