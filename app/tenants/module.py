"""The manifest of tenants."""

from app.extensions.module import MAIL_QUEUE, Handler, Module
from app.tenants.events import InvitationSent, MemberJoined, MemberRemoved, TenantCreated
from app.tenants.handlers import mail_invitation
from app.tenants.permissions import PERMISSIONS
from app.tenants.routes import (
    access_router,
    invitations_router,
    members_router,
    permissions_router,
    roles_router,
    router,
)
from app.tenants.schemas import MemberRules

MODULE = Module(
    name="tenants",
    routers=(router, members_router, invitations_router, roles_router, permissions_router, access_router),
    permissions=PERMISSIONS,
    events=(TenantCreated, MemberJoined, MemberRemoved, InvitationSent),
    handlers=(Handler(InvitationSent, mail_invitation, outside=True, queue=MAIL_QUEUE),),
    settings=MemberRules,
    required=True,
)
