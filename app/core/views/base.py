"""What the views of core share."""

NEWEST = 2**63 - 1
"""Newer than anything: lists of numbered rows begin there."""
