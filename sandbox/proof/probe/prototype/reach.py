"""What can be reached from inside: networks, names, services of the host, the engine, files and processes of others."""

import errno
import os
import socket
from pathlib import Path

UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EPERM, errno.EACCES)
ELSEWHERE = ("1.1.1.1", "8.8.8.8", "169.254.169.254", "172.17.0.1", "172.18.0.1", "192.168.0.1", "10.0.0.1")
HARMLESS_VARIABLES = {"PORT", "PATH", "HOME", "HOSTNAME", "LANG", "LC_ALL", "LC_CTYPE", "PWD", "SHLVL", "TERM", "TZ"}
HARMLESS_BEGINNINGS = ("PYTHON", "PIP_", "DEBIAN_", "HTTP_", "HTTPS_", "NO_PROXY", "no_proxy", "http_", "https_")
FILE_SYSTEMS = {"overlay", "proc", "tmpfs", "devpts", "sysfs", "cgroup", "cgroup2", "mqueue", "9p", "gofer", "devtmpfs"}
FILES_OF_THE_ENGINE = {"/etc/resolv.conf", "/etc/hostname", "/etc/hosts"}
MEMORY_OF_THE_ENGINE = ("/tmp", "/dev", "/proc", "/sys")
INIT_OF_THE_ENGINE = ("/docker-init", "/dev/init")
SOCKETS_OF_ENGINES = (
    "/var/run/docker.sock",
    "/run/docker.sock",
    "/run/containerd",
    "/run/podman",
    "/run/crio",
    "/var/lib/docker",
)
TCP_LISTEN = "0A"


def network(asked):
    """Only loopback is there, no route leads away, and no address outside answers."""
    names = [name for _, name in socket.if_nameindex()]
    routes = [line.split()[0] for line in _lines("/proc/net/route")[1:]]
    away = sorted({name for name in routes if name != "lo"})
    reached = []
    for address in ELSEWHERE:
        code = _knock(address, 53)
        if code not in UNREACHABLE:
            reached.append(f"{address} ({os.strerror(code) if code else 'connected'})")
    found = f"interfaces {', '.join(names)}; routes by {', '.join(away) or 'none'}"
    return names == ["lo"] and not away and not reached, f"{found}; reached {', '.join(reached) or 'nothing'}"


def names(asked):
    """No name of the world outside is resolved."""
    try:
        found = socket.getaddrinfo("example.com", 80)
    except OSError:
        return True, "no name is resolved"
    return False, f"example.com is {found[0][4][0]}"


def host_services(asked):
    """A service that the host runs on every address is not met: `host` tells its port and the host's addresses."""
    host = asked.get("host") or {}
    met = [
        address for address in ("127.0.0.1", *host.get("addresses", ())) if _knock(address, host.get("port", 22)) == 0
    ]
    return not met, f"met the host at {', '.join(met) or 'no address'}"


def loopback(asked):
    """Nobody but this program listens in the network namespace, on ports or on abstract names."""
    own = int(os.environ.get("PORT", "8080"))
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in _lines(table)[1:]:
            fields = line.split()
            if fields[3] == TCP_LISTEN:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    abstract = [line.split()[-1] for line in _lines("/proc/net/unix")[1:] if line.split()[-1].startswith("@")]
    foreign = sorted(ports - {own})
    return not foreign and not abstract, f"foreign ports {foreign or 'none'}, abstract sockets {abstract or 'none'}"


def engine(asked):
    """Nothing of a container engine is in sight."""
    there = [path for path in SOCKETS_OF_ENGINES if Path(path).exists()]
    return not there, f"of the engine: {', '.join(there) or 'nothing'}"


def mounts(asked):
    """No folder of the host is mounted."""
    foreign = []
    for line in _lines("/proc/self/mountinfo"):
        mount, _, device = line.partition(" - ")
        root, path, kind = *mount.split()[3:5], device.split()[0]
        usual = path in FILES_OF_THE_ENGINE or path.endswith(INIT_OF_THE_ENGINE) or path.startswith("/proc/")
        # A folder or socket of a host's own tmpfs, as /run often is, looks like one of the engine's but for its place.
        own = kind != "tmpfs" or (root == "/" and path.startswith(MEMORY_OF_THE_ENGINE))
        if not usual and not (kind in FILE_SYSTEMS and own):
            foreign.append(f"{path} ({kind})")
    return not foreign, f"foreign mounts: {', '.join(foreign) or 'none'}"


def environment(asked):
    """No variable tells more than a program needs."""
    odd = sorted(
        name for name in os.environ if name not in HARMLESS_VARIABLES and not name.startswith(HARMLESS_BEGINNINGS)
    )
    return not odd, f"variables beside the usual: {', '.join(odd) or 'none'}"


def neighbours(asked):
    """The process table holds this program's own processes only."""
    commands = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            commands.append(" ".join(_lines(f"/proc/{entry.name}/cmdline")).replace("\0", " ").strip())
    foreign = [
        one for one in commands if any(word in one for word in ("pytest", "sandbox.grader", "dockerd", "systemd"))
    ]
    kernel = sum(not one for one in commands)
    held = not foreign and not kernel and len(commands) < 64
    return held, f"{len(commands)} processes, foreign: {foreign or 'none'}, of the kernel: {kernel}"


def _knock(address, port):
    with socket.socket() as outside:
        outside.settimeout(1.0)
        try:
            return outside.connect_ex((address, port))
        except OSError as error:
            return error.errno or errno.EHOSTUNREACH


def _lines(path):
    try:
        return Path(path).read_text(errors="replace").splitlines()
    except OSError:
        return []
