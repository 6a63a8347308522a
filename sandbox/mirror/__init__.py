"""The package index of builds: a mirror on this host, and how a build without network reaches it.

    pip in a step -- 127.0.0.1:3141 --> relay (the build's own) -- Unix socket --> mirror (this host) --> index

`gelanggang mirror` runs the mirror (`sandbox.mirror.serve`): devpi, which keeps what it fetched, or a folder of wheels
where no index can be reached.
"""

from sandbox.mirror.errors import MirrorFailed
from sandbox.mirror.socket import ask, ask_index

__all__ = ["MirrorFailed", "ask", "ask_index"]
