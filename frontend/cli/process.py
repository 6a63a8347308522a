"""Children that do not outlive their parent, whatever ends it."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def end_with(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send this process `number` when the process `parent`, which started it, ends (Linux).

    It comes also when the parent is killed with SIGKILL, and at once where the parent is gone already. Elsewhere than
    on
    Linux nothing happens.
    """
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return
    if prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) == 0 and os.getppid() != parent:
        os.kill(os.getpid(), number)
