"""The demo reads out the letters that its postman puts into a folder."""

import threading
from email.message import EmailMessage
from pathlib import Path

from frontend.demo.letters import Letter, read_letter, read_out


def put(folder: Path, name: str, text: str) -> Path:
    message = EmailMessage()
    message["To"], message["Subject"] = "Dewi <dewi@demo.invalid>", "Konfirmasi alamat surel Anda"
    message.set_content(text, cte="quoted-printable")
    draft = folder / f".{name}"
    draft.write_bytes(message.as_bytes())
    return draft.rename(folder / f"{name}.eml")


def test_a_letter_is_told_with_the_link_that_does_something(tmp_path: Path) -> None:
    text = "Buka:\n\nhttp://127.0.0.1:8000/konfirmasi/" + "x" * 43 + "\n\n--\nGelanggang, http://127.0.0.1:8000\n"
    letter = read_letter(put(tmp_path, "satu", text))
    assert letter == Letter(
        "Dewi <dewi@demo.invalid>", "Konfirmasi alamat surel Anda", "http://127.0.0.1:8000/konfirmasi/" + "x" * 43
    )
    for number, path in enumerate(("/undangan-juri/" + "x" * 43, "/acara/demo/juri", "/acara/demo/juri/" + "1" * 8)):
        link = f"http://127.0.0.1:8000{path}"
        assert read_letter(put(tmp_path, f"juri-{number}", f"Buka:\n\n{link}\n\n--\n")).link == link
    assert read_letter(put(tmp_path, "dua", "Tidak ada tautan.")).link == ""


def test_letters_of_last_time_are_not_read_out_again(tmp_path: Path) -> None:
    put(tmp_path, "lama", "Surat lama")
    told: list[Letter] = []
    heard = threading.Event()

    def hear(letter: Letter) -> None:
        told.append(letter)
        heard.set()

    with read_out(tmp_path, hear):
        put(tmp_path, "baru", "Surat baru")
        assert heard.wait(10)
    assert len(told) == 1
