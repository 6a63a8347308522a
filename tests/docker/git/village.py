"""A git host with a repository, and an engine that fetches from it."""

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandbox.docker import DockerProvider
from sandbox.git import Fetched, GitLimits, Wanted
from tests.docker.git.host import NAME, OTHER, GitHost, Here, authority
from tests.repositories import APP, Workplace

LIMITS = GitLimits(seconds=90.0)


@dataclass
class Village:
    """The host, the way to it, and one repository on it."""

    host: GitHost
    here: Here
    provider: DockerProvider
    folder: Path
    work: Workplace
    commit: str
    hosts: list[str] = field(default_factory=lambda: [NAME])

    def get(self, repository: str = "lapor.git", revision: str = "", **limits: float) -> Fetched:
        return self.provider.fetch_commit(
            Wanted.read(f"https://{NAME}/{repository}", revision or self.commit),
            self.folder / "out.tar.gz",
            hosts=self.hosts,
            limits=replace(LIMITS, **limits),
            label="git-test",
        )

    def files(self) -> dict[str, bytes]:
        with tarfile.open(self.folder / "out.tar.gz") as tar:
            members = {member.name: tar.extractfile(member) for member in tar if member.isfile()}
            return {name: file.read() for name, file in members.items() if file is not None}

    def publish(self, name: str, make: Callable[[Workplace], str]) -> str:
        """Another repository on the host; what `make` gives is the commit."""
        work = Workplace(self.folder / "more" / name)
        commit = make(work)
        work.publish(self.host.root / f"{name}.git")
        return commit


@contextmanager
def open_village(folder: Path) -> Iterator[Village]:
    """A host with one repository, and an engine for which its names lead there."""
    work = Workplace(folder / "kerja")
    first = work.commit({"app.py": APP})
    work.git("tag", "v0")
    work.commit(
        {
            "app.py": APP,
            "data/nama é.txt": "isi",
            ".gitattributes": "rahasia.txt export-ignore\nversi.txt export-subst\n*.dat filter=jahat\n",
            "rahasia.txt": "tetap ada",
            "versi.txt": "$Format:%H$",
            "x.dat": b"\r\n\0",
            "jalan.sh": "#!/bin/sh\n",
        }
    )
    (work.folder / "jalan.sh").chmod(0o755)
    commit = work.commit({"kosong": ""})
    work.git("tag", "--annotate", "--message", "satu", "v1")
    work.git("branch", "ganda", first)
    work.git("tag", "ganda")
    (folder / "host").mkdir()
    bare = work.publish(folder / "host" / "lapor.git")
    hook = bare / "hooks" / "post-upload-pack"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch /tmp/hook-ran\n")
    hook.chmod(0o755)
    certificate, authorities = authority(folder, [NAME, OTHER])
    folder.chmod(0o755)
    with GitHost(folder / "host", certificate) as host:
        here = Here(host.port, authorities)
        provider = DockerProvider(graders=1, outside=here)
        yield Village(host, here, provider, folder, work, commit)
        provider.close()
