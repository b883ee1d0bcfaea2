"""The benchmarks: ratios of two things measured in turn, on servers of their own. `python -m bench`, or `make bench`."""
