"""Looks at what the settings say of modules and plans, and whether tenants' plans are among them."""

from app.config import Settings
from app.doctor.findings import Finding, judged, unknown
from app.doctor.reach import Connection, reading
from app.installed import INSTALLED
from app.manifests import ManifestError, enabled_modules

PLANS = "SELECT plan, count(*) AS tenants FROM tenants WHERE plan <> ALL($1::text[]) GROUP BY plan ORDER BY plan"
READABLE = "SELECT coalesce(has_column_privilege(to_regclass('public.tenants'), 'plan', 'SELECT'), false)"
MEND = "mend modules.disabled, the features of plans, or the manifests"


def look_at_modules(settings: Settings) -> list[Finding]:
    """Which modules the installation uses, and whether the settings and manifests fit together."""
    try:
        modules = enabled_modules(INSTALLED, settings)
    except ManifestError as error:
        return [Finding("modules", False, str(error), MEND)]
    disabled = ", ".join(settings.modules.disabled) or "none"
    return [Finding("modules", True, f"{', '.join(module.name for module in modules)}; disabled: {disabled}")]


async def look_at_plans(settings: Settings, connection: Connection) -> list[Finding]:
    """Whether every tenant's plan is one that the settings name; a tenant of another has no features."""
    async with reading(connection):
        if not await connection.fetchval(READABLE):
            return [unknown("plans", "this login may not read the tenants' plans")]
        rows = await connection.fetch(PLANS, list(settings.plans))
    faults = [f"{row['plan']} of {row['tenants']} tenants is not known" for row in rows]
    mend = "add it as plans.<key> to the settings, or give those tenants another plan: they have no features now"
    return [judged("plans", faults, "all tenants' plans are known", mend)]
