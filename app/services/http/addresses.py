"""Which network addresses may be called, from IANA's special-purpose registries (RFC 6890 and its successors).

Python's own `is_private` and `is_global` differ from version to version and say nothing of addresses inside addresses; they
are asked as a second opinion only.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

METADATA = tuple(
    ip_network(text)
    for text in (
        "169.254.0.0/16",  # link-local: AWS, Azure, Google, OpenStack, ...
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure's platform address, public by its number
        "192.0.0.192/32",  # Oracle
        "fd00:ec2::/32",  # AWS
        "fd20:ce::/32",  # Google
    )
)
NEVER = tuple(
    ip_network(text)
    for text in ("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "fec0::/10", "ff00::/8")
)
LOCAL = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",
        "3fff::/20",
        "5f00::/16",
    )
)
GLOBAL_IPV6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
PRIVATE_IPV6 = (IPv6Network("::1/128"), IPv6Network("fc00::/7"))
IPV4_BITS = 0xFFFF_FFFF


def parse_address(text: str) -> Address | None:
    """The address that the text spells, in the one canonical way; None for anything else, zone ids included."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def refusal(address: Address, *, private: bool) -> str | None:
    """Why the address may not be called, or None if it may. `private` allows networks of our own.

    Even then no address of link-local, multicast or cloud metadata, and no IPv4 address in the guise of an IPv6 one. Of
    those only NAT64 stands for a real way to a host, so the address within it is judged.
    """
    if isinstance(address, IPv6Address) and address in NAT64:
        return refusal(IPv4Address(int(address) & IPV4_BITS), private=private)
    if any(address in network for network in METADATA):
        return "cloud metadata or link-local"
    if any(address in network for network in NEVER):
        return "not an address of one host"
    if private and _is_own_network(address):
        return None
    if any(address in network for network in LOCAL):
        return "special-purpose"
    if isinstance(address, IPv6Address) and address not in GLOBAL_IPV6:
        return "outside the public part of IPv6"
    if not address.is_global or address.is_multicast or address.is_reserved:
        return "not public"
    return None


def _is_own_network(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        return any(address in network for network in PRIVATE_IPV6)
    return any(address in network for network in LOCAL)
