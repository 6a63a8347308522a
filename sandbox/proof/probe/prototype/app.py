"""A prototype that tries the walls of its own sandbox and reports what it found. Standard library only.

Each wall is a function `(asked) -> (held, found)`; the same functions are tried in a step of a build (`step.py`).
"""

import sys
import time

import bounds
import house
import power
import reach

TRIES = {
    "network": reach.network,
    "names": reach.names,
    "host-services": reach.host_services,
    "loopback": reach.loopback,
    "engine": reach.engine,
    "mounts": reach.mounts,
    "environment": reach.environment,
    "neighbours": reach.neighbours,
    "user": power.user,
    "capabilities": power.capabilities,
    "privileges": power.privileges,
    "setuid": power.setuid,
    "call-filter": power.call_filter,
    "sockets": power.sockets,
    "io-uring": power.io_uring,
    "ptrace": power.ptrace,
    "process-memory": power.process_memory,
    "namespaces": power.namespaces,
    "keyrings": power.keyrings,
    "performance-counters": power.performance_counters,
    "kernel-programs": power.kernel_programs,
    "mounting": power.mounting,
    "kernel-calls": power.kernel_calls,
    "devices": house.devices,
    "kernel-files": house.kernel_files,
    "read-only": house.read_only,
    "shared-memory": house.shared_memory,
    "oom-order": house.oom_order,
    "memory": bounds.memory,
    "processes": bounds.processes,
    "cpu": bounds.cpu,
    "tmp": bounds.tmp,
    "open-files": bounds.open_files,
    "core-files": bounds.core_files,
}


def predict(task, input):
    """Try the wall that the input names: `{"held": bool, "found": sentence}`."""
    wall = input["wall"]
    if wall == "log-flood":
        return log_flood()
    if wall == "deadline":
        return never_answer()
    return attempt(wall, input)


def attempt(wall, asked):
    """One wall, tried; an error in trying is no proof."""
    try:
        held, found = TRIES[wall](asked)
    except Exception as error:
        return {"held": False, "found": f"not tried: {type(error).__name__}: {error}"}
    return {"held": held, "found": found}


def log_flood():
    """Print far more than is allowed; the run ends before this answers."""
    for _ in range(64):
        sys.stdout.write("x" * (1 << 20) + "\n")
        sys.stdout.flush()
    return {"held": False, "found": "64 MiB were printed"}


def never_answer():
    """Answer nothing; the deadline has to come from outside."""
    while True:
        time.sleep(60)
