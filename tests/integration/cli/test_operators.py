"""The commands of whoever runs the server, as processes, on a real database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hackathon import credentials
from hackathon.database import create_database

EVENT = """
slug = "asn-2026"
zone = "Asia/Jakarta"
title = { id = "Hackathon AI ASN 2026", en = "ASN AI Hackathon 2026" }

[schedule]
registration_opens = 2026-11-02T08:00:00
building_opens = 2026-11-16T08:00:00
building_closes = 2026-12-11T17:00:00
judging_closes = 2026-12-18T17:00:00
objection_closes = 2026-12-23T17:00:00

[[tracks]]
slug = "naskah"
title = { id = "Naskah", en = "Letters" }
tasks = [{ slug = "otomasi-formulir" }]
"""


class Operator:
    """Runs commands with the settings of one installation."""

    def __init__(self, dsn: str, folder: Path) -> None:
        self.environment = {**os.environ, "GELANGGANG_DATABASE_URL": dsn, "GELANGGANG_DATA_DIR": str(folder)}

    def run(self, *arguments: str, said: str = "") -> tuple[int, dict[str, Any], str]:
        """Exit status, the object, and what people were told; `said` is its standard input."""
        command = [sys.executable, "-m", "frontend.cli", *arguments, "--json"]
        told = subprocess.run(
            command, input=said, capture_output=True, text=True, timeout=60, check=False, env=self.environment
        )
        assert "Traceback" not in told.stderr
        found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
        return told.returncode, found, told.stderr

    def text(self, *arguments: str) -> str:
        """What a command prints for people."""
        command = [sys.executable, "-m", "frontend.cli", *arguments]
        told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=self.environment)
        return told.stdout


@pytest.fixture
def operator(dsn: str, tmp_path: Path) -> Operator:
    return Operator(dsn, tmp_path)


async def test_migrate_is_repeated_in_peace(postgres: str, tmp_path: Path) -> None:
    operator = Operator(await create_database(postgres, "operators_empty"), tmp_path)
    status, told, words = operator.run("user", "list")
    assert (status, told["error"]["code"]) == (3, "not_migrated")
    assert "gelanggang migrate" in words
    status, first, _ = operator.run("migrate")
    assert status == 0
    assert len(first["ran"]) >= 3
    assert operator.run("migrate")[1] == {"ran": []}


def test_an_account_gets_a_token_that_can_be_ended(operator: Operator) -> None:
    status, ayu, _ = operator.run("user", "create", "Ayu Lestari", "--email", "ayu@contoh.go.id", "--role", "organizer")
    assert (status, ayu["name"], ayu["roles"]) == (0, "Ayu Lestari", ["organizer"])
    assert operator.run("user", "list")[1]["accounts"] == [ayu]
    assert "ayu@contoh.go.id" in operator.text("user", "list")
    status, token, words = operator.run("token", "create", "AYU@contoh.go.id", "--label", "laptop", "--days", "7")
    assert status == 0
    assert token["token"].startswith("glg_")
    assert token["token"] not in words
    (kept,) = operator.run("token", "list", ayu["id"])[1]["tokens"]
    assert (kept["id"], kept["label"], kept["revoked_at"]) == (token["id"], "laptop", None)
    assert token["token"] not in json.dumps(kept)
    assert operator.run("token", "revoke", token["id"])[0] == 0
    assert operator.run("token", "revoke", token["id"])[0] == 0
    (ended,) = operator.run("token", "list", ayu["id"])[1]["tokens"]
    assert ended["revoked_at"] is not None


async def test_an_organizer_of_the_command_line_can_sign_in(operator: Operator, store: ModuleType) -> None:
    create = ("user", "create", "Ayu Lestari", "--email", "ayu@contoh.go.id", "--role", "organizer", "--password-stdin")
    assert operator.run(*create, said="pendek\n")[1]["error"]["code"] == "password_refused"
    assert operator.run("user", "list")[1]["accounts"] == []
    status, ayu, words = operator.run(*create, said="kuda baterai staples\n")
    assert status == 0
    assert ayu["confirmed_at"] is not None
    assert "kuda" not in words
    assert str(await credentials.sign_in("ayu@contoh.go.id", "kuda baterai staples")) == ayu["id"]
    status, _, _ = operator.run("user", "password", "AYU@contoh.go.id", "--password-stdin", said="lampu jalan kampung")
    assert status == 0
    assert str(await credentials.sign_in("ayu@contoh.go.id", "lampu jalan kampung")) == ayu["id"]
    assert operator.run("user", "roles", ayu["id"], "--role", "judge")[1]["roles"] == ["judge"]
    assert operator.run("user", "forget", ayu["id"], "--yes")[1]["error"]["code"] == "account_has_roles"
    assert operator.run("user", "roles", ayu["id"])[1]["roles"] == []
    assert operator.run("user", "forget", "ayu@contoh.go.id")[1]["error"]["code"] == "usage"
    assert operator.run("user", "forget", "ayu@contoh.go.id", "--yes")[1]["email"] is None
    assert operator.run("user", "forget", "ayu@contoh.go.id", "--yes")[1]["error"]["code"] == "account_unknown"
    _, budi, _ = operator.run("user", "create", "Budi", "--email", "budi@contoh.go.id", "--unconfirmed")
    assert budi["confirmed_at"] is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("user", "create", " "), "name_empty"),
        (("user", "create", "Ayu", "--email", "x"), "email_invalid"),
        (("user", "create", "Ayu", "--role", "raja"), "usage"),
        (("user", "create", "Ayu", "--password-stdin"), "usage"),
        (("user", "create", "Ayu", "--email", "ayu@contoh.go.id", "--password-stdin"), "password_refused"),
        (("user", "password", "ayu@contoh.go.id"), "usage"),
        (("user", "password", "siapa@contoh.go.id", "--password-stdin"), "account_unknown"),
        (("user", "roles", "siapa@contoh.go.id"), "account_unknown"),
        (("token", "create", "siapa@contoh.go.id"), "account_unknown"),
        (("token", "create", "00000000-0000-0000-0000-000000000001"), "account_unknown"),
        (("token", "create", "x", "--days", "0"), "usage"),
        (("token", "revoke", "bukan-id"), "usage"),
        (("token", "revoke", "00000000-0000-0000-0000-000000000001"), "token_unknown"),
        (("event", "apply", "tidak-ada.toml"), "usage"),
    ],
)
def test_wrong_usage_is_two_with_a_sentence(arguments: tuple[str, ...], code: str, operator: Operator) -> None:
    status, told, words = operator.run(*arguments)
    assert (status, told["error"]["code"]) == (2, code)
    assert words.strip()


def test_an_event_is_made_and_changed_from_its_file(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "acara.toml"
    file.write_text(EVENT)
    status, made, _ = operator.run("event", "apply", str(file))
    assert status == 0
    assert (made["event"], made["tracks"]) == ("asn-2026", ["naskah"])
    assert made["seeds"].keys() == {"board", "final"}
    assert operator.run("event", "apply", str(file))[1] == made
    file.write_text(EVENT.replace("2026-12-11T17:00:00", "2026-12-12T17:00:00"))
    changed = operator.run("event", "apply", str(file))[1]
    assert (changed["id"], changed["seeds"]) == (made["id"], made["seeds"])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('zone = "Asia/Jakarta"', 'zone = "Asia/Atlantis"', "Asia/Atlantis"),
        ("otomasi-formulir", "otomasi-rahasia", "otomasi-rahasia"),
        ("2026-12-11T17:00:00", "2026-11-01T17:00:00", "building_closes"),
        ("[schedule]", "[schedule", "line"),
    ],
)
def test_a_wrong_event_file_names_the_line(old: str, new: str, words: str, operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "acara.toml"
    file.write_text(EVENT.replace(old, new))
    status, told, _ = operator.run("event", "apply", str(file))
    assert (status, told["error"]["code"]) == (2, "event_invalid")
    assert words in told["error"]["message"]["en"]
    assert "line" in told["error"]["message"]["en"]


def test_settings_that_cannot_be_used_are_all_named(operator: Operator) -> None:
    operator.environment |= {"GELANGGANG_PORT": "x", "GELANGGANG_LEASE": "3"}
    status, told, _ = operator.run("user", "list")
    assert (status, told["error"]["code"]) == (2, "settings_invalid")
    assert "GELANGGANG_PORT" in told["error"]["message"]["en"]
    assert "GELANGGANG_LEASE_SECONDS" in told["error"]["message"]["en"]


def test_a_database_that_is_not_there_is_ours(operator: Operator) -> None:
    operator.environment["GELANGGANG_DATABASE_URL"] = "postgresql://127.0.0.1:9/nobody"
    status, told, words = operator.run("migrate")
    assert (status, told["error"]["code"]) == (3, "unavailable")
    assert "GELANGGANG_DATABASE_URL" in words


def test_serve_tells_a_port_in_use(operator: Operator, served_port: int) -> None:
    status, told, _ = operator.run("serve", "--port", str(served_port))
    assert (status, told["error"]["code"]) == (3, "port_unavailable")
    assert str(served_port) in told["error"]["message"]["en"]
