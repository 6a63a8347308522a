"""The origin on which prototypes show pages of their own: one host name for each, of no use to anything else.

A page of a prototype is hostile until proven otherwise, and runs in a judge's browser. So it gets a host name of its
own, random and short-lived: no cookie of ours is ever sent there, nothing of ours can be read from there, and rules on
every answer keep its scripts from reaching any other host.
"""

from hackathon.tryouts.origin.server import Origin

__all__ = ["Origin"]
