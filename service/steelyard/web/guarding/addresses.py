"""Where a request comes from."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

# Whoever has one address of IPv6 has all that begin with the same 64 bits.
_NETWORK_BITS = 64


def address_of(environ: Mapping[str, str], trusted_proxies: int) -> str:
    """The address that a request comes from, as far as it tells clients apart.

    Args:
        environ: what the server tells of the request.
        trusted_proxies: how many proxies are known to stand before the service, each of which adds the address that
            asked it to `X-Forwarded-For`. What stands there before that, anybody may have written.
    """
    nearest = environ.get("REMOTE_ADDR") or ""
    if not trusted_proxies:
        return _told_apart(nearest) or nearest
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", trusted_proxies)[-trusted_proxies:]
    named = _told_apart(forwarded[0].strip()) if len(forwarded) == trusted_proxies else None
    return named or _told_apart(nearest) or nearest


@lru_cache(maxsize=4096)
def _told_apart(address: str) -> str | None:
    """The address, or, of one of IPv6, its network; None if it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _NETWORK_BITS), strict=False))
