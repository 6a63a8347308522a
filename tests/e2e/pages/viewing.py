"""What a row of the table is, and how rows are written."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.pages.world import Role, State, World

VISITOR, NEWCOMER, PERSON, MEMBER, CAPTAIN, ORGANIZER, JUDGE = Role
UPCOMING, REGISTRATION, BUILDING, FROZEN, CLOSED = State

Act = Callable[[Page], None]


@dataclass(frozen=True)
class View:
    """A page as somebody sees it. `route` is the application's pattern, None for an address that it does not have;
    `path` may hold `{names}` of the world's `places`; `act` is what is done on the page before it is looked at, and
    `status` that of the last answer; `empty` is for the server on which nothing was made.
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
    return [View(name, route, path, role, status, act) for role in roles]


def in_states(name: str, route: str, path: str, *roles: Role, states: tuple[State, ...] = tuple(State)) -> list[View]:
    """A page of an event in several states; `{event}` in the path is the event's slug."""
    return [
        View(f"{name}-{state.value}", route, path.replace("{event}", state.value), role)
        for state in states
        for role in roles
    ]


def fill(action: str, button: str | None = None, **fields: str) -> Act:
    """Fill fields of the form that goes to an address ending in `action`, and send it by its button.

    Values are such as the browser itself lets through, so that it is the server that finds what is wrong.
    """

    def act(page: Page) -> None:
        form = page.locator(f"main form[action$='{action}']" if action else "main form[method=post]").last
        for name, value in fields.items():
            field = form.locator(f"[name='{name.replace('__', '-')}']")
            kind = field.first.evaluate("(one) => one.type || one.tagName")
            if kind == "checkbox":
                field.first.set_checked(bool(value))
            elif kind == "radio":
                form.locator(f"[name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)
        with page.expect_navigation():
            (form.get_by_role("button", name=button) if button else form.locator("button")).first.click()

    return act


def path_of(view: View, world: World) -> str:
    """The address of a view."""
    return view.path.format(**world.places)
