"""Carries letters that are due. Any number of processes may have one; each letter is in one pair of hands.

A letter is claimed for a while, carried, and then noted as sent. A postman who dies in between leaves a letter that is
due again when the claim runs out: it may arrive twice, with the same id, but never not at all.
"""

import asyncio
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

import structlog

from hackathon import outbox, store
from hackathon.errors import Unavailable
from hackathon.mail import store as rows
from hackathon.mail.carriers import Carrier
from hackathon.mail.errors import SendFailed
from hackathon.mail.message import compose
from hackathon.mail.model import FIRST_LINE_PAUSE, KEPT, Claimed, State, Trouble, is_over, line_pause, pause_after
from hackathon.mail.service import opened
from hackathon.model import SYSTEM
from hackathon.waiting import set_within

POLL_SECONDS = 5.0
SEND_SECONDS = 60.0
"""How long one letter may take."""

LEASE = timedelta(seconds=2 * SEND_SECONDS)
"""How long a claim holds: longer than a letter may take."""

FINISH_SECONDS = 8.0
"""How long a letter that is on its way may go on when the process is told to stop."""

_SWEEP_SECONDS = 3600.0

_log = structlog.get_logger(__name__)


class Postman:
    """Carries what is due, one letter after the other, until told to stop. `wake` makes it look at once."""

    def __init__(
        self,
        carrier: Carrier,
        *,
        key: bytes,
        sender: str,
        public_url: str,
        poll_seconds: float = POLL_SECONDS,
        send_seconds: float = SEND_SECONDS,
        finish_seconds: float = FINISH_SECONDS,
        lease: timedelta = LEASE,
        first_line_pause: timedelta = FIRST_LINE_PAUSE,
    ) -> None:
        self._carrier = carrier
        self._key = key
        self._sender = sender
        self._public_url = public_url
        self._poll_seconds = poll_seconds
        self._send_seconds = send_seconds
        self._finish_seconds = finish_seconds
        self._lease = lease
        self._first_line_pause = first_line_pause
        self._woken = asyncio.Event()
        self._line_failures = 0

    def wake(self) -> None:
        """A letter was posted."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Carry letters until `stop` is set; one that is on its way is finished if that takes no more than seconds."""
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._woken.set())
        swept = float("-inf")
        clock = asyncio.get_running_loop().time
        try:
            while not stop.is_set():
                self._woken.clear()
                if clock() - swept > _SWEEP_SECONDS:
                    await rows.forget_ended(await store.clock() - KEPT)
                    swept = clock()
                try:
                    await self._round(stop, stopping)
                except SendFailed as failure:
                    self._line_failures += 1
                    pause = line_pause(self._line_failures, self._first_line_pause).total_seconds()
                    _log.warning("mail.line_down", error=failure.words, pause=pause)
                    await set_within(stop, pause)
                else:
                    await set_within(self._woken, self._poll_seconds)
        finally:
            stopping.cancel()

    async def _round(self, stop: asyncio.Event, stopping: "asyncio.Task[bool]") -> None:
        """Carry everything that is due. Raises SendFailed when the line is down."""
        try:
            carried = True
            while carried and not stop.is_set():
                carried = await self._carry_or_stop(stop, stopping)
                self._line_failures = 0
        finally:
            await self._carrier.rest()

    async def _carry_or_stop(self, stop: asyncio.Event, stopping: "asyncio.Task[bool]") -> bool:
        carrying = asyncio.create_task(self.carry_next())
        try:
            await asyncio.wait({carrying, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not carrying.done():
                await asyncio.wait({carrying}, timeout=self._finish_seconds)
        finally:
            carrying.cancel()
        try:
            return await carrying
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
            _log.warning("mail.left_on_the_way")
            return False

    async def carry_next(self, *, now: datetime | None = None) -> bool:
        """Carry the letter that is due longest; False when none is.

        Raises SendFailed where the server cannot be worked with: the letter is then due again soon. Without `now` the
        database's clock rules.
        """
        row = await rows.claim_mail(self._lease, now)
        if row is None:
            return False
        try:
            claimed = opened(row, self._key)
        except Unavailable as error:
            words = "it was sealed with another secret key; check GELANGGANG_SECRET_FILE"
            await rows.put_off(
                row["id"], row["claim"], refusals=row["refusals"], pause=self._lease, error=words, now=now
            )
            raise SendFailed(Trouble.LINE, words) from error
        if is_over(claimed, now or await store.clock()):
            await self._end(claimed, State.EXPIRED, row["last_error"], now)
            return True
        try:
            message = compose(
                claimed.id,
                claimed.letter,
                sender=self._sender,
                public_url=self._public_url,
                created_at=claimed.created_at,
            )
            await self._hand_over(message)
        except SendFailed as failure:
            await self._note(claimed, failure, now)
            if failure.trouble is Trouble.LINE:
                raise
            return True
        if await rows.end_mail(claimed.id, claimed.claim, State.SENT, error=None, now=now):
            _log.info("mail.sent", mail=str(claimed.id), kind=claimed.letter.kind.value)
        return True

    async def _hand_over(self, message: EmailMessage) -> None:
        try:
            async with asyncio.timeout(self._send_seconds):
                await self._carrier.carry(message)
        except TimeoutError as error:
            raise SendFailed(Trouble.LINE, "the mail server takes too long") from error

    async def _note(self, claimed: Claimed, failure: SendFailed, now: datetime | None) -> None:
        _log.warning("mail.not_taken", mail=str(claimed.id), trouble=failure.trouble.value, error=failure.words)
        if failure.trouble is Trouble.FINAL:
            await self._end(claimed, State.REFUSED, failure.words, now)
            return
        later = failure.trouble is Trouble.LATER
        refusals = claimed.refusals + later
        # A line that is down is no fault of the letter: it is the first to go when the postman tries again.
        pause = pause_after(refusals) if later else timedelta(0)
        await rows.put_off(claimed.id, claimed.claim, refusals=refusals, pause=pause, error=failure.words, now=now)

    async def _end(self, claimed: Claimed, state: State, error: str | None, now: datetime | None) -> None:
        async with store.transaction():
            if await rows.end_mail(claimed.id, claimed.claim, state, error=error, now=now):
                subject: dict[str, UUID | str] = {"mail": claimed.id, "state": state.value}
                if claimed.letter.to.account_id is not None:
                    subject["account"] = claimed.letter.to.account_id
                await outbox.append("mail.undelivered", subject, actor=SYSTEM)
