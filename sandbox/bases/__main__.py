"""`python -m sandbox.bases [NAME ...]`: make the base images that are missing, and what graders are made of."""

import argparse
import sys

import docker
from docker.errors import DockerException

from sandbox.bases import BaseNotMade
from sandbox.bases.grader import ensure_grader_deps
from sandbox.bases.make import ensure
from sandbox.bases.recipes import MADE, UPSTREAM
from sandbox.bases.removal import remove


def main() -> int:
    """Run the command; 0 when every image is there, 3 when one could not be made."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.bases", description="Make the base images that are missing."
    )
    names = [base.name for base in MADE]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ({', '.join(names)}); all by default")
    parser.add_argument("--no-pull", action="store_true", help="do not ask a registry: make them of Debian's packages")
    parser.add_argument("--remove", action="store_true", help="remove all of them instead")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - set(names))
    if unknown:
        parser.error(f"no such base: {', '.join(unknown)}; there are {', '.join(names)}")
    try:
        client = docker.from_env()
        if arguments.remove:
            remove(client, _say)
            return 0
        ensure(client, arguments.names or names, _say, upstream=None if arguments.no_pull else UPSTREAM)
        if not arguments.names:
            ensure_grader_deps(client, _say)
    except BaseNotMade as reason:
        sys.stderr.write(f"{reason}\n")
        return 3
    except DockerException as error:
        sys.stderr.write(f"no container engine answers: {error}\n")
        return 3
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
