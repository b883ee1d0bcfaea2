"""One measured server: a process of its own, served as `manage api` serves, that tells the processor time it has used."""

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

import uvicorn

HOST = "127.0.0.1"
START_SECONDS = 60.0


class ServerError(Exception):
    """A measured server did not start; the message ends with its log."""


class Server:
    """Starts when made; `make` is a function of a module, called in the new process."""

    def __init__(self, make: Callable[[], Any], log: Path) -> None:
        """Raises ServerError where it does not answer."""
        self.name = log.stem
        spawn = multiprocessing.get_context("spawn")  # a fork would inherit our loops and connections
        self._pipe, other = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(make, log, other), daemon=True)
        self._process.start()
        other.close()
        try:
            self.port = int(self._ask("port"))
        except (EOFError, ConnectionError):
            self._process.join()
            raise ServerError(f"the server ended:\n{log.read_text()[-4000:]}") from None

    def __enter__(self) -> Self:
        """It has started."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop it."""
        self._pipe.send("stop")
        self._process.join(10)
        self._process.kill()

    @property
    def host(self) -> str:
        """What stands in the Host header."""
        return f"{HOST}:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time of all threads of the server, user and system."""
        return int(self._ask("cpu")) / 1e9

    def _ask(self, question: str) -> str:
        self._pipe.send(question)
        if not self._pipe.poll(START_SECONDS):
            raise ServerError(f"the server does not answer '{question}'")
        return str(self._pipe.recv())


def _serve(make: Callable[[], Any], log: Path, pipe: Connection) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    listening = socket.socket()
    listening.bind((HOST, 0))
    server = uvicorn.Server(
        uvicorn.Config(
            make(),
            loop="uvloop",
            http="httptools",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
    )
    port = listening.getsockname()[1]
    threading.Thread(target=_answer, args=(server, port, pipe), daemon=True).start()
    server.run(sockets=[listening])
    pipe.close()
    os._exit(0)  # whatever a library left running is of no interest here


def _answer(server: uvicorn.Server, port: int, pipe: Connection) -> None:
    while not server.started:
        time.sleep(0.01)
    while True:
        question = pipe.recv()
        if question == "stop":
            server.should_exit = True
            return
        pipe.send(str(port if question == "port" else time.process_time_ns()))
