"""The worker's side of commits: take one that was asked for, fetch it, hand it in.

The row is the truth: a claim is a lease on it, and every later write names the claim's attempt. The archive is received
under the id of what was asked for, so a worker that died between receiving and noting it is found out by the next,
and nothing is handed in twice.
"""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from hackathon import accounts, evaluations, outbox, store
from hackathon.commits import store as rows
from hackathon.commits.errors import BranchTooLate
from hackathon.commits.model import FetchState
from hackathon.commits.store import Claim
from hackathon.errors import Refusal, Unavailable
from hackathon.model import SYSTEM, Principal
from hackathon.objects import Objects
from hackathon.submissions import Archive, Origin, Window, receive_fetched
from sandbox.errors import SandboxError
from sandbox.git import Fetched, GitLimits, GitStatus, Wanted
from sandbox.model import Text
from sandbox.provider import Cancel, Provider

_log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
LOOK_SECONDS = 1.0
AT_ONCE = 2
"""So many at once, so that one slow host keeps nobody waiting; each may take what `GitLimits` says."""

TRIES = 3
"""So often a host that does not answer is asked before the team is told."""

_LONGEST_PAUSE = timedelta(minutes=5)
_HOST_PAUSE = timedelta(seconds=5)

_OURS = Text(
    id="Mesin kami sedang bermasalah, bukan repositori Anda. Dicoba lagi sendiri.",
    en="Our machine is in trouble, not your repository. It is tried again by itself.",
)


class Fetcher:
    """Fetches commits, few at a time, from `hosts` alone; with `packages` builds can install what they name."""

    def __init__(
        self,
        objects: Objects,
        provider: Provider,
        *,
        hosts: tuple[str, ...],
        catalog: evaluations.Catalog | None = None,
        packages: bool = False,
        lease: timedelta = LEASE,
        look_seconds: float = LOOK_SECONDS,
        host_pause: timedelta = _HOST_PAUSE,
    ) -> None:
        self._objects = objects
        self._provider = provider
        self._hosts = hosts
        self._catalog = catalog
        self._packages = packages
        self._lease = lease
        self._look_seconds = look_seconds
        self._host_pause = host_pause

    async def run(self, stop: asyncio.Event, *, may: Callable[[], bool] = lambda: True) -> None:
        """Fetch what is asked for, while it `may`, until `stop` is set; cancelled, it hands back what it has."""
        loops = [asyncio.create_task(self._loop(stop, may)) for _ in range(AT_ONCE)]
        try:
            await asyncio.gather(*loops)
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    async def _loop(self, stop: asyncio.Event, may: Callable[[], bool]) -> None:
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    found = may() and await self.fetch_next()
                except Exception:
                    _log.exception("commits.fetching_failed")
                    found = False
                if not found:
                    await asyncio.wait({stopping}, timeout=self._look_seconds)
        finally:
            stopping.cancel()

    async def fetch_next(self, *, now: datetime | None = None) -> bool:
        """Fetch the commit that has waited longest; False where none waits. `now` is for tests."""
        claim = await rows.claim(self._lease)
        if claim is None:
            return False
        try:
            refused = await self._hand_in(claim, now)
        except asyncio.CancelledError:
            await rows.give_back(claim, pause=timedelta(0), failed=False)
            raise
        except Refusal as refusal:
            refused = refusal.message
        except (SandboxError, Unavailable, OSError) as error:
            pause = min(_LONGEST_PAUSE, timedelta(seconds=2 ** min(claim.failures, 10)))
            _log.warning("commits.not_fetched", fetch=str(claim.fetch_id), reason=str(error))
            await rows.give_back(claim, pause=pause, failed=True, message=_OURS)
            return True
        except _NotNow as later:
            await rows.give_back(claim, pause=later.pause, failed=True, message=later.message)
            return True
        except _NotOurs:
            return True
        await self._finish(claim, refused, now or await store.clock())
        return True

    async def _hand_in(self, claim: Claim, now: datetime | None) -> Text | None:
        """None where it was received; else what is wrong with it. Raises Refusal, and what is our failure."""
        actor = await self._actor(claim)
        window = await Window.of(claim.entry_id, actor=actor)
        moment = now or await store.clock()
        wanted = Wanted(claim.repository, claim.commit or claim.revision)
        if wanted.commit is None and moment >= window.deadline:
            raise BranchTooLate(claim.revision)
        window.require_arrival(claim.asked_at, moment)
        limits = GitLimits(archive=window.event.rules.limits.archive)
        async with self._objects.scratch() as folder:
            path = folder / "commit.tar.gz"
            fetched = await self._fetch(claim, wanted, path, limits)
            if fetched.commit is not None and not await rows.name_commit(claim, fetched.commit):
                raise _NotOurs
            if fetched.status is GitStatus.UNREACHABLE and claim.failures + 1 < TRIES:
                raise _NotNow(self._host_pause * 3**claim.failures, fetched.message)
            if fetched.status is not GitStatus.OK or fetched.commit is None:
                return fetched.message
            name = f"{wanted.name}-{fetched.commit[:12]}.tar.gz"
            archive = Archive(path, name, fetched.size, await asyncio.to_thread(_sha256, path))
            await receive_fetched(
                claim.fetch_id,
                claim.entry_id,
                archive,
                origin=Origin(claim.repository, fetched.commit),
                registered_at=claim.asked_at,
                objects=self._objects,
                actor=actor,
                catalog=self._catalog,
                packages=self._packages,
                now=now,
                hold=partial(self._still_ours, claim),
            )
        return None

    async def _still_ours(self, claim: Claim) -> None:
        if not await rows.hold(claim):
            raise _NotOurs

    async def _actor(self, claim: Claim) -> Principal:
        """Who asked, with what they may do now."""
        account = await accounts.get_account(claim.account_id)
        return Principal(account.id, account.name, account.roles)

    async def _fetch(self, claim: Claim, wanted: Wanted, path: Path, limits: GitLimits) -> Fetched:
        cancel = Cancel()
        holding = asyncio.create_task(self._hold(claim, cancel))
        work = asyncio.create_task(asyncio.to_thread(self._call, wanted, path, limits, claim, cancel))
        try:
            await asyncio.wait({work, holding}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise _NotOurs  # it was taken back, or is somebody else's
            return work.result()
        finally:
            cancel.set()
            holding.cancel()
            # The thread ends soon after the cancel, and uses the folder until then.
            await asyncio.wait({work})

    def _call(self, wanted: Wanted, path: Path, limits: GitLimits, claim: Claim, cancel: Cancel) -> Fetched:
        return self._provider.fetch_commit(
            wanted, path, hosts=self._hosts, limits=limits, label=f"git-{claim.fetch_id}", cancel=cancel
        )

    async def _hold(self, claim: Claim, cancel: Cancel) -> None:
        """Keep the lease; ends when it is lost."""
        while not cancel.is_set:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if not await rows.keep_lease(claim, self._lease):
                    return
            except Exception:
                _log.exception("commits.lease_unsure")

    async def _finish(self, claim: Claim, refused: Text | None, now: datetime) -> None:
        state = FetchState.RECEIVED if refused is None else FetchState.REFUSED
        async with store.transaction():
            if await rows.finish(claim, state, refused, now):
                await outbox.append(
                    f"commit.{state}", {"commit": claim.fetch_id, "entry": claim.entry_id}, actor=SYSTEM
                )


class _NotNow(Exception):
    """The host may answer better later."""

    def __init__(self, pause: timedelta, message: Text) -> None:
        super().__init__(message.en)
        self.pause = pause
        self.message = message


class _NotOurs(Exception):
    """It was taken back, or somebody else has it."""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
