"""What can go wrong on our side.

A prototype that fails is a value (`sandbox.model.Status` and a message). Only what the team is not to blame for is
raised:

    SandboxError
    ├── EngineUnavailable    no container engine answers, or it stopped answering
    ├── ImageMissing         a base or grader image is not on this host; `make setup` makes them
    ├── MirrorUnavailable    the package mirror of builds does not answer; the build is tried again
    │   └── PackageUnavailable   it answers, but has no answer for one package; tried again, not for ever
    ├── GraderFailed         the grader broke its protocol or died; the evaluation says nothing about the prototype
    ├── TaskInvalid          a benchmark task cannot be loaded: file, line and reason
    └── Cancelled            the caller asked for the end
"""


class SandboxError(Exception):
    """Base of everything this package raises on purpose."""


class EngineUnavailable(SandboxError):
    """No container engine answers. Retry elsewhere or later."""


class ImageMissing(SandboxError):
    """A base or grader image is not on this host."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"image {reference} is not on this host: run `make setup`")
        self.reference = reference


class MirrorUnavailable(SandboxError):
    """The package mirror failed a build that asked for it. Retry later; builds that need no package are fine."""


class PackageUnavailable(MirrorUnavailable):
    """Mirror and index answer, but fail for one package. Retry later; where it stays so, it is that package."""

    def __init__(self, package: str, reason: str) -> None:
        super().__init__(f"the package mirror failed for {package} alone: {reason}")
        self.package = package


class GraderFailed(SandboxError):
    """The grader died or spoke nonsense. The evaluation is void and is repeated with a new grader."""


class TaskInvalid(SandboxError):
    """A benchmark task cannot be loaded."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class Cancelled(SandboxError):
    """The caller's `Cancel` was set; nothing of the work is left behind."""
