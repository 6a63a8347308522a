"""What handing in a commit refuses. None of it costs an attempt."""

from datetime import datetime, timedelta

from hackathon.errors import Conflict, NotFound, Refusal
from hackathon.submissions.errors import local_time
from sandbox.model import Text


class FetchUnknown(NotFound):
    """No such commit was asked for."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Permintaan commit ini tidak ada.", en="No such commit was asked for."), "commit_unknown"
        )


class GitOff(Refusal):
    """This installation fetches from no host."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Di sini commit git tidak dapat diambil. Kirim arsip zip atau tar.gz.",
                en="Commits cannot be fetched here. Send a zip or tar.gz archive.",
            ),
            "git_off",
        )


class AddressInvalid(Refusal):
    """The repository's address cannot be asked for."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "repository_invalid")


class RevisionInvalid(Refusal):
    """What was written is no commit, branch or tag."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "commit_invalid")


class FetchBusy(Conflict):
    """Another commit of the entry is on its way."""

    def __init__(self, repository: str, revision: str) -> None:
        super().__init__(
            Text(
                id=f"Commit lain sedang diambil: {revision} dari {repository}. Tunggu sampai selesai, atau "
                "batalkan dulu.",
                en=f"Another commit is being fetched: {revision} from {repository}. Wait until that is done, or cancel "
                "it first.",
            ),
            "commit_busy",
        )


class FetchOver(Conflict):
    """It has come to its end, so it cannot be cancelled."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Commit ini sudah diajukan, jadi tidak dapat dibatalkan. Muat ulang halaman untuk melihatnya.",
                en="This commit has been handed in, so it cannot be cancelled. Reload the page to see it.",
            ),
            "commit_over",
        )


class TooManyFetches(Refusal):
    """So many commits were asked for within an hour that no more are fetched for now."""

    def __init__(self, allowed: int, again_at: datetime, zone: str) -> None:
        when = local_time(again_at + timedelta(minutes=1) - timedelta(microseconds=1), zone)
        super().__init__(
            Text(
                id=f"Sudah {allowed} commit diminta dalam satu jam terakhir, yang gagal pun terhitung. Coba lagi "
                f"{when}, atau kirim arsip.",
                en=f"{allowed} commits were asked for within the last hour, and failed ones count. Try again at "
                f"{when}, or send an archive.",
            ),
            "too_many_commits",
        )
        self.again_at = again_at


class BranchTooLate(Refusal):
    """A branch or tag could only be read after the deadline: nobody can tell what it was before."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            Text(
                id=f"“{revision}” baru dapat dibaca setelah batas waktu, jadi isinya mungkin sudah berubah. Hanya "
                "nomor commit yang diterima sedekat ini dengan batas waktu. Hubungi panitia bila ada gangguan.",
                en=f"“{revision}” could only be read after the deadline, so it may have changed. This near to the "
                "deadline only a commit's number is taken. Talk to the organizers if something went wrong.",
            ),
            "branch_too_late",
        )
