"""Which addresses are public: only to these does the proxy connect. Pure."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_GLOBAL = IPv6Network("2000::/3")
_NOT_GLOBAL = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # Teredo, benchmarks, ORCHID and the like
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",
    )
)


def is_public(address: str) -> bool:
    """Whether an address (as the resolver gives it) belongs to the internet: not private, loopback, link-local,
    shared, multicast, reserved, a cloud's metadata, nor an IPv4 address in an IPv6 one's clothes.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return found.scope_id is None and found in _GLOBAL and not any(found in net for net in _NOT_GLOBAL)
    return found.is_global and not found.is_multicast and not found.is_reserved and found.packed[0] != 0
