"""The one table of defaults: what a prototype, a build, an answer, an entry and a team may, and how much of it.

The engine's numbers stand in `sandbox.limits`, the event's in `hackathon.events.Rules`; here they meet, with words.
Docs and console show these rows, for the defaults or for an event's own rules.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter

from hackathon.events.model import Rules
from hackathon.images.model import Housekeeping
from sandbox.limits import GIB, KIB, MB, MIB
from sandbox.model import Text


class Unit(StrEnum):
    """What a value counts."""

    BYTES = "bytes"
    SECONDS = "seconds"
    PIECES = "pieces"
    RATIO = "ratio"
    YES_OR_NO = "yes_or_no"


@dataclass(frozen=True, slots=True)
class ModelBudget:
    """What one evaluation may spend on the model that an event grants."""

    requests: int = 500
    tokens_in: int = 400_000
    tokens_out: int = 100_000
    at_once: int = 4


@dataclass(frozen=True, slots=True)
class Defaults:
    """Everything the table is made of."""

    rules: Rules = field(default_factory=Rules)
    model: ModelBudget = field(default_factory=ModelBudget)
    machine: Housekeeping = field(default_factory=Housekeeping)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `key` is the path in `Defaults`, such as `rules.limits.build.seconds`."""

    key: str
    group: Text
    title: Text
    value: float
    unit: Unit

    @property
    def shown(self) -> Text:
        """The value with its unit, as people of either language write it."""
        return _shown(self.value, self.unit)


_ARCHIVE = Text("Arsip", "Archive")
_BUILD = Text("Build", "Build")
_PROTOTYPE = Text("Prototipe", "Prototype")
_TIMES = Text("Waktu", "Times")
_ANSWER = Text("Jawaban", "Answer")
_ATTEMPTS = Text("Jatah", "Attempts")
_MODEL = Text("Anggaran model", "Model budget")
_TEAM = Text("Tim", "Team")
_BOARD = Text("Papan", "Board")
_MACHINE = Text("Mesin penguji", "Test machine")

_TABLE: tuple[tuple[str, Text, Text, Unit], ...] = (
    ("rules.limits.archive.compressed_bytes", _ARCHIVE, Text("ukuran terkompresi", "compressed size"), Unit.BYTES),
    ("rules.limits.archive.unpacked_bytes", _ARCHIVE, Text("ukuran setelah dibuka", "unpacked size"), Unit.BYTES),
    ("rules.limits.archive.files", _ARCHIVE, Text("jumlah berkas", "files"), Unit.PIECES),
    ("rules.limits.archive.ratio", _ARCHIVE, Text("rasio kompresi", "compression ratio"), Unit.RATIO),
    ("rules.limits.archive.depth", _ARCHIVE, Text("kedalaman folder", "folder depth"), Unit.PIECES),
    ("rules.limits.archive.name_bytes", _ARCHIVE, Text("panjang nama berkas", "length of a file's name"), Unit.BYTES),
    ("rules.limits.build.seconds", _BUILD, Text("waktu", "time"), Unit.SECONDS),
    ("rules.limits.build.memory_bytes", _BUILD, Text("memori", "memory"), Unit.BYTES),
    ("rules.limits.build.cpus", _BUILD, Text("CPU", "CPUs"), Unit.PIECES),
    ("rules.limits.build.pids", _BUILD, Text("proses dan utas", "processes and threads"), Unit.PIECES),
    ("rules.limits.build.steps", _BUILD, Text("langkah", "steps"), Unit.PIECES),
    (
        "rules.limits.build.bytes_over_base",
        _BUILD,
        Text("ukuran di atas citra dasar", "size over its base"),
        Unit.BYTES,
    ),
    ("rules.limits.build.log_bytes", _BUILD, Text("log", "log"), Unit.BYTES),
    ("rules.limits.prototype.memory_bytes", _PROTOTYPE, Text("memori", "memory"), Unit.BYTES),
    ("rules.limits.prototype.cpus", _PROTOTYPE, Text("CPU", "CPUs"), Unit.PIECES),
    ("rules.limits.prototype.pids", _PROTOTYPE, Text("proses dan utas", "processes and threads"), Unit.PIECES),
    ("rules.limits.prototype.tmp_bytes", _PROTOTYPE, Text("ukuran /tmp", "size of /tmp"), Unit.BYTES),
    ("rules.limits.prototype.open_files", _PROTOTYPE, Text("berkas terbuka", "open files"), Unit.PIECES),
    ("rules.limits.prototype.log_bytes", _PROTOTYPE, Text("log", "log"), Unit.BYTES),
    ("rules.limits.run.ready_seconds", _TIMES, Text("sampai siap", "until ready"), Unit.SECONDS),
    ("rules.limits.run.case_seconds", _TIMES, Text("satu kasus uji", "one case"), Unit.SECONDS),
    ("rules.limits.run.total_seconds", _TIMES, Text("seluruh pengujian", "whole evaluation"), Unit.SECONDS),
    ("rules.limits.answer.bytes", _ANSWER, Text("ukuran", "size"), Unit.BYTES),
    ("rules.limits.answer.json_depth", _ANSWER, Text("kedalaman JSON", "JSON depth"), Unit.PIECES),
    ("rules.attempts_a_day", _ATTEMPTS, Text("pengajuan per hari kalender", "attempts a calendar day"), Unit.PIECES),
    (
        "rules.uploads_an_hour",
        _ATTEMPTS,
        Text("unggahan per jam, termasuk yang ditolak", "uploads an hour, refused ones too"),
        Unit.PIECES,
    ),
    ("rules.running_at_once", _ATTEMPTS, Text("diuji bersamaan per tim", "running at once a team"), Unit.PIECES),
    ("model.requests", _MODEL, Text("permintaan", "requests"), Unit.PIECES),
    ("model.tokens_in", _MODEL, Text("token masuk", "tokens in"), Unit.PIECES),
    ("model.tokens_out", _MODEL, Text("token keluar", "tokens out"), Unit.PIECES),
    ("model.at_once", _MODEL, Text("permintaan bersamaan", "requests at once"), Unit.PIECES),
    ("rules.team_size_min", _TEAM, Text("anggota paling sedikit", "fewest members"), Unit.PIECES),
    ("rules.team_size_max", _TEAM, Text("anggota paling banyak", "most members"), Unit.PIECES),
    ("rules.approval", _TEAM, Text("disetujui panitia dulu", "approved by organizers first"), Unit.YES_OR_NO),
    ("rules.fourfold", _BOARD, Text("tandai empat kali lebih cepat", "mark four times faster"), Unit.YES_OR_NO),
    (
        "machine.unused_seconds",
        _MACHINE,
        Text("image yang tidak dipakai disimpan", "unused images are kept"),
        Unit.SECONDS,
    ),
    ("machine.bytes", _MACHINE, Text("semua image di atas dasarnya", "all images above their bases"), Unit.BYTES),
    ("machine.disk_floor", _MACHINE, Text("ruang kosong paling sedikit", "least free disk"), Unit.BYTES),
)

_DAY = 24 * 3600

CHARGES = Text(
    id="Pengajuan yang ditolak tidak mengurangi jatah; build yang gagal mengurangi; kegagalan kami tidak pernah.",
    en="A refusal costs no attempt, a build failure does; a failure of ours never does.",
)
"""What costs an attempt."""


def rows(defaults: Defaults | None = None) -> tuple[Row, ...]:
    """The table: of the defaults, or of an event's own rules."""
    of = defaults or Defaults()
    return tuple(Row(key, group, title, attrgetter(key)(of), unit) for key, group, title, unit in _TABLE)


def _shown(value: float, unit: Unit) -> Text:
    match unit:
        case Unit.BYTES:
            return _in_units(value, ((GIB, "GiB"), (1000 * MB, "GB"), (MB, "MB"), (MIB, "MiB"), (KIB, "KiB"), (1, "B")))
        case Unit.SECONDS:
            if value >= 2 * _DAY and value % _DAY == 0:
                return _with_word(value / _DAY, "hari", "days")
            whole_minutes = value >= 120 and value % 60 == 0
            return _with_word(value / 60, "menit", "min") if whole_minutes else _with_word(value, "detik", "s")
        case Unit.RATIO:
            return Text(f"{value:g}:1", f"{value:g}:1")
        case Unit.YES_OR_NO:
            return Text("ya", "yes") if value else Text("tidak", "no")
        case Unit.PIECES:
            return _with_word(value, "", "")


def _in_units(value: float, units: tuple[tuple[int, str], ...]) -> Text:
    """In the largest unit that leaves no fraction."""
    size, name = next((size, name) for size, name in units if value >= size and value % size == 0)
    return _with_word(value / size, name, name)


def _with_word(value: float, word_id: str, word_en: str) -> Text:
    english = f"{value:,.10g}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    return Text(f"{indonesian} {word_id}".strip(), f"{english} {word_en}".strip())
