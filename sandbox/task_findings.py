"""What a check of a task found: each thing with its place, and what to write instead."""

import re
from dataclasses import dataclass

from sandbox.errors import TaskInvalid
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a stable name, whether it holds, what was found, where to mend it and how."""

    check: str
    passed: bool
    message: Text
    path: str | None = None
    line: int | None = None
    todo: Text | None = None


def failed(
    name: str,
    message: Text,
    *,
    path: str | None = None,
    line: int | None = None,
    todo: Text | None = None,
) -> Finding:
    """Something that does not hold."""
    return Finding(name, False, message, path, line, todo)


def invalid(name: str, error: TaskInvalid, line: int | None = None) -> Finding:
    """A file that cannot be used, with what to write instead where that is known; `line` where the error has none."""
    return Finding(
        name, False, Text(error.reason, error.reason), error.path, error.line or line, hint(error.path, error.reason)
    )


# What a reason says, and what to write instead; the first that fits, looked for in the order they stand.
_HINTS: tuple[tuple[str, str, str], ...] = (
    (
        r"Expected newline or end of document|Invalid value",
        'Tulis teks di antara tanda kutip: kunci = "nilai".',
        'Write a text between quotes: key = "value".',
    ),
    (
        r"Expected '\]'|Expected '='|Invalid (?:initial|statement)|Unclosed|Cannot (?:declare|overwrite)",
        'Bagian ditulis [nama] atau [[nama]], sekali saja; di bawahnya baris kunci = "nilai".',
        'A table is written [name] or [[name]], once; below it lines key = "value".',
    ),
    (r"missing required field `(\w+)`", "Tambahkan `{0}`.", "Add `{0}`."),
    (
        r"unknown field `([^`]+)`",
        "Hapus `{0}`, atau perbaiki ejaannya.",
        "Take `{0}` out, or mend its spelling.",
    ),
    (
        r"Expected `(?:float|int)[^`]*`, got `str`",
        "Tulis angka tanpa tanda kutip.",
        "Write a number without quotes.",
    ),
    (r"Expected `(?:float|int)[^`]*` [<>]", "Tulis angka dalam batas itu.", "Write a number within that bound."),
    (r"Expected `str`, got", "Tulis teks di antara tanda kutip.", "Write a text between quotes."),
    (
        r"Expected `str` of length",
        "Isi teks itu; kosong tidak boleh, terlalu panjang juga tidak.",
        "Write that text: neither empty nor too long.",
    ),
    (r"direction`", 'Tulis "higher" atau "lower".', 'Write "higher" or "lower".'),
    (r"protocol`", 'Tulis "invocations" atau "openai-chat".', 'Write "invocations" or "openai-chat".'),
    (r"Invalid enum value", "Tulis salah satu nilai di docs/tasks.md.", "Write one of the values in docs/tasks.md."),
    (
        r"matching regex.*name`",
        "Pakai huruf kecil, angka, dan _, diawali huruf: f1_isian.",
        "Use lower-case letters, digits and _, a letter first: f1_isian.",
    ),
    (r"matching regex.*version`", 'Tulis tiga angka: "1.0.0".', 'Write three numbers: "1.0.0".'),
    (
        r"matching regex.*slug`",
        "Pakai huruf kecil, angka, dan tanda hubung, sama dengan nama folder.",
        "Use lower-case letters, digits and hyphens, as the folder is called.",
    ),
    (
        r"is not better than floor",
        "Tulis `target` di sisi yang lebih baik dari `floor`.",
        "Write a `target` on the better side of `floor`.",
    ),
    (
        r"is better than floor",
        "Tulis `worst` yang sama dengan `floor` atau lebih buruk.",
        "Write a `worst` equal to `floor` or worse.",
    ),
    (
        r"\[baseline\] must name",
        "Tulis satu baris `nama = nilai` untuk setiap ukuran, dan tidak lebih.",
        "Write one line `name = value` for each metric, and no more.",
    ),
    (
        r"not UTF-8|can't decode|Invalid UTF-8",
        "Simpan berkas itu sebagai UTF-8.",
        "Save the file as UTF-8.",
    ),
    (
        r"is there twice",
        "Beri `id` atau nama yang belum dipakai.",
        "Give an id or a name that is not used yet.",
    ),
    (r"no metric `", "Pakai nama ukuran di task.toml.", "Use the name of a metric in task.toml."),
    (
        r"fixture '?(\w+)'?",
        "Fungsi uji menerima `prototype`, `case`, dan `record`, tidak ada yang lain.",
        "A test function takes `prototype`, `case` and `record`, nothing else.",
    ),
    (
        r"(?:ModuleNotFoundError|ImportError)",
        "Pakai pustaka standar Python dan modul dari folder tugas saja.",
        "Import only from Python's standard library and from modules of the task's folder.",
    ),
    (
        r"not JSON serializable",
        "Kasus hanya boleh berisi teks, angka, true/false, None, daftar, dan kamus.",
        "A case may hold texts, numbers, true/false, None, lists and dicts only.",
    ),
    (
        r"^\w+(?:Error|Exception|Exit)\b",
        "Kesalahan itu muncul di baris tersebut; perbaiki di sana.",
        "That error was raised on this line; mend it there.",
    ),
    (
        r"cases instead of|!=",
        "`generate(seed, count)` harus memberi tepat `count` kasus.",
        "`generate(seed, count)` must give exactly `count` cases.",
    ),
    (
        r"^(?:expected|invalid|unexpected|unindent|unterminated|unmatched|'.' was never closed|cannot assign|f-string)",
        "Python tidak dapat membaca baris itu, atau yang sebelumnya; perbaiki tanda bacanya.",
        "Python cannot read that line, or the one before it; mend how it is written.",
    ),
    (r"no function `([^`]+)`", "Tulis fungsi `{0}`.", "Write the function `{0}`."),
    (r"is missing or cannot be read", "Buat berkas itu.", "Make that file."),
)
_BY_FILE = (
    (
        r".*\.jsonl",
        'Satu baris satu objek JSON: {"id": ..., "input": {...}, "expected": {...}}.',
        'One JSON object a line: {"id": ..., "input": {...}, "expected": {...}}.',
    ),
    (
        r".*\.schema\.json",
        "Tulis satu objek JSON Schema; periksa koma dan kurung di sekitar baris itu.",
        "Write one object of JSON Schema; look at commas and brackets around that line.",
    ),
    (
        r"(?:generate|vary).*\.py",
        'Hasilnya kamus {"id": ..., "input": {...}, "expected": {...}}, seperti baris public.jsonl.',
        'It gives dicts {"id": ..., "input": {...}, "expected": {...}}, like the lines of public.jsonl.',
    ),
)


def hint(path: str, reason: str) -> Text | None:
    """What to write instead of what `reason` complains of in the file `path`; None where only the author can know."""
    for pattern, id, en in _HINTS:
        found = re.search(pattern, reason)
        if found:
            names = found.groups(default="")
            return Text(id.format(*names) if names else id, en.format(*names) if names else en)
    for pattern, id, en in _BY_FILE:
        if re.fullmatch(pattern, path):
            return Text(id, en)
    return None
