"""Official letters: memo, invitation, leave, assignment, certificate, request of data."""

import datetime as dt

import generate_fields as fields
import generate_subjects as subjects
import generate_words as words

SIGNED = (
    "Kepala Bagian,",
    "Kepala Dinas,",
    "Sekretaris,",
    "Kepala Badan,",
    "Plt. Kepala Bidang,",
    "a.n. Kepala,\nSekretaris,",
)


def _date(sheet, name="tanggal_surat"):
    date = words.workday(words.day(sheet.rng))
    sheet.date(name, date)
    return date


def _sign(sheet):
    sheet.gap()
    sheet.line("{office}", office=sheet.rng.choice(SIGNED))
    sheet.gap()
    return sheet.line("{penandatangan}", "ttd.\n{penandatangan}", "({penandatangan})")


def memo(sheet):
    """Nota dinas."""
    rng = sheet.rng
    sheet.maybe(0.75, "nomor_surat", "sifat", "tenggat", "penandatangan", "narahubung")
    date = _date(sheet)
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.choice("sifat", fields.SIFAT)
    sheet.fact("perihal", subjects.subject(rng))
    sheet.person("penandatangan")
    sheet.person("narahubung", titles=False)
    sheet.date("tenggat", date + dt.timedelta(days=rng.randrange(3, 25)))
    other = words.written_date(rng, date - dt.timedelta(days=rng.randrange(5, 60)))
    if rng.random() < 0.4:
        sheet.line("NOTA DINAS", "Nota untuk {to}", to=f"Kepala {rng.choice(words.UNITS)}")
        sheet.prose(
            ("Melengkapi pembicaraan {other}", "Sejalan dengan surat edaran tertanggal {other}"),
            ", bersama nota ini",
            " (nomor {nomor_surat})",
            (" kami sampaikan {perihal}", " kami mintakan perhatian atas {perihal}"),
            ", bersifat {sifat}.",
            other=other,
        )
        sheet.prose(
            ("Bahan kami harapkan masuk pada {tenggat} atau lebih awal.", "Jangka waktunya berakhir {tenggat}."),
            (" Penjelasan diberikan oleh {narahubung}.", " Silakan bertanya pada {narahubung} dari sekretariat."),
        )
        sheet.gap()
        sheet.line("{city}, {tanggal_surat}", "ditulis tanggal {tanggal_surat}", city=rng.choice(words.CITIES))
        _sign(sheet)
        return
    sheet.line("NOTA DINAS", "N O T A   D I N A S", "NOTA-DINAS")
    sheet.line("Kepada : {to}", "Yth. {to}", to=f"Kepala {rng.choice(words.UNITS)}")
    sheet.line("Dari : {by}", "Dari    : {by}", by=f"Kepala {rng.choice(words.UNITS)}")
    sheet.line("Nomor : {nomor_surat}", "No. {nomor_surat}")
    sheet.line("Tanggal : {tanggal_surat}", "Tgl. {tanggal_surat}")
    sheet.line("Sifat : {sifat}")
    sheet.line("Hal : {perihal}", "Perihal : {perihal}")
    sheet.gap()
    sheet.line(
        "Menindaklanjuti arahan pimpinan pada apel {other}, bersama ini kami sampaikan hal tersebut di atas.",
        "Sehubungan dengan rapat tanggal {other}, kami mohon perhatian Saudara atas hal di atas.",
        "Berdasarkan surat terdahulu tertanggal {other}, perkenankan kami menyampaikan hal berikut.",
        other=other,
    )
    sheet.line(
        "Mohon jawaban disampaikan paling lambat {tenggat}.",
        "Isian diterima kembali selambat-lambatnya tanggal {tenggat} melalui aplikasi persuratan.",
        "Kami menunggu berkas lengkap sampai dengan {tenggat}.",
    )
    sheet.line(
        "Untuk penjelasan lebih lanjut dapat menghubungi Sdr. {narahubung}.",
        "Narahubung: {narahubung}.",
        "Hal teknis dapat ditanyakan kepada {narahubung}.",
    )
    sheet.line("Atas perhatian Saudara kami ucapkan terima kasih.", "Demikian, terima kasih atas kerja samanya.")
    _sign(sheet)


def invitation(sheet):
    """Surat undangan."""
    rng = sheet.rng
    sheet.maybe(0.8, "nomor_surat", "sifat", "jam_mulai", "tempat", "narahubung", "penandatangan")
    sheet.maybe(0.45, "jumlah_peserta")
    if "narahubung" in sheet.dropped or rng.random() < 0.3:
        sheet.dropped.add("telepon")
    date = _date(sheet)
    meeting = words.workday(date + dt.timedelta(days=rng.randrange(3, 20)))
    hour = rng.randrange(8, 15)
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.choice("sifat", fields.SIFAT)
    sheet.fact("instansi_pengirim", words.office(rng))
    sheet.fact("acara", subjects.meeting(rng))
    sheet.date("tanggal_acara", meeting)
    sheet.time("jam_mulai", hour, rng.choice((0, 0, 30)))
    sheet.fact("tempat", subjects.room(rng))
    sheet.person("narahubung", titles=False)
    sheet.phone()
    sheet.person("penandatangan")
    sheet.fact("jumlah_peserta", count := rng.randrange(12, 90), words.written_count(rng, count, "orang"))
    if rng.random() < 0.4:
        sheet.line("UNDANGAN", "Undangan terbuka", "Yth. Para Undangan")
        sheet.prose(
            ("{instansi_pengirim} menyelenggarakan {acara}", "Bersama {instansi_pengirim}, mari hadir dalam {acara}"),
            (" {wd} ini, {tanggal_acara}", " yang jatuh pada {tanggal_acara}"),
            (", di {tempat}", ", mengambil tempat di {tempat}"),
            (", dibuka jam {jam_mulai}", ", mulai {jam_mulai} waktu setempat"),
            ".",
            (" Tersedia tempat untuk {jumlah_peserta}.", " Diundang {jumlah_peserta}."),
            (" Pendaftaran pada {narahubung}", " Yang berhalangan memberi tahu {narahubung}"),
            (", {telepon}", " lewat {telepon}"),
            wd=words.weekday(meeting),
        )
        sheet.prose(
            ("Surat nomor {nomor_surat}", "{nomor_surat}"), (" ({sifat})", ", sifat {sifat}"), ", {tanggal_surat}"
        )
        _sign(sheet)
        return
    sheet.line("PEMERINTAH DAERAH\n{instansi_pengirim}", "{instansi_pengirim}")
    sheet.line("Nomor : {nomor_surat}", "Nomor: {nomor_surat}")
    sheet.line("{tanggal_surat}", "Tanggal : {tanggal_surat}")
    sheet.line("Sifat : {sifat}")
    sheet.line("Hal : Undangan", "Perihal: Undangan")
    sheet.gap()
    sheet.line(
        "Kami mengundang Bapak/Ibu untuk hadir pada {acara} yang diselenggarakan pada:",
        "Dengan hormat, mohon kehadiran Saudara dalam {acara} dengan ketentuan sebagai berikut.",
        "Dalam rangka {acara}, kami mengharapkan kehadiran Saudara pada:",
    )
    sheet.line(
        "Hari/Tanggal : {wd}, {tanggal_acara}", "hari, tanggal   {wd} / {tanggal_acara}", wd=words.weekday(meeting)
    )
    sheet.line(
        "Waktu : {jam_mulai} WIB s.d. selesai",
        "Pukul : {jam_mulai} WITA - {end} WITA",
        "pukul   {jam_mulai} WIT sampai selesai",
        end=f"{hour + 3:02}.00",
    )
    sheet.line("Tempat : {tempat}", "bertempat di {tempat}")
    sheet.line("Jumlah peserta: {jumlah_peserta}", "Undangan ini untuk {jumlah_peserta}.")
    sheet.gap()
    if "telepon" in sheet.dropped:
        sheet.line("Konfirmasi kehadiran kepada Sdr. {narahubung}.", "Narahubung: {narahubung}")
    else:
        sheet.line(
            "Konfirmasi kehadiran kepada {narahubung} ({telepon}).",
            "Narahubung: {narahubung}, telepon {telepon}",
            "Keterangan lebih lanjut: {telepon} a.n. {narahubung}",
        )
    sheet.line("Mengingat pentingnya acara, kehadiran mohon tidak diwakilkan.", "Demikian undangan kami sampaikan.")
    _sign(sheet)


def leave(sheet):
    """Permohonan cuti."""
    rng = sheet.rng
    sheet.maybe(0.75, "nip", "jabatan", "unit_kerja", "telepon", "lama_hari", "tanggal_selesai")
    date = _date(sheet)
    start = words.workday(date + dt.timedelta(days=rng.randrange(4, 40)))
    days = rng.randrange(2, 13)
    sheet.person("nama_pegawai")
    sheet.nip()
    sheet.fact("jabatan", subjects.position(rng))
    sheet.fact("unit_kerja", rng.choice(words.UNITS))
    sheet.choice("jenis_cuti", fields.CUTI)
    sheet.fact("lama_hari", days, words.written_count(rng, days, rng.choice(("hari", "hari kerja"))))
    sheet.date("tanggal_mulai", start)
    sheet.date("tanggal_selesai", start + dt.timedelta(days=days + rng.randrange(0, 4)))
    sheet.phone()
    if rng.random() < 0.4:
        sheet.prose(
            ("Yth. {boss}, izinkan saya, {nama_pegawai}", "Kepada {boss}. Yang memohon: {nama_pegawai}"),
            (" ({jabatan})", ", sebagai {jabatan}"),
            (" di {unit_kerja}", " dari {unit_kerja}"),
            (", NIP {nip}", " / {nip}"),
            (", mengambil cuti {jenis_cuti}", ", tidak masuk kerja karena cuti {jenis_cuti}"),
            " {lama_hari}",
            (" per {tanggal_mulai}", " sedari {tanggal_mulai}"),
            (" dan masuk lagi setelah {tanggal_selesai}", ", cuti berakhir {tanggal_selesai}"),
            ".",
            (" Telepon {telepon} selalu aktif.", " Bila mendesak, {telepon}."),
            (" Tugas dititipkan kepada {mate}.", " Pengganti sementara {mate}."),
            boss=f"Kepala {rng.choice(words.OFFICES)}",
            mate=words.person(rng),
        )
        sheet.line("Ditulis {tanggal_surat}", "{city}, {tanggal_surat}", city=rng.choice(words.CITIES))
        return
    sheet.line("{city}, {tanggal_surat}", "Tanggal: {tanggal_surat}", city=rng.choice(words.REGIONS).split(" ", 1)[1])
    sheet.line("Hal : Permohonan Cuti", "Perihal: permohonan izin cuti")
    sheet.line("Yth. Kepala {to}", to=rng.choice(words.OFFICES))
    sheet.gap()
    sheet.line("Yang bertanda tangan di bawah ini:", "Saya yang mengajukan permohonan ini,", "Dengan hormat, saya:")
    sheet.line("Nama : {nama_pegawai}", "nama   {nama_pegawai}")
    sheet.line("NIP : {nip}", "NIP. {nip}")
    sheet.line("Jabatan : {jabatan}", "jabatan   {jabatan}")
    sheet.line("Unit kerja : {unit_kerja}", "unit kerja   {unit_kerja}")
    sheet.gap()
    full = (
        "dengan ini memohon cuti {jenis_cuti} {lama_hari}, dari {tanggal_mulai} sampai dengan {tanggal_selesai}.",
        "mohon diberikan cuti {jenis_cuti} dari {tanggal_mulai} s.d. {tanggal_selesai} ({lama_hari}).",
    )
    if {"lama_hari", "tanggal_selesai"} <= sheet.dropped:
        sheet.line("mengajukan permohonan cuti {jenis_cuti} mulai {tanggal_mulai}.")
    elif "lama_hari" in sheet.dropped:
        sheet.line("mengajukan cuti {jenis_cuti} sejak {tanggal_mulai} hingga {tanggal_selesai}.")
    elif "tanggal_selesai" in sheet.dropped:
        sheet.line("mohon izin cuti {jenis_cuti} {lama_hari}, mulai tanggal {tanggal_mulai}.")
    else:
        sheet.line(*full)
    sheet.line(
        "Selama cuti saya dapat dihubungi pada nomor {telepon}.",
        "Alamat selama cuti: {street} nomor {n}, telepon {telepon}.",
        street=subjects.street(rng),
        n=rng.randrange(1, 90),
    )
    sheet.line("Demikian permohonan ini, atas perkenan Bapak/Ibu saya ucapkan terima kasih.", "Demikian, terima kasih.")


def assignment(sheet):
    """Surat tugas, with travel."""
    rng = sheet.rng
    sheet.maybe(0.75, "nip", "jabatan", "angkutan", "biaya", "lama_hari", "penandatangan", "tanggal_selesai")
    date = _date(sheet)
    start = date + dt.timedelta(days=rng.randrange(2, 15))
    days = rng.randrange(2, 7)
    daily = rng.randrange(7, 30) * 50_000
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.fact("instansi_pengirim", words.office(rng))
    sheet.person("nama_pegawai")
    sheet.nip()
    sheet.fact("jabatan", subjects.position(rng))
    sheet.fact("keperluan", subjects.errand(rng))
    sheet.fact("tujuan", rng.choice(words.CITIES))
    sheet.choice("angkutan", fields.ANGKUTAN)
    sheet.fact("lama_hari", days, words.written_count(rng, days, "hari"))
    sheet.date("tanggal_mulai", start)
    sheet.date("tanggal_selesai", start + dt.timedelta(days=days - 1))
    sheet.amount("biaya", daily * days + rng.randrange(10, 90) * 25_000)
    sheet.person("penandatangan")
    if rng.random() < 0.4:
        sheet.line("SURAT TUGAS {nomor_surat}", "Nomor {nomor_surat}\nPenugasan")
        sheet.prose(
            (
                "Pimpinan {instansi_pengirim} memberi tugas kepada {nama_pegawai}",
                "{instansi_pengirim} mengutus {nama_pegawai}",
            ),
            (", {jabatan}", " ({jabatan})"),
            (", NIP {nip}", " [{nip}]"),
            (", guna {keperluan} di {tujuan}", " ke {tujuan} dalam rangka {keperluan}"),
            (", bertolak {tanggal_mulai}", ", dengan keberangkatan {tanggal_mulai}"),
            (" dan tiba kembali {tanggal_selesai}", ", pulang {tanggal_selesai}"),
            (" ({lama_hari})", ", seluruhnya {lama_hari}"),
            (", lewat {angkutan}", ", moda {angkutan}"),
            ".",
            (" Anggaran yang disediakan {biaya}.", " Pengeluaran dibatasi {biaya}, di dalamnya uang harian {daily}."),
            daily=f"Rp{words.dotted(daily)}",
        )
        sheet.line("{tanggal_surat}", "Berlaku sejak ditandatangani, {tanggal_surat}")
        _sign(sheet)
        return
    sheet.line("{instansi_pengirim}")
    sheet.line("SURAT TUGAS\nNomor : {nomor_surat}", "SURAT PERINTAH TUGAS   No. {nomor_surat}")
    sheet.gap()
    sheet.line(
        "Dasar : Surat undangan nomor {old} tanggal {other}",
        "Menimbang surat {old} tertanggal {other}, perlu menugaskan pegawai.",
        old=words.letter_number(rng, date),
        other=words.written_date(rng, date - dt.timedelta(days=rng.randrange(3, 20))),
    )
    sheet.line("MENUGASKAN:", "Memerintahkan kepada:")
    sheet.line("Nama : {nama_pegawai}", "1. nama   {nama_pegawai}")
    sheet.line("NIP : {nip}", "   NIP   {nip}")
    sheet.line("Jabatan : {jabatan}", "   jabatan   {jabatan}")
    sheet.line("Untuk : {keperluan} di {tujuan}", "untuk {keperluan}, bertempat di {tujuan}")
    if "tanggal_selesai" in sheet.dropped:
        sheet.line("Berangkat tanggal {tanggal_mulai}", "Waktu: mulai {tanggal_mulai}")
    else:
        sheet.line(
            "Waktu : {tanggal_mulai} s.d. {tanggal_selesai}", "Berangkat {tanggal_mulai}, kembali {tanggal_selesai}"
        )
    sheet.line("Lama : {lama_hari}", "Lama perjalanan {lama_hari}")
    sheet.line("Angkutan : {angkutan}", "dengan angkutan {angkutan}")
    sheet.line(
        "Biaya : {biaya}, termasuk uang harian {daily} per hari",
        "Uang harian {daily} per hari; biaya seluruhnya {biaya}.",
        daily=f"Rp{words.dotted(daily)}",
    )
    sheet.gap()
    sheet.line("Ditetapkan pada tanggal {tanggal_surat}", "Dikeluarkan tanggal {tanggal_surat}")
    _sign(sheet)


def certificate(sheet):
    """Surat keterangan."""
    rng = sheet.rng
    sheet.maybe(0.75, "nip", "jabatan", "unit_kerja", "keperluan", "nomor_surat", "tanggal_mulai")
    date = _date(sheet)
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.person("penandatangan")
    sheet.person("nama_pegawai")
    sheet.nip()
    sheet.fact("jabatan", subjects.position(rng))
    sheet.fact("unit_kerja", rng.choice(words.UNITS))
    sheet.fact("keperluan", subjects.purpose(rng))
    sheet.date("tanggal_mulai", words.day(rng, "2012-01-02", 4000))
    if rng.random() < 0.4:
        sheet.line("Keterangan {nomor_surat}", "SURAT KETERANGAN KERJA\n({nomor_surat})")
        sheet.prose(
            ("Bersama ini {penandatangan} menyatakan {nama_pegawai}", "Menurut catatan kami, {nama_pegawai}"),
            (" dengan NIP {nip}", " (NIP {nip})"),
            (" menjabat {jabatan}", ", {jabatan},"),
            (" di lingkungan {unit_kerja}", " pada {unit_kerja}"),
            (" sedari {tanggal_mulai}", ", diangkat {tanggal_mulai}"),
            (". Keterangan ini untuk {keperluan}.", "; dipakai dalam {keperluan}."),
        )
        if "penandatangan" not in sheet.truth:
            sheet.line("Yang menerangkan, {penandatangan}")
        sheet.line("{tanggal_surat}", "Diterbitkan {tanggal_surat}")
        return
    sheet.line("SURAT KETERANGAN", "S U R A T   K E T E R A N G A N")
    sheet.line("Nomor: {nomor_surat}", "NOMOR {nomor_surat}")
    sheet.gap()
    sheet.line(
        "Yang bertanda tangan di bawah ini, {penandatangan}, selaku {boss}, menerangkan bahwa:",
        "Saya, {penandatangan} ({boss}), dengan ini menerangkan:",
        boss=rng.choice(("Kepala Subbagian Kepegawaian", "Sekretaris Dinas", "Kepala Bidang Aparatur")),
    )
    sheet.line("Nama : {nama_pegawai}", "nama   {nama_pegawai}")
    sheet.line("NIP : {nip}", "NIP   {nip}")
    sheet.line("Jabatan : {jabatan}", "jabatan   {jabatan}")
    sheet.line("Unit kerja : {unit_kerja}", "bertugas pada {unit_kerja}")
    sheet.line(
        "adalah benar pegawai pada instansi kami terhitung mulai tanggal {tanggal_mulai}.",
        "yang bersangkutan bekerja sejak {tanggal_mulai} sampai sekarang.",
    )
    sheet.line(
        "Surat keterangan ini dibuat untuk keperluan {keperluan}.",
        "Keterangan ini diberikan guna {keperluan} dan tidak untuk keperluan lain.",
    )
    sheet.gap()
    sheet.line(
        "{city}, {tanggal_surat}",
        "Dibuat di {city} pada {tanggal_surat}",
        city=rng.choice(words.REGIONS).split(" ", 1)[1],
    )
