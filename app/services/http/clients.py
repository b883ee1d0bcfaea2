"""The HTTP clients of a process."""

from app.services.http.client import HttpClient
from app.services.http.targets import TargetPolicy


class HttpClients:
    """One client for each policy, kept for as long as the process runs, so that breakers and budgets outlive a call."""

    def __init__(self) -> None:
        """Connects to nothing, and makes no client yet."""
        self._clients: dict[TargetPolicy, HttpClient] = {}

    def of(self, policy: TargetPolicy) -> HttpClient:
        """The client of that policy: the same one each time."""
        client = self._clients.get(policy)
        if client is None:
            client = self._clients[policy] = HttpClient(policy)
        return client

    async def aclose(self) -> None:
        """Close the connections of all of them."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()
