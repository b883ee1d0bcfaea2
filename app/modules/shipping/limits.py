"""How much is kept of what carriers say."""

MAX_REFERENCE = 200
"""Characters of a carrier's name for a shipment; a longer one is an answer that is not understood."""
MAX_REASON = 200
"""Characters of why something failed."""
MAX_LABEL = 1024 * 1024
"""Bytes of a label; a longer one is none."""
MAX_TRIES = 8
"""How often a carrier is asked to take a shipment before it has failed."""
