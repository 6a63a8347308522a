"""An event that is being judged, for the judges' pages: Ratna has sent one scorecard and a sample, and begun others."""

from datetime import datetime

from hackathon import benchmarks, sessions, store
from judging import scorecards
from tests.e2e.pages.world import Role, World
from tests.integration.judging.hall import Balai
from tests.integration.judging.outcomes import evaluate_final

RATNA = "Ratna Handayani"
TITLE = ("Hackathon Balai Warga", "Citizens' Hall Hackathon")


async def make_judging(world: World, now: datetime) -> None:
    """Make it, beside the events of the other states."""
    # Measured by the task as it is shipped, so that its words are there in both languages.
    balai = await Balai.make(task_hash=benchmarks.load("otomasi-formulir").hash)
    for order, team in enumerate(balai.entries):
        # Nothing is left to do for a worker, which would find no archive.
        await evaluate_final(balai, team, 60.0 + 5 * order)
    sent, begun, fresh, sample, whole = list(balai.entries)[:5]
    await store.execute("UPDATE event SET title_id = $2, title_en = $3 WHERE id = $1", balai.event.id, *TITLE)
    await balai.score(RATNA, sent)
    await balai.rate(balai.assignments[RATNA, begun], RATNA, (4, 3))
    await balai.rate(balai.assignments[RATNA, whole], RATNA, (4, 3, 5, 3, 2))
    world.people[Role.JUDGE] = balai.accounts[RATNA]
    world.secrets[Role.JUDGE] = (await sessions.open_session(balai.accounts[RATNA].account_id, now=now)).secret
    for judge in balai.judges:
        made = await balai.assign(judge, sample, kind="calibration")
        version = await balai.rate(made, judge, (4, 3, 5, 3, 2))
        world.places.setdefault("contoh", str(made))
        await scorecards.send(made, version, actor=balai.accounts[judge])
    world.places |= {
        "terkirim": str(balai.assignments[RATNA, sent]),
        "dimulai": str(balai.assignments[RATNA, begun]),
        "lengkap": str(balai.assignments[RATNA, whole]),
        "baru": str(balai.assignments[RATNA, fresh]),
        "ratna": str(balai.judges[RATNA]),
    }
