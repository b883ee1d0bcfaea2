"""/health, outside /api/v1."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.deps import readiness_deps
from app.core.readiness import OK, Readiness
from app.core.schemas import Health, ReadinessOut
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv

health_router = ModuleRouter(prefix="/health", tag="health")


@cbv(health_router)
class HealthViews:
    """For the orchestrator."""

    commons: Commons = Depends(commons_deps)
    readiness: Readiness = Depends(readiness_deps)

    @health_router.head("/live", include_in_schema=False)
    @health_router.get("/live", summary="Is the process alive")
    @access_control(open=True)
    async def get_liveness(self) -> Health:
        """Touches nothing."""
        return Health("ok")

    @health_router.head("/ready", include_in_schema=False)
    @health_router.get("/ready", summary="Can the process serve")
    @access_control(open=True)
    async def get_readiness(self) -> ReadinessOut:
        """Asks database, schema and Redis, once a second at most; 503 with `checks` where requests cannot be served."""
        checks = dict(await self.readiness.check())
        return ReadinessOut("ok" if set(checks.values()) == {OK} else "degraded", checks)
