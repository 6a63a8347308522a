"""What happens to judges' work reaches the board by what the services themselves tell, with nobody's help."""

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from hackathon.database import migrate
from hackathon.outbox import Sequencer
from judging import assignment, judges, publications, scorecards
from judging.composite.methods import Method
from judging.piccolo_app import APP_CONFIG
from judging.rules import JudgingRules, Showing
from tests.integration.hackathon.loops import eventually, running
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import MAYA, RATNA, YUDHA, choose

RULES = JudgingRules(method=Method.MEAN, showing=Showing.END)


async def test_each_change_of_a_panel_reaches_the_board_by_itself(dsn: str, store: ModuleType) -> None:
    """A sent scorecard is reopened before its judge can stand aside; then it counts no more, and a judge who leaves
    keeps what was sent.
    """
    await migrate(dsn, upper=(APP_CONFIG,))
    balai = await Balai.make()
    wira, maya = await balai.organizer(), balai.accounts[MAYA]
    await choose(balai, RULES)
    for judge in (RATNA, YUDHA, MAYA):
        for team in ("Satu Meja", "Tembusan"):
            await balai.score(judge, team)

    async def shows(**wanted: int | None) -> None:
        async def on_board() -> bool:
            board = await publications.latest(balai.track.id)
            found = {row.entry_id: row.judges and row.judges.scorecards for row in board.rows} if board else {}
            return board is not None and all(
                (found.get(balai.entries[name.replace("_", " ")]) or None) == count for name, count in wanted.items()
            )

        await eventually(on_board)

    async with running(Sequencer(dsn, {"publications": publications.on_change}, poll_seconds=0.1)):
        await balai.sukaraya.evaluate("Tembusan", 87.0)
        await shows(Satu_Meja=None)
        await choose(balai, replace(RULES, showing=Showing.LIVE))
        await shows(Satu_Meja=3, Tembusan=3)
        mine = balai.assignments[MAYA, "Satu Meja"]
        with pytest.raises(judges.AlreadySent):
            await judges.recuse(mine, "Kerabat", actor=maya, now=datetime.now(UTC))
        await scorecards.reopen(mine, "Juri mundur", actor=wira)
        await shows(Satu_Meja=2, Tembusan=3)
        await scorecards.send(mine, (await scorecards.open(mine, actor=maya)).version, actor=maya)
        await shows(Satu_Meja=3, Tembusan=3)
        await scorecards.reopen(mine, "Juri mundur", actor=wira)
        await judges.recuse(mine, "Kerabat", actor=maya, now=datetime.now(UTC))
        await shows(Satu_Meja=2, Tembusan=3)
        other = balai.assignments[YUDHA, "Tembusan"]
        await scorecards.reopen(other, "Ditarik", actor=wira)
        await assignment.withdraw(other, "Ditarik", actor=wira)
        await shows(Satu_Meja=2, Tembusan=2)
        await judges.remove(balai.judges[RATNA], balai.event.id, "Sakit", actor=wira, now=datetime.now(UTC))
        await balai.sukaraya.evaluate("Tembusan", 88.0)
        await shows(Satu_Meja=2, Tembusan=2)
