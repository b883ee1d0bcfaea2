"""`make test-servers`: the suite on the servers that the operating system has, directly and through PgBouncer."""
