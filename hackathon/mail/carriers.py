"""Who carries letters: a mail server by SMTP, or a folder where nothing should leave the machine."""

import asyncio
import os
import re
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import aiosmtplib

from hackathon.mail.errors import SendFailed
from hackathon.mail.model import Trouble

COMMAND_SECONDS = 20.0
"""How long the server may take for one answer."""

_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.\d{1,3}\b")
_POLICY_CODES = frozenset({530, 534, 535, 538})
"""They ask for a login or for encryption: ours to mend, whatever the address is."""


class Carrier(Protocol):
    """Takes letters one after the other."""

    async def carry(self, message: EmailMessage) -> None:
        """Returns once the letter is in other hands. Raises SendFailed."""
        ...

    async def rest(self) -> None:
        """Nothing follows for a while: let go of connections. Never raises."""
        ...

    async def check(self) -> str:
        """Whether it could carry something now, in words for the operator. Raises SendFailed."""
        ...


def open_carrier(url: str, *, tls_context: object = None) -> Carrier | None:
    """The carrier of a setting (`smtp://`, `smtps://`, `file://`); None for none.

    `smtp://user:password@host:587?starttls` encrypts before it signs in; `smtps://` does from the first byte.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderCarrier(Path(unquote(parts.path)))
    start_tls = "starttls" in dict(parse_qsl(parts.query, keep_blank_values=True))
    return SmtpCarrier(
        aiosmtplib.SMTP(
            hostname=parts.hostname,
            port=parts.port or (465 if parts.scheme == "smtps" else 587 if start_tls else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            # Never on the quiet: a server whose certificate nobody checked would fail, or read along.
            start_tls=start_tls,
            timeout=COMMAND_SECONDS,
            tls_context=tls_context,  # type: ignore[arg-type]
            local_hostname="localhost",
        )
    )


class SmtpCarrier:
    """One connection to a mail server, kept from letter to letter until `rest`."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    async def carry(self, message: EmailMessage) -> None:
        """Hand a message to the server."""
        try:
            if not self._client.is_connected:
                await self._client.connect()
            await self._client.send_message(message)
        except BaseException as error:
            failure = _failure(error)
            if failure is None or failure.trouble is Trouble.LINE:
                self._client.close()
            if failure is None:
                raise
            raise failure from error

    async def rest(self) -> None:
        """Say goodbye and hang up."""
        if self._client.is_connected:
            try:
                await self._client.quit(timeout=2)
            except (aiosmtplib.SMTPException, OSError, TimeoutError):
                self._client.close()

    async def check(self) -> str:
        """Connect, encrypt and sign in as the address says."""
        try:
            await self._client.connect()
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise _failure(error) or error from error
        finally:
            await self.rest()
        return f"{self._client.hostname}:{self._client.port} takes letters"


class FolderCarrier:
    """Puts each letter as a file into a folder, for demos and trials: what would be sent can be read there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, message: EmailMessage) -> None:
        """Write a message; the name is its id, so one that comes twice is one file."""
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        name = re.sub(r"[^A-Za-z0-9-]", "", str(message["Message-ID"]).partition("@")[0])
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=self._folder, prefix=".letter-")  # mode 0600
            with os.fdopen(descriptor, "wb") as file:
                file.write(message.as_bytes())
            Path(draft).replace(self._folder / f"{name}.eml")
        except OSError as error:
            raise _unwritable(error) from error

    async def rest(self) -> None:
        """Nothing is held."""

    async def check(self) -> str:
        """Whether the folder can be written."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=self._folder).close()
        except OSError as error:
            raise _unwritable(error) from error
        return f"letters are put into {self._folder} and sent to nobody"


def _unwritable(error: OSError) -> SendFailed:
    return SendFailed(Trouble.LINE, f"the folder of letters cannot be written: {error.strerror}")


def _failure(error: BaseException) -> SendFailed | None:
    """What an error of the client means; None for what is no failure to send (a cancellation, a mistake of ours)."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            first = error.recipients[0]
            return _answered(first.code, first.message, first.recipient, of_address=True)
        case aiosmtplib.SMTPDataError():
            return _answered(error.code, error.message, "", of_address=False)
        case aiosmtplib.SMTPNotSupported():
            return SendFailed(Trouble.FINAL, "the mail server takes no address with letters beyond ASCII")
        case aiosmtplib.SMTPResponseException():
            # The greeting, encryption, signing in, our own address: nothing of it is about this letter.
            return SendFailed(Trouble.LINE, f"the mail server answers {error.code}: {error.message}")
        case aiosmtplib.SMTPException() | OSError() | TimeoutError():
            return SendFailed(Trouble.LINE, f"the mail server cannot be reached: {error}")
        case ValueError():
            return SendFailed(Trouble.FINAL, "the address cannot be given to a mail server")
    return None


def _answered(code: int, words: str, address: str, *, of_address: bool) -> SendFailed:
    """What a server's answer to an address or to the text means (RFC 5321, 4.2.1; RFC 3463)."""
    shown = f"{code} {words.replace(address, '(the address)') if address else words}"
    if code == 421:  # it hangs up
        return SendFailed(Trouble.LINE, shown)
    enhanced = _ENHANCED.match(words)
    about = enhanced.group(2) if enhanced else ""
    if code < 500 or code in _POLICY_CODES or about == "7":
        return SendFailed(Trouble.LATER, shown)
    if of_address or about in ("1", "2"):
        return SendFailed(Trouble.FINAL, shown)
    return SendFailed(Trouble.LATER, shown)
