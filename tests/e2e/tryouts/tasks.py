"""Three small tasks: one with a form, and two that are conversations."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sandbox.conformance import samples

FORM, TALK, OPEN = "sapa", "obrolan", "obrolan-terbuka"

_TEXT = {"type": "string", "minLength": 1}
_TURN = {
    "type": "object",
    "required": ["peran", "isi"],
    "properties": {"peran": {"enum": ["warga", "petugas"]}, "isi": _TEXT},
}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*properties], "additionalProperties": False, "properties": properties}


SCHEMAS: Mapping[str, tuple[Any, Any, Any]] = {
    FORM: (_object(nama={**_TEXT, "maxLength": 40}), _object(sapaan=_TEXT), {"nama": "Bu Ayu"}),
    TALK: (
        _object(
            percakapan={"type": "array", "minItems": 1, "maxItems": 5, "items": _TURN, "x-gelanggang": "percakapan"},
            panduan={"type": "array", "minItems": 1, "items": _object(kode=_TEXT, isi=_TEXT)},
        ),
        _object(
            jawaban={**_TEXT, "x-gelanggang": "jawaban"},
            rujukan={"type": "array", "items": _TEXT, "title": "Pasal rujukan"},
            yakin={"type": "boolean"},
        ),
        {
            "percakapan": [{"peran": "warga", "isi": "Di mana mengurus KTP?"}],
            "panduan": [{"kode": "P1", "isi": "Di kantor kecamatan."}, {"kode": "P2", "isi": "Senin sampai Jumat."}],
        },
    ),
    OPEN: (
        _object(messages={"type": "array"}),
        _object(text=_TEXT),
        {"messages": [{"role": "system", "content": "Singkat."}, {"role": "user", "content": "Apa kabar?"}]},
    ),
}


def write_tasks(folder: Path) -> None:
    """Write them into a folder of tasks."""
    folder.mkdir()
    for slug, (given, output, case) in SCHEMAS.items():
        task = samples.write_task(folder / slug, slug, samples.ECHO_TEST, samples.GENERATE)
        if slug == OPEN:
            words = (task / "task.toml").read_text().replace('"invocations"', '"openai-chat"')
            (task / "task.toml").write_text(words)
        (task / "input.schema.json").write_text(json.dumps(given))
        (task / "output.schema.json").write_text(json.dumps(output))
        lines = [json.dumps({"id": f"p{number}", "input": case, "expected": 1}) for number in range(3)]
        (task / "public.jsonl").write_text("\n".join(lines) + "\n")
