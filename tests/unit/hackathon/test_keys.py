"""The secret key and what is sealed with it."""

import stat
import threading
from pathlib import Path

import pytest

from hackathon.errors import SettingsInvalid, Unavailable
from hackathon.keys import load_key, seal, unseal


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret.key"
    keys: list[bytes] = []
    threads = [threading.Thread(target=lambda: keys.append(load_key(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert len(keys[0]) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "00" * 31, "00" * 33, "ÿ"])
def test_a_file_that_holds_no_key_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsInvalid, match="SECRET_FILE"):
        load_key(path)


def test_what_is_sealed_opens_with_its_key_and_context_only() -> None:
    key, seed = bytes(range(32)), bytes(32)
    sealed = seal(key, seed, b"seed:a:board")
    assert unseal(key, sealed, b"seed:a:board") == seed
    assert seal(key, seed, b"seed:a:board") != sealed
    for wrong in (
        (bytes(32), sealed, b"seed:a:board"),
        (key, sealed, b"seed:a:final"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), b"seed:a:board"),
        (key, sealed[:5], b"seed:a:board"),
        (key, b"", b"seed:a:board"),
    ):
        with pytest.raises(Unavailable):
            unseal(*wrong)
