"""Where a cluster is found, and which addresses are refused at the door."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PLAIN, TLS = "tcp", "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduler:
    """The address of a cluster, and by which papers we know each other.

    Without papers, those that Dask is configured with.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    @property
    def plain(self) -> bool:
        """Whether anybody on the way could read and write along."""
        return urlsplit(self.address).scheme == PLAIN


def refusal(address: str) -> str:
    """Why an address is not used; empty where it may be.

    Dask runs whatever it is sent, whoever sends it: behind an address that others can reach, TLS
    must ask everybody for a certificate.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in (PLAIN, TLS) or parts.path.strip("/"):
        return f"{address!r} is no address of a scheduler: give tcp://127.0.0.1:8786 or tls://HOST:PORT."
    if parts.scheme == PLAIN and not on_this_machine(address):
        return (
            f"{address} is neither on this machine (127.0.0.1) nor encrypted. Dask runs whatever "
            "it is sent, so anybody who reaches that address could run programs there, and on "
            f"this machine. Use tls://{parts.netloc}, or a tunnel that ends at 127.0.0.1."
        )
    return ""


def on_this_machine(address: str) -> bool:
    """Whether an address cannot be reached from anywhere else. Names are not looked up."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
