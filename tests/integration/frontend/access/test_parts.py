"""Too many parts of one person at once, as a program is told."""

import json
from contextlib import ExitStack
from datetime import UTC, datetime

from hackathon.submissions import PARTS_AT_ONCE
from hackathon.submissions.arriving import part_arriving
from tests.integration.frontend.access.quarter import Quarter, Who


async def test_who_sends_too_many_parts_at_once_is_told_when_to_go_on(quarter: Quarter) -> None:
    address, captain = (
        quarter.address("/api/v1/uploads/{upload:uuid}/parts/{number:int}"),
        quarter.accounts[Who.CAPTAIN],
    )
    with ExitStack() as line:
        for _ in range(PARTS_AT_ONCE):
            line.enter_context(part_arriving(captain, datetime.now(UTC)))
        refused = await quarter.call("PUT", address, b"123456789")
        assert (refused.status, json.loads(refused.body)["error"]["code"]) == (429, "parts_busy")
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert (await quarter.send(Who.MEMBER, "PUT", address, b"123456789")).status == 200
    assert (await quarter.call("PUT", address, b"123456789")).status == 200
