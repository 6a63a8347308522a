"""The engine, what it needs, and its walls (`sandbox.proof`)."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from frontend.cli.checks.model import Check, State, fail, ok, warn
from sandbox.conformance.documents import pdf, words
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing, SandboxError
from sandbox.git import GitLimits, GitStatus, Wanted
from sandbox.limits import Limits
from sandbox.model import Finding
from sandbox.pages import PageLimits
from sandbox.proof import BY_NAME, proven
from sandbox.provider import Cancel, Provider

BASES = ("python", "python-ml", "node")

_GIT_SECONDS = 30.0
_SETUP = "Run `make setup`: it starts an engine and makes the base images."
_NO_EVALUATION = "Do not evaluate prototypes on this host: a team's program could get out or in. See docs/security.md."
_PROVEN_CGROUPS = frozenset({"v1 cgroupfs"})


def check_engine(provider: Provider, proofs: Path, cancel: Cancel, *, walls: bool = True) -> Iterator[Check]:
    """Facts of the engine, base images, and (with `walls`) each wall, tried from inside; `proofs` keeps the outcome."""
    try:
        facts = provider.facts()
    except EngineUnavailable as gone:
        yield fail("engine", str(gone), _SETUP)
        return
    yield ok("engine", f"{facts.engine}, runtime {facts.runtime}")
    yield _cgroup(facts.cgroup)
    yield from _bases(provider, cancel)
    yield _pages(provider, cancel)
    yield _git(provider, cancel)
    grader = _grader(provider)
    yield grader
    if walls and grader.state is State.OK:
        yield from check_walls(provider, proofs, cancel)


def check_walls(provider: Provider, proofs: Path, cancel: Cancel) -> Iterator[Check]:
    """Try every wall again, whatever was proven before; a proof without a gap is kept for the workers."""
    try:
        proof = proven(provider, proofs, cancel=cancel, again=True)
    except Cancelled:
        raise
    except ImageMissing as missing:
        yield fail("walls", str(missing), _SETUP)
    except SandboxError as broken:
        todo = f"Mend the engine, or GELANGGANG_CONTAINER_RUNTIME, then try again. {_NO_EVALUATION}"
        yield fail("walls", f"not tried: {broken}", todo)
    except OSError as broken:
        yield fail("walls", f"the proof cannot be kept: {broken}", "Check the rights of the data folder.")
    else:
        for finding in proof.findings:
            yield _wall(finding)


def _wall(finding: Finding) -> Check:
    name = f"wall: {finding.wall}"
    if finding.held:
        return ok(name, finding.found)
    wall = BY_NAME[finding.wall]
    return fail(name, f"missing: {finding.found}", f"{wall.missing.en} {wall.todo.en} {_NO_EVALUATION}")


def _cgroup(cgroup: str) -> Check:
    if cgroup in _PROVEN_CGROUPS:
        return ok("cgroup", cgroup)
    found = f"{cgroup}; the walls below are what counts"
    return warn("cgroup", found, "Not among those that were proven so far: look at each wall below.")


def _bases(provider: Provider, cancel: Cancel) -> Iterator[Check]:
    for base in BASES:
        with TemporaryDirectory(prefix="gelanggang-doctor-") as folder:
            (Path(folder) / "Dockerfile").write_text(f'FROM gelanggang/{base}:latest\nCMD ["true"]\n')
            name = f"base: {base}"
            try:
                build = provider.build(Path(folder), limits=Limits(), label=_label(), cancel=cancel)
            except ImageMissing as missing:
                yield fail(name, str(missing), _SETUP)
                continue
            if build.image is not None:
                provider.remove_image(build.image)
                yield ok(name, "there")
            else:
                yield fail(name, build.message.en, _SETUP)


def _pages(provider: Provider, cancel: Cancel) -> Check:
    with TemporaryDirectory(prefix="gelanggang-doctor-") as folder:
        document = Path(folder) / "document.pdf"
        document.write_bytes(pdf([words("Gelanggang")]))
        try:
            drawing = provider.draw_pages(document, Path(folder), limits=PageLimits(), label=_label(), cancel=cancel)
        except SandboxError as broken:
            return fail("pages", str(broken), _SETUP)
    if len(drawing.pages) == 1:
        return ok("pages", "a PDF is drawn")
    return fail("pages", drawing.message.en, _SETUP)


def _git(provider: Provider, cancel: Cancel) -> Check:
    """Where nobody may be asked, a commit is refused by the proxy of its container: without asking anybody."""
    wanted, limits = Wanted("https://git.invalid/gelanggang/doctor", "main"), GitLimits(seconds=_GIT_SECONDS)
    with TemporaryDirectory(prefix="gelanggang-doctor-") as folder:
        into = Path(folder) / "commit.tar.gz"
        try:
            fetched = provider.fetch_commit(wanted, into, hosts=(), limits=limits, label=_label(), cancel=cancel)
        except SandboxError as broken:
            return fail("git", str(broken), _SETUP)
    if fetched.status is GitStatus.HOST:
        return ok("git", "starts, and asks no host that is not allowed")
    return fail("git", fetched.message.en, _SETUP)


def _grader(provider: Provider) -> Check:
    try:
        provider.warm(())
    except (SandboxError, OSError) as broken:
        return fail("grader", str(broken), f"{_SETUP} GELANGGANG_CONTAINER_RUNTIME must name one that the engine has.")
    return ok("grader", "starts")


def _label() -> str:
    return f"doctor-{os.getpid()}"
