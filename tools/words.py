"""What must not stand in a tracked file: hosts that packages come from, and paths of one person's machine.

Both would work here and nowhere else: a mirror is the choice of whoever installs, and a path of ours means nothing to
others.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Written so that no pattern matches itself, or spells what it looks for.
HOSTS = re.compile(
    r"\b(?:pyp[i][.]org|files[.]pythonhoste[d][.]org|registry[.]npmj[s][.]org|registry-1[.]docke[r][.]io"
    r"|proxy[.]golan[g][.]org|(?:deb|security|snapshot|archive)[.](?:debia[n][.]org|ubunt[u][.]com)"
    r"|static[.]crate[s][.]io)\b"
)
PATHS = re.compile(
    r"(?<![\w.])/(?:wor[k]/|root/[.\w]|tmp/[p]lan|home/[a-z]\w*/|Users/[A-Z]?[a-z]+/|opt/(?:pypi|wheels)\b)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A word that must not be there: file, line (1-based), the word and why."""

    path: str
    line: int
    word: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.word}: {self.reason}"


def findings(path: str, text: str) -> Iterator[Finding]:
    """Look through the text of one file."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, reason in ((HOSTS, "names a package registry"), (PATHS, "names a place on one machine")):
            for match in pattern.finditer(line):
                yield Finding(path, number, match.group(), reason)


def tracked_findings(root: Path) -> list[Finding]:
    """Look through every text file that git tracks below `root`, and those it would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: list[Finding] = []
    for name in filter(None, listed.split("\0")):
        try:
            text = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # an image or a font, or a file that is being deleted
        found.extend(findings(name, text))
    return found
