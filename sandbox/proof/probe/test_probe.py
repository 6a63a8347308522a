"""One case is one wall: it holds when the prototype, which tries it from inside, says that it did not get through."""

from collections.abc import Callable
from typing import Any


def test_wall(prototype: Callable[[Any], Any], case: Any, record: Callable[..., None]) -> None:
    answer = prototype(case.input)
    record("held", 1.0 if answer["held"] else 0.0)
    assert answer["held"], answer["found"]
