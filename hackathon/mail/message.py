"""A letter as the message that travels: headers, encoding, addresses."""

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

from hackathon.mail.errors import SendFailed
from hackathon.mail.letters import write
from hackathon.mail.model import Letter, Trouble

# What needs no quoting in a header; the rest of the grammar is the parser's.
_ADDRESS = re.compile(r"[^\s\x00-\x1f@<>()\[\],;:\\\"]+@[^\s\x00-\x1f@<>()\[\],;:\\\"]+")


def compose(mail_id: UUID, letter: Letter, *, sender: str, public_url: str, created_at: datetime) -> EmailMessage:
    """The message of a letter. Made again it is the same to the byte: one that is sent twice is known by its id.

    `sender` is an address, or a name with an address in angle brackets. Raises SendFailed for an address or a
    subject that cannot stand in a header.
    """
    subject, body = write(letter, public_url)
    own_name, own_address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(own_name, addr_spec=own_address)
    try:
        # Headers refuse line breaks by themselves; an address is parsed, never pasted.
        message["To"] = Address(letter.to.name, addr_spec=_plain(letter.to.email))
        message["Subject"] = subject
    except (ValueError, HeaderParseError) as error:
        raise SendFailed(Trouble.FINAL, "its address or subject cannot be written into a message") from error
    message["Date"] = format_datetime(created_at)
    message["Message-ID"] = f"<{mail_id}@{own_address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, cte="quoted-printable")
    message["Content-Language"] = letter.to.language  # after the content, which would take it away
    return message


def _plain(address: str) -> str:
    """The address as it travels: its domain as ASCII (IDNA), what stands before the @ as it is. Raises ValueError."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError("no address")
    mailbox, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{mailbox}@{domain.encode('idna').decode('ascii')}"
