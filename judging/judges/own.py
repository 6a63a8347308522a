"""What judges change of themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hackathon import accounts, outbox, store
from hackathon.model import Principal
from judging.judges import store as rows
from judging.judges.agency_questions import part_by_agency
from judging.judges.errors import JudgeUnknown
from judging.judges.model import Departure, Judge, State
from judging.judges.words import clean_agency, clean_expertise


async def change_own(
    judge_id: UUID, *, name: str, agency: str, expertise: Sequence[str], actor: Principal, now: datetime
) -> Judge:
    """Change one's own name, agency and expertise as a judge; the same again changes nothing. Open work on teams of the
    agency ends. Raises JudgeUnknown, Refusal for what cannot be.
    """
    called, of, knows = accounts.clean_name(name), clean_agency(agency), clean_expertise(expertise)
    async with store.transaction():
        judge = await rows.read_judge(judge_id, lock=True)
        if judge is None or judge.state is not State.ACTIVE or judge.account_id != actor.account_id:
            raise JudgeUnknown
        new = {"name": called, "agency": of, "expertise": knows}
        differ = {one: "yes" for one, value in new.items() if getattr(judge, one) != value}
        if differ:
            await rows.update_own(judge_id, called, of, knows)
            subject = {"judge": judge_id, "event": judge.event_id} | {f"changed_{one}": "yes" for one in differ}
            await outbox.append("judge.changed", subject, actor=actor)
        if "agency" in differ:
            await part_by_agency(judge.event_id, now, only=judge_id)
    return replace(judge, name=called, agency=of, expertise=knows)


async def departures(event_id: UUID) -> tuple[Departure, ...]:
    """Judges who left by their own wish, the last one first."""
    return await rows.read_departures(event_id)
