"""A shop day against the real processes: customers, staff, faults, and the audit of the books at its end. Not for production."""
