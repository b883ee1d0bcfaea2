"""`make prove`: guards are removed one at a time, and each removal must turn a test red (ADR 0026)."""
