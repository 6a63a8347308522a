"""What holds for all unit tests."""

from hypothesis import settings

# A shared machine is sometimes slow; how long an example takes says nothing about whether it is right.
settings.register_profile("gelanggang", deadline=None)
settings.load_profile("gelanggang")
