"""One commit of a repository as an archive: what it may be asked for, and how it is fetched without trusting anybody.

Git runs in a container that has only loopback (`sandbox.docker.git`). There a relay speaks to a proxy of ours on this
host (`proxy`), which connects to hosts that were allowed by name, at public addresses, and to nothing else. The
container gives single objects; each is hashed on this side (`walk`), so that what becomes an archive is the commit that
was named, whatever the container or the repository's host would have it be.
"""

from sandbox.git.address import Wanted, address_fault, revision_fault
from sandbox.git.model import Fetched, GitLimits, GitStatus

__all__ = ["Fetched", "GitLimits", "GitStatus", "Wanted", "address_fault", "revision_fault"]
