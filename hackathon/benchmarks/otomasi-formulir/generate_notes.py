"""Less official texts: complaints and messages, mail with quotations, receipts, orders, requests of data and rooms."""

import datetime as dt

import generate_fields as fields
import generate_subjects as subjects
import generate_words as words


def complaint(sheet):
    """A citizen's complaint by messenger."""
    rng = sheet.rng
    sheet.noise = "message"
    sheet.maybe(0.7, "pelapor", "telepon", "biaya")
    sheet.maybe(0.9, "lokasi")
    sent = words.day(rng)
    back = rng.randrange(0, 3)
    event = sent - dt.timedelta(days=back)
    topic = rng.choice(fields.KATEGORI)
    sheet.date("tanggal_surat", sent, surface=f"{sent.day:02}/{sent.month:02}/{sent.year}")
    sheet.fact("kategori", topic, subjects.trouble(rng, topic))
    place = f"{subjects.street(rng)} nomor {rng.randrange(1, 120)}"
    sheet.fact("lokasi", place, also=(place.replace(" nomor", ""), place.split(" nomor")[0]))
    sheet.person("pelapor", titles=False)
    sheet.phone()
    surface = ("hari ini", "kemarin", "kemarin lusa")[back]
    if back == 2 or rng.random() < 0.4:
        surface = f"tgl {words.written_date(rng, event, loose=True)}"
    sheet.date("tanggal_kejadian", event, surface=surface)
    sheet.amount("biaya", rng.randrange(2, 60) * 50_000)
    clock = f"{rng.randrange(5, 23):02}.{rng.randrange(0, 60):02}"
    if rng.random() < 0.45:
        sheet.line("({tanggal_surat}, {clock})", "Aduan masuk {tanggal_surat} jam {clock}", clock=clock)
        sheet.prose(
            ("Mohon perhatian, {kategori}", "Kami resah, {kategori}"),
            (" di sekitar {lokasi}", ", persisnya di {lokasi}"),
            (", terjadi {tanggal_kejadian}", ", sudah begitu sejak {tanggal_kejadian}"),
            ".",
            (" Rugi {biaya} belum termasuk waktu.", " Warga patungan {biaya} karena tidak ada yang datang."),
            (" {pelapor} yang menulis ini,", " Salam dari {pelapor},"),
            (" hubungi {telepon}", " tel. {telepon}"),
        )
        return
    sheet.line("[{tanggal_surat} {clock}] Pesan masuk:", "Pesan WhatsApp, {tanggal_surat} pukul {clock}", clock=clock)
    sheet.line("selamat pagi min", "Assalamualaikum, mau lapor", "Halo admin, mohon bantuannya", "Permisi pak/bu,")
    sheet.line("nama saya {pelapor}", "sy {pelapor}, warga sini", "Ini dengan {pelapor} ya")
    sheet.line(
        "mau melaporkan {kategori}, kejadiannya {tanggal_kejadian}",
        "{tanggal_kejadian} {kategori}, tolong ditindaklanjuti",
        "tolong dicek, {kategori}. mulai {tanggal_kejadian}",
    )
    sheet.line("lokasinya di {lokasi}", "tepatnya {lokasi} ya kak", "alamat: {lokasi}")
    sheet.line("kerugian saya kira-kira {biaya}", "sudah keluar biaya {biaya} untuk perbaikan sendiri")
    sheet.line("bisa dihubungi di {telepon}", "no hp saya {telepon}", "WA saja ke {telepon} ya")
    sheet.line("terima kasih sebelumnya", "mohon segera ditangani karena banyak anak kecil", "ditunggu kabarnya")


def rescheduled(sheet):
    """A mail with the earlier mails below it; the newest date holds."""
    rng = sheet.rng
    sheet.noise = rng.choice(("none", "typing", "message"))
    sheet.maybe(0.7, "tempat", "narahubung", "telepon", "jumlah_peserta")
    sent = words.workday(words.day(rng))
    first = words.workday(sent + dt.timedelta(days=rng.randrange(4, 12)))
    moved = words.workday(first + dt.timedelta(days=rng.randrange(2, 9)))
    hour = rng.randrange(8, 15)
    topic = subjects.meeting(rng)
    sheet.date("tanggal_surat", sent)
    sheet.fact("acara", topic)
    sheet.time("jam_mulai", hour, rng.choice((0, 30)))
    sheet.fact("tempat", subjects.room(rng))
    sheet.person("narahubung", titles=False)
    sheet.phone()
    sheet.fact("jumlah_peserta", count := rng.randrange(8, 60), words.written_count(rng, count, "orang"))
    sheet.date("tanggal_acara", moved)
    near = {1: "besok", 2: "lusa"}.get((moved - sent).days)
    if near:
        sheet.date("tanggal_acara", moved, surface=near)
    sheet.line("Dikirim: {tanggal_surat}", "Tanggal: {tanggal_surat}")
    sheet.line("Perihal: Re: {acara}", "Subjek: Perubahan jadwal - {acara}")
    sheet.gap()
    sheet.line("Yth. Bapak/Ibu,", "Rekan-rekan,", "Selamat siang semua,")
    sheet.line(
        "Jadwal kita berubah. Acara menjadi {wd}, {tanggal_acara} pukul {jam_mulai}.",
        "Pimpinan baru bisa hadir {tanggal_acara} jam {jam_mulai}, jadi kita mundurkan.",
        "Rencana semula batal; yang berlaku sekarang {tanggal_acara}, jam {jam_mulai}.",
        "Bukan lagi {old}, melainkan {tanggal_acara}; dimulai {jam_mulai}.",
        "karena ruang dipakai, pertemuan digeser ke {tanggal_acara} mulai pukul {jam_mulai}.",
        "Mohon maaf, acara ditunda hingga {tanggal_acara} ({wd}), tetap pukul {jam_mulai}.",
        wd=words.weekday(moved),
        old=words.written_date(rng, first),
    )
    sheet.line(
        "Tempat: {tempat}.", "Kita pakai {tempat}.", "Silakan langsung ke {tempat}.", "Lokasi pindah ke {tempat}."
    )
    sheet.line("Peserta {jumlah_peserta}, mohon datang tepat waktu.", "Yang diundang {jumlah_peserta}.")
    sheet.line("Pertanyaan ke {narahubung}.", "Hubungi {narahubung} jika berhalangan.")
    sheet.line("Nomor yang bisa dihubungi {telepon}.", "Telepon: {telepon}")
    sheet.gap()
    quoted = {"wd": words.weekday(first), "old": words.written_date(rng, first), "h": f"{rng.randrange(8, 15):02}.15"}
    sheet.line(
        "----- Pesan sebelumnya -----",
        "Pada {was} Panitia menulis:",
        was=words.written_date(rng, sent - dt.timedelta(days=2)),
    )
    sheet.line(
        "> Kami mengundang untuk hadir pada {wd}, {old} pukul {h}.",
        "> Acara kita laksanakan {old} pukul {h}, mohon hadir.",
        **quoted,
    )
    sheet.line("> Demikian, terima kasih.", "> Salam, Panitia")


def receipt(sheet):
    """Kuitansi."""
    rng = sheet.rng
    sheet.maybe(0.75, "nomor_surat", "penandatangan", "instansi_pengirim")
    date = _plain_date(sheet)
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.amount("jumlah_uang", rng.randrange(3, 300) * 25_000)
    sheet.person("penerima_uang")
    sheet.person("penandatangan")
    sheet.fact("instansi_pengirim", words.office(rng))
    sheet.fact("keperluan", subjects.payment(rng))
    if rng.random() < 0.4:
        sheet.prose(
            ("Tanda bukti {nomor_surat}. ", "(Ref. {nomor_surat}) "),
            "Pada {tanggal_surat} ",
            ("kepada {penerima_uang} telah diserahkan {jumlah_uang}", "{penerima_uang} mendapat {jumlah_uang} tunai"),
            (" dari kas {instansi_pengirim}", ", dibebankan pada {instansi_pengirim}"),
            (" sebagai {keperluan}.", " atas {keperluan}."),
            (" Diperiksa oleh {clerk}.", " Pajak {tax} telah dipotong lebih dulu."),
            (" Disetujui {penandatangan}.", " Tertanda pejabat pembuat komitmen, {penandatangan}."),
            clerk=words.person(rng),
            tax=f"Rp{words.dotted(rng.randrange(2, 40) * 2500)}",
        )
        return
    sheet.line("KUITANSI", "BUKTI PEMBAYARAN", "TANDA TERIMA UANG")
    sheet.line("No. : {nomor_surat}", "Nomor bukti {nomor_surat}")
    sheet.line("Sudah terima dari : Bendahara {instansi_pengirim}", "Dibayar oleh: {instansi_pengirim}")
    sheet.line("Uang sejumlah : {jumlah_uang}", "Jumlah | {jumlah_uang}", "Terbilang : {jumlah_uang}")
    sheet.line("Untuk pembayaran : {keperluan}", "Guna membayar {keperluan}")
    sheet.gap()
    sheet.line("{city}, {tanggal_surat}", "Tanggal {tanggal_surat}", city=rng.choice(words.CITIES))
    sheet.line("Yang menerima,\n{penerima_uang}", "Penerima: {penerima_uang}")
    sheet.line("Mengetahui, Pejabat Pembuat Komitmen\n{penandatangan}", "Setuju dibayar: {penandatangan} (PPK)")


def order(sheet):
    """Usulan pengadaan: an item in a table among others."""
    rng = sheet.rng
    sheet.maybe(0.75, "harga_satuan", "total_harga", "tenggat", "penandatangan", "unit_kerja")
    date = _plain_date(sheet)
    (name, price), count = subjects.goods(rng), rng.randrange(2, 25)
    sheet.fact("nama_barang", name)
    sheet.fact("jumlah_barang", count, words.written_count(rng, count, rng.choice(("unit", "buah"))))
    sheet.fact("harga_satuan", price, f"Rp{words.dotted(price)}")
    sheet.fact("total_harga", price * count, f"Rp{words.dotted(price * count)}")
    sheet.fact("unit_kerja", rng.choice(words.UNITS))
    sheet.date("tenggat", date + dt.timedelta(days=rng.randrange(10, 60)))
    sheet.person("penandatangan")
    sheet.line("USULAN KEBUTUHAN BARANG", "Daftar usulan pengadaan", "FORMULIR USULAN PENGADAAN BARANG")
    sheet.line("Tanggal: {tanggal_surat}", "Diajukan {tanggal_surat}")
    sheet.line("Unit pengusul | {unit_kerja}", "Pengusul: {unit_kerja}")
    sheet.gap()
    if rng.random() < 0.5:
        sheet.line("Barang | {nama_barang}", "Nama barang : {nama_barang}")
        sheet.line("Jumlah | {jumlah_barang}", "Banyaknya : {jumlah_barang}")
        sheet.line("Harga satuan | {harga_satuan}", "Harga per unit : {harga_satuan}")
        sheet.line("Total | {total_harga}", "Jumlah harga : {total_harga}")
    else:
        sheet.line(
            "Kami mengusulkan {nama_barang} sebanyak {jumlah_barang}.",
            "Unit kami membutuhkan {jumlah_barang} {nama_barang}.",
            "Yang kurang adalah {nama_barang}, {jumlah_barang}.",
            "Untuk ruang baru diperlukan {nama_barang}; {jumlah_barang} cukup.",
        )
        sheet.line(
            "Perkiraan harga satuannya {harga_satuan}.",
            "Harga satuan menurut katalog {harga_satuan}.",
            "Tahun lalu {old}, kini satu {harga_satuan}.",
            "Tiap barang dihargai {harga_satuan}.",
            old=f"Rp{words.dotted(price - 50_000 * rng.randrange(1, 5))}",
        )
        sheet.line(
            "Seluruhnya {total_harga}.",
            "Pagu yang diperlukan: {total_harga}.",
            "Jadi kami meminta {total_harga} dari sisa anggaran {rest}.",
            "Dari {rest} yang tersedia, terpakai {total_harga}.",
            rest=f"Rp{words.dotted(price * count + 1_000_000 * rng.randrange(1, 30))}",
        )
    sheet.line("Barang diperlukan paling lambat {tenggat}.", "Batas penyerahan barang: {tenggat}")
    sheet.gap()
    sheet.line("Pengusul,\n{penandatangan}", "Ditandatangani oleh {penandatangan}")


def data_request(sheet):
    """Permohonan data."""
    rng = sheet.rng
    sheet.maybe(0.75, "nomor_surat", "format_data", "tenggat", "narahubung", "telepon", "penandatangan")
    date = _plain_date(sheet)
    year = date.year - 1
    sheet.fact("nomor_surat", words.letter_number(rng, date))
    sheet.fact("instansi_pengirim", words.office(rng))
    data = subjects.dataset(rng)
    sheet.fact("data_diminta", data, also=(f"{data} tahun {year - 2} sampai {year}",))
    sheet.fact(
        "format_data", form := rng.choice(fields.FORMAT), form.upper() if rng.random() < 0.5 else f"berkas .{form}"
    )
    sheet.date("tenggat", date + dt.timedelta(days=rng.randrange(5, 30)))
    sheet.person("narahubung", titles=False)
    sheet.phone()
    sheet.person("penandatangan")
    if rng.random() < 0.4:
        sheet.line("Kepada walidata,", "Yth. pengelola portal data")
        sheet.prose(
            ("{instansi_pengirim} tengah menyiapkan kajian. ", "Mewakili {instansi_pengirim}, "),
            ("Yang kami cari: {data_diminta}", "Bolehkah kami memperoleh {data_diminta}"),
            (" rentang {a} sampai {b}", " untuk {a} sampai {b}"),
            (", lebih disukai {format_data}", ", tersimpan sebagai {format_data}"),
            ".",
            (
                " Kajian harus rampung, jadi {tenggat} adalah hari terakhir.",
                " Setelah {tenggat} data tak terpakai lagi.",
            ),
            (" Balasan ke {narahubung}", " Tanyakan {narahubung}"),
            (", {telepon}", " ({telepon})"),
            a=year - 2,
            b=year,
        )
        sheet.prose("Surat ini bernomor {nomor_surat}", (" tertanggal {tanggal_surat}", ", {tanggal_surat}"))
        sheet.line("{penandatangan}", "Salam hormat, {penandatangan}")
        return
    sheet.line("{instansi_pengirim}")
    sheet.line("Nomor : {nomor_surat}", "No: {nomor_surat}")
    sheet.line("Tanggal : {tanggal_surat}", "{tanggal_surat}")
    sheet.line("Hal : Permohonan Data", "Perihal : permintaan data")
    sheet.gap()
    sheet.line(
        "Untuk bahan penyusunan profil daerah, kami memohon data {data_diminta} tahun {a} sampai {b}.",
        "Bersama ini kami mohon bantuan data {data_diminta} tahun {a} sampai {b}.",
        a=year - 2,
        b=year,
    )
    sheet.line("Data mohon disajikan dalam format {format_data}.", "Bentuk yang kami perlukan: {format_data}.")
    sheet.line("Kami harapkan dapat diterima sebelum atau pada {tenggat}.", "Batas penyampaian: {tenggat}.")
    sheet.line("Koordinasi dengan {narahubung}.", "Petugas kami: {narahubung}.")
    sheet.line("Telepon {telepon}.", "Nomor petugas {telepon}.")
    sheet.gap()
    sheet.line("{penandatangan}\nKepala", "Hormat kami,\n{penandatangan}")


def room(sheet):
    """A message that asks for a room."""
    rng = sheet.rng
    sheet.noise = rng.choice(("message", "message", "none"))
    sheet.maybe(0.75, "jam_mulai", "jumlah_peserta", "narahubung", "telepon", "unit_kerja")
    sent = words.workday(words.day(rng))
    ahead = rng.randrange(1, 9)
    event = sent + dt.timedelta(days=ahead)
    surface = {1: "besok", 2: "lusa"}.get(ahead) or words.written_date(rng, event, loose=True)
    if ahead > 2 and sent.weekday() >= 3 and event == sent + dt.timedelta(days=7 - sent.weekday()):
        surface = "Senin depan"
    sheet.date("tanggal_surat", sent)
    sheet.date("tanggal_acara", event, surface=surface)
    sheet.time("jam_mulai", rng.randrange(8, 15), rng.choice((0, 30)))
    sheet.fact("tempat", subjects.room(rng))
    sheet.fact("acara", subjects.meeting(rng))
    sheet.fact("unit_kerja", rng.choice(words.UNITS))
    sheet.fact("jumlah_peserta", count := rng.randrange(8, 120), words.written_count(rng, count, "orang"))
    sheet.person("narahubung", titles=False)
    sheet.phone()
    sheet.line("Dikirim {tanggal_surat}", "({tanggal_surat})")
    sheet.line("Selamat pagi, kami dari {unit_kerja}", "Izin bertanya, dari {unit_kerja}")
    sheet.line(
        "mau pinjam {tempat} untuk {acara} {tanggal_acara}",
        "apakah {tempat} bisa dipakai {tanggal_acara}? untuk {acara}",
        "mohon dijadwalkan {tempat} pada {tanggal_acara}, acara {acara}",
        "{acara} kami rencanakan {tanggal_acara}; {tempat} kosong?",
        "utk {acara}, {tanggal_acara}, kira2 {tempat} boleh kami pakai?",
    )
    sheet.line("mulai jam {jam_mulai}", "pukul {jam_mulai} sampai selesai")
    sheet.line("peserta sekitar {jumlah_peserta}", "yang hadir {jumlah_peserta}")
    sheet.line("penanggung jawab: {narahubung}", "nanti koordinasi dengan {narahubung}")
    sheet.line("nomor {telepon}", "bisa telepon {telepon}")
    sheet.line("terima kasih", "mohon konfirmasinya")


def _plain_date(sheet):
    date = words.workday(words.day(sheet.rng))
    sheet.date("tanggal_surat", date)
    return date
