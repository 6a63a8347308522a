"""The facts of a paper: how each is said, what stands beside it, and how a summary is recognised to keep or twist it.

A fact has `pokok` (groups of words: a sentence that has one of each group speaks of it), `nilai` (groups likewise: it
says the right thing), and `salah` (words that, in the right thing's place, say something else). `line` is how our own
summary says it.
"""

PERSON = (
    "penanggung jawab|tanggung jawab|dipimpin|memimpin|diserahkan|ditugasi|menugasi|pelaksana|oleh|ditangani".split("|")
)


DECIDED = (
    "disarankan|disepakati|menyepakati|dipilih|memilih|pilihan|diusulkan|diputuskan|disetujui|menyetujui|persetujuan|"
    "didukung|mengusulkan|menyarankan"
).split("|")


def _fact(line, pokok, nilai, salah=()):
    return {"line": line, "pokok": pokok, "nilai": nilai, "salah": list(salah)}


def _any_order(rng, *sentences):
    return rng.sample(sentences, len(sentences))


def state(rng, w):
    now, before = f"{w['now']} {w['unit']}", f"{w['before']} {w['unit']}"
    said = rng.choice(
        (
            f"Hasil pendataan menunjukkan {w['measure']} kini {now}.",
            f"Saat ini {w['measure']} tercatat {now}.",
            f"Menurut laporan terakhir, {w['measure']} mencapai {now}.",
            f"Angka {w['measure']} pada triwulan ini {now}.",
            f"Yang dikeluhkan warga memang nyata: {now} untuk {w['measure']}.",
            f"{w['speaker']} memaparkan keadaan {w['measure']}, yaitu {now} bila dihitung sampai bulan lalu.",
            f"Dihitung dari seluruh kecamatan, didapat {now} untuk {w['measure']}.",
        )
    )
    beside = rng.choice(
        (
            f"Setahun sebelumnya {w['measure']} {before}.",
            f"{w['speaker']} mengingatkan bahwa tahun lalu angkanya {before}.",
            f"Pada periode yang sama tahun lalu: {before}.",
            f"Pemberitaan menyebut {w['measure']} {before}; itu angka lama.",
            f"Angka {before} untuk {w['measure']} yang ditulis media berasal dari tahun lalu.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"{w['measure'][0].upper()}{w['measure'][1:]} kini {now}.", [[w["measure"]]], [[now]], [before]
    )


def cause(rng, w):
    said = rng.choice(
        (
            f"Pemeriksaan menemukan penyebab utamanya: {w['cause']}.",
            f"Hal itu terjadi terutama karena {w['cause']}.",
            f"Sebab yang paling besar ialah {w['cause']}.",
            f"Keadaan itu disebabkan oleh hal yang sederhana, yaitu {w['cause']}.",
            f"Setelah ditelusuri ke lapangan, pangkal masalahnya {w['cause']}.",
            f"Petugas lapangan menunjuk satu hal: {w['cause']}.",
            f"Yang ditemukan tim pemeriksa ialah {w['cause']}, dan itu terjadi berulang.",
        )
    )
    beside = rng.choice(
        (
            f"Dugaan bahwa {w['suspected']} tidak terbukti.",
            f"Semula diduga {w['suspected']}, tetapi datanya tidak mendukung.",
            f"{w['helper']} menyebut kemungkinan {w['suspected']}; setelah diperiksa ternyata bukan itu.",
            f"Banyak yang mengira sebabnya {w['suspected']}.",
            f"Laporan awal menulis bahwa hal itu terjadi karena {w['suspected']}, namun laporan itu sudah dicabut.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"Penyebabnya {w['cause']}.",
        [["penyebab", "sebab", "menyebabkan", "karena", "akibat", "pangkal", "masalahnya"]],
        [[w["cause"]]],
        [w["suspected"]],
    )


def decision(rng, w):
    said = rng.choice(
        (
            f"Setelah ditimbang, disarankan {w['option']}.",
            f"Rapat menyepakati {w['option']}.",
            f"Jalan yang dipilih adalah {w['option']}.",
            f"Dengan pertimbangan itu diusulkan {w['option']}.",
            f"Akhirnya {w['option']} yang mendapat dukungan semua bidang.",
            f"Pimpinan memberi persetujuan untuk {w['option']}.",
            f"Dari dua pilihan, {w['option']} dianggap paling mungkin dikerjakan tahun ini.",
        )
    )
    beside = rng.choice(
        (
            f"Usul {w['refused']} dengan kebutuhan Rp{w['other_cost']} juta tidak diterima.",
            f"Pilihan lain, {w['refused']} (Rp{w['other_cost']} juta), dinilai terlalu mahal.",
            f"{w['speaker']} sempat mengajukan {w['refused']} senilai Rp{w['other_cost']} juta, namun ditolak.",
            f"Semula sempat disepakati {w['refused']} (Rp{w['other_cost']} juta); keputusan itu dicabut.",
            f"Tahun lalu pernah diusulkan {w['refused']}, biayanya Rp{w['other_cost']} juta.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"Disepakati {w['option']}.", [DECIDED], [[w["option"]]], [w["refused"]]
    )


def cost(rng, w):
    figure = f"Rp{w['cost']} juta"
    said = rng.choice(
        (
            f"Kebutuhan anggarannya {figure} dari perubahan APBD.",
            f"Untuk itu diperlukan anggaran {figure}.",
            f"Biaya pelaksanaan dihitung {figure}.",
            f"Dana yang disiapkan sebesar {figure}.",
            f"Badan Keuangan menyanggupi {figure}, kurang dari permintaan semula.",
            f"Untuk melaksanakannya cukup {figure}.",
            f"Semua itu dapat dikerjakan dengan {figure}.",
        )
    )
    beside = rng.choice(
        (
            f"Anggaran tahun lalu Rp{w['old_cost']} juta hanya terserap separuh.",
            f"Permintaan dana semula Rp{w['old_cost']} juta.",
            "Rincian belanja ada pada lampiran.",
            "Tidak diperlukan tambahan pegawai.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"Anggarannya {figure}.",
        [["anggaran", "biaya", "dana", "senilai", "seharga", "cukup"]],
        [[figure]],
        [f"Rp{w['other_cost']} juta", f"Rp{w['old_cost']} juta"],
    )


def lead(rng, w):
    said = rng.choice(
        (
            f"Penanggung jawab kegiatan ditetapkan {w['lead']}.",
            f"{w['lead']} ditunjuk sebagai penanggung jawab.",
            f"Pelaksanaan menjadi tanggung jawab {w['lead']}.",
            f"Pelaksanaan sepenuhnya diserahkan kepada {w['lead']}.",
            f"{w['lead']} akan memimpin pelaksanaan dan melapor setiap pekan.",
            f"Untuk urusan sehari-hari pimpinan menugasi {w['lead']}.",
        )
    )
    beside = rng.choice(
        (
            f"{w['helper']} membantu menyiapkan bahan.",
            f"Notulen dibuat oleh {w['helper']}.",
            f"Pertanyaan dapat diajukan kepada {w['helper']}.",
            f"Penanggung jawab yang lama, {w['helper']}, pindah tugas.",
            f"Sebelumnya kegiatan ini dipimpin {w['helper']}.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"Penanggung jawabnya {w['lead']}.",
        [PERSON],
        [[w["lead"]]],
        [w["helper"], w["chair"], w["speaker"]],
    )


def deadline(rng, w):
    date = f"{w['day']} {w['month']} {w['year']}"
    old = f"{w['old_day']} {w['old_month']}"
    said = rng.choice(
        (
            f"Seluruh pekerjaan diselesaikan paling lambat {date}.",
            f"Tenggat yang semula {old} digeser menjadi {date}.",
            f"Tenggat pelaksanaan {date}, bukan {old} seperti rencana awal.",
            f"Semua harus rampung paling lambat {date}; tanggal {old} tidak berlaku lagi.",
            f"Pekerjaan selesai pada {date} menurut jadwal baru; jadwal lama menyebut {old}.",
            f"Jadwal yang baru berakhir {date}.",
            f"Hasilnya ditunggu sampai {date}, sesudah permintaan mundur dari {old}.",
        )
    )
    short = f"{w['day']} {w['month']}"
    return [said], _fact(
        f"Paling lambat {date}.",
        [["paling lambat", "tenggat", "selesai", "sampai", "berakhir", "rampung", "sebelum", "selambatnya"]],
        [[short]],
        [old],
    )


def goal(rng, w):
    figure = f"{w['goal']} {w['unit']}"
    said = rng.choice(
        (
            f"Sasaran akhir tahun ditetapkan {figure}.",
            f"Dengan langkah ini sasarannya {figure}.",
            f"Sasaran yang hendak dicapai ialah {figure}.",
            f"Yang dijanjikan kepada warga pada akhir tahun: {figure}.",
            f"Keberhasilan diukur dari tercapainya {figure}.",
            f"Diharapkan angkanya bergerak ke {figure} sebelum tutup tahun.",
        )
    )
    beside = rng.choice(
        (
            "Sasaran tahun sebelumnya tidak tercapai.",
            f"Sasaran lama, {w['before']} {w['unit']}, dicabut.",
            f"Usul agar sasaran dipasang pada {w['dream']} {w['unit']} dianggap tidak masuk akal.",
            "Pengukuran dilakukan setiap bulan.",
            "Angka itu akan ditinjau di tengah tahun.",
        )
    )
    wrong = [f"{w[name]} {w['unit']}" for name in ("now", "before", "dream")]
    return _any_order(rng, said, beside), _fact(
        f"Sasarannya {figure}.", [["sasaran", "target", "diharapkan", "keberhasilan"]], [[figure]], wrong
    )


def risk(rng, w):
    said = rng.choice(
        (
            f"Risiko yang perlu diperhatikan: {w['risk']}.",
            f"Risiko terbesarnya {w['risk']}.",
            f"Ada satu risiko, yaitu {w['risk']}.",
            f"Yang dikhawatirkan kini {w['risk']}.",
            f"{w['speaker']} meminta semua berjaga bila {w['risk']}.",
            f"Rencana dapat gagal bila {w['risk']}.",
        )
    )
    beside = rng.choice(
        (
            f"Risiko {w['old_risk']} sudah diatasi tahun lalu.",
            f"Kekhawatiran tentang {w['old_risk']} tidak beralasan menurut bagian hukum.",
            "Rencana cadangan disusun tersendiri.",
            "Pengalaman daerah lain dipelajari.",
        )
    )
    speaks = [["risiko", "khawatir", "kekhawatiran", "kendala", "gagal bila"]]
    return _any_order(rng, said, beside), _fact(f"Risikonya {w['risk']}.", speaks, [[w["risk"]]], [w["old_risk"]])


def places(rng, w):
    one, two = w["areas"]
    three, four = w["other_areas"]
    said = rng.choice(
        (
            f"Uji coba dilakukan di {one} dan {two}.",
            f"Tahap uji coba mengambil tempat di {one} serta {two}.",
            f"Untuk uji coba ditunjuk {one} dan {two}.",
            f"Langkah pertama dimulai di {one} dan {two}.",
            f"{one} dan {two} menyatakan siap lebih dulu.",
        )
    )
    beside = rng.choice(
        (
            f"{three} dan {four} menyusul pada tahun berikutnya.",
            f"Permintaan {three} untuk ikut serta belum dapat dipenuhi.",
            f"Pengalaman {four} tiga tahun lalu menjadi pelajaran.",
            f"Uji coba tahun lalu di {three} dan {four} dihentikan.",
        )
    )
    return _any_order(rng, said, beside), _fact(
        f"Uji coba di {one} dan {two}.",
        [["uji coba", "percobaan", "tahap pertama", "dimulai di", "langkah pertama"]],
        [[one], [two]],
        [three, four],
    )


FACTS = (state, cause, decision, cost, lead, deadline, goal, risk, places)
ORDER = "kini Penyebabnya Disepakati Anggarannya Penanggung Paling Sasarannya Uji Risikonya".split()


def summary(facts):
    """Our own summary: the facts in the order in which a head wants them."""

    def place(fact):
        return next(at for at, word in enumerate(ORDER) if word in fact["line"])

    return " ".join(fact["line"] for fact in sorted(facts, key=place))
