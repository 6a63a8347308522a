"""The people who look at a team's submissions."""

from tests.integration.frontend.result.conftest import scene

__all__ = ["scene"]
