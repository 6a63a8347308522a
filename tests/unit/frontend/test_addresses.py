"""Whose word is taken for where a request comes from."""

from ipaddress import ip_network

import pytest

from frontend.addresses import MOST_HOPS, client_address

TRUSTED = tuple(ip_network(one) for one in ("127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"))


@pytest.mark.parametrize("peer", ["198.51.100.7", "192.168.1.1", "127.0.0.2"])
def test_the_word_of_a_peer_that_is_not_trusted_counts_for_nothing(peer: str) -> None:
    assert client_address(peer, ["203.0.113.9"], TRUSTED) == peer
    assert client_address(peer, ["127.0.0.1, 10.0.0.1"], TRUSTED) == peer
    assert client_address("127.0.0.1", ["203.0.113.9"], ()) == "127.0.0.1"


def test_behind_a_trusted_proxy_clients_are_told_apart() -> None:
    assert client_address("127.0.0.1", ["203.0.113.9"], TRUSTED) == "203.0.113.9"
    assert client_address("127.0.0.1", ["203.0.113.10"], TRUSTED) == "203.0.113.10"
    assert client_address("127.0.0.1", [], TRUSTED) == "127.0.0.1"


def test_what_a_client_wrote_itself_before_the_proxy_is_not_believed() -> None:
    assert client_address("127.0.0.1", ["192.0.2.55, 203.0.113.9"], TRUSTED) == "203.0.113.9"
    assert client_address("127.0.0.1", ["192.0.2.55", "203.0.113.9"], TRUSTED) == "203.0.113.9"
    assert client_address("127.0.0.1", ["10.9.9.9, 203.0.113.9"], TRUSTED) == "203.0.113.9"


def test_several_trusted_proxies_are_passed_one_by_one() -> None:
    line = ["192.0.2.55, 203.0.113.9, 10.1.1.1, 10.2.2.2"]
    assert client_address("127.0.0.1", line, TRUSTED) == "203.0.113.9"
    assert client_address("10.3.3.3", ["203.0.113.9", "10.1.1.1"], TRUSTED) == "203.0.113.9"
    assert client_address("127.0.0.1", ["10.1.1.1, 10.2.2.2"], TRUSTED) == "10.1.1.1"


@pytest.mark.parametrize(
    "garbage", ["", " ", ",", "unknown", "_hidden", "203.0.113.999", "1.2.3", "<b>", "é", "1" * 5000]
)
def test_garbage_ends_at_the_proxy_that_passed_it_on(garbage: str) -> None:
    assert client_address("127.0.0.1", [garbage], TRUSTED) == "127.0.0.1"
    assert client_address("127.0.0.1", [f"203.0.113.9, {garbage}, 10.1.1.1"], TRUSTED) == "10.1.1.1"
    assert client_address("127.0.0.1", [f"{garbage}, 203.0.113.9"], TRUSTED) == "203.0.113.9"


def test_a_line_of_any_length_is_read_from_its_end() -> None:
    assert client_address("127.0.0.1", ["192.0.2.1, " * 10_000 + "203.0.113.9"], TRUSTED) == "203.0.113.9"
    line = ["203.0.113.9" + ", 10.0.0.1" * (MOST_HOPS + 10)]
    assert client_address("127.0.0.1", line, TRUSTED) == "10.0.0.1"


def test_the_addresses_of_one_ipv6_network_are_one_client() -> None:
    proxy = "2001:db8:ffff::1"
    assert client_address(proxy, ["2001:db8:1:2::a"], TRUSTED) == "2001:db8:1:2::/64"
    assert client_address(proxy, ["2001:db8:1:2:ffff:ffff:ffff:ffff"], TRUSTED) == "2001:db8:1:2::/64"
    assert client_address(proxy, ["2001:db8:1:3::a"], TRUSTED) == "2001:db8:1:3::/64"
    assert client_address("2001:db8:1:2::a", ["203.0.113.9"], TRUSTED) == "2001:db8:1:2::/64"


def test_an_address_is_one_however_it_is_written() -> None:
    for text in ("203.0.113.9", "203.0.113.9:4711", "::ffff:203.0.113.9", "[::ffff:203.0.113.9]:80", '"203.0.113.9"'):
        assert client_address("::ffff:127.0.0.1", [text], TRUSTED) == "203.0.113.9"
    for text in ("2001:db8:1:2::a", "[2001:db8:1:2::a]", "[2001:DB8:1:2::A]:4711", "2001:db8:1:2::a%eth0"):
        assert client_address("127.0.0.1", [text], TRUSTED) == "2001:db8:1:2::/64"


@pytest.mark.parametrize("peer", ["", "/run/gelanggang.sock", "testclient"])
def test_a_peer_without_an_address_speaks_for_itself(peer: str) -> None:
    assert client_address(peer, ["203.0.113.9"], TRUSTED) == peer
