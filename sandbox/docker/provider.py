"""The provider on Docker: puts graders, prototypes, builds and the generator together."""

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_all
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import docker.errors

from sandbox import endings
from sandbox.docker import generate as generator
from sandbox.docker import git, owner
from sandbox.docker import pages as reader
from sandbox.docker.build import Builder
from sandbox.docker.circumstances import circumstances
from sandbox.docker.client import Clients, speaking
from sandbox.docker.cores import Cores, of_host, shared_out
from sandbox.docker.evaluation import Evaluation
from sandbox.docker.grader_packages import GraderPackages
from sandbox.docker.grader_pools import GraderPools
from sandbox.docker.graders import COMMAND, Grader, GraderPool
from sandbox.docker.image_store import DockerImageStore
from sandbox.docker.images import Images
from sandbox.docker.options import (
    git_config,
    grader_config,
    holder_config,
    pages_config,
    prototype_config,
    standing_back,
)
from sandbox.docker.prototype import Prototype
from sandbox.docker.seccomp import profile
from sandbox.docker.sweep import sweep
from sandbox.docker.tryouts import TryOuts
from sandbox.errors import EngineUnavailable, GraderFailed, SandboxError
from sandbox.git import Fetched, GitLimits, Wanted
from sandbox.git.proxy import Outside
from sandbox.grader.contract import Mapped
from sandbox.grading import check_jobs, not_started, varied_here
from sandbox.images import ImageStore
from sandbox.limits import GIB, Limits
from sandbox.model import Build, Case, CaseSet, Finding, Protocol, Report, Status
from sandbox.pages import Drawing, PageLimits
from sandbox.proof.proving import try_walls
from sandbox.provider import Cancel, EngineFacts, Job, LogSink, TryOut, Watch
from sandbox.task_packages import Package, together
from sandbox.tasks import WORDING, Task
from sandbox.tryout.never import NeverStarted

_log = logging.getLogger(__name__)

_THREADS = 32
_EXIT_SECONDS = 5.0
_STORED_SECONDS = 0.02
_CLOSE_SECONDS = 60.0
_KEPT_CASE_SETS = 64

Key = TypeVar("Key")
_IN_USE = 409


class DockerProvider:
    """See `sandbox.provider.Provider`. `graders` are kept warm; `runtime` is a name of the engine's, `mirror` the Unix
    socket of the package mirror, `pinned` how many prototypes at once get a core of their own, where there are as
    many, `holders` how many places for a prototype that is tried out are kept ready. `outside` is for tests, whose git
    hosts are on this machine.
    """

    def __init__(
        self,
        *,
        runtime: str | None = None,
        graders: int = 2,
        mirror: Path | None = None,
        outside: Outside | None = None,
        pinned: int = 0,
        holders: int = 0,
    ) -> None:
        self._clients = Clients()
        self._owner = owner.current()
        self._runtime = runtime
        self._outside = outside or Outside()
        self._images = Images(self._clients)
        self._image_store = DockerImageStore(self._clients, self._images)
        self._mirror = mirror
        self._builder = Builder(self._clients, self._owner, mirror)
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="sandbox")
        self._pinned = pinned
        self._packages = GraderPackages(self._clients, self._owner, mirror)
        self._pools = GraderPools(graders, self._make_grader, self._executor)
        self._tryouts = TryOuts(self._clients, self._executor, holders, self._holder_config)
        self._lock = threading.Lock()
        self._teardowns: set[Future[None]] = set()
        self._generated: dict[tuple[str, CaseSet, bytes, int], tuple[Case, ...]] = {}
        self._varied: dict[tuple[str, bytes, tuple[str, ...]], tuple[Case, ...]] = {}
        self._closed = False

    @property
    def image_store(self) -> ImageStore:
        return self._image_store

    def facts(self) -> EngineFacts:
        info = self._info
        cgroup = f"v{info.get('CgroupVersion') or '1'} {info.get('CgroupDriver')}"
        memory = info["MemTotal"] / GIB
        return EngineFacts(
            provider="docker",
            engine=f"Docker Engine {info['ServerVersion']}",
            runtime=self._runtime or info["DefaultRuntime"],
            cgroup=cgroup,
            host_class=f"{info['Architecture']}, {info['NCPU']} CPU, {memory:.0f} GiB, {info['KernelVersion']}",
            grader=self._images.grader(),
            cores=",".join(str(number) for number in self._cores.numbers),
        )

    def circumstances(self) -> Mapping[str, str]:
        self._check_open()
        found = circumstances(
            self._clients.get(), runtime=self._runtime, seccomp=self._seccomp, grader=self._images.grader()
        )
        # A relay stands beside the steps of a build where there is a mirror.
        return {**found, "mirror": "none" if self._mirror is None else "relay"}

    def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        self._check_open()
        return try_walls(self, cancel)

    def warm(self, tasks: Sequence[Task] = ()) -> None:
        self._check_open()
        self._pools.fill(_packages(tasks))
        self._tryouts.fill()

    def build(
        self,
        archive: Path,
        *,
        limits: Limits,
        label: str,
        on_log: LogSink = lambda data: None,
        cancel: Cancel | None = None,
    ) -> Build:
        self._check_open()
        return self._builder.build(archive, limits=limits, label=label, on_log=on_log, cancel=cancel)

    def evaluate(
        self,
        image: str,
        jobs: Sequence[Job],
        *,
        limits: Limits,
        label: str,
        fresh: bool = False,
        watch: Watch = Watch(),  # noqa: B008 - frozen, without state
        cancel: Cancel | None = None,
    ) -> Report:
        check_jobs(jobs)
        self._check_open()
        facts = self._images.facts(image)
        if facts.volumes:
            return not_started(jobs, endings.has_volume(facts.volumes[0]))
        pool = self._pools.of(_packages([job.task for job in jobs]))
        grader = pool.acquire(fresh=fresh)
        prototype: Prototype | None = None
        evaluation = Evaluation(grader, jobs, facts.http, limits, watch)
        report: Report | None = None
        core = self._cores.lend(limits.prototype.cpus)
        try:
            evaluation.prepare()
            config = prototype_config(
                facts.id,
                grader=grader.id,
                port=Mapped.read(facts.http, jobs[0].task.protocol).port,
                limits=limits.prototype,
                labels=self._owner.labels(label),
                runtime=self._runtime,
                seccomp=self._seccomp,
                core=core,
            )
            prototype = Prototype(self._clients, config, self._executor)
            report = evaluation.watch(prototype, cancel)
        finally:
            clean = report is not None and evaluation.whole and all(run.status is Status.OK for run in report.runs)
            teardown = self._tear_down(pool, grader, prototype, evaluation if clean else None, core)
            if report is None:
                teardown.result()
        return report

    def try_out(
        self, image: str, *, limits: Limits, seconds: float, label: str, cancel: Cancel | None = None
    ) -> TryOut:
        self._check_open()
        facts = self._images.facts(image)
        if facts.volumes:
            return NeverStarted(endings.has_volume(facts.volumes[0]))

        def config(holder: str) -> dict[str, Any]:
            made = prototype_config(
                facts.id,
                grader=holder,
                port=Mapped.read(facts.http, Protocol.INVOCATIONS).port,
                limits=limits.prototype,
                labels=self._owner.labels(label),
                runtime=self._runtime,
                seccomp=self._seccomp,
            )
            return standing_back(made, self._cores_beside)

        return self._tryouts.start(facts.http, config, limits, seconds, cancel)

    def generate(self, task: Task, case_set: CaseSet, seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        self._check_open()
        key = (task.hash, case_set, seed, task.cases[case_set])
        with self._lock:
            known = self._generated.get(key)
        if known is not None:
            return known
        cases = generator.generate(self._clients, self._generator_config(), task, case_set, seed, cancel)
        return self._keep(self._generated, key, cases)

    def vary(self, task: Task, cases: Sequence[Case], seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        self._check_open()
        if WORDING not in task.generator:
            return varied_here(cases, seed)
        key = (task.hash, seed, tuple(case.id for case in cases))
        with self._lock:
            known = self._varied.get(key)
        if known is not None:
            return known
        varied = generator.vary(self._clients, self._generator_config(), task, cases, seed, cancel)
        return self._keep(self._varied, key, varied)

    def _generator_config(self) -> dict[str, Any]:
        return grader_config(
            self._images.grader(),
            command=generator.COMMAND,
            labels=self._owner.labels("generate"),
            seccomp=self._seccomp,
            generator=True,
        )

    def _keep(self, kept: dict[Key, tuple[Case, ...]], key: Key, cases: tuple[Case, ...]) -> tuple[Case, ...]:
        with self._lock:
            while len(kept) >= _KEPT_CASE_SETS:
                del kept[next(iter(kept))]
            kept[key] = cases
        return cases

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        self._check_open()
        config = pages_config(
            reader.IMAGE,
            command=reader.command(pdf.stat().st_size, limits),
            limits=limits,
            labels=self._owner.labels(label),
            runtime=self._runtime,
            seccomp=self._seccomp,
        )
        return reader.draw(self._clients, config, pdf, into, limits=limits, cancel=cancel)

    def fetch_commit(
        self,
        wanted: Wanted,
        into: Path,
        *,
        hosts: Sequence[str],
        limits: GitLimits,
        label: str,
        cancel: Cancel | None = None,
    ) -> Fetched:
        self._check_open()
        authorities = self._outside.authorities

        def config(command: Sequence[str], way: Path) -> Mapping[str, Any]:
            return git_config(
                git.IMAGE,
                command=command,
                way=str(way),
                authorities=None if authorities is None else str(authorities),
                limits=limits,
                labels=self._owner.labels(label),
                seccomp=self._seccomp,
            )

        return git.fetch(
            self._clients,
            config,
            wanted,
            into,
            hosts=hosts,
            outside=self._outside,
            limits=limits,
            cancel=cancel,
        )

    def sweep(self) -> int:
        self._check_open()
        self._builder.tidy()
        return sweep(self._clients)

    def remove_image(self, image: str) -> None:
        self._check_open()
        self._images.forget(image)
        # An evaluation reports before its prototype is gone, and the engine keeps images that containers use.
        with self._lock:
            teardowns = set(self._teardowns)
        wait_all(teardowns, _CLOSE_SECONDS)
        with speaking():
            try:
                self._clients.get().remove_image(image, force=True)
            except docker.errors.NotFound:
                return
            except docker.errors.APIError as error:
                if error.status_code != _IN_USE:
                    raise
                _log.info("image %s stays: a prototype runs from it", image)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        with self._lock:
            teardowns = set(self._teardowns)
        wait_all(teardowns, _CLOSE_SECONDS)
        try:
            self._tryouts.close()
            self._builder.close()
            self._pools.close()
            self._packages.close()
        finally:
            self._executor.shutdown()
            self._clients.close()

    def _tear_down(
        self,
        pool: GraderPool,
        grader: Grader,
        prototype: Prototype | None,
        evaluation: Evaluation | None,
        core: int | None,
    ) -> Future[None]:
        """Remove the prototype and give the grader back, in a thread; `evaluation` is there when all went well."""
        # What went well is scored and stored now, for which its removal would want the processors.
        after = 0.0 if evaluation is None else _STORED_SECONDS
        gone = prototype.remove(after=after) if prototype is not None else None
        teardown = self._executor.submit(self._give_back, pool, grader, gone, evaluation, core)
        with self._lock:
            self._teardowns.add(teardown)
        teardown.add_done_callback(self._forget_teardown)
        return teardown

    def _give_back(
        self,
        pool: GraderPool,
        grader: Grader,
        gone: Future[bool] | None,
        evaluation: Evaluation | None,
        core: int | None,
    ) -> None:
        # The next prototype wants the same port: the grader is free only when this one is gone.
        clean = (gone is None or gone.result()) and evaluation is not None
        self._cores.take_back(core)
        if clean and evaluation is not None:
            try:
                evaluation.settle(_EXIT_SECONDS)
            except GraderFailed:
                clean = False
        try:
            pool.release(grader, clean=clean)
        except SandboxError as error:
            _log.warning("a grader is left for the sweep: %s", error)
        if self._pools.idle:
            self._builder.make_ahead()

    def _forget_teardown(self, teardown: Future[None]) -> None:
        with self._lock:
            self._teardowns.discard(teardown)

    def _make_grader(self, packages: tuple[Package, ...]) -> Grader:
        image = self._images.grader()
        config = grader_config(
            self._packages.image(image, packages) if packages else image,
            command=COMMAND,
            labels=self._owner.labels("grader"),
            seccomp=self._seccomp,
        )
        return Grader(self._clients, config)

    def _holder_config(self, command: Sequence[str], way: Path) -> dict[str, Any]:
        return holder_config(
            self._images.grader(),
            command=command,
            way=str(way),
            labels=self._owner.labels("holder"),
            seccomp=self._seccomp,
        )

    @cached_property
    def _info(self) -> dict[str, Any]:
        with speaking():
            info: dict[str, Any] = self._clients.get().info()
        return info

    @cached_property
    def _cores(self) -> Cores:
        return Cores(shared_out(of_host(self._info), self._pinned) if self._pinned else ())

    @cached_property
    def _cores_beside(self) -> tuple[int, ...]:
        """The cores that are not lent to evaluations; none where any will do."""
        lent = self._cores.numbers
        return tuple(number for number in of_host(self._info) if number not in lent) if lent else ()

    @cached_property
    def _seccomp(self) -> str:
        architecture = str(self._info["Architecture"])
        try:
            return profile(architecture)
        except KeyError:
            raise EngineUnavailable(f"no list of system calls for {architecture}") from None

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailable("the provider is closed")


def _packages(tasks: Sequence[Task]) -> tuple[Package, ...]:
    """What the measurements of these tasks need together. Raises TaskInvalid."""
    return together({task.slug: task.packages for task in tasks})
