"""Ports to listen on."""

import socket

from frontend.cli.frame import Exit, Failure


def check_port(host: str, port: int) -> None:
    """Raise a `Failure` in words where the address cannot be listened on; the web process itself would only
    disappear.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            # Two may bind with SO_REUSEADDR; only one of them may listen.
            probe.listen()
        except OSError as taken:
            hint = f"Another program uses port {port}: end it, or choose another with --port."
            sentence = f"Cannot listen on {host} port {port}: {taken.strerror}. {hint}"
            raise Failure(sentence, code="port_unavailable", status=Exit.OUR_FAILURE) from taken


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
