"""Who may: the checks that several services share."""

from hackathon.errors import Forbidden
from hackathon.model import SYSTEM, Principal
from sandbox.model import Text


def require_organizer(actor: Principal) -> None:
    """Raises Forbidden for anybody who does not organize."""
    if not actor.is_organizer:
        raise Forbidden(
            Text(id="Hanya panitia yang boleh melakukan ini.", en="Only organizers may do this."), "organizers_only"
        )


def require_system(actor: Principal) -> None:
    """Raises Forbidden for any person: some things only the system itself may do."""
    if actor.account_id != SYSTEM.account_id:
        raise Forbidden(
            Text(id="Hanya sistem sendiri yang boleh melakukan ini.", en="Only the system itself may do this."),
            "system_only",
        )
