"""An engine without containers and sockets, for tests of everything above the sandbox. Isolates nothing."""

from sandbox.fake.provider import FakeProvider

__all__ = ["FakeProvider"]
