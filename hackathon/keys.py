"""The installation's secret key, and sealing small secrets with it.

The file holds 32 random bytes in hexadecimal. Several hosts share one file; whoever loses it loses the seeds.
"""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hackathon.errors import SettingsInvalid, Unavailable
from sandbox.model import Text

KEY_BYTES = 32
_NONCE_BYTES = 12  # what AES-GCM is made for (NIST SP 800-38D, 5.2.1.1)


def load_key(path: Path, *, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """The key in `path`; made there (mode 0600) where none is. Of several processes that make one, the first wins.

    Raises SettingsInvalid where the file holds something else, OSError where it cannot be read or written.
    """
    if not path.exists():
        _create(path, random_bytes(KEY_BYTES))
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsInvalid((f"GELANGGANG_SECRET_FILE={path}: {KEY_BYTES} bytes in hexadecimal are wanted",))
    return key


def _create(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and never replaces a key that is already in use.
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def seal(
    key: bytes, plain: bytes, context: bytes, *, random_bytes: Callable[[int], bytes] = secrets.token_bytes
) -> bytes:
    """Encrypt with AES-256-GCM; `context` is bound to it, so a sealed value cannot be moved elsewhere."""
    nonce = random_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Undo `seal`. Raises Unavailable where the key, the context or a byte is another."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise Unavailable(
            Text(
                id="Kunci rahasia bukan kunci yang dipakai saat data ini disegel. Periksa GELANGGANG_SECRET_FILE.",
                en="The secret key is not the one this was sealed with. Check GELANGGANG_SECRET_FILE.",
            )
        ) from error
