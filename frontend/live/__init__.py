"""Pages that move by themselves: the hub and its stream."""

from frontend.live.hub import Face, Hub, Rendered, TooManyOfAddress, TooManyViewers, Topic

__all__ = ["Face", "Hub", "Rendered", "TooManyOfAddress", "TooManyViewers", "Topic"]
