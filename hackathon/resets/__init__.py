"""A new password for who lost the old one, by a link sent to their address."""

from hackathon.resets.service import ask, open_link, reset

__all__ = ["ask", "open_link", "reset"]
