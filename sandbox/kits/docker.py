"""The docker kit: the team's own Dockerfile."""

from sandbox.archive import Archive
from sandbox.dockerfile import Vetted, vet
from sandbox.kits.ignore import read_ignore
from sandbox.kits.model import KitRule, Source, Step
from sandbox.limits import BuildLimits
from sandbox.manifest import Kit, Manifest
from sandbox.refusal import refuse

DOCKERFILE = "Dockerfile"


def prepare(
    archive: Archive, manifest: Manifest, dockerfile: bytes | None, ignore: bytes | None, limits: BuildLimits
) -> Source:
    """Vet the Dockerfile and lay the build out. Raises Refused."""
    if dockerfile is None:
        near = next((entry.path for entry in archive.entries if entry.path.lower() == DOCKERFILE.lower()), None)
        hint_id = (
            f"Ganti nama “{near}” menjadi “{DOCKERFILE}”" if near else f"Tambahkan “{DOCKERFILE}” di folder paling atas"
        )
        hint_en = f"Rename “{near}” to “{DOCKERFILE}”" if near else f"Add a “{DOCKERFILE}” to the top folder"
        refuse(
            KitRule.KIT_FILE,
            f"Kit docker butuh berkas {DOCKERFILE}. {hint_id}, lalu kirim lagi.",
            f"The docker kit needs a {DOCKERFILE}. {hint_en} and send it again.",
            entry=near,
        )
    vetted: Vetted = vet(dockerfile, limits)
    ignored = read_ignore(ignore)
    return Source(
        kit=Kit.DOCKER,
        manifest=manifest,
        archive=archive,
        dockerfile=vetted.text,
        steps=tuple(Step(step.text, step.line) for step in vetted.steps),
        base=vetted.base,
        bases=vetted.bases,
        runs=vetted.runs,
        ignored=frozenset(entry.path for entry in archive.entries if ignored.excludes(entry.path)),
        notes=vetted.notes,
    )
