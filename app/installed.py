"""The installed modules, generic ones first. One line installs a module."""

from sqlalchemy import MetaData

from app.auth.module import MODULE as AUTH
from app.core.module import MODULE as CORE
from app.db.base import Base
from app.db.idempotency import IdempotencyKey
from app.db.incoming import IncomingEndpoint, IncomingMessage
from app.db.schedules import ScheduleRun
from app.extensions.module import Module
from app.modules.analytics.module import MODULE as ANALYTICS
from app.modules.catalog.module import MODULE as CATALOG
from app.modules.orders.module import MODULE as ORDERS
from app.modules.shipping.module import MODULE as SHIPPING
from app.operators.module import MODULE as OPERATORS
from app.tenants.module import MODULE as TENANTS
from app.users.module import MODULE as USERS

INSTALLED: tuple[Module, ...] = (
    AUTH,
    TENANTS,
    USERS,
    CORE,
    OPERATORS,
    CATALOG,
    ORDERS,
    SHIPPING,
    ANALYTICS,
)


PLATFORM_TABLES = (ScheduleRun, IdempotencyKey, IncomingEndpoint, IncomingMessage)
"""Tables that belong to the platform's processes and to no module."""


def metadata() -> MetaData:
    """The tables of all installed modules: importing their manifests has defined them."""
    return Base.metadata
