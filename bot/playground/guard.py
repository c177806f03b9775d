"""Who may come in: the page itself, from this machine, and no other site that somebody happens to have open."""

from collections.abc import Mapping
from ipaddress import ip_address

MAX_BODY = 400_000
"""Bytes of a request; Slack's largest form stays below 250 kB."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
"""What every answer of the page's server carries."""


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, that nobody else can reach."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def refusal(headers: Mapping[str, str], host: str, *, posting: bool) -> str:
    """Why a request must stay out, as a sentence; empty where it may come in. `host` is where the server listens.

    A name that somebody else's DNS points at this machine never comes in: only numbers, localhost and `host` do.
    """
    asked = headers.get("Host", "")
    name = _name(asked)
    if not (is_loopback(name) or name == host or (not is_loopback(host) and _is_number(name))):
        return "Open the playground by the address that it printed; other names stay out."
    origin = headers.get("Origin")
    if origin is not None and origin != f"http://{asked}":
        return "Only the playground's own page may ask for this."
    if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return "Only the playground's own page may ask for this."
    if posting and not headers.get("Content-Type", "").startswith("application/json"):
        return "Send JSON, with Content-Type: application/json."
    return ""


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
