"""What a token's account may read: itself, its entries, their submissions."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from frontend.api.shapes import EntriesBody, EntryBody, MeBody, SubmissionBody, SubmissionsBody
from frontend.api.views import Cases, entry_body, submission_body, summary_body
from hackathon import evaluations, events, store, submissions, teams
from hackathon.evaluations import Catalog, Progress
from hackathon.model import Principal
from hackathon.objects import Objects
from sandbox.model import CaseSet

LOG_SIZE, LOG_COMPLETE = "X-Log-Size", "X-Log-Complete"

Caller = NamedDependency[Principal]
Store = NamedDependency[Objects]
Known = NamedDependency[Catalog]
Offset = Annotated[int, QueryParameter(ge=0, le=1 << 40)]


class OwnController(Controller):
    """For members of a team and organizers. Nothing of a hidden case but counts leaves here."""

    tags = ("submissions",)

    @get("/me")
    async def get_me(self, caller: Caller) -> MeBody:
        """Whose token it is."""
        return MeBody(account=caller.account_id, name=caller.name, roles=sorted(str(role) for role in caller.roles))

    @get("/me/entries")
    async def list_entries(self, caller: Caller) -> EntriesBody:
        """The entries that the account may hand in to, the newest event first."""
        return EntriesBody([await _entry(entry) for entry in await teams.entries_of(caller)])

    @get("/entries/{entry:uuid}/submissions")
    async def list_submissions(self, caller: Caller, entry: FromPath[UUID]) -> SubmissionsBody:
        """The submissions of an entry, the newest first."""
        found = await submissions.list_submissions(entry, actor=caller)
        return SubmissionsBody([summary_body(submission) for submission in found])

    @get("/submissions/{submission:uuid}")
    async def get_submission(self, caller: Caller, submission: FromPath[UUID], catalog: Known) -> SubmissionBody:
        """A submission: its steps with times and causes, its place in the queue, its results."""
        found = await submissions.get_submission(submission, actor=caller)
        progress = await evaluations.status_of(submission)
        return submission_body(found, progress, await _public_cases(catalog, progress))

    @get("/submissions/{submission:uuid}/log", media_type="text/plain")
    async def get_log(
        self,
        caller: Caller,
        submission: FromPath[UUID],
        objects: Store,
        offset: Offset = 0,
    ) -> Response[bytes]:
        """The log of the build and of the public cases, from byte `offset` on.

        `X-Log-Size` says how long it is so far, `X-Log-Complete` whether that is all.
        """
        await submissions.get_submission(submission, actor=caller)
        log = await evaluations.read_log(submission, objects=objects, offset=offset)
        headers = {LOG_SIZE: str(log.size), LOG_COMPLETE: "true" if log.complete else "false"}
        # Whatever a prototype printed is text for whoever reads it, never a page of this origin.
        return Response(log.data, media_type=MediaType.TEXT, headers=headers)


async def _entry(entry: teams.EntryView) -> EntryBody:
    event = await events.get_event_by_id(entry.event_id)
    extensions = await events.list_extensions(entry.event_id)
    closes_at = events.deadline(event.schedule, extensions, entry.standing)
    return entry_body(entry, event, closes_at, await store.clock())


async def _public_cases(catalog: Catalog, progress: Progress) -> Cases:
    shown = [task for one in progress.evaluations if one.case_set is CaseSet.PUBLIC for task in one.tasks]
    return {task.task: await evaluations.public_cases(catalog, task.task, task.hash) for task in shown if task.cases}
