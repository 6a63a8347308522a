"""`python -m tests.simulation [--panels N] [--kind NAME ...] [--json]`: compare the estimator with other methods."""

import argparse
import json
from dataclasses import asdict

from tests.simulation.panels import KINDS
from tests.simulation.report import HEAD, line, report


def main() -> None:
    """Print the table of docs/judging.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--panels", type=int, default=1000, help="panels of each kind (1000)")
    parser.add_argument("--kind", action="append", help="only this kind; may be given more than once")
    parser.add_argument("--json", action="store_true", help="a line of JSON a kind instead of a table")
    asked = parser.parse_args()
    kinds = [kind for kind in KINDS if not asked.kind or kind.name in asked.kind]
    for n, row in enumerate(report(asked.panels, kinds=kinds)):
        # Each row as it comes: a thousand panels of a large kind take minutes.
        print(json.dumps(asdict(row)) if asked.json else line(row) if n else f"{HEAD}\n{line(row)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
