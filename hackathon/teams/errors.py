"""What teams refuse."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

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
                id="Anda bukan anggota tim ini. Minta tautan undangan dari ketua timnya.",
                en="You are not in this team. Ask its captain for the invitation link.",
            ),
            "not_a_member",
        )


class MemberUnknown(NotFound):
    """The person whom a change is about is not in the team, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Orang ini bukan anggota tim, atau sudah keluar. Muat ulang halaman tim.",
                en="This person is not in the team, or has left it. Reload the team's page.",
            ),
            "member_unknown",
        )


class NotTheCaptain(Forbidden):
    """Only the team's captain may."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Hanya ketua tim yang boleh melakukan ini.", en="Only the team's captain may do this."),
            "not_the_captain",
        )


class NotConfirmed(Forbidden):
    """The person has not shown yet that the e-mail address is theirs."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel Anda belum dikonfirmasi, jadi Anda belum dapat membuat tim atau bergabung. Buka "
                "tautan di surel konfirmasi dari kami, atau minta kirim ulang di halaman akun. Setelah itu coba lagi.",
                en="Your e-mail address is not confirmed yet, so you cannot make or join a team. Follow the link in "
                "our confirmation mail, or ask for another on your account's page. Then try again.",
            ),
            "not_confirmed",
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


class InOtherTeam(Conflict):
    """The person who follows an invitation is in another team of the event."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                id=f"Anda sudah berada di tim “{name}” pada acara ini, dan satu orang hanya boleh di satu tim. "
                "Keluar dulu dari tim itu di halaman tim, lalu buka tautan undangan ini lagi.",
                en=f"You are in the team “{name}” of this event, and a person can be in one only. "
                "Leave that team on the team's page first, then open this invitation again.",
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
        missing = fewest - found
        super().__init__(
            Text(
                id=f"Tim baru beranggota {found} orang, sedangkan aturan acara meminta paling sedikit {fewest}. "
                f"Undang {missing} orang lagi, lalu pilih kategori.",
                en=f"The team has {found} {'member' if found == 1 else 'members'} so far, and the event's rules ask "
                f"for {fewest} at least. Invite {missing} more, then choose a track.",
            ),
            "team_too_small",
        )


class InvitationUnknown(NotFound):
    """Nothing is behind an invitation's address."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tautan undangan ini tidak dikenal; mungkin terpotong saat disalin. Minta ketua tim "
                "mengirimnya lagi.",
                en="This invitation link is unknown; it may have been cut while copying. Ask the team's captain for it "
                "again.",
            ),
            "invitation_unknown",
        )


class InvitationRevoked(Refusal):
    """The captain made another invitation, or took it back."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tautan undangan ini sudah dicabut atau diganti ketua tim. Minta tautan yang baru.",
                en="The team's captain has taken this invitation back or replaced it. Ask for the new link.",
            ),
            "invitation_revoked",
        )


class EntryInUse(Conflict):
    """Something was handed in for the entry, so it stays."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tim sudah mengirim prototipe di kategori ini, jadi keikutsertaannya tetap. Hubungi panitia bila "
                "tim ingin mundur.",
                en="The team has handed in for this track already, so its entry stays. Talk to the organizers if the "
                "team wants to withdraw.",
            ),
            "entry_in_use",
        )


class AgencyFixed(Conflict):
    """The organizers approved the team as one of its agency."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Panitia sudah menyetujui tim ini atas nama instansinya. Minta panitia bila instansi perlu diubah.",
                en="The organizers have approved this team as one of its agency. Ask them if the agency must change.",
            ),
            "agency_fixed",
        )


class PhaseClosed(Refusal):
    """The event is not in the phase in which this can be done."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "phase_closed")


class TeamsLocked(PhaseClosed):
    """Who is in a team is fixed since `since`; `zone` is the event's."""

    def __init__(self, since: datetime, zone: str) -> None:
        local = since.astimezone(ZoneInfo(zone))
        when = f"{local:%d-%m-%Y %H.%M} {local.tzname()}"
        super().__init__(
            Text(
                id=f"Susunan tim sudah dikunci sejak {when}. Hubungi panitia bila anggota perlu diganti.",
                en=f"Teams are fixed since {when}. Talk to the organizers if a member must change.",
            )
        )


class NotApproved(Refusal):
    """The event asks for the organizers' approval, and the team does not have it."""

    def __init__(self, reason: str | None) -> None:
        pending = Text(
            id="Tim ini belum disetujui panitia, jadi belum dapat mengirim. Siapkan prototipe dulu; begitu disetujui, "
            "tim dapat langsung mengirim.",
            en="The organizers have not approved this team yet, so it cannot hand in. Prepare the prototype meanwhile; "
            "once approved, the team can hand in at once.",
        )
        rejected = Text(
            id=f"Panitia menolak tim ini dengan alasan “{reason}”. Perbaiki di halaman tim, lalu minta diperiksa lagi.",
            en=f"The organizers have rejected this team for this reason: “{reason}”. Put it right on the team's page, "
            "then ask to be checked again.",
        )
        super().__init__(pending if reason is None else rejected, "team_not_approved")


class VenueExtended(Refusal):
    """The venue was given more time, so no team may change to it while it builds."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lokasi ini mendapat perpanjangan waktu, jadi tim tidak dapat pindah ke sana selama pengerjaan. "
                "Bila tim Anda memang berada di sana, minta panitia memindahkannya.",
                en="This venue was given more time, so teams cannot change to it while they build. If your team is "
                "there indeed, ask the organizers to move it.",
            ),
            "venue_extended",
        )


class TeamMoved(Conflict):
    """A team does not stand any more as it did when who decides looked at it."""

    def __init__(self, names: Sequence[str]) -> None:
        named = ", ".join(f"“{name}”" for name in names[:3]) + (" …" if len(names) > 3 else "")
        super().__init__(
            Text(
                id=f"Sejak Anda membuka daftar ini, {named} sudah diputus panitia lain atau berganti anggota, jadi "
                "belum ada yang diubah. Periksa keadaannya sekarang, lalu putuskan lagi.",
                en=f"Since you opened this list, another organizer has decided on {named} or its members have changed, "
                "so nothing was changed. Look at how it stands now, then decide again.",
            ),
            "team_moved",
        )
