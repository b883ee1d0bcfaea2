"""All looks, in a fixed order. A server that is away is a finding, not an error, and no look takes longer than seconds."""

import asyncio
from collections.abc import Awaitable

from app.config import Settings
from app.doctor.carrier import look_at_redis
from app.doctor.files import look_at_files
from app.doctor.findings import Finding, unknown
from app.doctor.heartbeat import look_at_heartbeat
from app.doctor.link import look_at_clock, look_at_pooler
from app.doctor.modules import look_at_modules, look_at_plans
from app.doctor.reach import AWAY, LOGINS, Patient, reach
from app.doctor.roles import look_at_roles
from app.doctor.schema import look_at_binding, look_at_schema, look_at_tables
from app.doctor.secrets import look_at_secrets

LOOK_SECONDS = 30.0


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything that the settings lead to."""
    database, redis, files = await asyncio.gather(
        _database(settings), _guarded("redis", look_at_redis(settings)), _guarded("files", look_at_files(settings))
    )
    return [*look_at_secrets(settings), *look_at_modules(settings), *database, *redis, *files]


async def _database(settings: Settings) -> list[Finding]:
    patient, logins = await reach(settings)
    try:
        return [*logins, *await _behind(patient)]
    finally:
        patient.close()


async def _behind(patient: Patient) -> list[Finding]:
    """The looks that any login will do for, by the app's if it is to be had; those that must be the app's, by it alone."""
    settings = patient.settings
    able = [setting for setting in ("url", "system_url", "owner_url") if setting in patient.connections]
    if not able:
        return [unknown("roles, schema, binding, pooler, clock", "no login leads to the database")]
    connection, url = patient.connections[able[0]], getattr(settings.database, able[0])
    findings = await _guarded("roles", look_at_roles(connection, patient.database))
    findings += await _guarded("schema", look_at_schema(connection))
    findings += await _guarded("plans", look_at_plans(settings, connection))
    findings += await _guarded("tables", look_at_tables(settings.database.owner_url or url, connection))
    if "url" in patient.connections:
        findings += await _guarded("binding", look_at_binding(patient.connections["url"]))
        findings += await _guarded("pooler", look_at_pooler(settings))
    else:
        findings.append(
            unknown("binding, pooler", f"only {LOGINS['url']} shows it, and database.url does not lead to the database")
        )
    if "system_url" in patient.connections:
        findings += await _guarded("heartbeat", look_at_heartbeat(patient.connections["system_url"]))
    else:
        findings.append(unknown("heartbeat", "database.system_url does not lead to the database"))
    return findings + await _guarded("clock", look_at_clock(connection))


async def _guarded(name: str, look: Awaitable[list[Finding]]) -> list[Finding]:
    """A look that the server ends half-way is a finding too."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await look
    except AWAY as error:
        reason = str(error) or f"no answer within {LOOK_SECONDS:.0f} s"
        return [
            Finding(
                name,
                False,
                f"{type(error).__name__}: {reason}",
                "run manage doctor again; then see to the server's log",
            )
        ]
