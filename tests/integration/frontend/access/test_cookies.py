"""Every cookie of ours, wherever one is set: over https alone, and out of the reach of scripts and other sites."""

import pytest

from tests.integration.frontend.access.quarter import Quarter, Who
from tests.integration.frontend.access.table import DOING, READING, fields_of


@pytest.fixture
def environment() -> dict[str, str]:
    return {"GELANGGANG_PUBLIC_URL": "https://gelanggang.sukaraya.example"}


async def test_every_cookie_is_kept_to_https_and_to_us(quarter: Quarter) -> None:
    invited = f"undangan={quarter.places['/undangan/{secret:str}/secret']}"
    answers = [await quarter.browser.get("/masuk")]
    for who in (Who.VISITOR, Who.NOBODY):
        answers += [await quarter.get(who, f"{quarter.address(route)}?bahasa=en&tema=gelap") for route in READING]
    for what, deed in DOING.items():
        method, route = what.split(" ")
        answers.append(
            await quarter.send(deed.who, method, quarter.address(route), fields_of(deed, quarter), cookie=invited)
        )
    cookies = {line for answer in answers for line in answer.headers.get("set-cookie", "").splitlines()}
    names = {line.partition("=")[0] for line in cookies}
    assert names == {"__Host-gelanggang", "formulir", "undangan", "bahasa", "tema"}
    guarded = ("Secure", "HttpOnly", "SameSite=lax", "Path=/")
    assert [line for line in cookies if any(part not in line for part in guarded)] == []
