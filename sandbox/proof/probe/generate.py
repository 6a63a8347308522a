"""The probe has no hidden cases of its own: the same wall again, however often it is asked."""

from collections.abc import Iterable
from typing import Any


def generate(seed: bytes, count: int) -> Iterable[dict[str, Any]]:
    """`count` times the network wall; `seed` changes nothing."""
    for number in range(count):
        yield {"id": f"network-{number}", "input": {"wall": "network"}, "expected": None}
