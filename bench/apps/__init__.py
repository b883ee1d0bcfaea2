"""The servers that are measured: Atrium, variants of it with one thing taken away, and what it is compared with."""
