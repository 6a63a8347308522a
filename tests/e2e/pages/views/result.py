"""What became of a submission, and its log."""

from tests.e2e.pages.viewing import CAPTAIN, MEMBER, ORGANIZER, PERSON, View, each

RESULT = "/pengajuan/{submission_id:uuid}"
LOG = f"{RESULT}/log"

VIEWS = [
    *each("hasil-baik", RESULT, "/pengajuan/{baik}", CAPTAIN, MEMBER, ORGANIZER),
    View("hasil-lemah", RESULT, "/pengajuan/{lemah}", CAPTAIN),
    View("hasil-mogok", RESULT, "/pengajuan/{mogok}", CAPTAIN),
    View("hasil-gagal-build", RESULT, "/pengajuan/{gagal-build}", CAPTAIN),
    View("hasil-berjalan", RESULT, "/pengajuan/{berjalan}", CAPTAIN),
    View("hasil-antre", RESULT, "/pengajuan/{antre}", CAPTAIN),
    View("hasil-pembekuan", RESULT, "/pengajuan/{pembekuan}", CAPTAIN),
    View("hasil-selesai", RESULT, "/pengajuan/{selesai}", CAPTAIN),
    View("hasil-orang-lain", RESULT, "/pengajuan/{baik}", PERSON, status=404),
    View("log-baik", LOG, "/pengajuan/{baik}/log", CAPTAIN),
    View("log-mogok", LOG, "/pengajuan/{mogok}/log", CAPTAIN),
    View("log-gagal-build", LOG, "/pengajuan/{gagal-build}/log", CAPTAIN),
    View("log-berjalan", LOG, "/pengajuan/{berjalan}/log", CAPTAIN),
    View("log-antre", LOG, "/pengajuan/{antre}/log", CAPTAIN),
    View("log-cari", LOG, "/pengajuan/{mogok}/log?cari=Error", CAPTAIN),
    View("log-cari-nihil", LOG, "/pengajuan/{mogok}/log?cari=zzzz", CAPTAIN),
]

NO_PAGES = {
    f"{LOG}/baris": "lines for a page that has the log open",
    f"{LOG}/mentah": "the log as a file",
}

PRINTED = ("hasil-baik",)
