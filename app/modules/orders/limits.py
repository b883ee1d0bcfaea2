"""How much an order may hold."""

MAX_LINES = 100
MAX_QUANTITY = 1_000_000
"""Pieces of one line."""
