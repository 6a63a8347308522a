"""What `gelanggang doctor` looks at, a module a part: `engine`, `storage`, `machine`."""

from frontend.cli.checks.model import Check, State

__all__ = ["Check", "State"]
