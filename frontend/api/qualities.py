"""What was measured beside the score, as the API tells it: two significant digits, since the cases are hidden."""

from frontend.api.shapes import EfficiencyBody, ProductivityBody, QualitiesBody, SampledBody, Words
from frontend.api.telling import told_exactly_enough
from sandbox.qualities import Productivity, Qualities, Sampled


def qualities_body(found: Qualities | None) -> QualitiesBody | None:
    """The qualities of a task, rounded."""
    if found is None:
        return None
    used = found.efficiency
    return QualitiesBody(
        consistency=_sampled(found.consistency),
        robustness=_sampled(found.robustness),
        efficiency=EfficiencyBody(
            p50_seconds=_told(used.p50_seconds),
            p95_seconds=_told(used.p95_seconds),
            cpu_seconds=_told(used.cpu_seconds),
            peak_memory_bytes=None
            if used.peak_memory_bytes is None
            else int(told_exactly_enough(used.peak_memory_bytes)),
        ),
        productivity=productivity_body(found.productivity),
    )


def productivity_body(found: Productivity | None) -> ProductivityBody | None:
    """Productivity, rounded."""
    if found is None:
        return None
    told = (found.times, found.low, found.high, found.hand_minutes, found.review_minutes, found.minutes)
    return ProductivityBody(*(told_exactly_enough(value) for value in told))


def _sampled(found: Sampled) -> SampledBody:
    reason = None if found.reason is None else Words(id=found.reason.id, en=found.reason.en)
    return SampledBody(_told(found.value), _told(found.low), _told(found.high), found.cases, reason)


def _told(value: float | None) -> float | None:
    return None if value is None else told_exactly_enough(value)
