"""Reads a team's Dockerfile and vets it before the engine sees it."""

from sandbox.dockerfile.parse import Dockerfile, Instruction, parse
from sandbox.dockerfile.vet import DockerfileRule, Vetted, vet

__all__ = ["Dockerfile", "DockerfileRule", "Instruction", "Vetted", "parse", "vet"]
