"""From runs to qualities. Pure: the same runs give the same figures."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sandbox.model import CaseResult, Failure, Run, Status, Text
from sandbox.qualities.model import Efficiency, Qualities, Sampled
from sandbox.qualities.probing import Probe
from sandbox.qualities.productivity import TaskTimes, productivity_of, times_of
from sandbox.scoring import draw_times, score_draws, score_task
from sandbox.tasks import Task

DRAWS = 2000
LEVEL = 0.90
_Z = 1.6449
"""Of the normal distribution, for `LEVEL`."""

_DECIMALS = 6

_OFF = Text("Tugas ini tidak mengukurnya.", "This task does not measure it.")
_ENDED = Text("Pengujian sudah berhenti sebelum bagian ini.", "The evaluation had ended before it came to this part.")
_NO_PAIRS = Text("Tidak ada kasus contoh yang dapat dibandingkan.", "No case of the sample could be compared.")
_NO_WORDING = Text(
    "Kasus contohnya tidak berisi kalimat yang dapat ditulis dengan cara lain.",
    "The sample holds no sentence that could be worded in another way.",
)


def measure(task: Task, run: Run, total: int, probe: Probe | None, beside: Run | None, *, seed: bytes) -> Qualities:
    """The qualities of a task's scored `run` of `total` cases; `probe` was run as `beside`. The draws of intervals are
    seeded from the evaluation's id.
    """
    consistency, robustness = _sampled(task, run, probe, beside, seed)
    times = TaskTimes(task.human_minutes, task.qualities.review(task.human_minutes), times_of(run.cases, total))
    return Qualities(
        consistency=consistency,
        robustness=robustness,
        efficiency=efficiency(run),
        productivity=productivity_of((times,), seed=_seed(seed, task.slug, "produktivitas")) if run.cases else None,
    )


def efficiency(run: Run) -> Efficiency:
    """Answer times by the nearest rank (no invented value between two measured ones), CPU by case, peak memory."""
    seconds = sorted(case.seconds for case in run.cases)
    cpu = run.usage.cpu_seconds
    return Efficiency(
        p50_seconds=_nearest_rank(seconds, 0.50),
        p95_seconds=_nearest_rank(seconds, 0.95),
        cpu_seconds=None if cpu is None or not seconds else round(cpu / len(seconds), _DECIMALS),
        peak_memory_bytes=run.usage.peak_memory_bytes,
    )


def _sampled(task: Task, run: Run, probe: Probe | None, beside: Run | None, seed: bytes) -> tuple[Sampled, Sampled]:
    unvaried = task.qualities.unvaried
    if probe is None or beside is None or run.status is not Status.OK:
        missing = _ENDED if run.status is not Status.OK else _OFF
        return Sampled(reason=missing), Sampled(reason=unvaried or missing)
    # A test that breaks on what we made of a case says nothing about the prototype.
    known = {case.case_id: case for case in beside.cases if case.failure is not Failure.TASK_ERROR}
    scored = {case.case_id: case for case in run.cases}
    cut = None if len(beside.cases) == len(probe.job.cases) else _cut(beside, probe)
    repeated = _pairs(scored, known, probe.repeated)
    varied = _pairs(scored, known, probe.varied)
    consistency = _explained(_share([pair for pair in repeated if _compared(pair)]), cut, _NO_PAIRS)
    if not probe.varied:
        return consistency, Sampled(reason=unvaried or probe.unvaried or _NO_WORDING)
    return consistency, _explained(_drop(task, varied, _seed(seed, task.slug, "ketahanan")), cut, _NO_PAIRS)


def _explained(measured: Sampled, cut: Text | None, otherwise: Text) -> Sampled:
    return replace(measured, reason=cut or otherwise if measured.value is None else cut)


def _cut(beside: Run, probe: Probe) -> Text:
    done, all_ = len(beside.cases), len(probe.job.cases)
    return Text(
        f"Pengukuran berhenti saat {done} dari {all_} kasus tambahan selesai: {beside.message.id}",
        f"Measuring ended when {done} of {all_} further cases were done: {beside.message.en}",
    )


Pair = tuple[CaseResult, CaseResult]


def _pairs(scored: dict[str, CaseResult], known: dict[str, CaseResult], ids: dict[str, str]) -> list[Pair]:
    return [(scored[id], known[other]) for id, other in ids.items() if id in scored and other in known]


def _compared(pair: Pair) -> bool:
    return any(result.digest is not None for result in pair)


def _share(pairs: Sequence[Pair]) -> Sampled:
    """The share of pairs with the same outputs, with Wilson's interval (E. B. Wilson, Probable Inference, the Law of
    Succession, and Statistical Inference, JASA 22, 1927).
    """
    count = len(pairs)
    if not count:
        return Sampled()
    share = sum(one.digest == other.digest for one, other in pairs) / count
    wide = 1 + _Z * _Z / count
    centre = (share + _Z * _Z / (2 * count)) / wide
    reach = _Z / wide * math.sqrt(share * (1 - share) / count + _Z * _Z / (4 * count * count))
    return Sampled(
        value=round(share, _DECIMALS),
        low=round(max(min(centre - reach, share), 0.0), _DECIMALS),
        high=round(min(max(centre + reach, share), 1.0), _DECIMALS),
        cases=count,
    )


def _drop(task: Task, pairs: Sequence[Pair], seed: bytes) -> Sampled:
    """Points of the task's score on the sample less those in other words, with the percentile interval of a bootstrap
    over pairs (Efron and Tibshirani 1993, chapter 8): a hard case is hard in both.
    """
    count = len(pairs)
    if not count:
        return Sampled()
    originals = [one for one, _ in pairs]
    varied = [replace(other, case_id=one.case_id) for one, other in pairs]
    value = score_task(task, originals, count).score - score_task(task, varied, count).score
    times = draw_times(count, seed=seed, draws=DRAWS)
    drawn = score_draws(task, originals, times) - score_draws(task, varied, times)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Sampled(
        value=round(value, _DECIMALS),
        low=round(min(float(low), value), _DECIMALS),
        high=round(max(float(high), value), _DECIMALS),
        cases=count,
    )


def _nearest_rank(ordered: Sequence[float], share: float) -> float | None:
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else None


def _seed(seed: bytes, slug: str, what: str) -> bytes:
    return hashlib.sha256(b"\0".join((seed, slug.encode(), what.encode()))).digest()
