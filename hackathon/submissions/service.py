"""Submissions as their team sees them: read, list, choose."""

from datetime import datetime
from uuid import UUID

from hackathon import evaluations, outbox, store, teams
from hackathon.model import Principal
from hackathon.submissions import store as rows
from hackathon.submissions.errors import AlreadyFixed, NotEvaluated, NotOpen, SubmissionUnknown
from hackathon.submissions.model import Submission
from hackathon.submissions.window import Window


async def get_submission(submission_id: UUID, *, actor: Principal | None = None) -> Submission:
    """The submission with this id; with `actor`, only for its team and organizers.

    Raises SubmissionUnknown, NotAMember.
    """
    submission = await rows.read_submission(submission_id)
    if submission is None:
        raise SubmissionUnknown
    if actor is not None:
        await teams.get_entry(submission.entry_id, actor=actor)
    return submission


async def list_submissions(entry_id: UUID, *, actor: Principal | None = None) -> tuple[Submission, ...]:
    """The submissions of an entry, newest first; with `actor`, only for its team and organizers.

    Raises EntryUnknown, NotAMember.
    """
    await teams.get_entry(entry_id, actor=actor)
    return await rows.read_submissions(entry_id)


async def choose_submission(
    entry_id: UUID, submission_id: UUID | None, *, actor: Principal, now: datetime | None = None
) -> None:
    """Choose what counts in the result; None: the latest evaluated one. A team may until its deadline, organizers
    until it is fixed for the judges (`hackathon.finals`). The same choice again is fine and told once.

    Raises EntryUnknown, NotAMember, SubmissionUnknown (also for one of another entry), NotEvaluated, NotOpen,
    AlreadyFixed.
    """
    async with store.transaction():
        await rows.lock_entry(entry_id)
        window = await Window.of(entry_id, actor=actor)
        moment = now or await store.clock()
        fixed = await rows.read_fixed(entry_id, window.deadline)
        if fixed is not None and window.entry.chosen_submission_id != submission_id:
            raise AlreadyFixed(fixed.number, fixed.at, window.event.zone)
        if moment >= window.deadline and not actor.is_organizer:
            raise NotOpen(window.deadline, window.event.zone, begun=True)
        if submission_id is not None:
            submission = await rows.read_submission(submission_id)
            if submission is None or submission.entry_id != entry_id:
                raise SubmissionUnknown
            known = {version.submission_id: version for version in await evaluations.versions_of(entry_id)}
            if submission_id not in known or not known[submission_id].evaluated:
                raise NotEvaluated(submission.number)
        if window.entry.chosen_submission_id == submission_id:
            return
        await rows.write_chosen(entry_id, submission_id)
        await outbox.append(
            "entry.chosen",
            {"entry": entry_id, "submission": "latest" if submission_id is None else submission_id},
            actor=actor,
        )
