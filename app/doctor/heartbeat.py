"""A look at what the relay's scheduler fires: whether a heartbeat comes through relay, queue and worker."""

from app.db.schedules import heard
from app.doctor.findings import Finding, unknown
from app.doctor.reach import Connection, reading
from app.extensions.schedules import HEARTBEAT, handler_of

OLD_SECONDS = 300.0


async def look_at_heartbeat(connection: Connection) -> list[Finding]:
    """By the system role's login, which alone sees the platform's own rows. No relay is no fault: none need run yet."""
    async with reading(connection):
        done, fired = await heard(connection, HEARTBEAT, handler_of(HEARTBEAT))
    if done is None or fired is None:
        return [Finding("heartbeat", True, "none yet: no relay has ever run")]
    if done <= OLD_SECONDS:
        return [Finding("heartbeat", True, f"{done:.0f} s ago")]
    if fired > OLD_SECONDS:
        return [unknown("heartbeat", f"no relay has fired one for {fired:.0f} s", "start one: manage relay")]
    return [
        Finding(
            "heartbeat",
            False,
            f"relays fire it, and none came through for {done:.0f} s",
            "start a worker: manage worker default    # then see to GET /operator/schedules and the workers' logs",
        )
    ]
