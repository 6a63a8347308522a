"""Recipes of the base images: packages, environment, the names people write for them. Plain data and pure functions."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

SUITE = "bookworm"
"""Debian 12: its Python is 3.11 and its Node.js 18 on every architecture, pulled or made here."""

UPSTREAM = "debian:12-slim"
"""The image to pull where a registry answers; everything else comes from Debian's packages on top of it."""

_SCRIPTS = Path(__file__).parent
PREPARE = (_SCRIPTS / "prepare.sh").read_text(encoding="utf-8")
FINISH = (_SCRIPTS / "finish.sh").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class BaseRecipe:
    """One base image.

    `packages` are Debian's; `empty_packages` are satisfied by empty stand-ins: dependencies only used to compile.
    `proof` is a command that must succeed in the finished image as an unprivileged user without network. `aliases` are
    names of official images that mean this base in a Dockerfile. Raise `version` to have every host make the image
    again, for instance for Debian's security updates.
    """

    name: str
    packages: tuple[str, ...]
    proof: tuple[str, ...]
    command: tuple[str, ...]
    version: int
    aliases: tuple[str, ...] = ()
    empty_packages: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = field(default=())

    @property
    def repository(self) -> str:
        """Name of the image without its tag."""
        return f"gelanggang/{self.name}"

    @property
    def latest(self) -> str:
        """The tag that Dockerfiles and graders use."""
        return f"{self.repository}:latest"

    @property
    def reference(self) -> str:
        """The tag that names exactly this recipe: an image that bears it needs no making."""
        return f"{self.repository}:{self.fingerprint}"

    @property
    def fingerprint(self) -> str:
        """12 hexadecimal digits over everything that shapes the image."""
        shape = {key: value for key, value in asdict(self).items() if key not in {"aliases", "proof"}}
        shape |= {"suite": SUITE, "prepare": PREPARE, "finish": FINISH, "common": _COMMON_ENVIRONMENT}
        return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:12]

    def changes(self) -> list[str]:
        """The image's configuration, as Dockerfile instructions for the engine's import."""
        variables = [f"ENV {name}={value}" for name, value in (*_COMMON_ENVIRONMENT, *self.environment)]
        labels = [
            "LABEL gelanggang=1",
            f"LABEL gelanggang.base={self.name}",
            f"LABEL gelanggang.recipe={self.fingerprint}",
        ]
        return [*variables, *labels, "WORKDIR /app", f"CMD {json.dumps(self.command)}"]


_COMMON_ENVIRONMENT = (
    ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
    ("LANG", "C.UTF-8"),
)

# What a program printed before it was ended must be in its log: no buffer of Python's between the two.
# In a build pip asks the relay of that build (`sandbox.docker.build_relay`), the only index there is; where there is
# none, it gives up at once. The first question for a name may take the mirror a quarter of a minute.
_PYTHON_ENVIRONMENT = (
    ("PYTHONUNBUFFERED", "1"),
    ("PIP_INDEX_URL", "http://127.0.0.1:3141/simple/"),
    ("PIP_RETRIES", "1"),
    ("PIP_TIMEOUT", "60"),
    ("PIP_PREFER_BINARY", "1"),
)

# pip rides along because nearly every Dockerfile calls it: for what the base holds it succeeds without network.
_PYTHON_PACKAGES = ("python3", "python3-pip")


def _official(name: str, versions: tuple[str, ...], flavours: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}:{version}{flavour}" for version in versions for flavour in flavours)


PYTHON = BaseRecipe(
    name="python",
    packages=_PYTHON_PACKAGES,
    proof=(
        "python3",
        "-c",
        "import sys, ssl, sqlite3, ctypes, zoneinfo; assert sys.version_info[:2] == (3, 11), sys.version",
    ),
    command=("python3",),
    version=1,
    aliases=(
        "python",
        "python:latest",
        *_official("python", ("3", "3.11"), ("", "-slim", "-bookworm", "-slim-bookworm")),
    ),
    environment=_PYTHON_ENVIRONMENT,
)

PYTHON_ML = BaseRecipe(
    name="python-ml",
    packages=(
        *_PYTHON_PACKAGES,
        "python3-numpy",
        "python3-pandas",
        "python3-scipy",
        "python3-sklearn",
        "libopenblas0-pthread",
    ),
    # Debian's scipy depends on its compiler and, through it, on g++ and Boost: 500 MB that no program uses at run time.
    empty_packages=("python3-pythran",),
    proof=(
        "python3",
        "-c",
        "import numpy, pandas, scipy.stats, scipy.optimize, sklearn.linear_model, sklearn.feature_extraction.text",
    ),
    command=("python3",),
    version=1,
    aliases=("python-ml", "python-ml:latest"),
    # A prototype has one CPU: more threads than that only wait for each other.
    environment=(*_PYTHON_ENVIRONMENT, ("OMP_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "1")),
)

NODE = BaseRecipe(
    name="node",
    packages=("nodejs",),
    proof=("node", "-e", "require('http'); process.exit(process.version.startsWith('v18.') ? 0 : 1)"),
    command=("node",),
    version=1,
    aliases=(
        "node",
        "node:latest",
        *_official("node", ("18",), ("", "-slim", "-bookworm", "-bookworm-slim")),
    ),
)

BASES: tuple[BaseRecipe, ...] = (PYTHON, PYTHON_ML, NODE)
"""Every base, the ones that others need first."""

PAGES = BaseRecipe(
    name="pages",
    # The base 14 fonts, which a PDF may name without bringing them; what else a PDF shows it has to bring.
    packages=("poppler-utils", "fonts-urw-base35"),
    proof=("sh", "-c", 'said=$(pdfinfo -v 2>&1 && pdftoppm -v 2>&1) || echo "$said"'),
    command=("sh",),
    version=1,
)
"""Draws the pages of a PDF. Made like the bases, but no Dockerfile may stand on it."""

GIT = BaseRecipe(
    name="git",
    packages=("git", "ca-certificates", "python3"),
    # Scripts of git's that nobody calls here, and its manual.
    empty_packages=("perl", "liberror-perl", "git-man"),
    proof=("sh", "-c", "git --version >/dev/null && git remote-https 2>&1 | grep -q remote-curl && python3 -c pass"),
    command=("sh",),
    version=1,
)
"""Fetches one commit over https. Made like the bases, but no Dockerfile may stand on it."""

MADE: tuple[BaseRecipe, ...] = (*BASES, PAGES, GIT)
"""Every image that is made from a recipe."""


def resolve(reference: str) -> BaseRecipe | None:
    """Find the base that a `FROM` line means, by its own name or by an alias; None where there is no such base.

    Letter case counts, as it does for the engine. `docker.io/library/` in front is how some tools write official names.
    """
    plain = reference.removeprefix("docker.io/").removeprefix("library/")
    return next(
        (base for base in BASES if plain in {base.repository, base.latest, base.reference, *base.aliases}), None
    )
