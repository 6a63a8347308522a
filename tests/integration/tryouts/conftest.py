"""Try-outs stand on the shop: submissions with archives, workers on the fake engine."""

from tests.integration.evaluations.conftest import arena, catalog, shop

__all__ = ["arena", "catalog", "shop"]
