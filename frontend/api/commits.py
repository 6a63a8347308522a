"""Handing in a commit: ask for it, look how far it is, take it back. A worker fetches it."""

from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from frontend.api.shapes import CommitBody, CommitRequest, ProblemBody
from frontend.api.uploads import Caller, Store, entry_for
from frontend.api.views import commit_body, receipt_body
from hackathon import commits, submissions, teams
from hackathon.settings import Settings

Configured = NamedDependency[Settings]


class CommitController(Controller):
    """For members of a team."""

    path = "/commits"
    tags = ("handing in",)
    responses = {422: ResponseSpec(ProblemBody, description="A rule says no; it cost no attempt.")}  # noqa: RUF012 - as its base has it

    @post()
    async def ask(self, caller: Caller, settings: Configured, data: JSONBody[CommitRequest]) -> CommitBody:
        """Ask for a commit of a public repository; from here the deadline is kept, and a worker hands it in.

        `repository` is an https address, `commit` 40 hex digits, or the name of a branch or tag. The same question
        again, while it is on its way, gives the same answer; one entry has one commit on its way.
        """
        entry = await entry_for(caller, data.event, data.track)
        fetch = await commits.ask_commit(
            entry.id, repository=data.repository, revision=data.commit, hosts=settings.git_hosts, actor=caller
        )
        return commit_body(fetch)

    @get("/{commit:uuid}")
    async def get_commit(self, caller: Caller, commit: FromPath[UUID], objects: Store) -> CommitBody:
        """How far it is: `waiting`, `fetching`, `received`, `refused` or `cancelled`."""
        fetch = await commits.fetch_state(commit, actor=caller)
        if fetch.submission_id is None:
            return commit_body(fetch)
        # What is complete gives its receipt again.
        receipt = await submissions.complete_upload(fetch.id, objects=objects, actor=caller)
        return commit_body(fetch, receipt_body(receipt, await teams.get_entry(fetch.entry_id)))

    @delete("/{commit:uuid}")
    async def cancel(self, caller: Caller, commit: FromPath[UUID]) -> None:
        """Take it back; asked again, nothing changes. What was handed in stays."""
        await commits.cancel_fetch(commit, actor=caller)
