"""Letters as people and mail servers read them."""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest

from hackathon.mail import Kind, Letter, Recipient, SendFailed, Trouble, judge_letters, letters
from hackathon.mail.judge_letters import JudgedEvent
from hackathon.mail.letters import TeamNews, write
from hackathon.mail.message import compose
from hackathon.mail.model import LONGEST_LINE_PAUSE, line_pause, pause_after
from sandbox.model import Text

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SITE = "https://gelanggang.sukaraya.go.id"
SENDER = "Gelanggang <gelanggang@sukaraya.go.id>"
SECRET = "Ab-_" + "x" * 39
ABOUT = TeamNews("Kawan Lapor", Text(id="Hackathon Kota Sukaraya", en="Sukaraya City Hackathon"), "sukaraya")
JUDGED = JudgedEvent(ABOUT.event, "sukaraya", NOW + timedelta(hours=48))
SARI = Recipient(UUID(int=1), "sari@sukaraya.go.id", "Sari Wulandari")


def all_letters(to: Recipient) -> list[Letter]:
    until = NOW + timedelta(hours=48)
    return [
        letters.confirm_address(to, SECRET, until),
        letters.address_known(to, NOW),
        letters.reset_password(to, SECRET, until),
        letters.password_changed(to, NOW),
        letters.team_joined(to, ABOUT, "Budi {secret} Hartono", NOW),
        letters.team_removed(to, ABOUT, NOW),
        letters.team_approved(to, ABOUT, NOW),
        letters.team_rejected(to, ABOUT, "Surat tugas belum ada.", NOW),
        judge_letters.invited(to, JUDGED, SECRET, until),
        judge_letters.appointed(to, JUDGED),
        judge_letters.work(to, JUDGED, 4, NOW + timedelta(hours=1)),
        judge_letters.reminder(to, JUDGED, 2, 6),
        judge_letters.reopened(to, JUDGED, UUID(int=5), "Salah {baris}."),
    ]


def composed(letter: Letter, mail_id: UUID | None = None) -> EmailMessage:
    message = compose(mail_id or uuid4(), letter, sender=SENDER, public_url=SITE, created_at=NOW)
    read = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_there_is_a_letter_for_each_kind() -> None:
    assert {letter.kind for letter in all_letters(SARI)} == set(Kind)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", range(12))
def test_a_letter_says_what_to_do_and_until_when(kind: int, language: str) -> None:
    to = Recipient(SARI.account_id, SARI.email, SARI.name, language, "Asia/Jayapura")
    letter = all_letters(to)[kind]
    subject, body = write(letter, SITE)
    # What somebody is called is never filled in itself.
    assert "{" not in (subject + body).replace("Budi {secret} Hartono", "").replace("Salah {baris}.", "")
    assert body.startswith("Halo Sari Wulandari,\n" if language == "id" else "Hello Sari Wulandari,\n")
    assert SITE in body
    if "until" in letter.values:
        assert ("pukul 18.00 WIT" if language == "id" else "at 18:00 WIT") in body
    assert (SECRET in body) == ("secret" in letter.values)
    assert ("Balasan tidak dibaca" if language == "id" else "Nobody reads replies") in body


def test_the_two_languages_hold_the_same_links() -> None:
    for indonesian, english in zip(
        all_letters(SARI), all_letters(Recipient(UUID(int=1), SARI.email, language="en")), strict=True
    ):
        links = [
            [word for word in write(one, SITE)[1].split() if word.startswith(SITE)] for one in (indonesian, english)
        ]
        assert sorted(one.rstrip(",.") for one in links[0]) == sorted(one.rstrip(",.") for one in links[1])


def test_a_letter_is_plain_text_that_any_server_takes() -> None:
    message = composed(letters.password_changed(Recipient(UUID(int=1), "budi@sukaraya.go.id", "Bùdi Šantoso ✓"), NOW))
    raw = message.as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 998
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message["Content-Language"] == "id"
    assert message["To"].addresses[0].display_name == "Bùdi Šantoso ✓"


def test_a_letter_made_again_is_the_same() -> None:
    mail_id, letter = uuid4(), letters.confirm_address(SARI, SECRET, NOW + timedelta(hours=48))
    assert composed(letter, mail_id).as_bytes() == composed(letter, mail_id).as_bytes()
    assert composed(letter, mail_id)["Message-ID"] == f"<{mail_id}@sukaraya.go.id>"


@pytest.mark.parametrize(
    "name", ["Sari\r\nBcc: semua@sukaraya.go.id", "Sari\nSubject: lain", "Sari\r\r\nX: y", "<x@y.id>, z", '"', "a\0b"]
)
def test_no_name_makes_a_header(name: str) -> None:
    try:
        message = composed(letters.password_changed(Recipient(UUID(int=1), "sari@sukaraya.go.id", name), NOW))
    except SendFailed:
        return
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message.get_all("Subject") == ["Kata sandi Anda sudah diganti"]
    assert [one.addr_spec for one in message["To"].addresses] == ["sari@sukaraya.go.id"]


@pytest.mark.parametrize("team", ["Kawan\r\nBcc: semua@sukaraya.go.id", "Kawan\nLapor", "Kawan\rX: y", "K" * 5000])
def test_no_teams_name_makes_a_header(team: str) -> None:
    about = TeamNews(team, Text(id="Hackathon", en="Hackathon"), "sukaraya")
    try:
        message = composed(letters.team_removed(SARI, about, NOW))
    except SendFailed:
        return
    assert (message["Bcc"], message["X"]) == (None, None)


@pytest.mark.parametrize(
    "address",
    ["", "sari", "@", "a@b\r\nBcc: c@d", "a@b, c@d", "a b@c", "<a@b>", "a@b\0", "a@" + "\N{SNOWMAN}" * 300],
)
def test_no_address_makes_a_header(address: str) -> None:
    with pytest.raises(SendFailed) as caught:
        composed(letters.password_changed(Recipient(UUID(int=1), address), NOW))
    assert caught.value.trouble is Trouble.FINAL
    assert address not in caught.value.words or not address


def test_a_domain_in_other_letters_travels_as_ascii() -> None:
    message = composed(letters.password_changed(Recipient(UUID(int=1), "sari@bücher.example"), NOW))
    assert message["To"].addresses[0].addr_spec == "sari@xn--bcher-kva.example"


def test_pauses_grow_and_stay() -> None:
    assert [pause_after(n).total_seconds() / 60 for n in (1, 2, 3, 4, 5, 50)] == [1, 5, 30, 120, 120, 120]
    assert [line_pause(n).total_seconds() for n in (1, 2, 3)] == [5, 10, 20]
    assert line_pause(10_000) == LONGEST_LINE_PAUSE


def test_a_letter_about_a_team_names_it_its_event_and_the_reason() -> None:
    subject, body = write(letters.team_rejected(SARI, ABOUT, "Surat tugas belum ada.", NOW), SITE)
    assert subject == "Tim Kawan Lapor ditolak panitia"
    assert "Panitia Hackathon Kota Sukaraya menolak tim Kawan Lapor" in body
    assert "Surat tugas belum ada." in body
    assert f"{SITE}/acara/sukaraya/tim\n" in body
    english = Recipient(SARI.account_id, SARI.email, SARI.name, "en")
    assert "Sukaraya City Hackathon" in write(letters.team_removed(english, ABOUT, NOW), SITE)[1]
