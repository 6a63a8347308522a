"""Whether builds find packages: the mirror answers, and the index behind it."""

from collections.abc import Iterable

from frontend.cli.checks.model import Check, fail, ok, warn
from hackathon.settings import Settings
from sandbox.mirror import ask, ask_index


def check_packages(settings: Settings) -> Iterable[Check]:
    """One finding: there is no mirror, or how it is."""
    socket = settings.mirror_socket
    if socket is None:
        return [ok("packages", "no mirror is named: builds install no Python packages")]
    if (wrong := ask(socket)) is not None:
        todo = "Start `gelanggang mirror` on this machine with the same GELANGGANG_MIRROR_SOCKET."
        return [fail("packages", f"no mirror answers at {socket}: {wrong}", todo)]
    if (wrong := ask_index(socket)) is not None:
        todo = (
            "What was fetched before is still there. Check pip's own settings and the network of the mirror's machine."
        )
        return [warn("packages", f"the mirror cannot reach the index behind it: {wrong}", todo)]
    return [ok("packages", f"the mirror at {socket} answers")]
