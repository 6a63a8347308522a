"""The letters to judges. Their times are in the zone that the recipient is given: the event's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon.mail.model import Kind, Letter, Recipient
from hackathon.mail.wording import Wording
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """An event as letters to its judges name it; after `closes` nobody judges any more."""

    title: Text
    slug: str
    closes: datetime


def invited(to: Recipient, about: JudgedEvent, secret: str, until: datetime) -> Letter:
    """Asks somebody to judge."""
    return Letter(Kind.JUDGE_INVITED, to, until, _event(about) | {"secret": secret, "until": until.isoformat()})


def appointed(to: Recipient, about: JudgedEvent) -> Letter:
    """Tells somebody with an account that they are a judge now."""
    return Letter(Kind.JUDGE_APPOINTED, to, about.closes, _event(about) | {"until": about.closes.isoformat()})


def work(to: Recipient, about: JudgedEvent, left: int, opens: datetime | None) -> Letter:
    """Tells a judge that there is something to score; `opens` where that is not possible yet."""
    values = {"left": str(left), "until": about.closes.isoformat()}
    later = {} if opens is None else {"opens": opens.isoformat()}
    return Letter(Kind.JUDGE_WORK, to, about.closes, _event(about) | values | later)


def reminder(to: Recipient, about: JudgedEvent, sent: int, assigned: int) -> Letter:
    """Reminds a judge of what is still to be sent."""
    counts = {"sent": str(sent), "assigned": str(assigned), "left": str(assigned - sent)}
    return Letter(Kind.JUDGE_REMINDER, to, about.closes, _event(about) | counts | {"until": about.closes.isoformat()})


def reopened(to: Recipient, about: JudgedEvent, assignment_id: UUID, reason: str) -> Letter:
    """Tells a judge that the organizers gave a scorecard back, and why."""
    values = {"assignment": str(assignment_id), "reason": reason, "until": about.closes.isoformat()}
    return Letter(Kind.JUDGE_REOPENED, to, about.closes, _event(about) | values)


def _event(about: JudgedEvent) -> dict[str, str]:
    return {"event_id": about.title.id, "event_en": about.title.en, "slug": about.slug}


OPENS = Text(
    id="Lembar penilaian dapat dibuka setelah pengerjaan ditutup, {opens}.\n\n",
    en="The scorecards open once building has closed, {opens}.\n\n",
)
"""A sentence of `work`."""

WORDINGS: Mapping[Kind, Wording] = {
    Kind.JUDGE_INVITED: Wording(
        Text(id="Undangan menjadi juri {event}", en="Invitation to judge {event}"),
        Text(
            id="Panitia {event} mengundang Anda menjadi juri.\n\n"
            "Buka tautan ini, masuk atau buat akun, lalu tekan Terima dan menjadi juri:\n\n"
            "{site}/undangan-juri/{secret}\n\n"
            "Tautan berlaku satu kali, sampai {until}, dan hanya untuk Anda: jangan diteruskan. "
            "Jika sudah lewat, minta yang baru kepada panitia.\n\n"
            "Jika Anda tidak mengenal acara ini, abaikan surel ini.",
            en="The organizers of {event} ask you to be one of its judges.\n\n"
            "Open this link, sign in or make an account, and press Accept and judge:\n\n"
            "{site}/undangan-juri/{secret}\n\n"
            "The link works once, until {until}, and is for you alone: do not pass it on. "
            "After that, ask the organizers for a new one.\n\n"
            "If you do not know this event, ignore this e-mail.",
        ),
    ),
    Kind.JUDGE_APPOINTED: Wording(
        Text(id="Anda menjadi juri {event}", en="You are a judge of {event}"),
        Text(
            id="Panitia {event} menunjuk Anda menjadi juri, dengan akun Anda yang sudah ada. Penilaian berlangsung "
            "sampai {until}.\n\n"
            "Masuk seperti biasa, periksa profil juri Anda, lalu nyatakan benturan kepentingan:\n\n"
            "{site}/acara/{slug}/juri/profil\n\n"
            "Jika Anda tidak bersedia, tekan Berhenti menjadi juri di profil itu; panitia membaca alasannya.",
            en="The organizers of {event} made you one of its judges, with the account that you have. Judging goes on "
            "until {until}.\n\n"
            "Sign in as usual, check your profile as a judge, and declare conflicts of interest:\n\n"
            "{site}/acara/{slug}/juri/profil\n\n"
            "If you would rather not, press Stop judging on that profile; the organizers read your reason.",
        ),
    ),
    Kind.JUDGE_WORK: Wording(
        Text(id="Tugas juri Anda di {event}", en="Your judging tasks at {event}"),
        Text(
            id="Panitia {event} memberi Anda prototipe untuk dinilai.\n\n"
            "Lembar penilaian yang menunggu Anda: {left}. Paling lambat {until}.\n\n"
            "{opening}"
            "Tugas Anda:\n\n"
            "{site}/acara/{slug}/juri\n\n"
            "Jika ada benturan kepentingan, nyatakan di halaman itu; tugasnya dialihkan.",
            en="The organizers of {event} gave you prototypes to score.\n\n"
            "Scorecards waiting for you: {left}. They are due by {until}.\n\n"
            "{opening}"
            "Your tasks:\n\n"
            "{site}/acara/{slug}/juri\n\n"
            "If you have a conflict of interest, declare it on that page; the task then goes to somebody else.",
        ),
    ),
    Kind.JUDGE_REMINDER: Wording(
        Text(id="Penilaian {event}: {left} lembar lagi", en="Judging {event}: {left} to go"),
        Text(
            id="Terima kasih sudah menjadi juri {event}. Anda sudah mengirim {sent} dari {assigned} lembar penilaian. "
            "Sisanya ditunggu sampai {until}.\n\n"
            "Lanjutkan dari tugas Anda:\n\n"
            "{site}/acara/{slug}/juri\n\n"
            "Yang sudah Anda isi tersimpan. Jika tidak sempat, beri tahu panitia sekarang, supaya masih ada waktu "
            "untuk mengalihkannya.",
            en="Thank you for judging {event}. You have sent {sent} of {assigned} scorecards. "
            "The rest are due by {until}.\n\n"
            "Go on from your tasks:\n\n"
            "{site}/acara/{slug}/juri\n\n"
            "What you have filled in is kept. If you cannot make it, tell the organizers now, while there is time to "
            "give your tasks to somebody else.",
        ),
    ),
    Kind.JUDGE_REOPENED: Wording(
        Text(id="Lembar penilaian Anda dibuka kembali", en="Your scorecard was reopened"),
        Text(
            id="Panitia {event} membuka kembali satu lembar penilaian yang sudah Anda kirim, dengan alasan:\n\n"
            "{reason}\n\n"
            "Periksa, lalu kirim lagi paling lambat {until}. Sebelum itu lembarnya tidak dihitung:\n\n"
            "{site}/acara/{slug}/juri/{assignment}\n\n"
            "Isian Anda masih ada.",
            en="The organizers of {event} reopened a scorecard that you had sent, for this reason:\n\n"
            "{reason}\n\n"
            "Check it and send it again by {until}. Until then it does not count:\n\n"
            "{site}/acara/{slug}/juri/{assignment}\n\n"
            "What you filled in is still there.",
        ),
    ),
}
