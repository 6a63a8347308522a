"""What can be wrong with an answer, in words for people who do not program by trade."""

from dataclasses import dataclass

BAD_ANSWER = "bad_answer"
NO_CONNECTION = "no_connection"
TOO_SLOW = "too_slow"
WRONG = "wrong"
TASK_ERROR = "task_error"


@dataclass(frozen=True)
class Reason:
    """Class of the failure (a value of `sandbox.model.Failure`) and a sentence in two languages."""

    failure: str
    id: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"id": self.id, "en": self.en}


class PrototypeFault(Exception):
    """The prototype's answer does not count; raised out of the `prototype` fixture."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.en)
        self.reason = reason


def bad_answer(id: str, en: str) -> PrototypeFault:
    return PrototypeFault(Reason(BAD_ANSWER, id, en))


def too_slow(seconds: float) -> PrototypeFault:
    return PrototypeFault(
        Reason(
            TOO_SLOW,
            f"Program tidak selesai menjawab dalam {seconds:g} detik. Ringankan pekerjaan untuk tiap kasus.",
            f"The program did not finish answering within {seconds:g} seconds. Do less work for each case.",
        )
    )


def no_connection() -> PrototypeFault:
    return PrototypeFault(
        Reason(
            NO_CONNECTION,
            "Sambungan ke program terputus sebelum ada jawaban. Mungkin bagian program itu berhenti karena galat; "
            "lihat log.",
            "The connection to the program broke before there was an answer. Part of the program may have stopped with "
            "an error; see the log.",
        )
    )


def too_big(limit: int) -> PrototypeFault:
    return bad_answer(
        f"Jawaban lebih besar dari {limit} byte. Kirim hanya isian yang diminta tugas.",
        f"The answer is larger than {limit} bytes. Send only the fields the task asks for.",
    )


def head_too_big() -> PrototypeFault:
    return bad_answer(
        "Kepala jawaban (header HTTP) terlalu besar atau terlalu banyak. Kirim hanya Content-Type dan Content-Length.",
        "The head of the answer (its HTTP headers) is too large, or there are too many. Send Content-Type and "
        "Content-Length only.",
    )


def unasked() -> PrototypeFault:
    return bad_answer(
        "Program menjawab sebelum permintaannya selesai dibaca. Baca permintaan sampai habis, lalu jawab.",
        "The program answered before the request was out. Read the whole request, then answer.",
    )


def cut_off() -> PrototypeFault:
    return bad_answer(
        "Jawaban terpotong atau bukan HTTP yang benar. Pastikan `Content-Length` sesuai dengan isi jawaban.",
        "The answer is cut off or is not proper HTTP. Check that `Content-Length` matches the body.",
    )


def wrong_status(status: int, excerpt: str) -> PrototypeFault:
    if 300 <= status < 400:
        return bad_answer(
            f"Program mengalihkan ke alamat lain (kode {status}). Jawab langsung dengan kode 200.",
            f"The program redirects to another address (status {status}). Answer directly with status 200.",
        )
    tail_id = f" Isi jawaban: {excerpt}" if excerpt else ""
    tail_en = f" It says: {excerpt}" if excerpt else ""
    return bad_answer(
        f"Program menjawab dengan kode {status}, seharusnya 200.{tail_id}",
        f"The program answered with status {status}, it should be 200.{tail_en}",
    )


def web_page(content_type: str) -> PrototypeFault:
    return bad_answer(
        f"Jawaban bukan JSON melainkan `{content_type}`. Kirim JSON dengan Content-Type: application/json.",
        f"The answer is not JSON but `{content_type}`. Send JSON with Content-Type: application/json.",
    )


def compressed(encoding: str) -> PrototypeFault:
    return bad_answer(
        f"Jawaban dikirim terkompresi (`{encoding}`). Matikan kompresi.",
        f"The answer is compressed (`{encoding}`). Switch compression off.",
    )


def not_json(detail: str) -> PrototypeFault:
    return bad_answer(
        f"Jawaban bukan JSON yang benar ({detail}).",
        f"The answer is not valid JSON ({detail}).",
    )


def too_long_a_number(digits: int) -> PrototypeFault:
    return bad_answer(
        f"Jawaban memuat angka lebih dari {digits} digit. Kirim sebagai teks, atau bulatkan.",
        f"The answer holds a number of more than {digits} digits. Send it as a text, or round it.",
    )


def not_utf8() -> PrototypeFault:
    return bad_answer(
        "Jawaban bukan teks UTF-8. Simpan dan kirim teks sebagai UTF-8.",
        "The answer is not UTF-8 text. Encode it as UTF-8.",
    )


def too_deep(limit: int) -> PrototypeFault:
    return bad_answer(
        f"Jawaban bersarang lebih dari {limit} tingkat. Sederhanakan bentuknya.",
        f"The answer is nested deeper than {limit} levels. Make it flatter.",
    )


def repeated_key(key: str) -> PrototypeFault:
    return bad_answer(
        f"Kunci `{key}` muncul dua kali dalam satu objek. Tulis tiap kunci sekali saja.",
        f"The key `{key}` appears twice in one object. Write each key once.",
    )


def not_a_number(text: str) -> PrototypeFault:
    return bad_answer(
        f"Jawaban memuat `{text}`, yang bukan angka JSON. Ganti dengan angka biasa atau null.",
        f"The answer holds `{text}`, which is no JSON number. Use a plain number or null.",
    )


def lone_surrogate() -> PrototypeFault:
    return bad_answer(
        "Jawaban memuat karakter yang rusak (pasangan surrogate tidak lengkap). Periksa pemotongan teks dan emoji.",
        "The answer holds a broken character (a lone surrogate). Check where text or emoji are cut.",
    )


def no_output(wanted: str, found: str) -> PrototypeFault:
    return bad_answer(
        f"Jawaban harus berbentuk {wanted}, tetapi yang diterima {found}.",
        f"The answer must look like {wanted}, but this came: {found}.",
    )
