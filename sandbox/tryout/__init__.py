"""Trying a prototype out: one that runs for one person, who puts inputs to it or opens its own page."""

from sandbox.tryout.model import Tried

__all__ = ["Tried"]
