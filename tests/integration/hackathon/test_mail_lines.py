"""Lines to a mail server that are encrypted, and servers that want to know who comes."""

import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hackathon.mail import Carrier, SendFailed, Trouble, open_carrier
from tests.integration.hackathon.mailbox import MailServer, mail_server

LOGIN = ("gelanggang@sukaraya.go.id", "me:la/ti@7")
WRITTEN = "gelanggang%40sukaraya.go.id:me%3Ala%2Fti%407"


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "gelanggang@sukaraya.go.id", "dewi@sukaraya.go.id", "Halo"
    message.set_content("Halo")
    return message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody signed but itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.sukaraya.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def own(certificate: Path) -> ssl.SSLContext:
    """What the server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    """What a client has that knows this certificate."""
    return ssl.create_default_context(cafile=str(certificate))


def carrier(url: str, trusting: ssl.SSLContext | None = None) -> Carrier:
    found = open_carrier(url, tls_context=trusting)
    assert found is not None
    return found


async def carry(to: Carrier) -> None:
    try:
        await to.carry(letter())
    finally:
        await to.rest()


def at(server: MailServer, scheme: str, login: str = WRITTEN, query: str = "") -> str:
    return f"{scheme}://{login}@127.0.0.1:{server.port}{query}"


async def test_starttls_before_the_password(own: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with mail_server(starttls=own, login=LOGIN) as server:
        ready = carrier(at(server, "smtp", query="?starttls"), trusting)
        assert await ready.check() == f"127.0.0.1:{server.port} takes letters"
        await carry(ready)
        assert len(server.arrived) == 1
        assert server.logins == [LOGIN[0]] * 2


async def test_encrypted_from_the_first_byte(own: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with mail_server(tls=own) as server:
        await carry(carrier(f"smtps://127.0.0.1:{server.port}", trusting))
        assert len(server.arrived) == 1


async def test_a_certificate_that_nobody_knows_gets_nothing(own: ssl.SSLContext) -> None:
    async with mail_server(starttls=own, login=LOGIN) as server:
        with pytest.raises(SendFailed) as caught:
            await carry(carrier(at(server, "smtp", query="?starttls")))
        assert caught.value.trouble is Trouble.LINE
        assert server.logins == []
    async with mail_server(tls=own) as server:
        with pytest.raises(SendFailed) as caught:
            await carry(carrier(f"smtps://127.0.0.1:{server.port}"))
        assert caught.value.trouble is Trouble.LINE
        assert server.arrived == []


async def test_a_server_without_starttls_gets_no_password() -> None:
    async with mail_server(login=LOGIN) as server:
        with pytest.raises(SendFailed) as caught:
            await carry(carrier(at(server, "smtp", query="?starttls")))
        assert caught.value.trouble is Trouble.LINE
        assert server.logins == []


async def test_a_wrong_password_is_our_trouble_not_the_letters(own: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with mail_server(starttls=own, login=LOGIN) as server:
        wrong = carrier(at(server, "smtp", "gelanggang%40sukaraya.go.id:lama", "?starttls"), trusting)
        for work in (carry(wrong), wrong.check()):
            with pytest.raises(SendFailed) as caught:
                await work
            assert caught.value.trouble is Trouble.LINE
            assert "535" in caught.value.words
            assert "lama" not in caught.value.words


async def test_a_server_that_wants_a_login_we_have_not_got(own: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    async with mail_server(starttls=own, login=LOGIN) as server:
        with pytest.raises(SendFailed) as caught:
            await carry(carrier(f"smtp://127.0.0.1:{server.port}?starttls", trusting))
        assert caught.value.trouble is not Trouble.FINAL
