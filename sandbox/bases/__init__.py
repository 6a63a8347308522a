"""Base images: what a Dockerfile of a team may stand on, and what graders run on.

A base is a single layer of Debian 12, made from a recipe: out of a pulled Debian image where a registry answers
within seconds, else out of Debian's packages on this machine. Both ways run the same scripts and are proven by the
same checks, so that they are alike.

What is said of bases is here, and light. What needs an engine is in `make.ensure`, `grader.ensure_grader_deps` and
`removal.remove`.
"""

from sandbox.bases.errors import BaseNotMade
from sandbox.bases.recipes import BASES, BaseRecipe, resolve

__all__ = ["BASES", "BaseNotMade", "BaseRecipe", "resolve"]
