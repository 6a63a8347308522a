"""Argon2id in threads, a bounded number at once: each takes 19 MiB and a good part of a core."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hackathon.credentials.errors import TooBusy
from hackathon.credentials.passwords import LONGEST, normal

T = TypeVar("T")

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
"""OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes, one lane."""

AT_ONCE = min(4, os.cpu_count() or 1)
MOST_WAITING = 200
"""Beyond this nobody waits any more: at 30 ms each the last would wait for seconds."""

NOBODY = HASHER.hash("nobody has this password")
"""Checked where there is no account, so that its absence takes as long as a wrong password."""

_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
_waiting = 0


async def hash_password(password: str) -> str:
    """The hash to keep, with its parameters and salt in it. Raises TooBusy."""
    return await _in_thread(HASHER.hash, normal(password))


async def is_password(kept: str | None, password: str) -> bool:
    """Whether `password` belongs to a kept hash; None takes as long and is never right. Raises TooBusy."""
    right = await _in_thread(_verify, kept or NOBODY, password)
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than those of now."""
    return HASHER.check_needs_rehash(kept)


def _verify(kept: str, password: str) -> bool:
    # Nobody's password is longer; a megabyte of it would only keep a thread busy.
    typed = normal(password[: 4 * LONGEST])
    try:
        return HASHER.verify(kept, typed) if len(typed) <= LONGEST else HASHER.verify(NOBODY, "")
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


async def _in_thread(work: Callable[..., T], *args: str) -> T:
    global _waiting
    if _waiting >= MOST_WAITING:
        raise TooBusy
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work, *args)
    finally:
        _waiting -= 1
