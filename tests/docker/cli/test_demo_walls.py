"""What the demo lets its worker do without: only what cannot be had here."""

import pytest

from frontend.demo import environment
from sandbox.docker import build_pids


def test_nothing_where_builds_can_be_bounded() -> None:
    assert environment._tolerated() == ()


def test_the_processes_of_builds_where_this_user_cannot_bound_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> str:
        raise PermissionError

    for groups in (build_pids.FoldersV1, build_pids.FoldersV2, build_pids.Slices):
        monkeypatch.setattr(groups, "make", refused)
    assert environment._tolerated() == ("build-processes",)
