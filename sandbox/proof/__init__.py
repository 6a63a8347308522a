"""The proof of the walls: whether a host keeps what anybody hands in from getting out, tried from inside.

`WALLS` names them. A provider tries its own by `prove`; `proven` keeps what was found, for as long as boot, engine,
runtime and our own code stay the same, so that the next start is quick.
"""

from sandbox.proof.keeping import proven
from sandbox.proof.model import Place, Proof, Wall
from sandbox.proof.walls import BY_NAME, WALLS

__all__ = ["BY_NAME", "WALLS", "Place", "Proof", "Wall", "proven"]
