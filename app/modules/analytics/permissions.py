"""Permissions of analytics."""

from enum import StrEnum

from app.extensions.module import Permission, SystemRole


class AnalyticsPermission(StrEnum):
    """What may be seen of sales, and done about them."""

    SALES_READ = "analytics.sales:read"
    REBUILDS_WRITE = "analytics.rebuilds:write"


PERMISSIONS = (
    Permission(AnalyticsPermission.SALES_READ, "see what was sold, by time and by product", SystemRole.VIEWER),
    Permission(AnalyticsPermission.REBUILDS_WRITE, "have what was sold counted anew", SystemRole.ADMIN),
)
