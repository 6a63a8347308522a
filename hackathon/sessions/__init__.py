"""Who is signed in: sessions kept by the server; a browser holds only the secret of one."""

from hackathon.sessions.model import IDLE, LONGEST, NewSession, OpenSession, Session, is_alive
from hackathon.sessions.service import authenticate, end_session, end_sessions, list_sessions, open_session

__all__ = [
    "IDLE",
    "LONGEST",
    "NewSession",
    "OpenSession",
    "Session",
    "authenticate",
    "end_session",
    "end_sessions",
    "is_alive",
    "list_sessions",
    "open_session",
]
