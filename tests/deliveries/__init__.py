"""The life of deliveries: runs, retries, versions, causes."""
