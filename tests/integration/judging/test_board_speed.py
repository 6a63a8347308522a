"""How soon after its commit a judge's scorecard is a publication, beside a measured score. Measures; no bar."""

import asyncio
from statistics import median
from time import perf_counter
from types import ModuleType

import asyncpg
import structlog

from hackathon.database import migrate
from hackathon.outbox import Sequencer
from judging import publications, scorecards
from judging.composite.methods import Method
from judging.piccolo_app import APP_CONFIG
from judging.rules import JudgingRules, Showing
from tests.integration.hackathon.loops import running
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import MAYA, RATNA, YUDHA, choose

ROUNDS = 5


async def test_a_scorecard_is_told_to_open_pages_the_way_a_measured_score_is(dsn: str, store: ModuleType) -> None:
    await migrate(dsn, upper=(APP_CONFIG,))
    balai = await Balai.make()
    await choose(balai, JudgingRules(method=Method.ADJUSTED, showing=Showing.LIVE))
    teams = list(balai.entries)
    for team in teams:
        for judge in (RATNA, YUDHA):
            await balai.score(judge, team)
    heard: asyncio.Queue[str] = asyncio.Queue()
    connection = await asyncpg.connect(dsn)
    await connection.add_listener("gelanggang", lambda *notice: heard.put_nowait(str(notice[-1])))
    spans: dict[str, list[float]] = {"metric": [], "judge": []}

    async def wait_for_publication() -> None:
        while await asyncio.wait_for(heard.get(), 60) != f"publication:{balai.track.id}":
            pass

    async with running(Sequencer(dsn, {"publications": publications.on_change})):
        await wait_for_publication()
        for n in range(ROUNDS):
            await balai.sukaraya.evaluate("Kawan Lapor", 61.0 + n)
            begun = perf_counter()
            await wait_for_publication()
            spans["metric"].append(perf_counter() - begun)
            assignment = balai.assignments[MAYA, teams[1 + n]]
            version = await balai.rate(assignment, MAYA, (1 + n % 5, 5, 2, 4, 3))
            await scorecards.send(assignment, version, actor=balai.accounts[MAYA])
            begun = perf_counter()
            await wait_for_publication()
            spans["judge"].append(perf_counter() - begun)
    await connection.close()
    structlog.get_logger(__name__).info(
        "board.speed", **{name: round(median(found), 4) for name, found in spans.items()}
    )
    assert len(spans["judge"]) == ROUNDS
