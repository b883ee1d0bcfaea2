"""What is told in one sentence, because whoever runs the installation can mend it."""


class InstallationFault(Exception):
    """A fault of settings, manifests, servers or schema: a process tells the message and ends with 1, without a stack."""
