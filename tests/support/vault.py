"""A local HTTP server that answers as HashiCorp Vault's API documentation says, of the part that reading settings needs."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "hvs.test"
ROLE, SECRET = "role-1", "secret-1"


@dataclass
class VaultServer:
    """What it holds and how it behaves; `asked` are the requests that came in."""

    url: str = ""
    mount: str = "secret"
    version: int = 2
    secrets: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)
    """By path; None for one whose newest version is deleted."""
    forbidden: set[str] = field(default_factory=set)
    sealed: bool = False
    delay: float = 0.0
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, token: str | None, body: Any) -> tuple[int, Any]:
        """Status and body."""
        self.asked.append(f"{method} {path}")
        time.sleep(self.delay)
        if self.sealed:
            return 503, {"errors": ["Vault is sealed"]}
        if path == "auth/approle/login":
            good = body == {"role_id": ROLE, "secret_id": SECRET}
            return (
                (200, {"auth": {"client_token": TOKEN}}) if good else (400, {"errors": ["invalid role or secret ID"]})
            )
        if token != TOKEN:
            return 403, {"errors": ["permission denied"]}
        if path == "auth/token/lookup-self":
            return 200, {"data": {"id": TOKEN}}
        return self._secret(method, path)

    def _secret(self, method: str, path: str) -> tuple[int, Any]:
        data, metadata = f"{self.mount}/data/", f"{self.mount}/metadata/"
        if method == "LIST" and self.version == 2 and path.startswith(metadata):
            folder = path.removeprefix(metadata).rstrip("/") + "/"
            return 200, {
                "data": {"keys": [name.removeprefix(folder) for name in self.secrets if name.startswith(folder)]}
            }
        name = path.removeprefix(data if self.version == 2 else f"{self.mount}/")
        if name in self.forbidden:
            return 403, {"errors": ["1 error occurred:\n\t* permission denied\n\n"]}
        if name not in self.secrets:
            return 404, {"errors": []}
        content = self.secrets[name]
        if self.version == 1:
            return 200, {"data": content}
        stamp = {"created_time": "2026-11-01T00:00:00Z", "deletion_time": "" if content else "2026-11-02T00:00:00Z"}
        return 200 if content is not None else 404, {"data": {"data": content, "metadata": {**stamp, "version": 1}}}


@contextmanager
def vault_server() -> Iterator[VaultServer]:
    """A server on a free local port."""
    vault = VaultServer()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path = self.path.split("?", 1)[0].removeprefix("/v1/")
            status, answer = vault.answer(self.command, path, self.headers.get("X-Vault-Token"), body)
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):  # a client that has given up
                self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_LIST = _serve  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's own name
            """Nothing on the suite's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    vault.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield vault
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
