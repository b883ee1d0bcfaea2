"""A whole installation of real processes and servers, to be broken while somebody writes to it over HTTP."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from app.config import Settings
from app.db import migrate
from app.demo import PASSWORD, seed
from app.embedded.places import Places
from app.embedded.postgres import Postgres
from app.embedded.processes import free_port
from app.embedded.servers import Servers
from app.embedded.valkey import Valkey
from app.utils.ids import uuid7
from tests.embedded.support import settings_without_servers
from tests.faults.crew import serve_api, serve_relay, serve_worker
from tests.faults.points import Strikes
from tests.faults.processes import Child, Children, environment, until, with_events
from tests.support.plain import plain_client

OWNER = "owner@acme.example"
LEASE_SECONDS = 3.0
# A narrow window: in a rolling restart two of each live at once, and PostgreSQL has a hundred connections.
EVENTS = {"poll_seconds": 0.2, "backoff_seconds": 0.1, "max_attempts": 8, "width": 8}
READY = {"api": "", "worker": "worker ready", "relay": ""}
"""What a process says when it is ready; an API is asked."""
START_SECONDS = 120.0


async def pause(seconds: float) -> None:
    """Let time pass: of a schedule of faults, or before somebody asks again."""
    await asyncio.sleep(seconds)


@dataclass
class Post:
    """A place that a process holds; another takes it where the first ends."""

    role: str
    child: Child
    port: int = 0
    kept: bool = True


@dataclass
class Site:
    """Servers as safe as in earnest, processes that are started again when they end, and who ended how often and how."""

    folder: Path
    servers: Servers
    settings: Settings
    children: Children
    owner: "asyncpg.Connection"
    posts: list[Post] = field(default_factory=list)
    exits: Counter[tuple[str, int]] = field(default_factory=Counter)
    repeats: int = 1
    """How often the relays send every delivery."""
    keeps: bool = False
    """Whether workers have their keepers."""
    headers: dict[str, str] = field(default_factory=dict)
    logs: list[tuple[str, Child]] = field(default_factory=list)

    def strikes(self, role: str) -> Strikes:
        """The points at which processes of the role die when asked to."""
        return Strikes(self.folder, role)

    @property
    def postgres(self) -> Postgres:
        """The server that remembers."""
        assert self.servers.postgres is not None
        return self.servers.postgres

    @property
    def valkey(self) -> Valkey:
        """The server that carries."""
        assert self.servers.valkey is not None
        return self.servers.valkey

    @property
    def ports(self) -> list[int]:
        """Where APIs are to be asked."""
        return [post.port for post in self.posts if post.role == "api" and post.kept]

    def post(self, role: str, *, port: int = 0) -> Post:
        """Fill a new post with a process."""
        made = Post(role, self._start(role, port), port)
        self.posts.append(made)
        return made

    def held(self, role: str) -> list[Post]:
        """The posts of a role."""
        return [post for post in self.posts if post.role == role]

    async def man(self, *, api: int = 0, relay: int = 0, worker: int = 0) -> None:
        """As many processes of each role as asked for, all ready."""
        for role, count in (("api", api), ("relay", relay), ("worker", worker)):
            for _ in range(count - len(self.held(role))):
                self.post(role, port=free_port() if role == "api" else 0)
            for post in self.held(role)[count:]:
                self.dismiss(post)
        await until(self.ready, "every process is ready", START_SECONDS)

    def dismiss(self, post: Post) -> None:
        """End a post and its process."""
        self.posts.remove(post)
        if post.child.exit_code is None:
            post.child.kill()

    async def ready(self) -> bool:
        """Whether every process is; one that has ended is replaced."""
        self.look()
        for post in self.posts:
            said = READY[post.role]
            if said and not post.child.lines(said):
                return False
            if post.role == "api" and not await self.answers(post.port):
                return False
        return True

    async def answers(self, port: int) -> bool:
        """Whether the API there is ready."""
        try:
            async with plain_client() as client:
                return (await client.get(f"http://127.0.0.1:{port}/health/ready", timeout=5)).is_success
        except httpx.TransportError:
            return False

    def look(self) -> None:
        """Note who has ended, and fill their posts."""
        for post in self.posts:
            code = post.child.exit_code
            if code is not None and post.kept:
                self.exits[post.role, code] += 1
                assert code != 1, f"the {post.role} refuses to live: {post.child.output[-2000:]}"
                post.child = self._start(post.role, post.port)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Posts are filled again as long as the block lasts."""

        async def keep() -> None:
            while True:
                self.look()
                await pause(0.02)

        async with asyncio.TaskGroup() as group:  # a process that refuses to live ends the block
            keeping = group.create_task(keep())
            yield
            keeping.cancel()

    def said(self, role: str, message: str) -> list[dict[str, Any]]:
        """The lines of all processes of a role, dead ones too, with this message."""
        return [line for of, child in self.logs if of == role for line in child.lines(message)]

    async def sign_in(self) -> None:
        """As somebody who may write; a token lasts a quarter of an hour."""
        async with plain_client() as client:
            login = {"email": OWNER, "password": PASSWORD}
            answer = await client.post(f"http://127.0.0.1:{self.ports[0]}/api/v1/auth/login", json=login, timeout=30)
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    async def tenant(self) -> UUID:
        """A new tenant, of which the one who signs in is an admin: what one person owns would share one cap."""
        tenant_id = uuid7()
        await self.owner.execute(
            "INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, 'Faults', 1)", tenant_id, f"f{uuid4().hex}"
        )
        await self.owner.execute(
            "INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)"
            " SELECT $1, id, '{admin}', email, name, 1 FROM users WHERE email = $2",
            tenant_id,
            OWNER,
        )
        return tenant_id

    async def reconnect(self) -> None:
        """The owner's connection, after the database was away."""
        await self.owner.close(timeout=2)
        self.owner = await asyncpg.connect(self.settings.database.owner_url)

    def _start(self, role: str, port: int) -> Child:
        folder = str(self.folder)
        targets: dict[str, tuple[Callable[..., None], Any, int]] = {
            "api": (serve_api, environment(self.settings), port),
            "worker": (serve_worker, self.settings, int(self.keeps)),
            "relay": (serve_relay, self.settings, self.repeats),
        }
        target, given, number = targets[role]
        child = self.children.start(target, given, folder, number)
        self.logs.append((role, child))
        return child


@asynccontextmanager
async def site(*, lease_seconds: float = LEASE_SECONDS) -> AsyncIterator[Site]:
    """An installation in a folder of its own; nothing of it is left afterwards."""
    os.environ["ATRIUM_ENV"] = "testing"
    folder = Path(tempfile.mkdtemp(prefix="atrium-faults-"))
    for name in ("settings", "logs", "points"):
        (folder / name).mkdir()
    sys.stderr.write(f"logs: {folder}\n")
    servers = Servers(settings_without_servers(folder / "settings"), Places.prepare(folder / "data"))
    try:
        settings = _furnished(await servers.start(), folder, lease_seconds)
        await asyncio.to_thread(migrate.upgrade, settings.database.owner_url)
        await asyncio.to_thread(seed, settings)
        owner = await asyncpg.connect(settings.database.owner_url)
        with Children(folder / "logs") as children:
            made = Site(folder / "points", servers, settings, children, owner)
            try:
                yield made
            finally:
                await made.owner.close(timeout=2)
    finally:
        await servers.stop()
    shutil.rmtree(folder, ignore_errors=True)  # after an error it stays: the logs say more


def _furnished(settings: Settings, folder: Path, lease_seconds: float) -> Settings:
    # A key of our own name, for the checkout's .secrets.toml may hold one of the usual name.
    keys = tuple(key.model_copy(update={"kid": "faults"}) for key in settings.auth.keys)
    mail = settings.mail.model_copy(update={"folder": str(folder / "mail")})
    return with_events(
        settings.model_copy(update={"auth": settings.auth.model_copy(update={"keys": keys}), "mail": mail}),
        settings.redis.url,
        lease_seconds=lease_seconds,
        **EVENTS,
    )
