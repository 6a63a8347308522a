"""One BLAS thread while a panel is computed.

The matrices have the size of the judges: threads would spend their time waiting for each other, and on a busy machine
all of it. One thread also adds in one order.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy.linalg  # noqa: F401  (loads the library that is looked up below)
from threadpoolctl import ThreadpoolController

_CONTROLLER = ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, linear algebra of this process keeps to one thread."""
    with _CONTROLLER.limit(limits=1, user_api="blas"):
        yield
