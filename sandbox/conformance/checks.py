"""The checks, in the order of the contract: builds, runs, endings, what is not scored, secrecy, harm, documents, and
what people try out.
"""

from collections.abc import Callable

from sandbox.conformance import beside, commits, documents, endings, hostility, hygiene, images, running, tryouts
from sandbox.conformance.bench import Bench

Check = Callable[[Bench], None]

CLOSING_CHECKS: tuple[Check, ...] = (hygiene.refuses_work_after_close, tryouts.ends_with_its_provider)
"""These close the provider they get."""

CHECKS: tuple[Check, ...] = (
    *running.CHECKS,
    *endings.CHECKS,
    *beside.CHECKS,
    *hygiene.CHECKS,
    *hostility.CHECKS,
    *documents.CHECKS,
    *commits.CHECKS,
    *images.CHECKS,
    *tryouts.CHECKS,
)
