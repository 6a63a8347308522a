"""Kits: how a source becomes an image."""

from sandbox.kits.examine import inspect
from sandbox.kits.model import KitRule, Source, Step
from sandbox.manifest import Card, Http, Kit, Manifest, Ui
from sandbox.refusal import Refusal

__all__ = ["Card", "Http", "Kit", "KitRule", "Manifest", "Refusal", "Source", "Step", "Ui", "inspect"]
