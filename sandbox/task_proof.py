"""Whether a task measures what it claims: what is known of its prototypes' scores, and figures made of that.

A task comes with prototypes whose order is known before anything is measured: those that do nothing, the starter, the
baseline, a stronger reference. Their scores on hidden cases of several seeds are kept in `proof.json` in the task's
folder, which cannot change a score and so does not count towards its hash.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from sandbox.errors import TaskInvalid
from sandbox.limits import MIB
from sandbox.tasks import Task

FILE = "proof.json"
_MOST_BYTES = MIB

Points = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Measured(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A score, 0 to 100, with its 90 % interval."""

    score: Points
    low: Points
    high: Points


class Specimen(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A prototype that comes with a task: how good it is known to be (0: does nothing), and what it scored on the
    public cases and on each seed's `board` and `final` cases.
    """

    name: str
    order: Annotated[int, msgspec.Meta(ge=0, le=9)]
    public: Measured
    board: tuple[Measured, ...]
    final: tuple[Measured, ...]

    @property
    def hidden(self) -> float:
        """The mean of its scores on hidden cases."""
        return float(np.mean([one.score for one in (*self.board, *self.final)]))


class Proof(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the prototypes of one version of a task scored, in their known order; at least one seed."""

    task: str
    version: str
    hash: str
    specimens: Annotated[tuple[Specimen, ...], msgspec.Meta(min_length=2)]

    def fits(self, task: Task) -> bool:
        """Whether it was measured on this very task."""
        return self.hash == task.hash


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proof says.

    `order`: Somers' D of the hidden scores given the known order, -1 to 1, where 1 means that of any two prototypes the
    better one scored higher (R. H. Somers, American Sociological Review 27, 1962, 799-811). `agreement`: Pearson's
    correlation of `board` and `final` scores over prototypes and seeds; None where all scores are alike. `moves`: the
    largest standard deviation of one prototype's scores over seeds, in points. `held`: the share of scores whose
    interval holds the mean over the seeds.
    """

    order: float
    agreement: float | None
    moves: float
    held: float


def judge(proof: Proof) -> Verdict:
    """The figures of a proof."""
    return Verdict(_order(proof), _agreement(proof), _moves(proof), _held(proof))


def load_proof(task: Task) -> Proof | None:
    """What is kept in the task's folder; None where there is nothing. Raises TaskInvalid."""
    path = task.folder / FILE
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TaskInvalid(FILE, f"larger than {_MOST_BYTES // MIB} MiB")
        return msgspec.json.decode(path.read_bytes(), type=Proof)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TaskInvalid(FILE, str(error)) from error


def save_proof(folder: Path, proof: Proof) -> None:
    """Keep a proof in a task's folder. Raises OSError."""
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n")


def _order(proof: Proof) -> float:
    pairs = [
        np.sign(better.hidden - worse.hidden)
        for worse in proof.specimens
        for better in proof.specimens
        if better.order > worse.order
    ]
    return float(np.mean(pairs)) if pairs else 0.0


def _agreement(proof: Proof) -> float | None:
    board = np.array([one.score for specimen in proof.specimens for one in specimen.board])
    final = np.array([one.score for specimen in proof.specimens for one in specimen.final])
    if board.std() == 0 or final.std() == 0:
        return None
    return float(np.corrcoef(board, final)[0, 1])


def _moves(proof: Proof) -> float:
    return max(
        float(np.std([one.score for one in scores])) for one in proof.specimens for scores in (one.board, one.final)
    )


def _held(proof: Proof) -> float:
    held = []
    for specimen in proof.specimens:
        for scores in (specimen.board, specimen.final):
            mean = float(np.mean([one.score for one in scores]))
            held += [one.low <= mean <= one.high for one in scores]
    return float(np.mean(held))
