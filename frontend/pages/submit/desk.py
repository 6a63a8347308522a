"""What stands on an entry's page, read: team, card, versions, attempts, pitch, uploads under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from frontend.pages.submit.own import Own
from hackathon import accounts, cards, commits, evaluations, pitches, submissions, teams
from hackathon.cards import Card
from hackathon.commits import CommitFetch
from hackathon.evaluations import Version
from hackathon.pitches import PitchView
from hackathon.submissions import Attempts, Submission, Upload
from hackathon.teams import Member, Team


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything of an entry. `names` are people by account; `workers` counts who is there to evaluate; `fetch` is the
    commit that was asked for last.
    """

    team: Team
    members: tuple[Member, ...]
    card: Card | None
    pitch: PitchView
    handed_in: tuple[Submission, ...]
    versions: tuple[Version, ...]
    attempts: Attempts
    uploads: tuple[Upload, ...]
    names: Mapping[UUID, str]
    workers: int
    chosen: UUID | None
    fetch: CommitFetch | None

    @property
    def counting(self) -> Version | None:
        """The version that would be judged now."""
        return evaluations.counting(self.versions, self.chosen)

    @property
    def latest(self) -> Version | None:
        """What was handed in last."""
        return self.versions[0] if self.versions else None


async def read_desk(own: Own) -> Desk:
    """Read it all."""
    entry, actor = own.entry, own.actor
    team = await teams.get_team(entry.team_id)
    members = await teams.list_members(entry.team_id)
    handed_in = await submissions.list_submissions(entry.id, actor=actor)
    uploads = await submissions.open_uploads(entry.id, actor=actor)
    names = {member.account_id: member.name for member in members}
    people = {one.account_id for one in handed_in} | {one.account_id for one in uploads}
    for account_id in people - names.keys():
        names[account_id] = (await accounts.get_account(account_id)).name
    return Desk(
        team=team,
        members=members,
        card=await cards.read_card(entry.id, actor=actor),
        pitch=await pitches.pitch_of(entry.id, actor=actor),
        handed_in=handed_in,
        versions=await evaluations.versions_of(entry.id),
        attempts=await submissions.attempts_of(entry.id, actor=actor, now=own.now),
        uploads=uploads,
        names=names,
        workers=await evaluations.workers_there(),
        chosen=entry.chosen_submission_id,
        fetch=await commits.latest_fetch(entry.id, actor=actor),
    )
