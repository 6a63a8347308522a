"""What git's words and the proxy's notes mean for whoever asked. Pure."""

import re
from collections.abc import Sequence

from sandbox.git.model import GitStatus
from sandbox.git.proxy import Note

_MEANINGS: tuple[tuple[GitStatus, str], ...] = (
    (GitStatus.TOO_LARGE, r"no space left|file too large|signal 9|out of memory|malloc failed|exceeds maximum"),
    (GitStatus.TOO_SLOW, r"operation too slow|timed out"),
    (GitStatus.UNTRUSTED, r"certificate"),
    (GitStatus.REDIRECTED, r"protocol .*(not supported|disabled)|not allowed|redirect"),
    (
        GitStatus.COMMIT_UNKNOWN,
        r"not our ref|unadvertised object|couldn't find remote ref|no such remote ref|upload-pack: .*ref",
    ),
    (
        GitStatus.NOT_FOUND,
        r"could not read (user|pass)|authentication failed|not found|error: (401|403|404|410)|not valid|dumb http",
    ),
    (
        GitStatus.UNREACHABLE,
        r"error: (408|429|5\d\d)|could not resolve|rpc failed|early eof|hung up|connect|reply|gnutls",
    ),
)

_QUOTED = re.compile(r"'[^'\n]*'|^remote:.*$", re.MULTILINE)
"""An address that was asked for, or words of the host's own: they may say anything."""


def reason(step: str, said: str, notes: Sequence[Note]) -> tuple[GitStatus, str]:
    """Why git gave up at `step` (`init`, `resolve`, `unclear`, `fetch`), and the host that it is about, if any. What
    the proxy did not let through says more than git's words.
    """
    if step == "unclear":
        return GitStatus.UNCLEAR, ""
    if notes:
        return notes[-1].status, notes[-1].host
    text = _QUOTED.sub("", said).lower()
    for status, pattern in _MEANINGS:
        if re.search(pattern, text):
            return status, ""
    return GitStatus.BROKEN, ""
