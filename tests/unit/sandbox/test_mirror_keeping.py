"""What the mirror lets go: no more than has to, what was used longest ago first, and nothing of just now."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sandbox.mirror.keeping import UNTOUCHED_SECONDS, Keeping, Kept, collect, to_go

files = st.lists(st.builds(Kept, st.just(Path("x")), st.integers(0, 100), st.floats(0, 3 * UNTOUCHED_SECONDS)))
NOW = 3 * UNTOUCHED_SECONDS


@given(files, st.integers(0, 500), st.integers(0, 100), st.integers(0, 100))
def test_no_more_goes_than_has_to(held: list[Kept], most: int, floor: int, free: int) -> None:
    gone = to_go(held, Keeping(most, floor), free=free, now=NOW)
    left = list(held)
    for file in gone:
        left.remove(file)
    assert all(NOW - file.used >= UNTOUCHED_SECONDS for file in gone)
    assert max((file.used for file in gone), default=0) <= min((file.used for file in left), default=NOW)

    def fits(kept: list[Kept], room: int) -> bool:
        return sum(file.size for file in kept) <= most and room >= floor

    went = sum(file.size for file in gone)
    assert fits(left, free + went) or all(NOW - file.used < UNTOUCHED_SECONDS for file in left)
    if gone:
        last = gone[-1]
        assert not fits([*left, last], free + went - last.size)


def test_files_go_from_the_disk(tmp_path: Path) -> None:
    for number in range(4):
        file = tmp_path / "+f" / str(number) / "paket.whl"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x" * 100)
        os.utime(file, (1000.0 * number, 1000.0 * number))
    assert collect(tmp_path, Keeping(250), now=1e6) == 200
    assert sorted(path.parent.name for path in tmp_path.rglob("*.whl")) == ["2", "3"]
    assert collect(tmp_path, Keeping(250), now=1e6) == 0
    assert collect(tmp_path, Keeping(0), now=3000.0) == 100  # the last one is of just now
    assert collect(tmp_path / "nowhere", Keeping(0)) == 0
