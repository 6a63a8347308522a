"""The system calls a prototype may make, as the engine wants them: one JSON text.

`seccomp.json` is Docker's default list for a process without capabilities, less what tried prototypes misused
(io_uring, ptrace, process_vm_*, sockets of other families than unix, inet, inet6 and netlink) and less 32-bit calls.
Only the native architecture is named: a second one doubles the filter that the runtime compiles at every start.
"""

import json
from functools import cache
from importlib import resources
from typing import Any

_ARCHITECTURES = {"x86_64": "SCMP_ARCH_X86_64", "amd64": "SCMP_ARCH_X86_64", "aarch64": "SCMP_ARCH_AARCH64"}
_ENOSYS = 38


@cache
def profile(architecture: str) -> str:
    """The profile for an engine of that architecture (`x86_64`, `aarch64`). Raises KeyError for others."""
    data = json.loads(resources.files("sandbox.docker").joinpath("seccomp.json").read_text())
    names = [name for line in data["allow"] for name in line.split()]
    rules: list[dict[str, Any]] = [{"names": names, "action": "SCMP_ACT_ALLOW"}]
    for call, key in (
        ("socket", "socket_families"),
        ("socketpair", "socketpair_families"),
        ("personality", "personalities"),
    ):
        rules += [_allow_when(call, value, "SCMP_CMP_EQ") for value in data[key]]
    # No new namespaces; clone3 hides its flags from the filter, so it must look absent: libc then falls back to clone.
    rules.append(_allow_when("clone", data["namespace_flags"], "SCMP_CMP_MASKED_EQ"))
    rules.append({"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": _ENOSYS})
    document = {
        "defaultAction": "SCMP_ACT_ERRNO",
        "architectures": [_ARCHITECTURES[architecture]],
        "syscalls": rules,
    }
    return json.dumps(document, separators=(",", ":"))


def _allow_when(call: str, value: int, operator: str) -> dict[str, Any]:
    # Docker's MASKED_EQ: (argument & value) == valueTwo, here 0.
    return {"names": [call], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": value, "op": operator}]}
