"""Sources for probes, as a team would hand them in: a folder with a Dockerfile."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def source(dockerfile: str, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files, which is there while the block runs."""
    with TemporaryDirectory(prefix="gelanggang-proof-") as name:
        folder = Path(name)
        (folder / "Dockerfile").write_text(dockerfile)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        yield folder
