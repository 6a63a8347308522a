"""What a page says right after something was done: a code in its address, words here.

A page with such words also makes the browser forget the drafts of its forms, so signing in has none.
"""

from collections.abc import Mapping

from sandbox.model import Text

NOTICES: Mapping[str, Text] = {
    "keluar": Text("Anda sudah keluar.", "You are signed out."),
    "terdaftar": Text(
        "Akun Anda siap. Kami mengirim surel ke alamat Anda: buka tautan di dalamnya untuk mengonfirmasi akun.",
        "Your account is ready. We sent you an e-mail: open the link in it to confirm your account.",
    ),
    "sandi-diganti": Text(
        "Kata sandi diganti. Perangkat lain harus masuk lagi; token API tetap berlaku.",
        "Your password is changed. Other devices have to sign in again; API tokens go on working.",
    ),
    "nip-tersimpan": Text("NIP tersimpan, tersandi.", "Your NIP is kept, encrypted."),
    "nip-terhapus": Text("NIP dihapus.", "Your NIP is deleted."),
    "sesi-diakhiri": Text("Perangkat itu harus masuk lagi.", "That device has to sign in again."),
    "sesi-lain-diakhiri": Text("Semua perangkat lain harus masuk lagi.", "All other devices have to sign in again."),
    "token-dicabut": Text("Token dicabut dan tidak berlaku lagi.", "The token is revoked and opens nothing any more."),
    "terpilih": Text("Pilihan tersimpan: versi itu yang dinilai juri.", "Saved: that version is the one judged."),
    "otomatis": Text(
        "Kembali ke otomatis: versi terbaru yang selesai diuji yang dinilai juri.",
        "Back to automatic: the latest tested version is the one judged.",
    ),
    "tim-dibuat": Text(
        "Tim dibuat, dan Anda ketuanya. Bagikan tautan undangan di bawah kepada anggota lain.",
        "The team is made, and you are its captain. Share the invitation link below with the others.",
    ),
    "bergabung": Text("Anda sudah menjadi anggota tim ini.", "You are now a member of this team."),
    "sudah-anggota": Text("Anda memang sudah anggota tim ini.", "You are a member of this team already."),
    "tim-ditinggalkan": Text("Anda sudah keluar dari tim.", "You have left the team."),
    "anggota-dikeluarkan": Text(
        "Anggota dikeluarkan, dan tautan undangan yang lama dicabut.",
        "The member is removed, and the old invitation link is revoked.",
    ),
    "ketua-diganti": Text("Ketua tim sudah diganti.", "The team has another captain now."),
    "kategori-dipilih": Text("Tim ikut kategori ini.", "The team is in this track now."),
    "kategori-ditinggalkan": Text("Tim mundur dari kategori ini.", "The team has withdrawn from this track."),
    "tim-diajukan": Text("Panitia diminta memeriksa tim lagi.", "The organizers are asked to look at the team again."),
    "undangan-dibuat": Text("Tautan undangan yang baru siap dibagikan.", "The new invitation link is ready to share."),
    "undangan-dicabut": Text(
        "Tautan undangan dicabut. Tidak ada yang dapat bergabung dengannya lagi.",
        "The invitation link is revoked. Nobody can join with it any more.",
    ),
    "surel-dikirim": Text("Surel konfirmasi sedang dikirim.", "The e-mail is on its way."),
    "terkonfirmasi": Text("Akun Anda sudah dikonfirmasi.", "Your account is confirmed."),
    "sandi-baru": Text(
        "Kata sandi baru tersimpan, dan Anda sudah masuk. Perangkat lain keluar, semua token API dicabut.",
        "Your new password is saved, and you are signed in. Other devices are signed out, all API tokens revoked.",
    ),
    "lembar-dibatalkan": Text(
        "Lembar kode dibatalkan. Kode yang belum dipakai tidak berlaku lagi.",
        "The sheet is revoked. Codes that were not used are worth nothing now.",
    ),
    "jadwal": Text("Jadwal tersimpan.", "The schedule is saved."),
    "perpanjangan": Text("Waktu tambahan diberikan.", "The extra time is given."),
    "uji-ulang": Text(
        "Pengujian ulang masuk antrean. Hasil lama berlaku sampai yang baru selesai.",
        "The new evaluation is in the queue. The old result holds until it has ended.",
    ),
    "tim-disetujui": Text("Tim yang dipilih disetujui.", "The chosen teams are approved."),
    "tim-ditolak": Text("Tim yang dipilih ditolak.", "The chosen teams are rejected."),
    "tim-tetap": Text("Tim itu memang sudah diputus begitu.", "Those teams were decided so already."),
    "kabar-terbit": Text("Kabar terbit.", "The news is published."),
    "kabar-ditarik": Text("Kabar ditarik.", "The news is taken back."),
    "orang": Text("Orang itu dikonfirmasi.", "That person is confirmed."),
    "diterima": Text("Pengajuan diterima. Ini tanda terimanya.", "Your submission is received. This is its receipt."),
    "commit-dibatalkan": Text(
        "Pengambilan commit dibatalkan. Tidak ada jatah yang terpakai.",
        "The commit is not fetched any more. No attempt was used.",
    ),
    "unggahan-dibuang": Text(
        "Unggahan dibuang. Tidak ada jatah yang terpakai.", "The upload is thrown away. No attempt was used."
    ),
    "kartu-tersimpan": Text("Kartu prototipe tersimpan dan lengkap.", "The prototype card is saved and complete."),
    "kartu-draf": Text(
        "Draf kartu tersimpan. Lengkapi sebelum batas waktu.",
        "The card's draft is saved. Complete it before the deadline.",
    ),
    "presentasi-diunggah": Text(
        "PDF diterima. Halamannya sedang digambar.", "The PDF is received. Its pages are being drawn."
    ),
    "video-tersimpan": Text("Tautan video tersimpan.", "The link to the video is saved."),
    "video-dihapus": Text("Tautan video dihapus.", "The link to the video is removed."),
    "penugasan-dibagi": Text("Penugasan tersimpan.", "The assignments are saved."),
    "babak-final": Text(
        "Babak final dibuat. Para juri menemukannya di Tugas juri.",
        "The final is made. The judges find it among their tasks.",
    ),
    "penugasan-dibuat": Text("Juri ditugaskan.", "The judge is assigned."),
    "penugasan-dicabut": Text("Penugasan dicabut.", "The assignment is withdrawn."),
    "aturan-penilaian": Text("Aturan penilaian tersimpan.", "The judging rules are saved."),
    "rubrik": Text("Rubrik tersimpan.", "The rubric is saved."),
    "kelompok": Text(
        "Kelompok tersimpan. Bagi peserta lagi di Penugasan.", "The group is saved. Plan again under Assignments."
    ),
    "kelompok-dihapus": Text("Kelompok dihapus.", "The group is removed."),
    "kalibrasi": Text(
        "Sampel tersimpan dan diberikan ke semua juri.", "The samples are saved and given to all judges."
    ),
    "undian": Text("Urutan diundi.", "The order is drawn."),
    "lembar-tersimpan": Text("Lembar tersimpan.", "The scorecard is saved."),
    "lembar-terkirim": Text(
        "Lembar sebelumnya terkirim dan terkunci.", "The scorecard before this one is sent and locked."
    ),
    "lembar-dibuka": Text(
        "Lembar dibuka kembali. Juri melihat alasannya.", "The scorecard is reopened. Its judge sees why."
    ),
    "undangan-disurel": Text(
        "Undangan sedang dikirim lewat surel. Tautannya hanya ada di surel itu.",
        "The invitation is on its way by e-mail. Its link stands in that e-mail only.",
    ),
    "juri-diingatkan": Text("Pengingat sedang dikirim.", "The reminders are on their way."),
    "juri-ditunjuk": Text(
        "Akun itu sekarang juri acara ini. Tugas juri terlihat setelah pemiliknya masuk.",
        "That account is a judge of this event now. Its owner sees Judging tasks once signed in.",
    ),
    "juri-berhenti": Text(
        "Anda berhenti menjadi juri acara ini. Panitia diberi tahu. Terima kasih.",
        "You have stopped judging this event. The organizers are told. Thank you.",
    ),
    "juri-bergabung": Text(
        "Anda sekarang juri acara ini. Nyatakan benturan kepentingan bila ada.",
        "You are a judge of this event now. Declare conflicts of interest, if any.",
    ),
    "tersimpan": Text("Perubahan tersimpan.", "Your changes are saved."),
}


def notice(code: str) -> Text | None:
    """The words of a code; None for one that nobody gave out."""
    return NOTICES.get(code)
