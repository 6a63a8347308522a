"""The letters: what each kind needs, and its words in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hackathon.mail import judge_letters
from hackathon.mail.model import Kind, Letter, Recipient
from hackathon.mail.wording import Wording, moment
from sandbox.model import Text

NEWS_LIFE = timedelta(days=7)
"""How long a letter that holds no link of limited life is still worth sending."""


@dataclass(frozen=True, slots=True)
class TeamNews:
    """A team with the title and slug of its event, as letters name them."""

    team: str
    event: Text
    slug: str


def confirm_address(to: Recipient, secret: str, until: datetime) -> Letter:
    """Asks whether an address belongs to who registered with it."""
    return Letter(Kind.CONFIRM_ADDRESS, to, until, {"secret": secret, "until": until.isoformat()})


def address_known(to: Recipient, now: datetime) -> Letter:
    """Somebody tried to register with the address of an account."""
    return Letter(Kind.ADDRESS_KNOWN, to, now + NEWS_LIFE)


def reset_password(to: Recipient, secret: str, until: datetime) -> Letter:
    """Lets the owner of an address choose a new password."""
    return Letter(Kind.RESET_PASSWORD, to, until, {"secret": secret, "until": until.isoformat()})


def password_changed(to: Recipient, now: datetime, *, tokens_ended: bool = False) -> Letter:
    """Tells the owner of an account that its password is another one now, and whether its API tokens ended with the old
    one.
    """
    values = {"at": now.isoformat()} | ({"tokens": "ended"} if tokens_ended else {})
    return Letter(Kind.PASSWORD_CHANGED, to, now + NEWS_LIFE, values)


def team_joined(to: Recipient, about: TeamNews, person: str, now: datetime) -> Letter:
    """Tells a team's captain who joined."""
    return _team_news(Kind.TEAM_JOINED, to, about, now, person=person)


def team_removed(to: Recipient, about: TeamNews, now: datetime) -> Letter:
    """Tells somebody that they were taken out of a team."""
    return _team_news(Kind.TEAM_REMOVED, to, about, now)


def team_approved(to: Recipient, about: TeamNews, now: datetime) -> Letter:
    """Tells a member that the organizers approved the team."""
    return _team_news(Kind.TEAM_APPROVED, to, about, now)


def team_rejected(to: Recipient, about: TeamNews, reason: str, now: datetime) -> Letter:
    """Tells a member that the organizers rejected the team, and why."""
    return _team_news(Kind.TEAM_REJECTED, to, about, now, reason=reason)


def _team_news(kind: Kind, to: Recipient, about: TeamNews, now: datetime, **more: str) -> Letter:
    values = {"team": about.team, "event_id": about.event.id, "event_en": about.event.en, "slug": about.slug}
    return Letter(kind, to, now + NEWS_LIFE, values | more)


def write(letter: Letter, public_url: str) -> tuple[str, str]:
    """Subject and body of a letter in its reader's language, with links that start with `public_url`."""
    to, wording = letter.to, _WORDINGS[letter.kind]
    english = to.language == "en"
    values = {"secret": "", **letter.values, "site": public_url}
    values["event"] = values.get("event_en" if english else "event_id", "")
    tokens = _TOKENS_ENDED if "tokens" in letter.values else _TOKENS_KEPT
    values["tokens"] = (tokens.en if english else tokens.id).format(site=public_url)
    for name in ("until", "at", "opens"):
        if name in letter.values:
            values[name] = moment(datetime.fromisoformat(letter.values[name]), to.zone, to.language)
    opens = judge_letters.OPENS.en if english else judge_letters.OPENS.id
    values["opening"] = opens.format(**values) if "opens" in letter.values else ""
    greeting, end = (_HELLO.en, _END.en) if english else (_HELLO.id, _END.id)
    hello = f"{greeting} {to.name}," if to.name else f"{greeting},"
    subject, body = (wording.subject.en, wording.body.en) if english else (wording.subject.id, wording.body.id)
    return subject.format(**values), f"{hello}\n\n{body.format(**values)}\n\n{end.format(**values)}\n"


_HELLO = Text(id="Halo", en="Hello")
_END = Text(
    id="--\nGelanggang, {site}\nSurel ini dikirim otomatis. Balasan tidak dibaca.",
    en="--\nGelanggang, {site}\nThis e-mail was sent automatically. Nobody reads replies.",
)

_TOKENS_KEPT = Text(
    id="Token API tetap berlaku; yang tidak dipakai dapat dicabut di {site}/akun/token.",
    en="API tokens go on working; revoke those that you do not use at {site}/akun/token.",
)
_TOKENS_ENDED = Text(
    id="Semua token API dicabut; bila perlu, buat yang baru di {site}/akun/token.",
    en="All API tokens were revoked; if you need any, make new ones at {site}/akun/token.",
)

_WORDINGS: Mapping[Kind, Wording] = {
    **judge_letters.WORDINGS,
    Kind.CONFIRM_ADDRESS: Wording(
        Text(id="Konfirmasi alamat surel Anda", en="Confirm your e-mail address"),
        Text(
            id="Alamat surel ini dipakai untuk mendaftar di Gelanggang.\n\n"
            "Jika itu Anda, buka tautan ini, lalu tekan tombol Konfirmasi:\n\n"
            "{site}/konfirmasi/{secret}\n\n"
            "Tautan berlaku satu kali, sampai {until}. Jika sudah lewat, masuk ke akun Anda dan minta tautan baru.\n\n"
            "Jika bukan Anda yang mendaftar, abaikan surel ini.",
            en="This e-mail address was used to register with Gelanggang.\n\n"
            "If that was you, open this link and press Confirm:\n\n"
            "{site}/konfirmasi/{secret}\n\n"
            "The link works once, until {until}. After that, sign in to your account and ask for a new one.\n\n"
            "If it was not you, ignore this e-mail.",
        ),
    ),
    Kind.ADDRESS_KNOWN: Wording(
        Text(id="Alamat surel Anda sudah terdaftar", en="Your e-mail address is already registered"),
        Text(
            id="Seseorang mencoba mendaftar di Gelanggang dengan alamat surel ini. Alamat ini sudah punya akun, jadi "
            "tidak ada akun baru dan tidak ada yang berubah.\n\n"
            "Jika itu Anda, masuk dengan akun yang sudah ada:\n\n"
            "{site}/masuk\n\n"
            "Lupa kata sandinya? Buat yang baru:\n\n"
            "{site}/lupa-sandi\n\n"
            "Jika bukan Anda, abaikan surel ini. Akun Anda aman.",
            en="Somebody tried to register with Gelanggang using this e-mail address. It has an account already, so "
            "none was made and nothing has changed.\n\n"
            "If that was you, sign in to the account you have:\n\n"
            "{site}/masuk\n\n"
            "Forgot its password? Make a new one:\n\n"
            "{site}/lupa-sandi\n\n"
            "If it was not you, ignore this e-mail. Your account is safe.",
        ),
    ),
    Kind.RESET_PASSWORD: Wording(
        Text(id="Buat kata sandi baru", en="Make a new password"),
        Text(
            id="Ada permintaan kata sandi baru untuk akun Gelanggang dengan alamat surel ini.\n\n"
            "Jika Anda yang meminta, buka tautan ini dan buat kata sandi baru:\n\n"
            "{site}/sandi/{secret}\n\n"
            "Tautan berlaku satu kali, sampai {until}. Setelah kata sandi diganti, semua perangkat harus masuk "
            "lagi dan semua token API dicabut.\n\n"
            "Jika bukan Anda yang meminta, abaikan surel ini. Kata sandi Anda tetap yang lama.",
            en="A new password was asked for, for the Gelanggang account with this e-mail address.\n\n"
            "If that was you, open this link and make a new password:\n\n"
            "{site}/sandi/{secret}\n\n"
            "The link works once, until {until}. Once the password is changed, every device has to sign in again "
            "and all API tokens are revoked.\n\n"
            "If it was not you, ignore this e-mail. Your password stays as it is.",
        ),
    ),
    Kind.PASSWORD_CHANGED: Wording(
        Text(id="Kata sandi Anda sudah diganti", en="Your password was changed"),
        Text(
            id="Kata sandi akun Gelanggang Anda diganti pada {at}. Perangkat lain harus masuk lagi. {tokens}\n\n"
            "Jika itu Anda, tidak ada yang perlu dilakukan.\n\n"
            "Jika bukan Anda, segera buat kata sandi baru:\n\n"
            "{site}/lupa-sandi\n\n"
            "Semua perangkat keluar dan semua token dicabut karenanya. Beri tahu panitia juga.",
            en="The password of your Gelanggang account was changed on {at}. Other devices have to sign in again. "
            "{tokens}\n\n"
            "If that was you, there is nothing to do.\n\n"
            "If it was not you, make a new password now:\n\n"
            "{site}/lupa-sandi\n\n"
            "That signs every device out and revokes every token. Tell the organizers too.",
        ),
    ),
    Kind.TEAM_JOINED: Wording(
        Text(id="{person} bergabung dengan tim {team}", en="{person} has joined the team {team}"),
        Text(
            id="{person} bergabung dengan tim {team} di {event} lewat tautan undangan.\n\n"
            "Lihat susunan tim:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "Jika ini keliru, keluarkan dari tim di halaman itu. Tautan undangan ikut dicabut.",
            en="{person} has joined the team {team} of {event} by its invitation link.\n\n"
            "See who is in the team:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "If this is a mistake, remove the person on that page. The invitation link is revoked then too.",
        ),
    ),
    Kind.TEAM_REMOVED: Wording(
        Text(id="Anda dikeluarkan dari tim {team}", en="You were removed from the team {team}"),
        Text(
            id="Anda bukan lagi anggota tim {team} di {event}.\n\n"
            "Anda dapat bergabung dengan tim lain, atau membuat tim sendiri:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "Jika menurut Anda ini keliru, bicarakan dengan ketua tim atau panitia.",
            en="You are no longer a member of the team {team} of {event}.\n\n"
            "You can join another team, or make one of your own:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "If you think this is a mistake, talk to the team's captain or the organizers.",
        ),
    ),
    Kind.TEAM_APPROVED: Wording(
        Text(id="Tim {team} disetujui panitia", en="The team {team} is approved"),
        Text(
            id="Panitia {event} menyetujui tim {team}. Tim dapat mengirim prototipe selama pengerjaan dibuka:\n\n"
            "{site}/acara/{slug}/tim",
            en="The organizers of {event} have approved the team {team}. It can hand in while building is open:\n\n"
            "{site}/acara/{slug}/tim",
        ),
    ),
    Kind.TEAM_REJECTED: Wording(
        Text(id="Tim {team} ditolak panitia", en="The team {team} is rejected"),
        Text(
            id="Panitia {event} menolak tim {team}, dengan alasan:\n\n"
            "{reason}\n\n"
            "Ketua tim dapat memperbaikinya di halaman tim, lalu minta diperiksa lagi:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "Jika menurut Anda ini keliru, bicarakan dengan panitia.",
            en="The organizers of {event} have rejected the team {team}, for this reason:\n\n"
            "{reason}\n\n"
            "The captain can put it right on the team's page and ask to be checked again:\n\n"
            "{site}/acara/{slug}/tim\n\n"
            "If you think this is a mistake, talk to the organizers.",
        ),
    ),
}
