"""What the doctor says of disks."""

from pathlib import Path

from frontend.cli.checks.machine import check_machine
from frontend.cli.checks.model import State


def test_a_disk_below_the_floor_of_workers_fails(tmp_path: Path) -> None:
    found = {check.name: check for check in check_machine(tmp_path, floor=1 << 60)}
    assert found["disk: data"].state is State.FAIL
    told = str(found["disk: data"])
    assert "GELANGGANG_DISK_FLOOR_MB" in told or "builds and archives will fail" in told


def test_without_a_floor_only_a_full_disk_fails(tmp_path: Path) -> None:
    found = {check.name: check for check in check_machine(tmp_path / "not" / "there")}
    assert found["disk: data"].state in {State.OK, State.WARN}
