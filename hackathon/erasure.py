"""Forgetting a person who asks for it (UU PDP 27/2022, articles 8 and 44): theirs goes, what is the event's stays.

Results belong to a team and were published; they stay, with the team's cards, pitches and files, under a name that says
nothing. The audit holds ids only. What was sealed under the person's own key becomes noise in every copy of the data.
"""

from datetime import datetime

from hackathon import accounts, outbox, store, teams
from hackathon.accounts import Account
from hackathon.errors import Conflict
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from sandbox.model import Text

NAME = "Peserta yang dihapus"
"""What stands in the place of the name."""

JUDGE_NAME = "Juri yang dihapus"
"""The same beside scorecards that stay."""


class HasRoles(Conflict):
    """Who organizes or judges is not forgotten while they do."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Akun ini masih punya peran panitia atau juri. Cabut dulu perannya, lalu hapus.",
                en="This account still organizes or judges. Take its roles away first, then forget it.",
            ),
            "account_has_roles",
        )


async def forget(account: Account, *, actor: Principal, now: datetime) -> None:
    """Take a person out of their teams, end their sessions and tokens, and erase what tells who they were.

    Once begun and broken off, it goes on when it is called again; for who is forgotten already nothing happens.
    Organizers only. Raises Forbidden, HasRoles.
    """
    require_organizer(actor)
    if account.roles or await store.fetch_value(_JUDGES, account.id):
        raise HasRoles
    for row in await store.fetch("SELECT team_id FROM member WHERE account_id = $1 ORDER BY joined_at", account.id):
        await teams.remove_member(row["team_id"], account.id, actor=actor, now=now)
    async with store.transaction():
        await accounts.revoke_tokens(account.id, actor=actor, now=now)
        known = await store.fetch_value(_ANONYMOUS, account.id, NAME)
        await store.execute(_NAMELESS_JUDGE, account.id, JUDGE_NAME)
        for sql in _ERASED:
            await store.execute(sql, account.id)
        if known:
            await outbox.append("account.forgotten", {"account": account.id}, actor=actor)


_ANONYMOUS = (
    "UPDATE account SET name = $2, email = NULL, claims = NULL, password_hash = NULL, confirmed_at = NULL"
    " WHERE id = $1 AND (name <> $2 OR email IS NOT NULL OR claims IS NOT NULL OR password_hash IS NOT NULL)"
    " RETURNING id"
)

_JUDGES = "SELECT EXISTS (SELECT 1 FROM judge WHERE account_id = $1 AND state = 'active')"

# Scorecards stay with the event and name nobody.
_NAMELESS_JUDGE = "UPDATE judge SET name = $2, email = NULL, agency = '', expertise = '{}' WHERE account_id = $1"

_ERASED = (
    (
        "UPDATE assignment SET reason = '' FROM judge"
        " WHERE judge.id = assignment.judge_id AND assignment.state = 'recused' AND judge.account_id = $1"
    ),
    (
        "UPDATE conflict_of_interest SET reason = '-' FROM judge"
        " WHERE judge.id = conflict_of_interest.judge_id AND judge.account_id = $1"
    ),
    "DELETE FROM session WHERE account_id = $1",
    "DELETE FROM api_token WHERE account_id = $1",
    "DELETE FROM account_secret WHERE account_id = $1",
    "DELETE FROM account_key WHERE account_id = $1",
    "DELETE FROM mail WHERE account_id = $1",
    "DELETE FROM proof WHERE account_id = $1",
    "DELETE FROM code_batch WHERE account_id = $1",
)
