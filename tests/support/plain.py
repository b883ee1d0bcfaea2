"""A client of servers that speak plain HTTP."""

import ssl
from typing import Any

import httpx

UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Else each client would read all certificates of the system: fifty times the work of a request, and a wait makes many."""


def plain_client(**options: Any) -> httpx.AsyncClient:
    """A client with httpx's own options, quickly made."""
    return httpx.AsyncClient(verify=UNUSED, **options)
