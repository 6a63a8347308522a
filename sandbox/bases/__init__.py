"""Base images: what a Dockerfile of a team may stand on, and what graders run on.

A base is a single layer of Debian 12, made from a recipe: out of a pulled Debian image where a registry answers
within seconds, else out of Debian's packages on this machine. Both ways run the same scripts and are proven by the
same checks, so that they are alike.
"""

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.grader import GRADER_DEPS, ensure_grader_deps
from sandbox.bases.make import Made, Way, ensure
from sandbox.bases.recipes import BASES, BaseRecipe, resolve
from sandbox.bases.removal import remove

__all__ = [
    "BASES",
    "GRADER_DEPS",
    "BaseNotMade",
    "BaseRecipe",
    "Made",
    "Way",
    "ensure",
    "ensure_grader_deps",
    "remove",
    "resolve",
]
