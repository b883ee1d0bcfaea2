"""The installation of a simulated day: servers of its own, the real processes, and the end of them all."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.config import ROOT, Settings, load_settings
from app.config.loading import read_settings
from app.embedded.keys import write_secrets
from app.embedded.places import EmbeddedError, Places
from app.embedded.processes import HOST, remembered_port
from app.embedded.servers import DATABASE, Servers
from app.embedded.supervisor import Child, Supervisor
from app.embedded.up import FILES, MAIL, PAYMENTS, SHIPPING, environment, is_live, program, programs
from app.simulation.day import Day, Place, Say, live, new_client
from app.simulation.strikes import Log, Striker

START_SECONDS: Final = 120.0
LOG: Final = "processes.log"
NO_SERVERS: Final = {
    "database": dict.fromkeys(("url", "identity_url", "system_url", "owner_url"), ""),
    "redis": {"url": ""},
}
Prepare = Callable[[Settings], Sequence[str]]


@dataclass(frozen=True)
class Scene:
    """What a day needs: the settings, what migrates a new database and names its queues, and where logs are put."""

    settings: Settings
    prepare: Prepare
    out: Path


def settings_of_day() -> Settings:
    """The installation's settings with no servers named: the day has its own. Secrets are written where there are none.

    Raises:
        EmbeddedError: in production, before anything is written.
        ConfigError: with every fault.
    """
    if read_settings(NO_SERVERS).env == "production":
        raise EmbeddedError("A simulated day kills what runs and is not for production.")
    write_secrets(ROOT / ".secrets.toml")
    return load_settings(NO_SERVERS)


def simulate(day: Day, scene: Scene, say: Say) -> None:
    """Start everything in a folder of its own, live the day, and end everything. What came of it stands in `day`.

    The folder is removed where the books balance, else kept to be looked at.

    Raises:
        EmbeddedError: a server or a process does not come up, or nothing can be written to `scene.out`.
    """
    try:
        scene.out.mkdir(parents=True, exist_ok=True)
        (scene.out / LOG).write_text("", encoding="utf-8")
    except OSError as error:
        raise EmbeddedError(
            f"{scene.out} cannot be written to ({error.strerror}): choose another with --out."
        ) from error
    folder = Path(tempfile.mkdtemp(prefix="atrium-simulation-"))
    is_whole = False
    try:
        asyncio.run(_simulate(day, scene, Places.prepare(folder / "data"), say))
        is_whole = not day.faults
    finally:
        if is_whole or not day.books:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            say(f"The servers' data stay in {folder}.")


async def _simulate(day: Day, scene: Scene, places: Places, say: Say) -> None:
    servers = Servers(scene.settings, places)
    try:
        settings = await _started(servers)
        assert servers.postgres is not None
        say("PostgreSQL and Valkey run; the database is migrated ...")
        queues = await asyncio.to_thread(scene.prepare, settings)
        place = Place(settings, servers.postgres.url(DATABASE), places.payments)
        await _with_processes(day, scene, servers, place, queues, places, say)
    finally:
        await servers.stop()


async def _started(servers: Servers) -> Settings:
    try:
        return await servers.start()
    except EmbeddedError as error:
        raise EmbeddedError(f"A simulated day has servers of its own, whatever the settings name. {error}") from error


async def _with_processes(
    day: Day, scene: Scene, servers: Servers, place: Place, queues: Sequence[str], places: Places, say: Say
) -> None:
    log = Log(scene.out / LOG)
    port = remembered_port(places.port_file("api"))
    variables = {**environment(place.settings, places), **_own(places)}
    serving = [program(name, command, port, places, variables, log.write) for name, command in programs(queues).items()]
    embedded: list[Child] = [server for server in (servers.postgres, servers.valkey) if server is not None]
    supervisor = Supervisor([embedded, serving], log=log.write)
    running = asyncio.create_task(supervisor.run())
    living = asyncio.create_task(_live(day, place, port, places, log, say))
    try:
        await asyncio.wait((running, living), return_when=asyncio.FIRST_COMPLETED)
        if not living.done():
            raise EmbeddedError(f"The day was broken off; what the processes said stands in {scene.out / LOG}.")
        living.result()
    finally:
        living.cancel()
        supervisor.end()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(running, living, return_exceptions=True)


async def _live(day: Day, place: Place, port: int, places: Places, log: Log, say: Say) -> None:
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await is_live(port):  # noqa: ASYNC110 - another process has no event of ours to set
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise EmbeddedError(f"The API does not answer; what the processes said stands in {log.path}.") from error
    say("API, workers and relay run; the shops are furnished ...")
    async with new_client(f"http://{HOST}:{port}") as client:
        striker = Striker(places, log, lambda: day.journal.now, lambda: day.journal.successes)
        await live(day, place, client, say, striker.strike)


def _own(places: Places) -> Mapping[str, str]:
    """What the day needs, whatever the environment says: folders of its own, the made-up gateway and carrier; few logs."""
    return {
        MAIL: str(places.mail),
        PAYMENTS: str(places.payments),
        FILES: str(places.files),
        SHIPPING: str(places.shipping),
        "ATRIUM_PAYMENTS__ADAPTER": "local",
        "ATRIUM_SHIPPING__LOCAL": "true",
        "ATRIUM_LOGS__LEVEL": "WARNING",
    }
