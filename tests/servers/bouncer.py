"""A PgBouncer in transaction mode in front of a PostgreSQL, in a folder of its own."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

import asyncpg

from app.embedded.processes import HOST, tail

START_SECONDS = 10.0
SETTINGS = """
[databases]
* = host={host} port={port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
pool_mode = transaction
auth_type = scram-sha-256
auth_file = {folder}/users.txt
auth_user = {user}
auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename = $1
max_client_conn = 2000
default_pool_size = 40
server_idle_timeout = 2
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


class Bouncer:
    """Started with the block and stopped with it. Clients log in with the passwords that the server knows."""

    def __init__(self, program: str, admin_url: str, port: int) -> None:
        """`admin_url` is a superuser's: PgBouncer asks the server for the verifiers of the others."""
        self._program = program
        self._admin = urlsplit(admin_url)
        self.port = port
        self.place = f"{HOST}:{port}"

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="atrium-bouncer-"))
        user = unquote(self._admin.username or "")
        text = SETTINGS.format(
            host=self._admin.hostname, port=self._admin.port, listen=self.port, folder=self._folder, user=user
        )
        (self._folder / "pgbouncer.ini").write_text(text)
        (self._folder / "users.txt").write_text(f'"{user}" "{unquote(self._admin.password or "")}"\n')
        nobody = self._user()
        self._process = subprocess.Popen(
            [self._program, str(self._folder / "pgbouncer.ini")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            user=nobody,
            group=nobody,
            extra_groups=None if nobody is None else [],
        )
        self._await_answer()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _user(self) -> int | None:
        """PgBouncer refuses to run as root; then `nobody` it is."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody").pw_uid
        for path in (self._folder, *self._folder.iterdir()):
            os.chown(path, nobody, nobody)
        return nobody

    def _await_answer(self) -> None:
        url = self._admin._replace(netloc=f"{self._admin.netloc.rpartition('@')[0]}@{self.place}").geturl()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                asyncio.run(_ask(url))
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = self._folder / "pgbouncer.log"
                    self.__exit__()
                    raise RuntimeError(
                        f"PgBouncer does not start ({error}): {tail(log) if log.exists() else ''}"
                    ) from error
                time.sleep(0.05)
            else:
                return


async def _ask(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=2, statement_cache_size=0)
    await connection.close()
