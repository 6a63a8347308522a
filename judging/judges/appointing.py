"""Make somebody who has an account a judge, without a link."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import accounts, events, mail, outbox, store
from hackathon.errors import Refusal
from hackathon.mail import Recipient, judge_letters
from hackathon.mail.judge_letters import JudgedEvent
from hackathon.model import Principal, Role
from hackathon.permissions import require_organizer
from judging.judges import store as rows
from judging.judges.errors import MayNotJudge
from judging.judges.model import Judge, State
from judging.judges.words import clean_agency, clean_expertise
from sandbox.model import Text


class AccountMissing(Refusal):
    """Nobody has an account with this address that is known to be theirs."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tidak ada akun terkonfirmasi dengan alamat surel ini. Periksa ejaannya, atau undang dengan tautan.",
                en="No confirmed account has this e-mail address. Check its spelling, or invite them by a link.",
            ),
            "account_missing",
        )


ORGANIZES = Text(
    id="Itu akun panitia: panitia melihat semua nilai, jadi tidak menilai. Undang dengan tautan untuk akun yang lain.",
    en="That is an organizer's account: organizers see all scores, so they do not judge. Invite another account of "
    "theirs by a link.",
)
TAKES_PART = Text(
    id="Pemilik akun itu anggota tim di acara ini, jadi tidak boleh menjadi jurinya.",
    en="That person is a member of a team of this event, so they may not judge it.",
)
TWICE = Text(id="Pemilik akun itu sudah menjadi juri acara ini.", en="That person is a judge of this event already.")


async def appoint(
    event_id: UUID,
    email: str,
    *,
    agency: str,
    key: bytes,
    actor: Principal,
    now: datetime,
    expertise: Sequence[str] = (),
    max_load: int | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> Judge:
    """Make the account with this address an active judge, and write to them; who left before comes back. The address
    must be known to be theirs: anybody can register with somebody else's. Organizers only.

    Raises Forbidden, EventUnknown, AccountMissing, MayNotJudge, JudgeKnown where the address has an invitation that is
    open, Refusal for what cannot be.
    """
    require_organizer(actor)
    event = await events.get_event_by_id(event_id)
    account = await accounts.find_account(accounts.clean_email(email))
    if account is None or account.confirmed_at is None or account.email is None:
        raise AccountMissing
    if Role.ORGANIZER in account.roles:
        raise MayNotJudge(ORGANIZES)
    judge = Judge(
        id=new_id(),
        event_id=event_id,
        account_id=account.id,
        name=account.name,
        email=account.email,
        agency=clean_agency(agency),
        expertise=clean_expertise(expertise),
        max_load=max_load,
        state=State.ACTIVE,
        language=account.language,
    )
    about = JudgedEvent(event.title, event.slug, event.schedule.judging_closes)
    to = Recipient(account.id, account.email, account.name, account.language, event.zone)
    async with store.transaction():
        await rows.lock_people(event_id)
        if await rows.takes_part(event_id, account.id):
            raise MayNotJudge(TAKES_PART)
        old = await rows.read_judge_of(event_id, account.id)
        if old is not None and old.state is not State.LEFT:
            raise MayNotJudge(TWICE)
        if old is None:
            await rows.insert_judge(judge, now)
            await rows.activate(judge.id, account.id, now)
        else:
            await rows.bring_back(old.id, replace(judge, email=old.email), now)
        found = judge if old is None else replace(judge, id=old.id, name=old.name, email=old.email)
        if now < event.schedule.judging_closes:
            letter_id = new_id()
            await mail.post(judge_letters.appointed(to, about), key=key, now=now, new_id=lambda: letter_id)
        subject = {"judge": found.id, "event": event_id, "account": account.id}
        await outbox.append("judge.appointed", subject, actor=actor)
    return found
