"""Why a build gave no image: told to the team, or raised when it is not theirs to mend."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.docker.build_stream import Outcome, Stop
from sandbox.errors import EngineUnavailable, ImageMissing
from sandbox.kits import Source
from sandbox.limits import GIB, MIB, BuildLimits
from sandbox.model import Text
from sandbox.refusal import printable

_KILLED = 137
_NOT_FOUND = 127
_DOWNLOADS = re.compile(r"\b(?:pip3?|npm|yarn|pnpm|apt|apt-get|curl|wget|git|conda|uv|poetry)\b")
_MISSING_FILE = re.compile(r"(?:COPY|ADD) failed:.*?(?:stat|for) ([^:\n]+)")
_UNREAD = re.compile(r"(?i)dockerfile parse error (?:on )?line (\d+): (.*)", re.DOTALL)
# How the engine tells of its host's trouble. A Dockerfile can bring any words into an error (in a command, a name, a
# variable), so they count only where the engine writes them.
_OURS = re.compile(
    r"(?:^|: )(?:no space left on device|No such container: [0-9a-f]{12,64}|No such image: \S+|context canceled"
    r"|layer does not exist)$"
)
_PULL = ("pull access denied for ", "manifest unknown", "manifest for ", 'Get "https://')
# Errors of the engine that end with the team's own words.
_THEIRS = re.compile(
    r"(?:COPY|ADD) failed: (?:file not found|no source files|forbidden path)|Invalid (?:containerPort|signal)"
    r"|.*unable to convert uid/gid|(?i:dockerfile parse error)"
)


def raise_if_ours(outcome: Outcome, source: Source) -> None:
    """Raise EngineUnavailable or ImageMissing for an error of the engine that is our host's."""
    error = (outcome.error or "").strip()
    if outcome.code is not None or _THEIRS.match(error):
        return
    if error.startswith(_PULL):
        raise ImageMissing(source.base.latest)
    found = _OURS.search(error)
    if found and found[0].removeprefix(": ") not in source.dockerfile:
        raise EngineUnavailable(f"the container engine could not build: {error}")


def explain(outcome: Outcome, source: Source, limits: BuildLimits, *, out_of_memory: bool, mirror: bool) -> Text:
    """Why the engine's build failed; `mirror` tells whether its steps could fetch Python packages."""
    error = outcome.error or ""
    step = outcome.step
    if unread := _UNREAD.match(error):
        # The line is that of the file as we wrote it: one instruction a line, behind the directive if there is one.
        step = int(unread[1]) - source.dockerfile.startswith("#")
        error = unread[2]
    where_id, where_en, text = where(source, step)
    if out_of_memory or (outcome.code == _KILLED and source.runs):
        memory = _size(limits.memory_bytes)
        return Text(
            f"{where_id} kehabisan memori (batas {memory}). Kurangi pemakaian memorinya, lalu kirim lagi.",
            f"{where_en} ran out of memory (limit {memory}). Make it use less and send it again.",
        )
    if outcome.code is not None:
        id_hint, en_hint = _hint(outcome.code, text, mirror=mirror)
        return Text(
            f"{where_id} berakhir dengan kode {outcome.code}. {id_hint}",
            f"{where_en} ended with code {outcome.code}. {en_hint}",
        )
    if missing := _MISSING_FILE.search(error):
        name = printable(missing[1].strip())
        return Text(
            f"{where_id} menyalin “{name}”, yang tidak ada di dalam arsip. Periksa nama dan foldernya, lalu kirim "
            "lagi.",
            f"{where_en} copies “{name}”, which is not in the archive. Check its name and folder and send it again.",
        )
    reason = printable(error)
    return Text(
        f"{where_id} gagal: {reason}. Perbaiki, lalu kirim lagi.",
        f"{where_en} failed: {reason}. Mend it and send it again.",
    )


def explain_stop(stop: Stop, source: Source, step: int, limits: BuildLimits) -> Text:
    """Why we ended a build."""
    where_id, where_en, _ = where(source, step)
    if stop is Stop.DEADLINE:
        seconds = f"{limits.seconds:g}"
        return Text(
            f"Build belum selesai setelah {seconds} detik dan dihentikan. {where_id} sedang berjalan. Percepat "
            "langkah itu, lalu kirim lagi.",
            f"The build was not done after {seconds} seconds and was ended. {where_en} was running. Make it faster "
            "and send it again.",
        )
    if stop is Stop.TOO_BIG:
        return _too_big(limits)
    return Text(
        f"{where_id} menulis terlalu banyak ke log dan dihentikan. Kurangi keluarannya, lalu kirim lagi.",
        f"{where_en} wrote too much to the log and was ended. Make it write less and send it again.",
    )


def check_image(image: Mapping[str, Any], base: Mapping[str, Any], limits: BuildLimits) -> Text | None:
    """Why a finished image (as the engine tells it) cannot be taken; None when it can."""
    config = image.get("Config") or {}
    if int(image["Size"]) - int(base["Size"]) > limits.bytes_over_base:
        return _too_big(limits)
    if config.get("Volumes"):
        return Text(
            "Image memakai VOLUME, padahal prototipe hanya boleh menulis ke /tmp. Hapus VOLUME dari Dockerfile.",
            "The image has a VOLUME, but a prototype may write to /tmp only. Remove VOLUME from the Dockerfile.",
        )
    if not (config.get("Cmd") or config.get("Entrypoint")):
        return Text(
            'Image tidak punya perintah untuk dijalankan. Tambahkan CMD, misalnya CMD ["python3", "server.py"].',
            'The image has no command to run. Add a CMD, such as CMD ["python3", "server.py"].',
        )
    return None


def where(source: Source, step: int) -> tuple[str, str, str]:
    """The step in words of both languages, and its text."""
    if not 0 < step <= len(source.steps):
        return "Build", "The build", ""
    found = source.steps[step - 1]
    total = len(source.steps)
    shown = printable(found.text)
    id_line, en_line = (
        (f", Dockerfile baris {found.line}", f", Dockerfile line {found.line}") if found.line else ("", "")
    )
    return f"Langkah {step}/{total} (“{shown}”{id_line})", f"Step {step}/{total} (“{shown}”{en_line})", found.text


def _hint(code: int, text: str, *, mirror: bool) -> tuple[str, str]:
    if code == _NOT_FOUND:
        return (
            "Perintahnya tidak ada di image dasar. Baca akhir log, pakai perintah yang ada, lalu kirim lagi.",
            (
                "The base image does not have that command. Read the end of the log, use one that is there and send it "
                "again."
            ),
        )
    if mirror and _DOWNLOADS.search(text):
        return (
            (
                "Baca akhir log. Saat build hanya ada paket Python (pip install); yang lain sertakan di dalam arsip, "
                "atau pakai yang sudah ada di image dasar."
            ),
            (
                "Read the end of the log. In a build there are Python packages only (pip install); put other things "
                "into the archive, or use what the base image holds."
            ),
        )
    if _DOWNLOADS.search(text):
        return (
            (
                "Tidak ada jaringan saat build: sertakan paketnya di dalam arsip, atau pakai yang sudah ada di image "
                "dasar."
            ),
            "There is no network in a build: put the packages into the archive, or use what the base image holds.",
        )
    return "Baca akhir log, perbaiki, lalu kirim lagi.", "Read the end of the log, mend it and send it again."


def _too_big(limits: BuildLimits) -> Text:
    most = _size(limits.bytes_over_base)
    return Text(
        f"Image lebih dari {most} di atas image dasarnya. Hapus berkas yang tidak dipakai pada langkah yang "
        "membuatnya, lalu kirim lagi.",
        f"The image is more than {most} above its base. Remove files that are not used in the step that makes them "
        "and send it again.",
    )


def _size(count: int) -> str:
    return f"{count / GIB:g} GiB" if count % GIB == 0 else f"{count / MIB:g} MiB"
