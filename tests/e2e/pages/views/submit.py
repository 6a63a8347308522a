"""Handing in: what is left, the upload, the receipt, the card, the pitch."""

from playwright.sync_api import FilePayload, Page

from tests.e2e.pages.viewing import (
    BUILDING,
    CAPTAIN,
    CLOSED,
    FROZEN,
    MEMBER,
    NEWCOMER,
    PERSON,
    REGISTRATION,
    View,
    each,
    fill,
    in_states,
)

MINE = "/acara/{slug:str}/pengajuan"
TRACK = f"{MINE}/{{track_slug:str}}"
HERE = "/acara/pengerjaan/pengajuan/layanan-publik"
FROZEN_HERE = "/acara/pembekuan/pengajuan/layanan-publik"
COMMIT = f"{TRACK}/kirim/commit/{{fetch_id:uuid}}"

PDF: FilePayload = {"name": "lapor.zip", "mimeType": "application/zip", "buffer": b"%PDF-1.7 bukan zip"}


def send_what_is_no_zip(page: Page) -> None:
    """Choose a file that only its name calls a zip, and send it as a browser without scripts does."""
    form = page.locator("main form[enctype]").first
    form.locator("input[type=file]").set_input_files(PDF)
    # The script would say it before anything is sent; what the server says is looked at here.
    form.evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")
    page.locator(".summary, .error").first.wait_for()


VIEWS = [
    *in_states("pengajuan", MINE, "/acara/{event}/pengajuan", CAPTAIN, states=(REGISTRATION, BUILDING, FROZEN, CLOSED)),
    *in_states("pengajuan", MINE, "/acara/{event}/pengajuan", PERSON, NEWCOMER, states=(BUILDING,)),
    *in_states(
        "meja", TRACK, "/acara/{event}/pengajuan/layanan-publik", CAPTAIN, states=(REGISTRATION, BUILDING, CLOSED)
    ),
    *in_states("meja", TRACK, "/acara/{event}/pengajuan/layanan-publik", MEMBER, states=(BUILDING,)),
    *in_states(
        "kirim",
        f"{TRACK}/kirim",
        "/acara/{event}/pengajuan/layanan-publik/kirim",
        CAPTAIN,
        states=(REGISTRATION, BUILDING, CLOSED),
    ),
    View("kirim-galat", f"{TRACK}/kirim", f"{HERE}/kirim", CAPTAIN, 422, send_what_is_no_zip),
    View("kirim-git", f"{TRACK}/kirim", f"{HERE}/kirim?cara=git", CAPTAIN),
    View(
        "kirim-git-galat",
        f"{TRACK}/kirim",
        f"{HERE}/kirim?cara=git",
        CAPTAIN,
        422,
        fill("/kirim/commit", repositori="https://git.desa.example/lapor", commit="main"),
    ),
    View("kirim-berjalan", f"{TRACK}/kirim", f"{FROZEN_HERE}/kirim", CAPTAIN),
    View("commit-menunggu", COMMIT, f"{FROZEN_HERE}/kirim/commit/{{commit-menunggu}}", CAPTAIN),
    View("commit-ditolak", COMMIT, f"{FROZEN_HERE}/kirim/commit/{{commit-ditolak}}", CAPTAIN),
    View("kirim-selesaikan", f"{TRACK}/kirim/{{upload_id:uuid}}", f"{HERE}/kirim/{{unggahan}}", CAPTAIN),
    View(
        "tanda-terima",
        f"{TRACK}/tanda-terima/{{submission_id:uuid}}",
        f"{HERE}/tanda-terima/{{antre}}",
        CAPTAIN,
    ),
    *each("kartu", f"{TRACK}/kartu", f"{HERE}/kartu", CAPTAIN),
    View("kartu-galat", f"{TRACK}/kartu", f"{HERE}/kartu", CAPTAIN, 422, fill("/kartu", summary="pendek")),
    View("kartu-selesai", f"{TRACK}/kartu", "/acara/selesai/pengajuan/layanan-publik/kartu", CAPTAIN),
    View("presentasi", f"{TRACK}/presentasi", f"{HERE}/presentasi", CAPTAIN),
    View("presentasi-kosong", f"{TRACK}/presentasi", "/acara/pembekuan/pengajuan/layanan-publik/presentasi", CAPTAIN),
    View(
        "presentasi-galat",
        f"{TRACK}/presentasi",
        f"{HERE}/presentasi",
        CAPTAIN,
        422,
        fill("/presentasi/video", video="http://video.invalid/1"),
    ),
]

NO_PAGES = {
    f"{COMMIT}/keadaan": "a part of a page that asks how far a commit is",
    f"{TRACK}/presentasi/keadaan": "a part of a page that asks how the drawing goes",
    "/presentasi/{pitch_id:uuid}/{number:int}": "a picture",
    "/presentasi/{pitch_id:uuid}/{number:int}/kecil": "a picture",
}

PRINTED = ("tanda-terima",)
