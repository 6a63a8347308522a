"""Whoever asks for what is another team's gets nothing of it, at every address there is."""

from tests.integration.frontend.access.quarter import EMAIL, PRIVATE, Quarter, Who
from tests.integration.frontend.access.table import DOING, NOTHING, READERS, READING, routes
from tests.integration.frontend.result.scene import SECRET


def test_every_address_has_its_row() -> None:
    known = set(routes())
    assert {route for method, route in known if method == "GET"} == set(READING)
    unsafe = {f"{method} {route}" for method, route in known if method != "GET" and route != NOTHING}
    assert unsafe == set(DOING)


async def test_each_address_answers_whom_it_is_for(quarter: Quarter) -> None:
    told = {}
    for route in READING:
        address = quarter.address(route)
        told[route] = tuple([(await quarter.get(who, address)).status for who in READERS])
    assert {route: got for route, got in told.items() if got != READING[route]} == {}


async def test_nothing_of_a_team_is_read_by_others(quarter: Quarter) -> None:
    seen = []
    for route in [*READING, "/hidup/{face:str}/{subject:uuid}/log"]:
        address = quarter.address(route.removesuffix("/log")) if route.startswith("/hidup") else quarter.address(route)
        address = address.replace("pengajuan", "log") if route.endswith("}/log") and "hidup" in route else address
        known = "/sandi/" if route.startswith("/sandi/") else ""
        for who in (Who.VISITOR, Who.NOBODY, Who.RIVAL):
            answer = await quarter.get(who, address)
            text = answer.body.decode(errors="replace")
            # A letter's link says whose password it changes.
            words = [PRIVATE, SECRET, *([] if known else [EMAIL])]
            seen += [(route, who.value, word) for word in words if word in text]
    assert seen == []
