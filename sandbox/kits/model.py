"""A source that may be built: its kit, what it says of itself, and everything the engine will get."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.archive import Archive
from sandbox.bases.recipes import BaseRecipe
from sandbox.manifest import Kit, Manifest
from sandbox.model import Text


class KitRule(StrEnum):
    """Every reason to refuse a source that neither the archive, the manifest nor the Dockerfile is to blame for."""

    NO_KIT = "no_kit"
    KIT_FILE = "kit_file"
    APP_SYNTAX = "app_syntax"
    APP_PREDICT = "app_predict"
    APP_SHADOWED = "app_shadowed"
    REQUIREMENTS = "requirements"
    HTTP = "http"
    IGNORE = "dockerignore"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the build, in the engine's order: where the team wrote it (None: we did) and its text."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A checked and vetted source.

    The build context holds the team's files below `folder` ("" or a path with a slash at its end), and `added` files,
    which win over the team's. `runs` tells whether a build step runs a program. Where `command` is given, the files
    below `root` of the context and that command are all that the image has over its base.
    """

    kit: Kit
    manifest: Manifest
    archive: Archive
    dockerfile: str
    steps: tuple[Step, ...]
    base: BaseRecipe
    bases: tuple[BaseRecipe, ...]
    runs: bool
    folder: str = ""
    ignored: frozenset[str] = frozenset()
    added: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    root: str = ""
    command: tuple[str, ...] = ()

    @property
    def http_label(self) -> str:
        """The `[http]` table as JSON, "{}" where there is none."""
        table = self.manifest.http.table() if self.manifest.http else {}
        return json.dumps(table, sort_keys=True, separators=(",", ":"))

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all that shapes the image, save the base images' own content."""
        whole = hashlib.sha256()
        parts = [self.kit.value, self.http_label, self.dockerfile, self.folder, self.archive.digest]
        parts += [f"{path}\0{hashlib.sha256(data).hexdigest()}" for path, data in sorted(self.added.items())]
        for part in parts:
            whole.update(f"{len(part)}:{part}".encode())
        return whole.hexdigest()
