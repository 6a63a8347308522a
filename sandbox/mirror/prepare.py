"""`python -m sandbox.mirror.prepare FOLDER`: tell the mirror, while it rests, which index stands behind it.

The index's address comes on standard input, for it may hold a password; an empty one means devpi's own. devpi takes
such a change through its server only, and a server whose mirror was not told yet begins with the list of all packages:
half a million names that nobody here asks for. Its own command devpi-passwd changes a resting server as it is done
here.
"""

import sys
from typing import Any

from devpi_server.main import CommandRunner, _pypi_ixconfig_default, xom_from_config


def prepare(folder: str, url: str) -> None:
    """Set the mirror index of the devpi server in `folder`, which has been initialised and does not run."""
    runner = CommandRunner()
    parser = runner.create_parser(description="", add_help=False)
    parser.add_configfile_option()
    parser.add_logging_options()
    parser.add_storage_options()
    config = runner.get_config(["prepare", "--serverdir", folder], parser)  # type: ignore[no-untyped-call]
    runner.configure_logging(config.args)
    xom = xom_from_config(config)  # type: ignore[no-untyped-call]
    with xom.keyfs.write_transaction():
        stage = xom.model.getstage("root", "pypi")
        wanted: dict[str, Any] = {
            "mirror_no_project_list": True,
            "mirror_url": url or _pypi_ixconfig_default["mirror_url"],
        }
        if any(stage.ixconfig.get(name) != value for name, value in wanted.items()):
            stage.modify(**wanted)


if __name__ == "__main__":
    prepare(sys.argv[1], sys.stdin.read().strip())
