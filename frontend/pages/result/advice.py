"""What to do about a failure: of a whole evaluation, and of single cases by their class."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.model import Failure, Status, Text


@dataclass(frozen=True, slots=True)
class Advice:
    """A class of failure in a word, what it means, and what helps."""

    word: Text
    meaning: Text
    help: Text


BY_FAILURE: Mapping[Failure, Advice] = {
    Failure.WRONG: Advice(
        Text("Isi keliru", "Wrong content"),
        Text("Bentuknya benar, isinya belum cukup tepat.", "In the right form, but not right enough."),
        Text(
            "Bandingkan dengan kasus contoh yang gagal di bawah: cari pola yang sama, lalu perbaiki di situ dulu.",
            "Compare with the public cases that failed below: look for what they share and mend that first.",
        ),
    ),
    Failure.BAD_ANSWER: Advice(
        Text("Jawaban tak terbaca", "Unreadable answer"),
        Text(
            "Bukan JSON, bentuknya lain dari yang diminta, kodenya bukan 200, atau terlalu besar.",
            "Not JSON, another shape than asked for, a status other than 200, or too large.",
        ),
        Text(
            "Selalu jawab JSON sesuai skema tugas, juga saat program Anda ragu atau gagal: tangkap galat dan isi null.",
            "Always answer JSON as the task's schema asks, also when your program fails: catch errors, answer null.",
        ),
    ),
    Failure.TOO_SLOW: Advice(
        Text("Terlalu lama", "Too slow"),
        Text("Jawaban tidak selesai dalam batas waktu satu kasus.", "No answer within the time for one case."),
        Text(
            "Muat model dan kamus sekali saat mulai, bukan tiap kasus; pakai model yang lebih kecil; batasi langkah "
            "yang diulang.",
            "Load models and word lists once at the start, not for each case; use a smaller model; bound what repeats.",
        ),
    ),
    Failure.NO_CONNECTION: Advice(
        Text("Sambungan terputus", "Connection lost"),
        Text("Program berhenti atau menutup sambungan sebelum menjawab.", "The program ended or hung up early."),
        Text(
            "Tangkap galat untuk tiap masukan agar program tetap hidup, dan periksa pemakaian memorinya.",
            "Catch errors for each input so that the program stays alive, and look at its use of memory.",
        ),
    ),
    Failure.TASK_ERROR: Advice(
        Text("Galat soal", "Error of the task"),
        Text("Soalnya sendiri bermasalah; ini urusan kami.", "The task itself broke; this is ours."),
        Text("Tidak ada yang perlu Anda lakukan.", "There is nothing for you to do."),
    ),
}
"""Every class, in the order in which a list of them is shown."""

NOT_REACHED = Advice(
    Text("Tidak sampai diuji", "Not reached"),
    Text(
        "Pengujian berhenti sebelum kasus ini; nilainya dihitung terendah.",
        "The evaluation ended before these cases; they count at the worst.",
    ),
    Text(
        "Atasi dulu sebab berhentinya, yang disebut di atas.",
        "Mend first what ended it, which is named above.",
    ),
)
"""Cases that a run which ended early did not come to."""

BY_STATUS: Mapping[Status, Text] = {
    Status.OK: Text(
        "Semua kasus dijalankan. Lihat di bawah apa yang masih bisa diperbaiki.",
        "All cases were run. See below what can still be made better.",
    ),
    Status.REFUSED: Text(
        "Perbaiki yang disebut di atas, lalu kirim lagi. Jatah Anda tidak berkurang.",
        "Mend what is named above, then hand in again. It cost no attempt.",
    ),
    Status.BUILD_FAILED: Text(
        "Buka log: galatnya ada di baris-baris terakhir. Periksa nama paket dan berkas, lalu coba di komputer Anda "
        "dengan `gelanggang try` sebelum mengirim lagi.",
        "Open the log: the error is in its last lines. Check the names of packages and files, then try it on your "
        "computer with `gelanggang try` before handing in again.",
    ),
    Status.NOT_READY: Text(
        "Pastikan server mendengarkan di port dari variabel PORT dan menjawab GET /ping dengan 200. Pindahkan "
        "pekerjaan berat ke tahap build agar program cepat siap.",
        "Make sure that the server listens on the port in PORT and answers GET /ping with 200. Move heavy work into "
        "the build, so that the program is ready soon.",
    ),
    Status.CRASHED: Text(
        "Kasus contoh yang menghentikannya sama di komputer Anda: `gelanggang try` menunjukkan galat yang sama.",
        "The sample case that ended it is the same on your computer: `gelanggang try` shows the same error.",
    ),
    Status.OUT_OF_MEMORY: Text(
        "Pakai model atau data yang lebih kecil, muat sekali saja, dan jangan simpan hasil tiap kasus di memori.",
        "Use a smaller model or less data, load it once, and keep no results of cases in memory.",
    ),
    Status.TIMED_OUT: Text(
        "Percepat jawaban tiap kasus: muat model sekali saat mulai, hindari langkah yang diulang tanpa batas.",
        "Answer each case faster: load the model once at the start, avoid steps that repeat without a bound.",
    ),
    Status.OUTPUT_LIMIT: Text(
        "Baris yang berulang di log menunjukkan dari mana keluarannya. Cetak galat saja.",
        "The lines that repeat in the log show where the output comes from. Print errors only.",
    ),
}
"""For every status."""
