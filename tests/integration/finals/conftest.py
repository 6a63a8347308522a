"""The arena and the shop of evaluations: an event with teams, and workers on the fake engine."""

from tests.integration.evaluations.conftest import arena, catalog, shop

__all__ = ["arena", "catalog", "shop"]
