"""Who carries letters, and what a mail server's answers mean."""

from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from hackathon.mail import SendFailed, Trouble, open_carrier
from hackathon.mail.carriers import FolderCarrier, SmtpCarrier, _failure


def client(url: str) -> aiosmtplib.SMTP:
    carrier = open_carrier(url)
    assert isinstance(carrier, SmtpCarrier)
    return carrier._client


def test_a_setting_says_how_to_connect() -> None:
    plain = client("smtp://127.0.0.1:2525")
    assert (plain.hostname, plain.port, plain.use_tls, plain._start_tls_on_connect) == ("127.0.0.1", 2525, False, False)
    upgraded = client("smtp://sari%40sukaraya.go.id:r%3Ahasia@mail.sukaraya.go.id?starttls")
    assert (upgraded.port, upgraded._start_tls_on_connect) == (587, True)
    assert (upgraded._login_username, upgraded._login_password) == ("sari@sukaraya.go.id", "r:hasia")
    wrapped = client("smtps://mail.sukaraya.go.id")
    assert (wrapped.port, wrapped.use_tls, wrapped._login_username) == (465, True, None)
    assert open_carrier("") is None


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "5.1.1 unknown", "a@b")]), "final"),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(553, "bad", "a@b")]), "final"),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "5.7.1 relay", "a@b")]), "later"),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(530, "login first", "a@b")]), "later"),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(450, "grey", "a@b")]), "later"),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(421, "bye", "a@b")]), "line"),
        (aiosmtplib.SMTPDataError(554, "5.7.1 spam"), "later"),
        (aiosmtplib.SMTPDataError(554, "no"), "later"),
        (aiosmtplib.SMTPDataError(554, "5.1.1 unknown after all"), "final"),
        (aiosmtplib.SMTPDataError(452, "4.3.1 full"), "later"),
        (aiosmtplib.SMTPSenderRefused(550, "who are you", "x@y"), "line"),
        (aiosmtplib.SMTPAuthenticationError(535, "wrong"), "line"),
        (aiosmtplib.SMTPServerDisconnected("gone"), "line"),
        (aiosmtplib.SMTPConnectTimeoutError("slow"), "line"),
        (aiosmtplib.SMTPNotSupported("SMTPUTF8"), "final"),
        (ConnectionRefusedError(), "line"),
        (TimeoutError(), "line"),
        (ValueError("line break"), "final"),
    ],
)
def test_what_an_answer_means(error: Exception, trouble: str) -> None:
    failure = _failure(error)
    assert failure is not None
    assert failure.trouble is Trouble(trouble)


def test_what_is_no_answer_is_no_failure_to_send() -> None:
    assert _failure(KeyError()) is None
    assert _failure(KeyboardInterrupt()) is None


def test_an_address_is_not_told_on() -> None:
    refused = aiosmtplib.SMTPRecipientRefused(550, "5.1.1 <dewi@sukaraya.go.id>: unknown", "dewi@sukaraya.go.id")
    failure = _failure(aiosmtplib.SMTPRecipientsRefused([refused]))
    assert failure is not None
    assert failure.words == "550 5.1.1 <(the address)>: unknown"


async def test_a_folder_takes_letters_readable_by_the_owner_only(tmp_path: Path) -> None:
    carrier = open_carrier((tmp_path / "surat keluar").as_uri())
    assert isinstance(carrier, FolderCarrier)
    message = EmailMessage()
    message["Message-ID"] = "<5c1c../../bf0e@sukaraya.go.id>"
    message.set_content("Halo")
    await carrier.carry(message)
    await carrier.carry(message)
    (path,) = (tmp_path / "surat keluar").iterdir()
    assert path.name == "5c1cbf0e.eml"
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_bytes().endswith(b"Halo\n")
    assert "sent to nobody" in await carrier.check()
    await carrier.rest()


async def test_a_folder_that_cannot_be_written_is_a_line_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    carrier = FolderCarrier(tmp_path / "berkas" / "surat")
    for work in (carrier.carry(EmailMessage()), carrier.check()):
        with pytest.raises(SendFailed) as caught:
            await work
        assert caught.value.trouble is Trouble.LINE
