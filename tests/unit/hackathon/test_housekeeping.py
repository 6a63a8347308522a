"""Numbers of housekeeping, and how missing room is told."""

from hackathon.images import NO_ROOM, Housekeeping, NoRoom
from hackathon.images.housekeeping import housekeeping_of
from hackathon.images.model import FEWEST_FILES, new_key, short_of_room
from hackathon.settings import Settings
from sandbox.images import Room
from sandbox.limits import GIB


def room(free: int, files: int | None = None) -> Room:
    return Room("engine", "/var/lib/docker", free, 100 * GIB, files)


def test_the_settings_and_the_table_say_the_same() -> None:
    assert housekeeping_of(Settings()) == Housekeeping()


def test_a_disk_is_short_of_bytes_or_of_files() -> None:
    assert short_of_room([room(10)], 10) == ()
    assert short_of_room([room(9)], 10) == (room(9),)
    assert short_of_room([room(10, FEWEST_FILES - 1)], 10) == (room(10, FEWEST_FILES - 1),)
    assert short_of_room([room(10, FEWEST_FILES)], 10) == ()


def test_without_a_floor_no_disk_is_short() -> None:
    assert short_of_room([room(0, 0)], 0) == ()


def test_the_reason_names_each_disk_and_what_is_left() -> None:
    reason = str(NoRoom((room(1_234_000_000), room(5_000_000)), 3_000_000_000))
    assert reason == f"{NO_ROOM}/var/lib/docker 1.2 GB / 3.0 GB, /var/lib/docker 5 MB / 3.0 GB"


def test_each_try_to_save_an_image_has_a_place_of_its_own() -> None:
    first, second = new_key("sha256:ab"), new_key("sha256:ab")
    assert first != second
    assert first.startswith("images/ab/")
