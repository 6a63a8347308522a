"""What the known prototypes of a task score: a line for each, with every seed's score on it."""

from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, say
from frontend.pages.charts import Axis, axis
from sandbox.task_proof import Proof, Specimen

WIDTH = 440.0


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
    hidden = (*specimen.board, *specimen.final)
    low = sum(one.low for one in hidden) / len(hidden)
    high = sum(one.high for one in hidden) / len(hidden)
    return SpreadLine(
        name=_name(specimen.name, language),
        told=_told(specimen.name, language),
        low=scale.x(low),
        high=scale.x(high),
        board=tuple(scale.x(one.score) for one in specimen.board),
        final=tuple(scale.x(one.score) for one in specimen.final),
        public=formats.score(specimen.public.score, language),
        hidden=formats.score(specimen.hidden, language),
        range=f"{formats.score(low, language)}–{formats.score(high, language)}",
    )


def _name(name: str, language: Language) -> str:
    match name:
        case "reference":
            return say(language, "Rujukan kuat")
        case "baseline":
            return say(language, "Pembanding")
        case "starter":
            return say(language, "Contoh awal")
        case "empty":
            return say(language, "Kosong")
        case "constant":
            return say(language, "Selalu sama")
        case "echo":
            return say(language, "Gema")
        case _:
            return name


def _told(name: str, language: Language) -> str:
    match name:
        case "reference":
            return say(language, "sejauh mana aturan yang ditulis dengan teliti dapat sampai")
        case "baseline":
            return say(language, "sederhana dan jujur; garis tegak di tiap ukuran")
        case "starter":
            return say(language, "yang dibagikan kepada tim")
        case "empty":
            return say(language, "menjawab tanpa isi")
        case "constant":
            return say(language, "menjawab hal yang sama untuk semua kasus")
        case "echo":
            return say(language, "mengulang yang diterimanya")
        case _:
            return ""
