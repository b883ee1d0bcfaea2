"""How much an order may hold."""

MAX_LINES = 100
MAX_QUANTITY = 1_000_000
"""Pieces of one line."""
MAX_REFERENCE = 10_000
"""Characters of the gateway's name for a charge: far beyond any, for a refund must name it whole."""
MAX_RECIPIENT = 500
"""Characters of a name and an address."""
MAX_REASON = 200
"""Characters of why it was declined that are kept."""
