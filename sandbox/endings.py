"""How evaluations end, in words: what happened, why, and what to do. The same for every provider."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.limits import KIB, MIB
from sandbox.model import Status, Text
from sandbox.refusal import printable

_EXIT_KILLED = 137
_EXIT_NOT_EXECUTABLE = 126
_EXIT_NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Ending:
    """A status, what a team that saw the cases is told, and what it is told of hidden ones: nothing learned there."""

    status: Status
    message: Text
    hidden: Text


def completed(cases: int) -> Ending:
    """Every case was put to the prototype."""
    message = Text(f"Selesai: {cases} kasus diuji.", f"Done: {cases} cases were tested.")
    return Ending(Status.OK, message, message)


def not_measured() -> Ending:
    """Our side failed while it measured what is not scored: nobody's fault among the teams."""
    return _told(Status.OK, "Ada gangguan di pihak kami.", "Something failed on our side.")


def never_ran() -> Ending:
    """The image's start command cannot be started at all."""
    return _told(
        Status.CRASHED,
        "Program tidak bisa dijalankan: perintah awalnya (CMD atau ENTRYPOINT) tidak ada atau tidak boleh dijalankan "
        "di dalam image. Periksa nama berkas dan izinnya.",
        "The program cannot be started: its start command (CMD or ENTRYPOINT) does not exist or may not be run in the "
        "image. Check the file's name and its permissions.",
    )


def has_volume(path: str) -> Ending:
    """The image declares a volume: a place to write without a limit."""
    shown = printable(path)
    return _told(
        Status.CRASHED,
        f"Image memakai VOLUME ({shown}), padahal prototipe hanya boleh menulis ke /tmp. Hapus VOLUME dari Dockerfile, "
        "tulis ke /tmp, lalu kirim lagi.",
        f"The image has a VOLUME ({shown}), but a prototype may write to /tmp only. Remove VOLUME from the Dockerfile, "
        "write to /tmp, and send it again.",
    )


def crashed(exit_code: int | None, *, ready: bool, finished: int, total: int) -> Ending:
    """The main process ended by itself. `finished` of `total` cases had a result."""
    if not ready and exit_code in (_EXIT_NOT_EXECUTABLE, _EXIT_NOT_FOUND):
        return never_ran()
    if not ready:
        return _told(
            Status.CRASHED,
            f"Program berhenti sendiri sebelum siap (kode keluar {exit_code}). Lihat baris terakhir log, lalu coba "
            "jalankan di komputer Anda.",
            f"The program ended by itself before it was ready (exit code {exit_code}). See the last lines of the log, "
            "then try it on your computer.",
        )
    hidden = Text(
        "Program berhenti sendiri saat diuji. Pastikan masukan apa pun tidak menghentikan program.",
        "The program ended by itself while it was tested. Make sure that no input can stop it.",
    )
    message = Text(
        f"Program berhenti sendiri (kode keluar {exit_code}) setelah {finished} dari {total} kasus. Lihat baris "
        "terakhir log; tangkap galat untuk tiap masukan agar program tetap berjalan.",
        f"The program ended by itself (exit code {exit_code}) after {finished} of {total} cases. See the last lines of "
        "the log; catch errors for each input so that the program goes on.",
    )
    return Ending(Status.CRASHED, message, hidden)


def crashed_when_tried(exit_code: int) -> Ending:
    """The main process ended by itself while somebody tried the prototype."""
    return _told(
        Status.CRASHED,
        f"Program ini berhenti sendiri (kode keluar {exit_code}) saat dicoba.",
        f"This program ended by itself (exit code {exit_code}) while it was tried.",
    )


def tried_long_enough(seconds: float) -> Ending:
    """The time of a try-out is over."""
    minutes = f"{seconds / 60:g}"
    return _told(
        Status.TIMED_OUT,
        f"Waktu mencoba, {minutes} menit, sudah habis.",
        f"The time for trying, {minutes} minutes, is over.",
    )


def out_of_memory(limit: int) -> Ending:
    """The main process was ended for using more memory than allowed."""
    return _told(
        Status.OUT_OF_MEMORY,
        f"Program memakai memori lebih dari {limit // MIB} MiB dan dihentikan. Pakai model atau data yang lebih kecil.",
        f"The program used more than {limit // MIB} MiB of memory and was ended. Use a smaller model or less data.",
    )


def not_ready(seconds: float, port: int, path: str, seen: Mapping[str, Any] | None = None) -> Ending:
    """The ready path did not answer in time. `seen` is the last thing the grader saw (`sandbox.grader.ready`)."""
    why_id, why_en = _why_not_ready(port, path, seen or {})
    return _told(
        Status.NOT_READY,
        f"Program tidak siap dalam {seconds:g} detik: {why_id}",
        f"The program was not ready within {seconds:g} seconds: {why_en}",
    )


def timed_out(seconds: float, *, finished: int, total: int) -> Ending:
    """The time for everything was used up."""
    hidden = Text(
        f"Pengujian melewati batas waktu {seconds:g} detik dan dihentikan. Percepat jawaban tiap kasus.",
        f"The evaluation passed its limit of {seconds:g} seconds and was ended. Answer each case faster.",
    )
    message = Text(
        f"Pengujian melewati batas waktu {seconds:g} detik setelah {finished} dari {total} kasus. Percepat "
        "jawaban tiap kasus.",
        f"The evaluation passed its limit of {seconds:g} seconds after {finished} of {total} cases. Answer each case "
        "faster.",
    )
    return Ending(Status.TIMED_OUT, message, hidden)


def output_limit(limit: int) -> Ending:
    """The prototype printed more than allowed."""
    size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit // KIB} KiB"
    return _told(
        Status.OUTPUT_LIMIT,
        f"Program menulis lebih dari {size} ke log dan dihentikan. Kurangi print atau turunkan tingkat log.",
        f"The program wrote more than {size} to its log and was ended. Print less or lower the log level.",
    )


def _told(status: Status, indonesian: str, english: str) -> Ending:
    message = Text(indonesian, english)
    return Ending(status, message, message)


def _why_not_ready(port: int, path: str, seen: Mapping[str, Any]) -> tuple[str, str]:
    saw = seen.get("saw")
    ports = ", ".join(str(other) for other in seen.get("ports", ()))
    if saw == "status":
        return (
            f"`GET {path}` dijawab dengan kode {seen.get('status')}, seharusnya 200.",
            f"`GET {path}` was answered with status {seen.get('status')}, it should be 200.",
        )
    if saw == "word":
        return (
            f"`GET {path}` masih menyebut status `{seen.get('word')}`.",
            f"`GET {path}` still says status `{seen.get('word')}`.",
        )
    if saw == "slow":
        return f"`GET {path}` tidak kunjung dijawab.", f"`GET {path}` was not answered in time."
    if saw == "broken":
        return f"jawaban `GET {path}` bukan HTTP yang benar.", f"the answer to `GET {path}` is not proper HTTP."
    if ports:
        return (
            f"tidak ada yang mendengarkan di port {port}, tetapi ada di port {ports}. Pakai port dari variabel PORT.",
            f"nothing listens on port {port}, but something does on port {ports}. Use the port in the variable PORT.",
        )
    return (
        f"tidak ada yang mendengarkan di port {port}. Pastikan server dimulai dan memakai port dari variabel PORT.",
        f"nothing listens on port {port}. Make sure that a server starts and uses the port in the variable PORT.",
    )
