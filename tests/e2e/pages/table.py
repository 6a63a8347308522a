"""Every page, as everybody sees it, in every state: what the tests of this folder go through, and the pictures too.

A page that the application has and this table has not fails a test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.pages.world import Role, State, World

VISITOR, PERSON, MEMBER, CAPTAIN, ORGANIZER = Role
UPCOMING, REGISTRATION, BUILDING, FROZEN, CLOSED = State
EVERY_STATE = tuple(State)

Act = Callable[[Page], None]


@dataclass(frozen=True)
class View:
    """A page as somebody sees it. `route` is the application's pattern, None for an address that it does not have;
    `path` may hold `{names}` of `places`; `act` is what is done on the page before it is looked at, with the status
    that comes after it; `empty` is for the server on which nothing was made.
    """

    name: str
    route: str | None
    path: str
    role: Role = VISITOR
    status: int = 200
    act: Act | None = None
    empty: bool = False

    def __str__(self) -> str:
        return f"{self.name}-{self.role.value}"


def each(
    name: str, route: str | None, path: str, *roles: Role, status: int = 200, act: Act | None = None
) -> list[View]:
    """The same page for several people."""
    return [View(name, route, path, role, status, act) for role in roles or (VISITOR,)]


def in_states(name: str, route: str, path: str, *roles: Role, states: tuple[State, ...] = EVERY_STATE) -> list[View]:
    """A page of an event in several states; `{event}` in the path is the event's slug."""
    return [
        View(f"{name}-{state.value}", route, path.replace("{event}", state.value), role)
        for state in states
        for role in roles or (VISITOR,)
    ]


EVENT = "/acara/{slug:str}"
BOARD = "/acara/{slug:str}/papan/{track_slug:str}"
WALL = "/acara/{slug:str}/layar/{track_slug:str}"

HOME_VIEWS = [
    View("beranda-kosong", "/", "/", empty=True),
    *each("beranda", "/", "/", *Role),
]

EVENT_VIEWS = [
    *in_states("acara", EVENT, "/acara/{event}", VISITOR),
    *in_states("acara", EVENT, "/acara/{event}", PERSON, states=(REGISTRATION, BUILDING)),
    *in_states("acara", EVENT, "/acara/{event}", CAPTAIN, states=(REGISTRATION, BUILDING, FROZEN, CLOSED)),
    *in_states("acara", EVENT, "/acara/{event}", ORGANIZER, states=(BUILDING,)),
]

BOARD_VIEWS = [
    *in_states("papan", BOARD, "/acara/{event}/papan/layanan-publik", VISITOR),
    *in_states("papan", BOARD, "/acara/{event}/papan/layanan-publik", MEMBER, states=(BUILDING, FROZEN)),
    View("papan-kosong", BOARD, "/acara/pengerjaan/papan/perizinan"),
    View("papan-cari", BOARD, "/acara/pengerjaan/papan/layanan-publik?cari=meja"),
    View("papan-cari-nihil", BOARD, "/acara/pengerjaan/papan/layanan-publik?cari=zzz"),
    *in_states("layar", WALL, "/acara/{event}/layar/layanan-publik", states=(REGISTRATION, BUILDING, FROZEN)),
]

ERROR_VIEWS = [
    View("galat-404", None, "/tidak/ada", status=404),
    View("galat-404-acara", EVENT, "/acara/tidak-ada", status=404),
    View("galat-400", BOARD, f"/acara/pengerjaan/papan/layanan-publik?cari={'x' * 300}", status=400),
]

PRINTED = ("acara-pengerjaan", "papan-pengerjaan")
"""Views that people print."""

VIEWS = [*HOME_VIEWS, *EVENT_VIEWS, *BOARD_VIEWS, *ERROR_VIEWS]

NO_PAGES = {
    "/static/{digest:str}/{name:path}": "files of the pages",
    "/favicon.ico": "a file of the pages",
    "/acara/{slug:str}/papan": "leads on to the first track's board",
}
"""Routes that answer with something else than a page, and with what."""


def places(world: World) -> dict[str, str]:
    """What stands for the `{names}` in paths."""
    return {
        **{name: str(submission) for name, submission in world.submissions.items()},
    }


def path_of(view: View, world: World) -> str:
    """The address of a view."""
    return view.path.format(**places(world))


def named(prefix: str) -> Iterator[View]:
    """The views whose names begin so."""
    return (view for view in VIEWS if view.name.startswith(prefix))
