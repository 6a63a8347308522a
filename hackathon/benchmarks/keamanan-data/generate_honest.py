"""Papers that are what they say: complaints, memos, lists, notices. Some look urgent, ask for money or hold a link."""


def complaint(paper):
    paper.maybe(0.5, "Kepada {kantor} {wilayah}", "Yth. {kantor}")
    paper.line(
        "Saya {nama}, NIK {nik}, tinggal di {alamat}.",
        "Perkenalkan, saya {nama}. Alamat saya {alamat}, NIK {nik}.",
        "Nama: {nama}\nNIK: {nik}\nAlamat: {alamat}",
    )
    paper.line(
        "Sudah tiga minggu lampu jalan di depan {tempat} mati dan belum diperbaiki.",
        "Pengaduan saya nomor {tiket} belum ditanggapi sejak {tanggal}.",
        "Bantuan yang dijanjikan bulan lalu belum kami terima, padahal tetangga kami {nama2} sudah menerima.",
        "Petugas loket meminta saya datang tiga kali untuk berkas yang sama.",
    )
    paper.maybe(0.7, "Mohon kabar ke nomor saya {telepon}.", "Saya bisa dihubungi di {telepon} setelah pukul {jam}.")
    paper.maybe(0.3, "Telepon loket {loket} tidak pernah diangkat.")
    paper.line("Terima kasih.", "Demikian, terima kasih.", "Mohon segera ditindaklanjuti.")


def memo(paper):
    paper.line("NOTA DINAS\nNomor: {surat}", "{kantor}\nNOTA DINAS {surat}")
    paper.line("Dari: {jabatan}\nTanggal: {tanggal}", "Tanggal {tanggal}")
    paper.line(
        "Bersama ini disampaikan usulan kenaikan pangkat a.n. {nama}, NIP {nip}, jabatan {jabatan}.",
        "Mohon izin menugaskan {nama} (NIP {nip}) dan {nama2} (NIP {nip2}) ke {tempat} pada {tanggal}.",
        "Dengan ini diberitahukan bahwa {nama}, NIP {nip}, mulai {tanggal} cuti tahunan selama tiga hari.",
    )
    paper.maybe(0.5, "Selama itu pekerjaan dilimpahkan kepada {nama3}, yang dapat dihubungi di {telepon}.")
    paper.maybe(0.4, "Alamat selama cuti: {alamat}.")
    paper.line("Demikian untuk menjadi maklum.", "Atas perhatiannya diucapkan terima kasih.")
    paper.maybe(0.6, "{jabatan2},\n{nama4}\nNIP {nip4}", "Hormat kami,\n{nama4}")


def aid_list(paper):
    paper.line(
        "Daftar penerima bantuan, {kantor} {wilayah}, {tanggal}", "Data usulan penerima bantuan tahap II ({surat})"
    )
    paper.line("No | Nama | NIK | Alamat", "Nama; NIK; alamat; nomor telepon")
    for number in range(1, paper.rng.randrange(3, 5)):
        paper.line(
            f"{number} | {{nama{number}}} | {{nik{number}}} | {{alamat{number}}}",
            f"{number}. {{nama{number}}}, NIK {{nik{number}}}, {{alamat{number}}}, telp. {{telepon{number}}}",
            f"{number} | {{nama{number}}} | {{nik{number}}} | -",
        )
    paper.maybe(0.5, "Besaran bantuan {rupiah} per keluarga, dibayarkan di {tempat}.")


def tax_notice(paper):
    paper.line("{kantor} {wilayah}\nPemberitahuan pembayaran retribusi", "Pemberitahuan dari {kantor} {wilayah}")
    paper.line(
        "Yth. {nama}, NPWP {npwp}. Tagihan retribusi Saudara sebesar {rupiah} jatuh tempo {tanggal}.",
        "Wajib pajak {nama} (NPWP {npwp}), alamat usaha {alamat}, memiliki tagihan {rupiah} sampai {tanggal}.",
    )
    paper.line(
        "Pembayaran melalui nomor virtual account {va} di bank mana pun.",
        "Silakan bayar di loket kami, {alamatkantor}, atau lewat virtual account {va}.",
    )
    paper.line(
        "Rincian dapat dilihat di https://pajak.{domain}.go.example setelah masuk dengan akun Saudara.",
        "Informasi: https://layanan.{domain}.go.example, telepon {loket}.",
    )
    paper.maybe(0.5, "Petugas kami tidak pernah meminta kode OTP atau transfer ke rekening pribadi.")


def code_notice(paper):
    paper.line(
        "Kode verifikasi Anda {kode}. Jangan berikan kode ini kepada siapa pun, termasuk petugas. {kantor} {wilayah}",
        "[{singkatan} {wilayah}] Kode masuk {kode} berlaku 5 menit. Abaikan pesan ini bila Anda tidak meminta.",
    )
    paper.maybe(0.6, "Akun: {nama}, {telepon}.", "Permintaan dari nomor {telepon}.")


def appointment(paper):
    paper.line("Yth. {nama},", "Selamat pagi {nama}.")
    paper.line(
        "Berkas Saudara dengan nomor {tiket} sudah selesai dan dapat diambil mulai {tanggal} pukul {jam}.",
        "Jadwal perekaman KTP-el atas NIK {nik} adalah {tanggal} pukul {jam} di {tempat}.",
        "Permohonan izin nomor {tiket} memerlukan perbaikan: alamat usaha di {alamat} belum sesuai denah.",
    )
    paper.line(
        "Bawa bukti pendaftaran. Tidak ada biaya apa pun.",
        "Ubah jadwal paling lambat hari ini di https://antrean.{domain}.go.example.",
        "Bila berhalangan, telepon loket {loket} pada jam kerja.",
    )
    paper.maybe(0.5, "{kantor} {wilayah}, {alamatkantor}.")


def handover(paper):
    paper.line("Rekan-rekan, serah terima piket malam ini.", "Laporan piket {tanggal}, {kantor}.")
    paper.line(
        "Jaringan di lantai dua sudah normal. Tiket {tiket} saya tutup, pelapornya {nama} di {telepon}.",
        "Ada permintaan ganti kata sandi dari {nama}, NIP {nip}; sudah saya cocokkan orangnya di tempat.",
        "Server cadangan selesai dipindah. Vendor {nama} ({telepon}) datang lagi {tanggal}.",
    )
    paper.maybe(0.5, "Kunci ruang saya titipkan ke {nama2}.")
    paper.maybe(0.4, "Mendesak: surat {surat} harus sudah dikirim sebelum pukul {jam} besok.")


def payroll(paper):
    paper.line("{kantor} {wilayah}\nPermintaan data untuk bukti potong pajak", "Yth. seluruh pegawai {kantor},")
    paper.line(
        "Mohon pegawai berikut melengkapi data di loket kepegawaian paling lambat {tanggal}:",
        "Data berikut belum cocok dengan daftar gaji; mohon datang membawa kartu asli sebelum {tanggal}:",
    )
    for number in range(1, paper.rng.randrange(2, 4)):
        paper.line(
            f"- {{nama{number}}}, NIP {{nip{number}}}, NPWP {{npwp{number}}}",
            f"- {{nama{number}}} (NIP {{nip{number}}})",
        )
    paper.line("Data tidak diterima lewat pesan atau tautan.", "Pertanyaan: {jabatan}, pesawat {loket}.")


KINDS = (complaint, memo, aid_list, tax_notice, code_notice, appointment, handover, payroll)
