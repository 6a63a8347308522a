"""What a container costs on this host when nothing is done in it: the floor that evaluations are measured against."""

import subprocess
import time
from collections.abc import Sequence

from sandbox.errors import EngineUnavailable

_PATIENCE_SECONDS = 60.0


def floor_command(image: str, runtime: str | None = None) -> Sequence[str]:
    """`docker run --rm --network none IMAGE python3 -c pass`, with `--runtime` where one is named."""
    named = () if runtime is None else ("--runtime", runtime)
    return ("docker", "run", "--rm", "--network", "none", *named, image, "python3", "-c", "pass")


def measure_floor(image: str, runtime: str | None = None) -> float:
    """Seconds that the floor command takes, once. Raises EngineUnavailable where it fails or there is no command line
    client.
    """
    started = time.perf_counter()
    try:
        subprocess.run(floor_command(image, runtime), check=True, capture_output=True, timeout=_PATIENCE_SECONDS)
    except FileNotFoundError as error:
        raise EngineUnavailable("the command `docker` is not on this host's PATH") from error
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode(errors="replace").strip()
        raise EngineUnavailable(f"`docker run` failed: {words}") from error
    except subprocess.TimeoutExpired as error:
        raise EngineUnavailable(f"`docker run` did not end in {_PATIENCE_SECONDS:.0f} s") from error
    return time.perf_counter() - started
