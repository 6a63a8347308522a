"""Settings from the environment, and the file that documents them."""

import re
from pathlib import Path

import pytest

from hackathon.errors import SettingsInvalid
from hackathon.settings import CLIENT_VARIABLES, Settings, variables

EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_defaults_suit_one_machine() -> None:
    settings = Settings.from_environment({})
    assert settings.database_dir == Path(".gelanggang/postgres")
    assert settings.secret_file == Path(".gelanggang/secret.key")
    assert settings.public_url == "http://127.0.0.1:8000"


def test_every_setting_can_be_given() -> None:
    settings = Settings.from_environment(
        {
            "GELANGGANG_DATA_DIR": "/srv/gelanggang",
            "GELANGGANG_DATABASE_URL": "postgresql://gelanggang@db/gelanggang",
            "GELANGGANG_OBJECTS_URL": "s3://gelanggang/objects",
            "GELANGGANG_PUBLIC_URL": "https://arena.example.go.id/",
            "GELANGGANG_LEASE_SECONDS": "12.5",
            "GELANGGANG_PORT": "8080",
            "GELANGGANG_LOG_FORMAT": "json",
            "GELANGGANG_TOKEN": "glg_is-the-clients-not-ours",
            "HOME": "/root",
        }
    )
    assert settings.secret_file == Path("/srv/gelanggang/secret.key")
    assert settings.public_url == "https://arena.example.go.id"
    assert (settings.lease_seconds, settings.port, settings.log_format) == (12.5, 8080, "json")


def test_proxies_are_addresses_and_networks() -> None:
    settings = Settings.from_environment({"GELANGGANG_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,,2001:db8::/32"})
    assert settings.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32")


def test_mail_is_sent_by_a_server_in_the_name_of_the_site() -> None:
    for url in (
        "smtp://127.0.0.1:2525",
        "smtp://sari:melati@localhost",
        "smtp://sari:melati@mail.example.go.id:587?starttls",
        "smtps://sari%40example.go.id:melati@mail.example.go.id",
        "file:///var/spool/gelanggang",
    ):
        assert Settings.from_environment({"GELANGGANG_SMTP_URL": url}).smtp_url == url
    assert Settings.from_environment({}).mail_from == "Gelanggang <gelanggang@localhost>"
    public = Settings.from_environment({"GELANGGANG_PUBLIC_URL": "https://arena.example.go.id"})
    assert public.mail_from == "Gelanggang <gelanggang@arena.example.go.id>"
    named = Settings.from_environment({"GELANGGANG_MAIL_FROM": "Panitia <panitia@example.go.id>"})
    assert named.mail_from == "Panitia <panitia@example.go.id>"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment({"GELANGGANG_PORT": " ", "GELANGGANG_DATABASE_URL": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GELANGGANG_PORT", "0"),
        ("GELANGGANG_PORT", "65536"),
        ("GELANGGANG_PORT", "-1"),
        ("GELANGGANG_PORT", "8e3"),
        ("GELANGGANG_PORT", "٨٠٠٠"),
        ("GELANGGANG_LEASE_SECONDS", "nan"),
        ("GELANGGANG_LEASE_SECONDS", "soon"),
        ("GELANGGANG_DATABASE_URL", "mysql://db/x"),
        ("GELANGGANG_OBJECTS_URL", "https://bucket"),
        ("GELANGGANG_CONTAINER_RUNTIME", "kata"),
        ("GELANGGANG_LOG_LEVEL", "INFO "),
        ("GELANGGANG_WORKER_SLOTS", "1000"),
        ("GELANGGANG_SMTP_URL", "mail.example.go.id"),
        ("GELANGGANG_SMTP_URL", "smtp://"),
        ("GELANGGANG_SMTP_URL", "smtp://mail.example.go.id:99999"),
        ("GELANGGANG_SMTP_URL", "smtp://mail.example.go.id/folder"),
        ("GELANGGANG_SMTP_URL", "smtp://mail.example.go.id?tls"),
        ("GELANGGANG_SMTP_URL", "smtps://mail.example.go.id?starttls"),
        ("GELANGGANG_SMTP_URL", "smtp://sari:melati@mail.example.go.id"),
        ("GELANGGANG_SMTP_URL", "file://"),
        ("GELANGGANG_SMTP_URL", "file://host/folder"),
        ("GELANGGANG_MAIL_FROM", "Gelanggang"),
        ("GELANGGANG_MAIL_FROM", "a@b, c@d"),
        ("GELANGGANG_MAIL_FROM", "Panitia <a@b>\nBcc: c@d"),
        ("GELANGGANG_MAIL_FROM", "sari@bücher.example"),
        ("GELANGGANG_TRUSTED_PROXIES", "proxy.example.go.id"),
        ("GELANGGANG_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("GELANGGANG_TRUSTED_PROXIES", "127.0.0.1 10.0.0.1"),
        ("GELANGGANG_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("GELANGGANG_TRUSTED_PROXIES", "::/0"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=variable):
        Settings.from_environment({variable: value})


def test_all_problems_are_told_at_once_and_a_typo_is_one() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        Settings.from_environment({"GELANGGANG_PROT": "8000", "GELANGGANG_GRADERS": "many"})
    assert len(caught.value.problems) == 2
    assert "did you mean GELANGGANG_PORT?" in str(caught.value)


def test_a_password_in_an_address_is_not_told() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        Settings.from_environment({"GELANGGANG_DATABASE_URL": "mysql://sari:melati-7@basisdata/acara"})
    assert "GELANGGANG_DATABASE_URL" in str(caught.value)
    assert "melati-7" not in str(caught.value)


def test_the_example_file_documents_exactly_the_settings_there_are() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert tuple(re.findall(r"^#?(GELANGGANG_[A-Z_]+)=", text, flags=re.MULTILINE)) == (*variables(), *CLIENT_VARIABLES)
    for block in text.strip().split("\n\n")[1:]:
        assert block.startswith("# "), f"no explanation: {block}"


def test_the_example_file_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^#?(GELANGGANG_[A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert Settings.from_environment(shown) == Settings()
