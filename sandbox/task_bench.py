"""What a check of a task measures with the engine: its prototypes and the probes made of its own answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox import toml
from sandbox.aggregates import odd_groups
from sandbox.errors import TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Case, CaseSet, Status, Text
from sandbox.provider import Cancel, Job, Provider
from sandbox.qualities import case_seed
from sandbox.scoring import score_task
from sandbox.task_findings import Finding, failed, invalid
from sandbox.task_measured import Measured, broken_test
from sandbox.task_places import case_lines, function_line, line_with, metric_line, text_of
from sandbox.task_probes import FAULTS, Known, known_answers, shuffled_answers, write_probe
from sandbox.tasks import WORDING, Task

DOING_NOTHING = 5.0
SHUFFLED = 50.0
"""Points that constant, echo (empty: none) and right answers to other questions may earn at most."""

VARIED = 99.0
"""Points that perfect answers must still earn in other words."""

MOVES = 10.0
"""Points that a metric must lose to its planted cause."""

_SAME = 0.001
_LABEL = "task-check"


@dataclass(frozen=True, slots=True)
class Bench:
    """Builds and runs the task's prototypes and the probes against its public cases."""

    task: Task
    public: tuple[Case, ...]
    provider: Provider
    cancel: Cancel | None
    room: Path
    texts: dict[str, str] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """Everything, in the order of what builds on what; a test that cannot be used ends it.

        Folders and functions that are missing have been told of before.
        """
        try:
            perfect = self.measure(self._probe("perfect", known_answers(self.public)))
            yield (full := self._perfect(perfect))
            if perfect.test_error is not None or perfect.status is not Status.OK:
                return
            yield (recorded := self._recorded(perfect))
            if not recorded.passed:
                return
            yield from self._groups(perfect)
            shuffled = self.measure(self._probe("shuffled", shuffled_answers(self.public)))
            yield self._told("shuffled", shuffled, shuffled.score.score <= SHUFFLED, *self._test("record("))
            if full.passed:
                yield self._varied()
            yield from self._controls()
            yield from self._causes(perfect)
            yield from self._baseline()
            if (self.task.folder / "starter").is_dir():
                starter = self.measure(self.task.folder / "starter")
                yield self._told("starter", starter, starter.status is Status.OK, *starter.place())
        except TaskInvalid as error:
            # The engine could not collect the task's test.
            yield invalid("test", error)

    def _perfect(self, perfect: Measured) -> Finding:
        # A metric that is shown and not counted is full marks too.
        full = min([perfect.score.score, *(metric.points for metric in perfect.score.metrics.values())])
        found = self._told("perfect", perfect, full >= 100 - _SAME, "public.jsonl")
        if found.passed or perfect.test_error is not None or perfect.status is not Status.OK:
            return found
        wrong = next((at for at, case in enumerate(perfect.cases) if not case.passed), None)
        if wrong is None:
            metric = self._worst(perfect)
            return replace(
                found,
                path=self._test(f'"{metric}"')[0],
                line=self._test(f'"{metric}"')[1],
                todo=Text(
                    f"Jawaban sempurna harus mencapai `target` pada `{metric}`. Perbaiki hitungannya atau `target`.",
                    f"Perfect answers must reach the `target` of `{metric}`. Mend how it is counted, or the `target`.",
                ),
            )
        case = perfect.cases[wrong]
        said = case.message or Text("", "")
        return replace(
            found,
            message=Text(
                f"{found.message.id}; {case.case_id}: {said.id}", f"{found.message.en}; {case.case_id}: {said.en}"
            ),
            line=self._case_line(wrong),
            todo=Text(
                "`expected` harus jawaban yang sempurna. Perbaiki `expected` kasus itu, atau ujinya.",
                "`expected` must be a perfect answer by itself. Mend the case's `expected`, or the test.",
            ),
        )

    def _recorded(self, perfect: Measured) -> Finding:
        """What the test records are the metrics of the task, no more and no fewer."""
        declared = {metric.name for metric in self.task.metrics}
        recorded = {name for case in perfect.cases for name in case.metrics}
        odd = sorted(recorded - declared) or sorted(declared - recorded)
        names = ", ".join(f"`{name}`" for name in odd)
        if recorded - declared:
            path, line = self._test(f'record("{odd[0]}"')
            known = ", ".join(sorted(declared))
            return failed(
                "recorded",
                Text(
                    f"uji mencatat {names}, yang tidak ada di task.toml", f"the test records {names}, not in task.toml"
                ),
                path=path,
                line=line,
                todo=Text(f"Pakai nama di task.toml: {known}.", f"Use the names in task.toml: {known}."),
            )
        if odd:
            path, line = self._test("record(")
            return failed(
                "recorded",
                Text(f"uji tidak pernah mencatat {names}", f"the test never records {names}"),
                path=path,
                line=line,
                todo=Text(f'Tulis record("{odd[0]}", nilai).', f'Write record("{odd[0]}", value).'),
            )
        told = ", ".join(sorted(declared))
        return Finding("recorded", True, Text(told, told), "task.toml")

    def _groups(self, perfect: Measured) -> Iterator[Finding]:
        for metric in self.task.metrics:
            odd = odd_groups(metric, perfect.cases)
            if odd is not None:
                path, line = self._test(f'"{metric.name}"')
                yield failed(f"groups-{metric.name}", Text(odd, odd), path=path, line=line)

    def _varied(self) -> Finding:
        """What is right stays right in other words (`sandbox.qualities`)."""
        if self.task.qualities.unvaried is not None:
            return Finding("varied", True, self.task.qualities.unvaried, "task.toml")
        try:
            seed = case_seed(self.task, self.public)
            varied = self.provider.vary(self.task, self.public, seed, cancel=self.cancel)
        except TaskInvalid as error:
            return invalid("varied", error)
        others = sum(one.input != other.input for one, other in zip(self.public, varied, strict=True))
        if not others:
            told = Text("tidak ada kalimat yang dapat ditulis lain", "there is no sentence to put in other words")
            return Finding("varied", True, told, "public.jsonl")
        perfect = self.measure(self._probe("varied", known_answers(varied)), varied)
        told = Text(f"{others} kasus ditulis lain: ", f"{others} cases in other words: ")
        found = self._told("varied", perfect, perfect.score.score >= VARIED, WORDING)
        if not found.passed and WORDING not in self.task.generator and found.path == WORDING:
            wrong = next((at for at, case in enumerate(perfect.cases) if not case.passed), None)
            found = replace(
                found,
                path="public.jsonl",
                line=None if wrong is None else self._case_line(wrong),
                todo=Text(
                    f"Jawaban kasus itu berubah bila kalimatnya ditulis lain. Tulis {WORDING}, atau alasannya di"
                    " task.toml: qualities.unvaried.",
                    f"That case's answer changes with its wording. Write a {WORDING}, or the reason in task.toml:"
                    " qualities.unvaried.",
                ),
            )
        return replace(found, message=Text(told.id + found.message.id, told.en + found.message.en))

    def _controls(self) -> Iterator[Finding]:
        for name, most in (("empty", 0.0), ("constant", DOING_NOTHING), ("echo", DOING_NOTHING)):
            if not (self.task.folder / "controls" / name).is_dir():
                continue
            measured = self.measure(self.task.folder / "controls" / name)
            found = self._told(f"control-{name}", measured, measured.score.score <= most, *measured.place())
            if not found.passed and measured.score.score > most:
                metric = self._best(measured)
                value = measured.values[metric]
                found = replace(
                    found,
                    path="task.toml",
                    line=self._metric(metric, "floor"),
                    todo=Text(
                        f"Tidak berbuat apa-apa harus bernilai nol. Ubah `floor` dari `{metric}` sehingga {value:.3f}"
                        " tidak bernilai, atau ukurannya.",
                        f"Doing nothing must earn nothing. Set the `floor` of `{metric}` so that {value:.3f} earns"
                        " nothing, or change the metric.",
                    ),
                )
            yield found

    def _causes(self, perfect: Measured) -> Iterator[Finding]:
        if not (self.task.folder / FAULTS).is_file():
            return
        answers, text = known_answers(self.public), text_of(self.task.folder / FAULTS)
        for metric in self.task.metrics:
            if function_line(text, metric.name) is None:
                continue
            measured = self.measure(self._probe(f"fault-{metric.name}", answers, metric.name))
            lost = perfect.score.metrics[metric.name].points - measured.score.metrics[metric.name].points
            found = self._told(f"cause-{metric.name}", measured, lost >= MOVES, str(FAULTS))
            if not found.passed and found.todo is None:
                found = replace(
                    found,
                    line=function_line(text, metric.name),
                    todo=Text(
                        f"`{metric.name}` hanya turun {lost:.1f} poin, paling sedikit {MOVES:.0f}. Rusak jawaban di"
                        f" `{metric.name}(answer, input)` sehingga ukuran itu merasakannya.",
                        f"`{metric.name}` lost {lost:.1f} points, at least {MOVES:.0f} are wanted. Spoil the answer in"
                        f" `{metric.name}(answer, input)` so that this metric notices.",
                    ),
                )
            yield found

    def _baseline(self) -> Iterator[Finding]:
        if not (self.task.folder / "baseline").is_dir():
            return
        one = self.measure(self.task.folder / "baseline")
        apart = [name for name, value in one.values.items() if abs(value - self.task.baseline[name]) > _SAME]
        found = self._told("baseline", one, not apart, *one.place())
        if apart and one.status is Status.OK and found.todo is None:
            wanted = ", ".join(f"{name} = {one.values[name]:.6f}" for name in apart)
            found = replace(
                found,
                path="task.toml",
                line=toml.line_of(self._text("task.toml"), ("baseline", apart[0])),
                todo=Text(f"Tulis yang terukur: {wanted}", f"Write what was measured: {wanted}"),
            )
        yield found
        if one.status is not Status.OK or one.unanswered is not None:
            return
        other = self.measure(self.task.folder / "baseline")
        same = other.score == one.score
        yield self._told(
            "two-runs",
            other,
            same,
            *self._test("def test_"),
            todo=Text(
                "Dua kali jalan harus bernilai sama. Di uji dan baseline/ jangan pakai waktu, acak, urutan himpunan.",
                "Two runs must give the same. Use no clock, chance or order of a set in the test or in baseline/.",
            ),
        )

    def measure(self, source: Path, cases: tuple[Case, ...] = ()) -> Measured:
        """Build and run a prototype. Raises TaskInvalid where the task's test cannot be collected."""
        nothing = score_task(self.task, [], len(self.public))
        limits = replace(Limits(), run=self.task.limits.within(Limits().run))
        build = self.provider.build(source, limits=limits, label=_LABEL, cancel=self.cancel)
        if build.image is None:
            return Measured(source, build.status, build.message, nothing, (), build.log.decode("utf-8", "replace"))
        job = Job(self.task, CaseSet.PUBLIC, cases or self.public)
        try:
            report = self.provider.evaluate(build.image, [job], limits=limits, label=_LABEL, cancel=self.cancel)
        finally:
            # An image that was there before belongs to somebody else.
            if not build.cached:
                self.provider.remove_image(build.image)
        run = report.runs[0]
        score = score_task(self.task, run.cases, len(self.public))
        return Measured(source, run.status, run.message, score, run.cases, report.log.decode("utf-8", "replace"))

    def _told(
        self, name: str, measured: Measured, well: bool, path: str, line: int | None = None, todo: Text | None = None
    ) -> Finding:
        """A finding about a prototype that ran; that the test broke or a case has no answer goes before its score."""
        told = measured.told
        broken, silent = measured.test_error, measured.unanswered
        if broken is not None:
            return broken_test(name, measured.source.name, broken, self._test("def test_")[0])
        if measured.status is not Status.OK or silent is not None:
            where, at = measured.place()
            if "fault-" in measured.source.name or measured.source.parent == self.room:
                where = str(FAULTS) if where.endswith("/faults.py") else path
            reason = measured.reason()
            said = silent.message if silent is not None and silent.message is not None else measured.message
            case = f"{silent.case_id}: " if silent is not None and measured.status is Status.OK else ""
            lead = told if measured.status is not Status.OK else said
            message = Text(f"{case}{lead.id} {reason}".rstrip(), f"{case}{lead.en} {reason}".rstrip())
            mend = Text("Buat program itu menjawab setiap kasus.", "Make that program answer every case.")
            return failed(name, message, path=where, line=at, todo=mend)
        return Finding(name, well, told, path, line, None if well else todo)

    def _worst(self, measured: Measured) -> str:
        return min(measured.score.metrics, key=lambda name: measured.score.metrics[name].points)

    def _best(self, measured: Measured) -> str:
        weights: Mapping[str, float] = {metric.name: metric.weight for metric in self.task.metrics}
        return max(weights, key=lambda name: measured.score.metrics[name].points * weights[name])

    def _metric(self, name: str, key: str) -> int | None:
        position = next(at for at, metric in enumerate(self.task.metrics) if metric.name == name)
        return metric_line(self._text("task.toml"), position, key)

    def _case_line(self, at: int) -> int:
        return case_lines(self._text("public.jsonl"))[at]

    def _test(self, part: str) -> tuple[str, int | None]:
        """The task's test file, and the first line that holds `part`."""
        names = [name for name in self.task.files if name.startswith("test_")]
        for name in names:
            line = line_with(self.task.files[name].decode("utf-8", "replace"), part)
            if line is not None:
                return name, line
        return names[0], None

    def _text(self, name: str) -> str:
        return self.texts.setdefault(name, text_of(self.task.folder / name))

    def _probe(self, name: str, known: Known, fault: str = "") -> Path:
        return write_probe(self.room / name, known, self.task.folder / FAULTS, fault)
