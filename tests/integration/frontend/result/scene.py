"""The team Kawan Lapor watches its submissions: Dewi and Rangga are in it, Tono is not, Wira organizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hackathon import accounts, benchmarks, evaluations, store
from hackathon.evaluations import store as rows
from hackathon.evaluations.claiming import claim_next
from hackathon.evaluations.model import Claim, Score, WorkerState, log_key
from hackathon.evaluations.sweep import give_back
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from sandbox.model import Build, CaseResult, CaseSet, Failure, Measurement, Run, Status, Text
from sandbox.scoring import score_runs
from sandbox.tasks import Task, load_public_cases
from tests.integration.frontend.conftest import Browser, Signed
from tests.integration.sukaraya import Sukaraya

TEAM = "Kawan Lapor"
SECRET = "rahasia-umum-kasus"
"""Stands in everything about hidden cases that a team must never see."""

TASK: Task = benchmarks.load("otomasi-formulir")
PUBLIC = load_public_cases(TASK)
DONE = Text(id="Selesai.", en="Done.")


@dataclass
class Scene:
    """The event with its people, and what a worker does to the team's submissions."""

    sukaraya: Sukaraya
    browser: Browser
    objects: Objects
    dewi: Signed
    rangga: Signed
    tono: Signed
    wira: Signed
    worker_id: UUID

    @classmethod
    async def make(cls, sukaraya: Sukaraya, browser: Browser) -> "Scene":
        now = datetime.now(UTC)
        tono = await accounts.create_account("Tono", actor=SYSTEM, now=now)
        rangga = await accounts.create_account("Rangga", actor=SYSTEM, now=now)
        await store.execute(
            "INSERT INTO member (id, team_id, event_id, account_id, captain, joined_at)"
            " VALUES ($1, $2, $3, $4, false, $5)",
            uuid4(),
            sukaraya.teams[TEAM],
            sukaraya.event.id,
            rangga.id,
            now,
        )
        wira = await sukaraya.organizer()
        worker_id = uuid4()
        await rows.register_worker(worker_id, host="mesin-1", pid=1, slots=2)
        await rows.see_worker(worker_id, WorkerState.RUNNING)
        return cls(
            sukaraya,
            browser,
            browser.app.state.objects,
            await browser.sign_in(sukaraya.captains[TEAM].account_id),
            await browser.sign_in(rangga.id),
            await browser.sign_in(tono.id),
            await browser.sign_in(wira.account_id),
            worker_id,
        )

    async def hand_in(self, team: str = TEAM, filename: str = "p.zip") -> UUID:
        """A submission in the queue."""
        submission_id, _ = await self.sukaraya.hand_in(team, filename)
        async with store.transaction():
            await evaluations.enqueue(submission_id)
        return submission_id

    async def claim(self) -> Claim:
        """The worker takes the next one."""
        claim = await claim_next(self.worker_id, lease=timedelta(minutes=5))
        assert claim is not None
        return claim

    async def write_log(self, claim: Claim, data: bytes) -> None:
        await self.objects.put(log_key(claim.submission_id, claim.attempt), data)
        await store.notify("submission", claim.submission_id)

    async def build(self, claim: Claim, status: Status = Status.OK, message: Text = DONE) -> None:
        """The build ends; a good one begins the test."""
        async with store.transaction():
            await rows.hold(claim.fences)
            image = "sha256:1" if status is Status.OK else None
            await rows.end_build(claim.submission_id, Build(status, message, image, 2.0))
            if image:
                await rows.begin_running(claim.fences)
            else:
                if status is Status.REFUSED:
                    await rows.uncharge(claim.submission_id)
                for evaluation in claim.evaluations:
                    await self._finish(claim, evaluation.plan.case_set, status, message, 0.0)
            await store.notify("submission", claim.submission_id)

    async def advance(self, claim: Claim, *, public: Sequence[CaseResult], hidden: int) -> None:
        """Some cases are done."""
        for evaluation in claim.evaluations:
            visible = evaluation.plan.case_set is CaseSet.PUBLIC
            item = {
                "task": TASK.slug,
                "done": len(public) if visible else hidden,
                "passed": sum(case.passed for case in public) if visible else 0,
                "total": evaluation.plan.tasks[0].cases,
            }
            if visible:
                item["cases"] = [_stored(case) for case in public]
            await rows.save_progress(evaluation.fence, [item])
        await store.notify("submission", claim.submission_id)

    async def end(
        self,
        claim: Claim,
        *,
        public: Sequence[CaseResult] | None = None,
        board: Sequence[CaseResult] | None = None,
        status: Status = Status.OK,
        message: Text = DONE,
    ) -> None:
        """All cases are done, or the run ended early."""
        async with store.transaction():
            await rows.hold(claim.fences)
            for evaluation in claim.evaluations:
                visible = evaluation.plan.case_set is CaseSet.PUBLIC
                cases = tuple((public_cases() if public is None else public) if visible else board or board_cases())
                planned = evaluation.plan.tasks[0]
                automated = score_runs([(TASK, cases, planned.cases)], seed=evaluation.id.bytes)
                run = Run(TASK.slug, evaluation.plan.case_set, status, message, cases, 2.5)
                await rows.insert_run(evaluation.fence, run, planned, PUBLIC, automated.tasks[TASK.slug])
                whole = Score(automated.score, automated.low, automated.high, {TASK.slug: automated.score})
                await rows.finish(
                    evaluation.fence,
                    status=status,
                    message=message,
                    score=whole,
                    image="sha256:1",
                    engine=None,
                    timings={},
                )
            await store.notify("submission", claim.submission_id)

    async def evaluated(self, good: float = 0.9, **how: object) -> UUID:
        """A submission from handing in to its result."""
        submission_id = await self.hand_in()
        claim = await self.claim()
        await self.build(claim)
        await self.write_log(claim, b"build selesai\nsiap\n")
        await self.end(claim, public=public_cases(good), board=board_cases(good), **how)  # type: ignore[arg-type]
        return submission_id

    async def fail(self, claim: Claim, pause: timedelta = timedelta(minutes=2)) -> None:
        """Our side fails it."""
        async with store.transaction():
            await rows.hold(claim.fences)
            await give_back(
                claim.team_id,
                claim.submission_id,
                claim.fences,
                reason="EngineUnavailable: no answer",
                host="mesin-1",
                pause=pause,
                count=True,
            )

    async def _finish(self, claim: Claim, case_set: CaseSet, status: Status, message: Text, score: float) -> None:
        evaluation = next(one for one in claim.evaluations if one.plan.case_set is case_set)
        await rows.finish(
            evaluation.fence,
            status=status,
            message=message,
            score=Score(score, score, score, {TASK.slug: score}),
            image=None,
            engine=None,
            timings={},
        )


def public_cases(good: float = 0.9) -> list[CaseResult]:
    """Results of the public cases, that share of them passed."""
    count = round(good * len(PUBLIC))
    return [result(case.id, passed=number < count) for number, case in enumerate(PUBLIC)]


def board_cases(good: float = 0.9) -> list[CaseResult]:
    """Results of the hidden cases, full of what must not be seen."""
    total = TASK.cases[CaseSet.BOARD]
    words = Text(id=f"salah: {SECRET}", en=f"wrong: {SECRET}")
    return [
        result(f"{SECRET}-{number}", passed=number < round(good * total), message=words, got={"isian": SECRET})
        for number in range(total)
    ]


def result(
    case_id: str,
    *,
    passed: bool,
    failure: Failure = Failure.WRONG,
    message: Text | None = None,
    got: object = None,
) -> CaseResult:
    """One case's result."""
    value = 1.0 if passed else 0.25
    return CaseResult(
        case_id=case_id,
        passed=passed,
        seconds=0.0123,
        metrics={metric.name: Measurement(value, 4.0) for metric in TASK.metrics},
        failure=None if passed else failure,
        message=None if passed else message or Text(id="nama = null (benar: Sari)", en="nama = null (right: Sari)"),
        got={"isian": {"nama": "Sari" if passed else "<b>Budi</b>"}} if got is None else got,
    )


def _stored(case: CaseResult) -> dict[str, object]:
    return {
        "id": case.case_id,
        "passed": case.passed,
        "seconds": case.seconds,
        "metrics": {},
        "failure": case.failure,
        "message": None,
        "got": None,
        "got_clipped": False,
        "expected": None,
    }
