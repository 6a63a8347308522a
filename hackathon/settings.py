"""Every setting of the system, read from the environment in one place.

`.env.example` documents each; a test keeps the two alike.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from hackathon.errors import SettingsInvalid

PREFIX = "GELANGGANG_"

LOG_LEVELS = ("debug", "info", "warning", "error")

CLIENT_VARIABLES = ("GELANGGANG_SERVER", "GELANGGANG_TOKEN")
"""Read by the command line as a client of the API, not by the server."""


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high} is wanted")
        return int(text)

    return read


def _seconds(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ValueError(f"seconds from {low:g} to {high:g} are wanted")
        return value

    return read


def _line(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise ValueError(f"one line of at most {longest} characters is wanted")
        return text

    return read


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("yes or no is wanted")
    return text == "yes"


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)} is wanted")
        return text

    return read


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            raise ValueError(
                f"an address that starts with {' or '.join(scheme + '://' for scheme in schemes)} is wanted"
            )
        return text

    return read


def _carrier(text: str) -> str:
    """Who carries mail: `smtp://`, `smtps://` or `file://`, see `hackathon.mail.carriers`."""
    parts = urlsplit(_url("smtp", "smtps", "file")(text))
    if parts.scheme == "file":
        if parts.netloc or not parts.path.strip("/"):
            raise ValueError("a folder like file:///var/spool/gelanggang is wanted")
        return text
    if not parts.hostname or parts.path.strip("/"):
        raise ValueError("an address like smtp://user:password@mail.example.go.id:587?starttls is wanted")
    _ = parts.port  # raises ValueError for one that is no port
    if parts.query not in ("", "starttls"):
        raise ValueError("after ? only starttls is known")
    encrypted = parts.scheme == "smtps" or parts.query == "starttls"
    if parts.scheme == "smtps" and parts.query:
        raise ValueError("smtps:// is encrypted from the start; take starttls away, or write smtp://")
    if parts.password and not encrypted and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ValueError("a password must not travel unencrypted: write smtps://, or ?starttls at the end")
    return text


_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+"


def _mailbox(text: str) -> str:
    """An address, or a name with one in angle brackets; ASCII, so that every mail server takes it."""
    if not text.isascii() or not re.fullmatch(rf"{_ADDRESS}|[^\x00-\x1f\x7f@,;<>\"]+ <{_ADDRESS}>", text):
        raise ValueError("an address like Gelanggang <gelanggang@example.go.id> is wanted")
    return text


def _networks(text: str) -> tuple[str, ...]:
    found = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        try:
            network = ip_network(part)
        except ValueError as error:
            raise ValueError(
                f"addresses or networks such as 10.0.0.0/8 are wanted, with commas between: {error}"
            ) from error
        if network.prefixlen == 0:
            raise ValueError(f"{part} would trust everybody; name the proxies")
        found.append(str(network))
    return tuple(found)


def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in text.split(","))))


_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})*\.(?!-)[a-z][a-z0-9-]{1,62}")


def _hosts(text: str) -> tuple[str, ...]:
    """Names of hosts, none for `off`. Figures are no name: an address would say nothing of who answers there."""
    names = [name.lower() for name in _words(text)]
    if names == ["off"]:
        return ()
    for name in names:
        if len(name) > 253 or not _HOST.fullmatch(name):
            raise ValueError(f"names of hosts such as github.com are wanted, with commas between, or off: not {name}")
    return tuple(dict.fromkeys(names))


def _door(text: str) -> tuple[str, int] | None:
    """An address of this machine with a port, None for `off`."""
    if text == "off":
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError("an address with a port such as 127.0.0.1:8090 is wanted, or off")
    return host.strip("[]"), int(port)


def _pattern(text: str) -> str:
    """An address in whose host's name a label of its own takes the place of `{token}`."""
    _url("http", "https")(text)
    if not re.fullmatch(r"https?://\{token\}\.[a-z0-9.-]+(:\d{1,5})?/?", text):
        raise ValueError("an address like https://{token}.coba.example.org is wanted")
    return text.rstrip("/")


def _by(read: Callable[[str], Any]) -> dict[str, Any]:
    return {"read": read}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process. An empty variable counts as not set."""

    data_dir: Path = field(default=Path(".gelanggang"), metadata=_by(Path))
    database_url: str = field(default="", metadata=_by(_url("postgresql", "postgres")))
    objects_url: str = field(default="", metadata=_by(_url("file", "s3")))
    secret_file: Path = field(default=Path(), metadata=_by(Path))
    host: str = field(default="127.0.0.1", metadata=_by(str))
    port: int = field(default=8000, metadata=_by(_whole(1, 65535)))
    public_url: str = field(default="", metadata=_by(_url("http", "https")))
    privacy_contact: str = field(default="", metadata=_by(_line(200)))
    trusted_proxies: tuple[str, ...] = field(default=(), metadata=_by(_networks))
    smtp_url: str = field(default="", metadata=_by(_carrier))
    mail_from: str = field(default="", metadata=_by(_mailbox))
    streams_per_address: int = field(default=500, metadata=_by(_whole(1, 10_000)))
    web_workers: int = field(default=1, metadata=_by(_whole(1, 64)))
    worker_slots: int = field(default=1, metadata=_by(_whole(1, 64)))
    graders: int = field(default=2, metadata=_by(_whole(1, 64)))
    pin_cores: bool = field(default=False, metadata=_by(_yes_or_no))
    lease_seconds: float = field(default=30.0, metadata=_by(_seconds(1, 3600)))
    container_runtime: str = field(default="runc", metadata=_by(_one_of("runc", "crun", "runsc")))
    disk_floor_mb: int = field(default=3000, metadata=_by(_whole(0, 10_000_000)))
    image_days: int = field(default=7, metadata=_by(_whole(1, 3650)))
    images_gb: int = field(default=20, metadata=_by(_whole(1, 100_000)))
    git_hosts: tuple[str, ...] = field(default=("github.com", "gitlab.com", "codeberg.org"), metadata=_by(_hosts))
    tryouts: int = field(default=2, metadata=_by(_whole(0, 64)))
    tryout_listen: tuple[str, int] | None = field(default=("127.0.0.1", 8090), metadata=_by(_door))
    tryout_url: str = field(default="", metadata=_by(_pattern))
    tolerated_walls: tuple[str, ...] = field(default=(), metadata=_by(_words))
    mirror_socket: Path | None = field(default=None, metadata=_by(Path))
    mirror_wheels: Path | None = field(default=None, metadata=_by(Path))
    mirror_gb: int = field(default=20, metadata=_by(_whole(1, 100_000)))
    benchmarks_dir: Path | None = field(default=None, metadata=_by(Path))
    log_format: Literal["console", "json"] = field(default="console", metadata=_by(_one_of("console", "json")))
    log_level: Literal["debug", "info", "warning", "error"] = field(default="info", metadata=_by(_one_of(*LOG_LEVELS)))

    def __post_init__(self) -> None:
        # These follow other settings, so they cannot be plain defaults.
        if self.secret_file == Path():
            object.__setattr__(self, "secret_file", self.data_dir / "secret.key")
        if not self.public_url:
            host = f"[{self.host}]" if ":" in self.host else self.host
            object.__setattr__(self, "public_url", f"http://{host}:{self.port}")
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))
        if not self.mail_from:
            site = urlsplit(self.public_url).hostname or ""
            # Figures are no domain.
            domain = site if re.fullmatch(r"[a-z0-9.-]*[a-z]", site) else "localhost"
            object.__setattr__(self, "mail_from", f"Gelanggang <gelanggang@{domain}>")

    @property
    def database_dir(self) -> Path:
        """Where the embedded PostgreSQL lives when `database_url` is empty."""
        return self.data_dir / "postgres"

    @property
    def mirror_dir(self) -> Path:
        """Where the package mirror keeps what it fetched."""
        return self.data_dir / "mirror"

    @property
    def packages(self) -> bool:
        """Whether builds can install Python packages, see `sandbox.mirror`."""
        return self.mirror_socket is not None

    @property
    def proofs_dir(self) -> Path:
        """Where the proof of this host's walls is kept, see `sandbox.proof`."""
        return self.data_dir / "proofs"

    @property
    def objects_dir(self) -> Path:
        """Where objects live when `objects_url` is empty."""
        return self.data_dir / "objects"

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings; raises SettingsInvalid with every problem at once."""
        values: dict[str, Any] = {}
        problems = [_unknown(name) for name in sorted(env) if name.startswith(PREFIX) and name not in _known()]
        for spec in fields(cls):
            variable = PREFIX + spec.name.upper()
            text = env.get(variable, "").strip()
            if not text:
                continue
            try:
                values[spec.name] = spec.metadata["read"](text)
            except ValueError as error:
                # An address may hold a password, and problems end up in logs.
                shown = "..." if spec.name.endswith("_url") else text
                problems.append(f"{variable}={shown}: {error}")
        if problems:
            raise SettingsInvalid(tuple(problems))
        return cls(**values)


def variables() -> tuple[str, ...]:
    """The names of all settings, in the order of the class."""
    return tuple(PREFIX + spec.name.upper() for spec in fields(Settings))


def _known() -> tuple[str, ...]:
    return (*variables(), *CLIENT_VARIABLES)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _known(), n=1)
    return f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")
