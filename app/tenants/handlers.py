"""Mails of tenants."""

from app.auth.errand import Errand
from app.services.mailer.render import render
from app.tenants.events import InvitationSent
from app.tenants.invitation_tokens import make_token
from app.tenants.repository import InvitationRepository, TenantRepository

DAY = 86400


async def mail_invitation(event: InvitationSent, errand: Errand) -> None:
    """The link that accepts; nothing where the invitation has ended meanwhile."""
    async with errand.unit() as uow:
        invitations = InvitationRepository(uow)
        row, tenant = await invitations.get(event.invitation_id, lock=True), await TenantRepository(uow).current()
        if row is None or tenant is None or row.state != "pending":
            return
        token, token_hash = make_token(errand.tenant_id, row.id)
        await invitations.set_token(row.id, token_hash)
    message = render(
        "tenants/templates/invitation",
        to=row.email,
        key=f"{errand.key}-{token_hash[:8].hex()}",  # another run makes another link: it is another mail, no duplicate
        settings=errand.settings.mail,
        link=f"{errand.settings.web.base_url}/accept-invitation#token={token}",
        tenant=tenant.name,
        days=errand.settings.auth.invitation_seconds // DAY,
    )
    await errand.mailer.send(message)
