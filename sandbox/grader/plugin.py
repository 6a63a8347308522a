"""The pytest plug-in: cases as parameters, the task's fixtures, a message per case, the report as the last message."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from sandbox.grader import trial
from sandbox.grader.contract import Call, Prototype
from sandbox.grader.frames import Message
from sandbox.grader.http import Client
from sandbox.grader.rehearsal import Rehearsal, call, canned

Tell = Callable[[Message], None]
Rehearse = Callable[[], None]

_RECORDER = pytest.StashKey[trial.Recorder]()


@dataclass(frozen=True)
class Order:
    """One run of a collected task. `visible`: answers and reasons may leave the grader."""

    call: Call
    visible: bool


class Plugin:
    """Collects a task with its cases and stops; `wait_for_order` returns in each forked job, which runs the cases.

    It is given the number of tests, and what plays a case of ours in the process that calls it.
    """

    def __init__(
        self,
        folder: str,
        cases: list[dict[str, Any]],
        client: Client,
        tell: Tell,
        wait_for_order: Callable[[int, Rehearse], Order],
    ) -> None:
        self._folder = folder
        self._cases = [SimpleNamespace(id=case["id"], input=case["input"], expected=case["expected"]) for case in cases]
        self._client = client
        self._tell = tell
        self._wait_for_order = wait_for_order
        self._order: Order | None = None
        self._prototype: Prototype | None = None
        self._tests: list[dict[str, Any]] = []
        self._rehearsal: pytest.Function | None = None
        self.errors: list[str] = []
        self.ends_process = True

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        metafunc.fixturenames.extend(name for name in ("case",) if name not in metafunc.fixturenames)
        # Positions as ids: ids of hidden cases stay out of every name that pytest makes.
        cases = self._cases[:1] if isinstance(metafunc.definition.parent, Rehearsal) else self._cases
        metafunc.parametrize("case", cases, ids=[str(index) for index in range(len(cases))])

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # All tests of a case in a row (the sort is stable), so that its result can leave when it is complete.
        items.sort(key=_case_index)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.testsfailed or not session.items:
            return
        self._rehearsal = Rehearsal.of(session, self._folder)
        gc.collect()
        gc.freeze()
        self._order = self._wait_for_order(len(session.items), self._rehearse)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
        index = _case_index(item)
        if self._prototype is None and self._order is not None:
            self._prototype = Prototype(self._client, self._order.call)
        result = yield
        if nextitem is None or _case_index(nextitem) != index:
            self._end_case(index)
        return result

    @pytest.fixture
    def prototype(self) -> Prototype | None:
        return self._prototype

    @pytest.fixture
    def record(self, request: pytest.FixtureRequest) -> trial.Recorder:
        recorder: trial.Recorder = request.node.stash.setdefault(_RECORDER, trial.Recorder())
        return recorder

    def pytest_json_runtest_metadata(self, item: pytest.Item, call: pytest.CallInfo[None]) -> dict[str, Any] | None:
        if call.when != "call" and call.excinfo is None:
            return None
        error = None if call.excinfo is None else call.excinfo.value
        visible = self._order is not None and self._order.visible
        metadata = trial.test_outcome(
            _case_index(item), item.stash.get(_RECORDER, None), error, self._folder, visible=visible
        )
        self._tests.append(metadata)
        return metadata

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(str(report.longrepr))

    def pytest_json_modifyreport(self, json_report: dict[str, Any]) -> None:
        if self._order is None:
            return
        for key in ("environment", "collectors", "warnings"):
            json_report.pop(key, None)
        for test in json_report.get("tests", ()):
            for stage in ("setup", "call", "teardown"):
                if stage in test:
                    test[stage] = {"duration": test[stage]["duration"], "outcome": test[stage]["outcome"]}
        self._forget_rehearsal(json_report)
        self._tell({"op": "report", "report": json_report})
        if self.ends_process:
            # What is left of the session is of no use to anybody and would keep the zygote waiting.
            os._exit(0)

    def _rehearse(self) -> None:
        if self._rehearsal is None:
            return
        self._client.use(canned())
        self._prototype = Prototype(self._client, call())
        self._rehearsal.config.hook.pytest_runtest_protocol(item=self._rehearsal, nextitem=None)

    def _forget_rehearsal(self, report: dict[str, Any]) -> None:
        if self._rehearsal is None:
            return
        kept = [test for test in report.get("tests", ()) if test["nodeid"] != self._rehearsal.nodeid]
        outcomes = Counter(test["outcome"] for test in kept)
        report["summary"] = {"total": len(kept), "collected": report["summary"]["collected"], **outcomes}
        report["tests"] = kept

    def _end_case(self, index: int) -> None:
        tests, self._tests = self._tests, []
        prototype, self._prototype = self._prototype, None
        if prototype is None or self._order is None:
            return
        got = prototype.got if self._order.visible else None
        self._tell(trial.case_message(index, tests, prototype.seconds, got, prototype.digest))


def _case_index(item: pytest.Item) -> int:
    return int(item.callspec.indices["case"])  # type: ignore[attr-defined]  # only functions with parameters are collected
