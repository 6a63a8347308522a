"""Handing in a commit from the command line: ask for it, and wait until the server has fetched it."""

import os

from frontend.api.shapes import CommitRequest, EntryBody, ReceiptBody
from frontend.cli.frame import Console, Exit, Failure
from frontend.cli.wording import languages, tell
from frontend.client import Client
from sandbox.model import Text


def hand_in_commit(client: Client, console: Console, repository: str, commit: str, entry: EntryBody) -> ReceiptBody:
    """The receipt of a commit; a `Failure` in the server's words where it cannot be had.

    Interrupted, it goes on without us: the same command again finds it.
    """
    asked = client.ask_commit(CommitRequest(repository, commit, event=entry.event, track=entry.track))
    console.note(f"The server fetches {asked.asked} from {asked.repository}; its time is kept.")
    wanted, told = languages(os.environ)[:1], 0
    for state in client.follow_commit(asked.id):
        if state.receipt is not None:
            return state.receipt
        if state.message is not None and (state.state == "refused" or state.failures > told):
            text = Text(id=state.message.id, en=state.message.en)
            if state.state == "refused":
                raise Failure(text, code="commit_refused", status=Exit.PROTOTYPE_FAILED)
            console.note(tell(text, wanted))
            told = state.failures
    cancelled = Text(
        id="Pengambilan commit ini dibatalkan oleh anggota tim.", en="Somebody of the team took this commit back."
    )
    raise Failure(cancelled, code="commit_cancelled", status=Exit.USAGE)
