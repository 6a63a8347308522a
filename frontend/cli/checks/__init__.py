"""What `gelanggang doctor` looks at, a module a part: `engine`, `storage`, `letters`, `machine`."""

from frontend.cli.checks.model import Check, State

__all__ = ["Check", "State"]
