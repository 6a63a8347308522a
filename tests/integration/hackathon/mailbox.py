"""A real mail server on loopback that does what a test tells it."""

import asyncio
import email
import email.policy
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class MailServer:
    """What arrived, and how to answer next. `to_address` and `to_text` are answers in place of the good one, taken from
    the left; `hold` is waited for before a text is accepted.
    """

    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    to_address: deque[str] = field(default_factory=deque)
    to_text: deque[str] = field(default_factory=deque)
    hang_up: int = 0
    hold: asyncio.Event | None = None
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    receiving: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def texts(self) -> list[str]:
        """The texts that arrived."""
        return [message.get_content() for message in self.arrived]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_address:
            return self.to_address.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.receiving.set()
        if self.hang_up:
            self.hang_up -= 1
            server.transport.abort()
            return "451 gone"
        if self.hold is not None:
            await self.hold.wait()
        if self.to_text:
            return self.to_text.popleft()
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.arrived.append(message)
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        return "250 taken"


@asynccontextmanager
async def mail_server(
    *,
    port: int = 0,
    starttls: SSLContext | None = None,
    tls: SSLContext | None = None,
    login: tuple[str, str] | None = None,
) -> AsyncIterator[MailServer]:
    """Run a server: with `starttls` it offers that, with `tls` it is encrypted from the first byte; `login` is the one
    name and password that it takes, after STARTTLS.
    """
    mailbox = MailServer()
    lines: list[SMTP] = []

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        mailbox.logins.append(data.login.decode())
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    def connected() -> SMTP:
        mailbox.connections += 1
        made = SMTP(
            mailbox,
            hostname="mail.sukaraya.test",
            ident="test",
            tls_context=starttls,
            authenticator=authenticate if login else None,
            auth_required=login is not None,
        )
        lines.append(made)
        return made

    server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", port, ssl=tls)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        if mailbox.hold is not None:
            mailbox.hold.set()
        for line in lines:
            if line.transport is not None:
                line.transport.abort()
        await asyncio.sleep(0.05)
