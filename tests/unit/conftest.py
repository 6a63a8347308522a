"""What holds for all unit tests."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket

# A shared machine is sometimes slow; how long an example takes says nothing about whether it is right.
settings.register_profile("gelanggang", deadline=None)
settings.load_profile("gelanggang")


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """No unit test opens a socket; event loops wake themselves through Unix ones."""
    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()
