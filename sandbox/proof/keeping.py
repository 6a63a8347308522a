"""Keeping a proof beside the data, so that a worker that starts again need not try every wall again."""

import contextlib
import fcntl
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from sandbox.errors import Cancelled
from sandbox.proof.model import Proof
from sandbox.provider import Cancel, Provider

_VERSION = 1
_OLDEST_SECONDS = 7 * 24 * 3600.0
_WAIT_STEP = 0.1


def proven(provider: Provider, folder: Path, *, cancel: Cancel | None = None, again: bool = False) -> Proof:
    """The proof of this provider's walls: the kept one where it still holds, else a new one.

    Only a proof without a missing wall is kept; it holds for a week at most. Two processes of one host that start
    together try the walls once. `again` tries them whatever is kept. Raises SandboxError.
    """
    circumstances = provider.circumstances()
    path = folder / f"{_key(circumstances)}.json"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / "lock", cancel):
        if not again and (kept := _read(path, circumstances)) is not None:
            return kept
        began = time.monotonic()
        findings = provider.prove(cancel=cancel)
        proof = Proof(circumstances, time.time(), time.monotonic() - began, findings)
        if proof.missing:
            path.unlink(missing_ok=True)
        else:
            _write(path, proof)
        return proof


def _key(circumstances: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(circumstances), sort_keys=True).encode()).hexdigest()[:32]


def _read(path: Path, circumstances: Mapping[str, str]) -> Proof | None:
    """What is kept, where it can be read and holds for these circumstances now."""
    try:
        kept: dict[str, Any] = json.loads(path.read_bytes())
        if kept["version"] != _VERSION:
            return None
        proof = msgspec.convert(kept["proof"], Proof)
    except (OSError, ValueError, KeyError, TypeError, msgspec.ValidationError):
        return None
    age = time.time() - proof.at
    if proof.holds_for != dict(circumstances) or proof.missing or not 0 <= age <= _OLDEST_SECONDS:
        return None
    return Proof(proof.holds_for, proof.at, proof.seconds, tuple(proof.findings), kept=True)


def _write(path: Path, proof: Proof) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode({"version": _VERSION, "proof": proof}))
    new.chmod(0o600)
    new.replace(path)
    for other in path.parent.glob("*.json"):
        with contextlib.suppress(OSError):
            if time.time() - other.stat().st_mtime > _OLDEST_SECONDS:
                other.unlink()


@contextlib.contextmanager
def _alone(path: Path, cancel: Cancel | None) -> Iterator[None]:
    """Hold the lock of the folder; raises Cancelled while it is waited for."""
    with path.open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if cancel is not None and cancel.is_set:
                    raise Cancelled("the walls were not tried to the end") from None
                time.sleep(_WAIT_STEP)
        yield
