"""Which package index this host uses: what pip's own settings say, in the order in which pip heeds them."""

import configparser
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upstream:
    """`url` of the simple index (None: the usual one), and what is added to the environment to reach it."""

    url: str | None
    environment: Mapping[str, str]


def read_upstream(env: Mapping[str, str], *, root: Path = Path("/")) -> Upstream:
    """Variables (PIP_INDEX_URL, PIP_CERT, PIP_PROXY) go before files, files of a person before those of the host."""
    url = _setting("index-url", env, root)
    added: dict[str, str] = {}
    if certificates := _setting("cert", env, root):
        added["SSL_CERT_FILE"] = added["REQUESTS_CA_BUNDLE"] = certificates
    if proxy := _setting("proxy", env, root):
        added["HTTPS_PROXY"] = added["HTTP_PROXY"] = proxy if "://" in proxy else f"http://{proxy}"
    return Upstream(f"{url.rstrip('/')}/" if url else None, added)


def _setting(name: str, env: Mapping[str, str], root: Path) -> str | None:
    variable = env.get(f"PIP_{name.upper().replace('-', '_')}", "").strip()
    if variable:
        return variable
    for path in _files(env, root):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError):
            continue  # pip would refuse to start; the next file may still say something
        for section in ("install", "global"):
            if found := parser.get(section, name, fallback="").strip():
                return found
    return None


def _files(env: Mapping[str, str], root: Path) -> list[Path]:
    named = env.get("PIP_CONFIG_FILE")
    if named == "/dev/null":
        return []
    home = Path(env.get("HOME") or root)
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    own = [Path(named)] if named else []
    return [*own, config / "pip/pip.conf", home / ".pip/pip.conf", root / "etc/pip.conf", root / "etc/xdg/pip/pip.conf"]
