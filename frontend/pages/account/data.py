"""One's own data on one page and as a file, and the privacy notice."""

from collections.abc import Mapping

import msgspec
from litestar import MediaType, Response, get

from frontend.language import Language, message, say
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.account.guarding import browser_title
from hackathon import store
from hackathon.accounts import PRIVACY_VERSION, mask_nip
from hackathon.own_data import own_data

ACTS_SHOWN = 100
"""So many of the newest acts stand on the page; the file has all."""

ACTS: Mapping[str, str] = {
    "account.registered": message("Mendaftar"),
    "account.claimed": message("Mendaftar"),
    "account.changed": message("Mengubah profil"),
    "account.nip_set": message("Menyimpan NIP"),
    "account.nip_removed": message("Menghapus NIP"),
    "account.password_changed": message("Mengganti kata sandi"),
    "account.confirmed": message("Mengonfirmasi akun"),
    "account.confirmation_asked": message("Meminta surel konfirmasi"),
    "session.opened": message("Masuk"),
    "token.created": message("Membuat token"),
    "token.revoked": message("Mencabut token"),
    "code.used": message("Memakai kode panitia"),
    "team.created": message("Membuat tim"),
    "team.changed": message("Mengubah data tim"),
    "team.joined": message("Menjadi anggota tim"),
    "team.left": message("Meninggalkan tim"),
    "team.captain_changed": message("Mengganti ketua tim"),
    "team.dissolved": message("Membubarkan tim"),
    "invitation.made": message("Membuat undangan"),
    "invitation.revoked": message("Mencabut undangan"),
    "entry.created": message("Mengikuti kategori"),
    "entry.withdrawn": message("Mundur dari kategori"),
    "entry.chosen": message("Memilih pengajuan final"),
    "upload.registered": message("Mengumumkan berkas"),
    "upload.refused": message("Berkas ditolak"),
    "submission.received": message("Mengirim pengajuan"),
    "account.forgotten": message("Menghapus data orang lain"),
    "account.created": message("Membuat akun orang lain"),
    "account.roles_set": message("Mengatur peran akun"),
    "account.reset_asked": message("Meminta kata sandi baru"),
    "code.batch_made": message("Membuat lembar kode"),
    "code.batch_revoked": message("Membatalkan lembar kode"),
    "team.approval_asked": message("Meminta tim diperiksa lagi"),
    "team.approved": message("Menyetujui tim"),
    "team.rejected": message("Menolak tim"),
    "upload.cancelled": message("Membatalkan unggahan"),
    "commit.asked": message("Meminta commit git diambil"),
    "commit.cancelled": message("Membatalkan pengambilan commit git"),
    "card.saved": message("Menyimpan kartu prototipe"),
    "pitch.offered": message("Mengunggah presentasi"),
    "pitch.video": message("Mengubah alamat video"),
    "announcement.published": message("Menerbitkan kabar"),
    "announcement.retracted": message("Menarik kabar"),
    "deadline.extended": message("Memberi waktu tambahan"),
    "event.applied": message("Menerapkan berkas acara"),
    "event.rescheduled": message("Mengubah jadwal acara"),
    "evaluation.repeated": message("Mengulang pengujian"),
    "evaluation.retried": message("Menguji ulang"),
    "assignment.made": message("Memberi tugas juri"),
    "assignment.recused": message("Mengundurkan diri dari penugasan"),
    "assignment.withdrawn": message("Menarik tugas juri"),
    "conflict.declared": message("Menyatakan benturan kepentingan"),
    "conflict.withdrawn": message("Menarik benturan kepentingan"),
    "agency.answered": message("Menjawab apakah dua instansi sama"),
    "judge.appointed": message("Menunjuk juri"),
    "judge.changed": message("Mengubah profil juri"),
    "judge.declared": message("Menyatakan benturan kepentingan sudah lengkap"),
    "judge.invited": message("Mengundang juri"),
    "judge.joined": message("Menjadi juri"),
    "judge.left": message("Mengakhiri tugas juri"),
    "judge.link_made": message("Membuat tautan undangan juri"),
    "judge.reminded": message("Mengingatkan juri lewat surel"),
    "judging_group.changed": message("Mengubah kelompok juri"),
    "judging_group.removed": message("Menghapus kelompok juri"),
    "judging_rules.changed": message("Mengubah aturan penilaian"),
    "rubric.changed": message("Mengubah rubrik"),
    "scorecard.reopened": message("Membuka kembali lembar penilaian"),
    "scorecard.sent": message("Mengirim lembar penilaian"),
}
"""What people call what they did. A test finds kinds that have no words here."""

LETTERS: Mapping[str, str] = {
    "confirm_address": message("Konfirmasi alamat surel"),
    "address_known": message("Alamat surel sudah terdaftar"),
    "reset_password": message("Kata sandi baru"),
    "password_changed": message("Kata sandi diganti"),
    "team_joined": message("Anggota baru di tim"),
    "team_removed": message("Dikeluarkan dari tim"),
    "team_approved": message("Tim disetujui"),
    "team_rejected": message("Tim ditolak"),
    "judge_appointed": message("Penunjukan sebagai juri"),
    "judge_invited": message("Undangan menjadi juri"),
    "judge_work": message("Tugas juri"),
    "judge_reminder": message("Pengingat lembar penilaian"),
    "judge_reopened": message("Lembar penilaian dibuka kembali"),
}
"""What letters were about. Each kind has words here."""

LETTER_STATES: Mapping[str, str] = {
    "waiting": message("menunggu dikirim"),
    "sent": message("terkirim"),
    "refused": message("ditolak"),
    "expired": message("tidak terkirim"),
}


@get("/akun/data")
async def data_page(visitor: Visitor, settings: Configured) -> Response[str]:
    """Everything that is kept of one."""
    person = visitor.signed_in()
    now = await store.clock()
    found = await own_data(actor=person.principal, key=await installation_key(settings), now=now)
    return await account_page(
        "account/data.html",
        visitor,
        now=now,
        part="data",
        data=found,
        nip=None if found.nip is None else mask_nip(found.nip),
        browsers=[browser_title(one.browser, visitor.language) for one in found.sessions],
        acts=[{"at": act.at, "title": _word(ACTS, act.kind, visitor.language)} for act in found.acts[:ACTS_SHOWN]],
        more_acts=max(0, len(found.acts) - ACTS_SHOWN),
        letters=[
            {
                "at": letter.created_at,
                "title": _word(LETTERS, letter.kind, visitor.language),
                "state": _word(LETTER_STATES, letter.state, visitor.language),
            }
            for letter in found.letters
        ],
        contact=settings.privacy_contact,
    )


@get("/akun/data.json", media_type=MediaType.JSON)
async def data_file(visitor: Visitor, settings: Configured) -> Response[bytes]:
    """The same as a file for programs."""
    person = visitor.signed_in()
    now = await store.clock()
    found = await own_data(actor=person.principal, key=await installation_key(settings), now=now)
    body = {"made_at": now, "server": settings.public_url, "data": found}
    return Response(
        msgspec.json.format(msgspec.json.encode(body), indent=2),
        media_type=MediaType.JSON,
        headers={"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="data-saya.json"'},
    )


@get("/privasi")
async def privacy_page(visitor: Visitor, settings: Configured) -> Response[str]:
    """What is kept, why, how long, and one's rights."""
    return await account_page(
        "account/privasi.html", visitor, version=PRIVACY_VERSION, contact=settings.privacy_contact
    )


def _word(words: Mapping[str, str], kind: str, language: Language) -> str:
    return say(language, words[kind]) if kind in words else kind
