"""Permissions of core."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class CorePermission(StrEnum):
    """What may be seen of what happened."""

    AUDIT_READ = "core.audit:read"
    AUDIT_EXPORT = "core.audit:export"
    DELIVERIES_READ = "core.deliveries:read"
    DELIVERIES_REPLAY = "core.deliveries:replay"
    TASKS_READ = "core.tasks:read"
    TASKS_WRITE = "core.tasks:write"


PERMISSIONS = (
    Permission(CorePermission.AUDIT_READ, "read the audit log", SystemRole.ADMIN),
    Permission(CorePermission.AUDIT_EXPORT, "download the audit log", SystemRole.ADMIN),
    Permission(CorePermission.DELIVERIES_READ, "see event deliveries", SystemRole.ADMIN),
    Permission(CorePermission.DELIVERIES_REPLAY, "try dead event deliveries again", SystemRole.ADMIN),
    Permission(CorePermission.TASKS_READ, "see tasks and watch them", SystemRole.VIEWER),
    Permission(CorePermission.TASKS_WRITE, "cancel tasks", SystemRole.MEMBER),
)
