"""What teams refuse."""

from hackathon.errors import Conflict, Forbidden, NotFound, Refusal
from sandbox.model import Text


class TeamUnknown(NotFound):
    """There is no such team."""

    def __init__(self) -> None:
        super().__init__(Text(id="Tim ini tidak ada.", en="There is no such team."), "team_unknown")


class EntryUnknown(NotFound):
    """There is no such entry."""

    def __init__(self) -> None:
        super().__init__(Text(id="Keikutsertaan ini tidak ada.", en="There is no such entry."), "entry_unknown")


class NotAMember(Forbidden):
    """This person is not in the team."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Anda bukan anggota tim ini. Minta ketua tim menambahkan Anda.",
                en="You are not in this team. Ask its captain to add you.",
            ),
            "not_a_member",
        )


class NotTheCaptain(Forbidden):
    """Only the team's captain may."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Hanya ketua tim yang boleh melakukan ini.", en="Only the team's captain may do this."),
            "not_the_captain",
        )


class TeamNameTaken(Conflict):
    """Another team of the event has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                id=f"Nama tim “{name}” sudah dipakai di acara ini. Pilih nama lain.",
                en=f"Another team of this event is called “{name}”. Choose another name.",
            ),
            "team_name_taken",
        )


class AlreadyInTeam(Conflict):
    """The person is in a team of this event."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Orang ini sudah berada di sebuah tim pada acara ini, dan satu orang hanya boleh di satu tim. "
                "Bila tim itu keliru, minta panitia mengeluarkannya dulu.",
                en="This person is in a team of this event already, and a person can be in one only. "
                "If that team is a mistake, ask the organizers to take them out first.",
            ),
            "already_in_team",
        )


class TeamFull(Conflict):
    """The team has as many members as the rules allow."""

    def __init__(self, most: int) -> None:
        super().__init__(
            Text(
                id=f"Tim sudah penuh: paling banyak {most} orang menurut aturan acara.",
                en=f"The team is full: the event's rules allow {most} people at most.",
            ),
            "team_full",
        )


class TeamTooSmall(Refusal):
    """The team has fewer members than the rules ask for."""

    def __init__(self, found: int, fewest: int) -> None:
        super().__init__(
            Text(
                id=f"Tim baru beranggota {found} orang, sedangkan aturan acara meminta paling sedikit {fewest}. "
                "Tambahkan anggota dulu.",
                en=f"The team has {found} members so far, and the event's rules ask for {fewest} at least. "
                "Add members first.",
            ),
            "team_too_small",
        )


class PhaseClosed(Refusal):
    """The event is not in the phase in which this can be done."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "phase_closed")
