"""What passes between a browser and a prototype, and what does not: pure functions of names and headers."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

Headers = Sequence[tuple[bytes, bytes]]

_TOKEN = "{token}"  # noqa: S105 - where it stands, not one
_LABEL = r"(?P<token>[a-z2-7]{32})"
_MOST_COOKIES = 30
_COOKIE_BYTES = 4096
_OWN_NAMES = frozenset({"127.0.0.1", "localhost", "0.0.0.0", "::1", "[::1]"})  # noqa: S104 - what servers call themselves
_OWN_SITES = frozenset({b"", b"same-origin", b"none"})

_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding"
    b" upgrade expect".split()
)
# The judge's address, and what a proxy before us knows of them, is nobody's business.
_NOT_IN = frozenset(b"authorization forwarded via x-real-ip x-client-ip true-client-ip referer".split())
_NOT_OUT = frozenset(
    b"content-security-policy content-security-policy-report-only x-frame-options strict-transport-security"
    b" public-key-pins alt-svc link report-to reporting-endpoints nel refresh clear-site-data service-worker-allowed"
    b" permissions-policy referrer-policy cross-origin-opener-policy cross-origin-resource-policy"
    b" cross-origin-embedder-policy cache-control expires pragma timing-allow-origin x-content-type-options sourcemap"
    b" x-sourcemap set-cookie2 origin-agent-cluster x-dns-prefetch-control accept-ch critical-ch connection-allowlist"
    b" connection-allowlist-report-only".split()
)
_COOKIE_PARTS = ("path", "max-age", "expires", "httponly", "secure")


class LeadsAway(Exception):
    """The prototype sends the browser to another host."""


def hosts(address: str) -> re.Pattern[str]:
    """What a `Host` header must be for an address with `{token}`; the group `token` is the token."""
    netloc = urlsplit(address).netloc.lower()
    return re.compile(re.escape(netloc).replace(re.escape(_TOKEN), _LABEL))


def value(headers: Headers, name: bytes) -> bytes:
    """The first value of a header (its name in lower case); empty where there is none."""
    return next((found for key, found in headers if key == name), b"")


def may_come(method: bytes, headers: Headers) -> bool:
    """Whether the prototype may see a request: not one of another page, unless somebody opens this one, and none by
    which a script would settle in the browser.
    """
    if value(headers, b"service-worker"):
        return False
    opens = method in (b"GET", b"HEAD") and value(headers, b"sec-fetch-mode") == b"navigate"
    return opens or value(headers, b"sec-fetch-site") in _OWN_SITES


def inward(headers: Headers, *, host: str, secure: bool) -> list[tuple[bytes, bytes]]:
    """The headers that a prototype sees. Of cookies there are only its own: a browser keeps them by host."""
    kept = [
        (name, found)
        for name, found in headers
        if name not in _HOP and name not in _NOT_IN and not name.startswith((b"x-forwarded-", b"cf-"))
    ]
    kept += [(b"x-forwarded-proto", b"https" if secure else b"http"), (b"x-forwarded-host", host.encode("ascii"))]
    if value(headers, b"transfer-encoding"):
        kept.append((b"transfer-encoding", b"chunked"))
    return kept


def outward(headers: Iterable[tuple[bytes, bytes]], *, host: str, secure: bool) -> list[tuple[bytes, bytes]]:
    """The headers that a browser sees: the prototype's, without what would loosen our rules or reach another host, and
    the rules. Raises LeadsAway.
    """
    kept: list[tuple[bytes, bytes]] = []
    cookies = 0
    for name, found in headers:
        if name in _HOP or name in _NOT_OUT or name.startswith(b"access-control-"):
            continue
        if name == b"set-cookie":
            cookies += 1
            cookie = own_cookie(found)
            if cookie is not None and cookies <= _MOST_COOKIES:
                kept.append((name, cookie))
        elif name == b"location":
            kept.append((name, own_location(found, host)))
        else:
            kept.append((name, found))
    return kept + rules(host, secure=secure)


def rules(host: str, *, secure: bool) -> list[tuple[bytes, bytes]]:
    """What a browser must keep to on this origin.

    `allow-same-origin`: Gradio and Streamlit keep settings in the browser and fetch from themselves, which an origin
    that is none cannot; here it gives nothing away, for the origin is the prototype's alone, random, and soon gone.
    No popups: they would lead to other hosts. Its own pages may frame each other, as Streamlit's components do; nobody
    else may. `Connection-Allowlist` is what binds WebRTC and the tab's own navigation, in browsers that know it.
    """
    policy = "; ".join(
        (
            "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
            f"connect-src 'self' data: blob: {'wss' if secure else 'ws'}://{host}",
            "form-action 'self'",
            "base-uri 'self'",
            "object-src 'none'",
            "frame-ancestors 'self'",
            "webrtc 'block'",
            "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads",
        )
    )
    return [
        (b"content-security-policy", policy.encode("ascii")),
        (b"connection-allowlist", b"(response-origin)"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"x-dns-prefetch-control", b"off"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"origin-agent-cluster", b"?1"),
        (
            b"permissions-policy",
            b"geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), payment=(), display-capture=()",
        ),
        (b"cache-control", b"no-store"),
        (b"x-robots-tag", b"noindex"),
    ]


def own_cookie(found: bytes) -> bytes | None:
    """A cookie of the prototype, for its own host alone; None for what is none."""
    pair, *rest = found.split(b";")
    if b"=" not in pair or len(found) > _COOKIE_BYTES:
        return None
    kept = [pair.strip()]
    for part in rest:
        name = part.strip().partition(b"=")[0].strip().lower()
        if name.decode("latin-1") in _COOKIE_PARTS:
            kept.append(part.strip())
    return b"; ".join([*kept, b"SameSite=Strict"])


def own_location(found: bytes, host: str) -> bytes:
    """Where the prototype sends the browser, as a path of its own. Raises LeadsAway."""
    try:
        parts = urlsplit(found.decode("ascii").strip())
        name = parts.hostname or ""
    except ValueError:
        raise LeadsAway from None
    if "\\" in parts.geturl() or (parts.scheme and parts.scheme not in ("http", "https")):
        raise LeadsAway
    if (parts.netloc or parts.scheme) and parts.netloc.lower() != host and name not in _OWN_NAMES:
        raise LeadsAway
    if not parts.netloc:
        return parts.geturl().encode("ascii")
    path = "/" + parts.path.lstrip("/")
    return parts._replace(scheme="", netloc="", path=path).geturl().encode("ascii")
