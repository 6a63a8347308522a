"""What every provider must do, as named checks: `for check in CHECKS: check(Bench(provider, ...))`.

A check raises ConformanceFailed with what was seen. The Docker provider and the fake both run all of them.
"""

from sandbox.conformance.bench import Bench, ConformanceFailed, expect
from sandbox.conformance.checks import CHECKS, CLOSING_CHECKS, Check

__all__ = ["CHECKS", "CLOSING_CHECKS", "Bench", "Check", "ConformanceFailed", "expect"]
