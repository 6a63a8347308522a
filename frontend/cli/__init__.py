"""The command line: `gelanggang COMMAND`.

Each command lives in a module of its own and is imported only when it is called, so that `gelanggang --help` answers
at once.
`frame` holds what all commands share: the `--json` promise, exit statuses, and how a failure is told.
"""

from frontend.cli.frame import main

__all__ = ["main"]
