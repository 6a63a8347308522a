"""Pages that move by themselves: the hub and its stream."""

from frontend.live.hub import Face, Hub, Rendered, TooManyViewers, Topic

__all__ = ["Face", "Hub", "Rendered", "TooManyViewers", "Topic"]
