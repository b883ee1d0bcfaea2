"""Worker processes without a database, forked from one that has imported the application."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.extensions.carrier import TENANT, Server, eventually, push
from tests.extensions.ticket_worker import serve_tickets
from tests.faults.processes import Child, Children


@dataclass
class WorkerProcess:
    """A worker in a process of its own; it appends what it does to a file."""

    process: Child
    path: Path

    @property
    def log(self) -> str:
        return self.process.output

    def lines(self, kind: str) -> list[str]:
        text = self.path.read_text() if self.path.exists() else ""
        return [line.removeprefix(kind + " ") for line in text.splitlines() if line.split()[0] == kind]

    def stop(self) -> int | None:
        self.process.send(signal.SIGTERM)
        return self.process.wait()


@contextmanager
def running_worker(url: str, folder: Path, queue: str = "default", pause: float = 0.0) -> Iterator[WorkerProcess]:
    path = folder / uuid4().hex
    with Children(folder) as children:
        worker = WorkerProcess(children.start(serve_tickets, url, queue, path, pause), path)
        eventually(lambda: worker.lines("startup"))
        yield worker
        assert worker.process.exit_code is not None or worker.stop() == 0


def assert_still_works(server: Server, worker: WorkerProcess) -> None:
    push(server.url, 77)
    eventually(lambda: f"{TENANT} 77 1" in worker.lines("done"))
