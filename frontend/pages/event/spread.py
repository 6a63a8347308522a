"""What the known prototypes of a task score: a line for each, with every seed's score on it."""

from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, pick
from frontend.pages.charts import Axis, axis
from sandbox.model import Text
from sandbox.task_proof import Proof, Specimen

WIDTH = 440.0

_WORDS = {
    "reference": (
        Text("Rujukan kuat", "Strong reference"),
        Text("sejauh mana aturan yang ditulis dengan teliti dapat sampai", "how far carefully written rules can get"),
    ),
    "baseline": (
        Text("Pembanding", "Baseline"),
        Text("sederhana dan jujur; garis tegak di tiap ukuran", "plain and honest; the upright line of each metric"),
    ),
    "starter": (Text("Contoh awal", "Starter"), Text("yang dibagikan kepada tim", "what teams are given")),
    "empty": (Text("Kosong", "Empty"), Text("menjawab tanpa isi", "answers with nothing in it")),
    "constant": (
        Text("Selalu sama", "Constant"),
        Text("menjawab hal yang sama untuk semua kasus", "answers every case alike"),
    ),
    "echo": (Text("Gema", "Echo"), Text("mengulang yang diterimanya", "repeats what it is given")),
}
"""What the prototypes that come with a task are called, and what each is."""


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """A prototype: the mean interval of its hidden scores from `low` to `high`, and where each seed's score stands."""

    name: str
    told: str
    low: float
    high: float
    board: tuple[float, ...]
    final: tuple[float, ...]
    public: str
    hidden: str
    range: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The lines, the best known prototype first, over one axis of points."""

    axis: Axis
    lines: tuple[SpreadLine, ...]
    seeds: str


def draw_spread(proof: Proof, language: Language) -> Spread:
    """The drawing of a proof."""
    scale = axis((0.0, 100.0), WIDTH)
    known = sorted(proof.specimens, key=lambda one: (-one.order, one.name))
    seeds = formats.whole(max(len(one.board) for one in known), language)
    return Spread(scale, tuple(_line(one, scale, language) for one in known), seeds)


def _line(specimen: Specimen, scale: Axis, language: Language) -> SpreadLine:
    name, told = _WORDS.get(specimen.name, (Text(specimen.name, specimen.name), Text("", "")))
    hidden = (*specimen.board, *specimen.final)
    low = sum(one.low for one in hidden) / len(hidden)
    high = sum(one.high for one in hidden) / len(hidden)
    return SpreadLine(
        name=pick(name, language),
        told=pick(told, language),
        low=scale.x(low),
        high=scale.x(high),
        board=tuple(scale.x(one.score) for one in specimen.board),
        final=tuple(scale.x(one.score) for one in specimen.final),
        public=formats.score(specimen.public.score, language),
        hidden=formats.score(specimen.hidden, language),
        range=f"{formats.score(low, language)}–{formats.score(high, language)}",
    )
