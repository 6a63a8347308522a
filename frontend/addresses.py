"""Where a request comes from, as far as limits for each client care.

A reverse proxy hides its clients behind its own address and names them in `X-Forwarded-For`, which anybody can write.
So that header counts only from proxies that the operator trusts, read from its end: what stands there was written by
the nearest proxy, everything before it by whom that one heard it from.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from litestar import Request

from hackathon.settings import Settings

FORWARDED = "X-Forwarded-For"

MOST_HOPS = 32
"""No more entries of the header are looked at."""

_OF_ONE_CLIENT = 64  # a single machine may use every IPv6 address of its /64

_Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


def client_of(request: Request[Any, Any, Any]) -> str:
    """The client's address for limits; a reverse proxy's word for it is taken where the settings trust it."""
    settings: Settings = request.app.state.settings
    peer = request.client.host if request.client else ""
    return client_address(peer, request.headers.getall(FORWARDED, []), _networks(settings.trusted_proxies))


def client_address(peer: str, forwarded: Sequence[str], trusted: Sequence[_Network]) -> str:
    """The client behind `peer` (the connection's other end), given the lines of `X-Forwarded-For` in order.

    The last hop that is not `trusted`; the farthest trusted one where all are or where an entry is no address. IPv6
    clients are told apart by their /64. A peer that is no address (a socket of this machine) is given back as it is.
    """
    found = _read(peer)
    if found is None:
        return peer
    hops = ",".join(forwarded).rsplit(",", MOST_HOPS)[-MOST_HOPS:]
    for hop in reversed(hops):
        if not any(found in network for network in trusted):
            break
        before = _read(hop)
        if before is None:
            break
        found = before
    return _shown(found)


@lru_cache(maxsize=8)
def _networks(names: tuple[str, ...]) -> tuple[_Network, ...]:
    return tuple(ip_network(name) for name in names)


def _read(text: str) -> _Address | None:
    """An address, also with a port as some proxies write it: `192.0.2.1:4711`, `[2001:db8::1]:4711`."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        # A zone (`%eth0`) means something on the machine that wrote it only.
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _shown(address: _Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _OF_ONE_CLIENT), strict=False))
    return str(address)
