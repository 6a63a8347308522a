"""`python -m tests.simulation [--panels N] [--kind NAME ...] [--json]`: compare the estimator with other methods."""

import argparse
import json
from dataclasses import asdict

from tests.simulation.panels import KINDS
from tests.simulation.report import report, table


def main() -> None:
    """Print the table of docs/judging.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--panels", type=int, default=1000, help="panels of each kind (1000)")
    parser.add_argument("--kind", action="append", help="only this kind; may be given more than once")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    asked = parser.parse_args()
    kinds = [kind for kind in KINDS if not asked.kind or kind.name in asked.kind]
    rows = list(report(asked.panels, kinds=kinds))
    print(json.dumps([asdict(row) for row in rows], indent=1) if asked.json else table(rows))  # noqa: T201


if __name__ == "__main__":
    main()
