"""Where the server listens: read from HOST and PORT, checked before anything else happens. Needs no package."""

import errno
import ipaddress
import os
import socket
import sys


def host() -> str:
    """The address to listen on; in demo mode only this machine, unless DEMO_OPEN=yes."""
    name = os.environ.get("HOST") or "127.0.0.1"
    is_demo = os.environ.get("COP_MODE", "demo") == "demo"
    if is_demo and not is_loopback(name) and os.environ.get("DEMO_OPEN", "").lower() != "yes":
        sys.exit(
            f"HOST: is {name!r}; a demo listens on this machine only, because everybody knows its passwords. "
            "DEMO_OPEN=yes opens it all the same (then set ALLOWED_HOSTS to the names it is reached by)."
        )
    return name


def port() -> int:
    """The port to listen on: 8000 unless PORT says otherwise."""
    value = os.environ.get("PORT") or "8000"
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= 65535):
        sys.exit(f"PORT: is {value!r}; it must be a whole number from 1 to 65535.")
    return int(value)


def is_loopback(name: str) -> bool:
    """Whether only this machine can reach the address."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def sockets() -> list[socket.socket]:
    """Sockets bound to the address (both loopbacks for the default: "localhost" may mean either), not listening yet."""
    wanted, number = host(), port()
    names = ["127.0.0.1", "::1"] if wanted in {"127.0.0.1", "localhost"} else [wanted]
    first = _bound(names[0], number)
    return [first, *(extra for name in names[1:] if (extra := _bound_if_possible(name, number)))]


def _bound_if_possible(name: str, number: int) -> socket.socket | None:
    """The second loopback is a courtesy: many machines have none."""
    try:
        return _bind(name, number)
    except OSError:
        return None


def _bound(name: str, number: int) -> socket.socket:
    try:
        return _bind(name, number)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            sys.exit(f"HOST: is {name!r}, which is no address of this machine.")
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"PORT: {number} is in use by another program. Stop that one, or choose another: PORT={number % 65535 + 1}")
        sys.exit(f"PORT: cannot listen on port {number}: {error.strerror}.")


def _bind(name: str, number: int) -> socket.socket:
    family, _kind, _proto, _canon, address = socket.getaddrinfo(name, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    try:
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


if __name__ == "__main__":
    for checked in sockets():
        checked.close()
