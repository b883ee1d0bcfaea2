"""Invitations: bound to an address and a tenant, accepted once, by POST."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.extensions.routing import API, ModularApp
from app.tenants.events import InvitationSent
from app.tenants.handlers import mail_invitation
from app.tenants.invitation_tokens import make_token
from app.utils.ids import uuid7
from tests.faults.processes import until
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Person, Shop, Shops

PASSWORD = "seven brave otters"
WAITING = """
SELECT count(DISTINCT w.pid) = 2 FROM pg_locks AS w JOIN pg_locks AS r ON r.pid = w.pid
WHERE NOT w.granted AND r.relation = 'memberships'::regclass
AND r.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


def address() -> str:
    """A fresh one."""
    return f"{uuid4().hex[:12]}@new.example"


async def invite(actor: Person, email: str, *roles: str) -> httpx.Response:
    """POST /invitations"""
    return await actor.post("/invitations", json={"email": email, "roles": list(roles or ("member",))})


async def accept_as_new(client: httpx.AsyncClient, token: str, **more: Any) -> httpx.Response:
    """POST /invitations/accept, as nobody yet."""
    return await client.post(
        f"{API}/invitations/accept", json={"token": token, "name": "Nora", "password": PASSWORD, **more}
    )


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    return str(answer.json()["details"]["code"])


class TestAdmin:
    """What an admin does"""

    async def test_anonymous(self, shop: Shop) -> None:
        """Nobody sees invitations without signing in; a viewer does not either."""
        assert (await shop.owner.get("/invitations", headers={"Authorization": None})).status_code == 401
        assert (await shop.viewer.get("/invitations")).status_code == 403
        assert (await invite(shop.member, address())).status_code == 403

    async def test_other_tenant(self, shops: Shops, shop: Shop) -> None:
        """Another tenant's invitation is not there."""
        other = await shops.shop()
        key = (await invite(other.admin, address())).json()["id"]
        answers = [
            await shop.owner.get(f"/invitations/{key}"),
            await shop.owner.post(f"/invitations/{key}/resend"),
            await shop.owner.delete(f"/invitations/{key}"),
        ]
        assert [answer.status_code for answer in answers] == [404] * 3

    async def test_invite(self, shop: Shop, mailbox: Mailbox) -> None:
        """The invitation is there to be seen, its mail leads to the front end, and its token is nowhere else."""
        email = address()
        made = await invite(shop.admin, email.upper(), "member", "viewer")
        assert (made.status_code, made.json()["email"], made.json()["state"]) == (201, email, "pending")
        mail = mailbox.last(email)
        assert mail.subject == f"You are invited to {shop.slug}"
        assert mail.link.startswith("http://localhost:5173/accept-invitation#token=")
        listed = (await shop.admin.get("/invitations")).json()
        assert [item["id"] for item in listed["data"]] == [made.json()["id"]]
        assert mail.token not in str(listed)

    async def test_escalation(self, shop: Shop) -> None:
        """Requirement 19: nobody invites somebody to more than they hold themselves."""
        assert (await invite(shop.admin, address(), "owner")).status_code == 403
        assert (await invite(shop.owner, address(), "owner")).status_code == 201
        assert (await invite(shop.owner, address(), "no-such-role")).status_code == 422

    async def test_twice(self, shop: Shop) -> None:
        """One open invitation an address, also when two come at once; a member is not invited."""
        email = address()
        both = await asyncio.gather(invite(shop.admin, email), invite(shop.owner, email))
        assert sorted(answer.status_code for answer in both) == [201, 409]
        assert code(await invite(shop.admin, email)) == "invitation_pending"
        assert code(await invite(shop.admin, shop.viewer.email)) == "already_member"

    async def test_mailbox_is_not_flooded(self, shops: Shops, shop: Shop, mailbox: Mailbox) -> None:
        """Requirement 14: five mails an hour to one address, whichever tenants invite it and however often they send again."""
        email, other = address(), await shops.shop()
        key = (await invite(shop.admin, email)).json()["id"]
        answers = [await shop.admin.post(f"/invitations/{key}/resend") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 4
        refused = [await invite(other.admin, email), await shop.admin.post(f"/invitations/{key}/resend")]
        assert [(answer.status_code, code(answer)) for answer in refused] == [(429, "rate_limited")] * 2
        assert len(mailbox.of(email)) == 5

    async def test_again_after_its_time(self, shop: Shop, owner: asyncpg.Connection) -> None:
        """An expired invitation is shown as such, and makes room for another."""
        email = address()
        key = (await invite(shop.admin, email)).json()["id"]
        await owner.execute("UPDATE invitations SET expires_at = now() WHERE id = $1", key)
        assert (await shop.admin.get(f"/invitations/{key}")).json()["state"] == "expired"
        assert (await invite(shop.admin, email)).status_code == 201


class TestMail:
    """The delivery that mails the link"""

    async def test_twice(self, app: ModularApp, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox) -> None:
        """Each run makes another link, so that each is another mail: receivers that drop duplicates keep the living one."""
        email = address()
        key = (await invite(shop.admin, email)).json()["id"]
        errand = app.state.runtime.errand(shop.id, 1, uuid7())
        for _ in range(2):
            await mail_invitation(InvitationSent(invitation_id=UUID(key)), errand)
        _, first, second = mailbox.of(email)
        assert first.message_id != second.message_id
        assert code(await accept_as_new(client, first.token)) == "invitation_invalid"
        assert (await accept_as_new(client, second.token)).status_code == 200


class TestAccept:
    """POST /invitations/accept"""

    async def test_new_person(self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox) -> None:
        """Somebody new joins with name and password, and signs in at once: the mail has proved the address."""
        email = address()
        await invite(shop.admin, email, "member")
        joined = await accept_as_new(client, mailbox.last(email).token)
        assert (joined.status_code, joined.json()) == (
            200,
            {"tenant_id": str(shop.id), "slug": shop.slug, "roles": ["member"]},
        )
        login = await client.post(f"{API}/auth/login", json={"email": email, "password": PASSWORD})
        headers = {"Authorization": f"Bearer {login.json()['access_token']}", "X-Tenant-ID": shop.slug}
        assert (await client.get(f"{API}/me", headers=headers)).json()["roles"] == ["member"]

    async def test_known_person(self, shops: Shops, shop: Shop, mailbox: Mailbox) -> None:
        """Whoever is signed in with the address gives the token alone."""
        person = await shops.person()
        await invite(shop.admin, person.email, "viewer")
        token = mailbox.last(person.email).token
        nobody = await accept_as_new(person.client, token)
        assert code(nobody) == "sign_in_first"
        assert (await person.post("/invitations/accept", json={"token": token})).status_code == 200
        assert (await person.get("/products", headers={"X-Tenant-ID": shop.slug})).status_code == 200

    async def test_for_another(self, shops: Shops, shop: Shop, mailbox: Mailbox) -> None:
        """An invitation for A is not accepted by B, who has a session and the token."""
        email, other = address(), await shops.person()
        await invite(shop.admin, email)
        answer = await other.post("/invitations/accept", json={"token": mailbox.last(email).token})
        assert (answer.status_code, code(answer)) == (403, "invitation_for_another")
        assert (await other.get("/products", headers={"X-Tenant-ID": shop.slug})).status_code == 404

    async def test_into_another_tenant(
        self, client: httpx.AsyncClient, shops: Shops, shop: Shop, mailbox: Mailbox
    ) -> None:
        """A token whose tenant was exchanged for another's is no invitation there."""
        email, other = address(), await shops.shop()
        await invite(shop.admin, email)
        token = mailbox.last(email).token
        assert code(await accept_as_new(client, other.id.hex + token[32:])) == "invitation_invalid"
        platform = "00000000000070008000000000000001"
        assert code(await accept_as_new(client, platform + token[32:])) == "invitation_invalid"

    async def test_suspended(
        self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox, owner: asyncpg.Connection
    ) -> None:
        """A suspended tenant takes nobody in, and no account is made on the way; resumed, the same link works."""
        email = address()
        await invite(shop.admin, email)
        token, state = mailbox.last(email).token, "UPDATE tenants SET state = $2 WHERE id = $1"
        await owner.execute(state, shop.id, "suspended")
        assert code(await accept_as_new(client, token)) == "tenant_suspended"
        assert not await owner.fetchval("SELECT EXISTS (SELECT FROM users WHERE email = $1)", email)
        await owner.execute(state, shop.id, "active")
        assert (await accept_as_new(client, token)).status_code == 200

    async def test_once(self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox) -> None:
        """Of two at once one joins; afterwards the token is dead."""
        email = address()
        await invite(shop.admin, email)
        token = mailbox.last(email).token
        both = await asyncio.gather(*(accept_as_new(client, token) for _ in range(2)))
        assert sorted(answer.status_code for answer in both) in ([200, 400], [200, 409])
        assert code(await accept_as_new(client, token)) == "invitation_invalid"
        rows = (await shop.owner.get("/members")).json()["data"]
        assert [row["email"] for row in rows].count(email) == 1

    async def test_member_meanwhile(self, shops: Shops, shop: Shop, mailbox: Mailbox) -> None:
        """Who became a member by another way keeps the roles that they have, and is told so."""
        person = await shops.person()
        await invite(shop.admin, person.email, "admin")
        await shops.join(person.user_id, shop.id, "viewer")
        token = mailbox.last(person.email).token
        answer = await person.post("/invitations/accept", json={"token": token})
        assert (answer.status_code, code(answer)) == (409, "already_member")
        rows = (await shop.owner.get("/members")).json()["data"]
        assert [row["roles"] for row in rows if row["email"] == person.email] == [["viewer"]]

    @pytest.mark.parametrize("end", ["revoked", "accepted"])
    async def test_over(self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox, end: str) -> None:
        """What has ended is neither mailed again nor taken back."""
        email = address()
        key = (await invite(shop.admin, email)).json()["id"]
        if end == "revoked":
            await shop.admin.delete(f"/invitations/{key}")
        else:
            await accept_as_new(client, mailbox.last(email).token)
        mails = len(mailbox.of(email))
        again = [await shop.admin.post(f"/invitations/{key}/resend"), await shop.admin.delete(f"/invitations/{key}")]
        assert [(answer.status_code, code(answer)) for answer in again] == [(409, "invitation_ended")] * 2
        assert (await shop.admin.get(f"/invitations/{key}")).json()["state"] == end
        assert len(mailbox.of(email)) == mails

    @pytest.mark.parametrize("end", ["revoked", "resent", "expired"])
    async def test_dead(
        self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox, clock: MovableClock, end: str
    ) -> None:
        """Revoked, sent again with a new link, or past its time: the first link is dead, and tells not why."""
        email = address()
        key = (await invite(shop.admin, email)).json()["id"]
        token = mailbox.last(email).token
        if end == "revoked":
            assert (await shop.admin.delete(f"/invitations/{key}")).status_code == 200
        elif end == "resent":
            assert (await shop.admin.post(f"/invitations/{key}/resend")).status_code == 200
        else:
            clock.advance(days=7)
        assert code(await accept_as_new(client, token)) == "invitation_invalid"
        if end == "resent":
            assert (await accept_as_new(client, mailbox.last(email).token)).status_code == 200

    async def test_pending_registration_goes(self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox) -> None:
        """A stranger's registration of the invited address is discarded with the acceptance."""
        email = address()
        await client.post(f"{API}/auth/register", json={"email": email, "password": "a stranger's own", "name": "S"})
        strangers = mailbox.last(email).token
        await invite(shop.admin, email)
        await accept_as_new(client, mailbox.last(email).token)
        late = await client.post(f"{API}/auth/verify-email", json={"token": strangers, "password": "a stranger's own"})
        assert code(late) == "token_invalid"

    async def test_only_by_post(self, client: httpx.AsyncClient) -> None:
        """A mail scanner that follows links accepts nothing: there is no GET."""
        answer = await client.get(f"{API}/invitations/accept")
        assert answer.status_code in {401, 405}

    async def test_bad_credentials_count(self, client: httpx.AsyncClient, shop: Shop, mailbox: Mailbox) -> None:
        """Authorization is used where it is sent: a bad one is refused rather than ignored."""
        email = address()
        await invite(shop.admin, email)
        body = {"token": mailbox.last(email).token, "name": "N", "password": PASSWORD}
        answer = await client.post(f"{API}/invitations/accept", json=body, headers={"Authorization": "Bearer rubbish"})
        assert answer.status_code == 401


class TestLeaving:
    """POST /tenants/current/leave and /tenants/current/ownership"""

    async def test_leave(self, shop: Shop) -> None:
        """Requirement 5: a viewer leaves, and is refused on the very next request; the last owner stays."""
        assert (await shop.viewer.post("/tenants/current/leave")).status_code == 200
        assert (await shop.viewer.get("/products")).status_code == 404
        assert code(await shop.owner.post("/tenants/current/leave")) == "last_owner"

    async def test_two_last_owners(self, shop: Shop) -> None:
        """Requirement 19: of the last two owners that leave at once one stays."""
        await shop.owner.patch(f"/members/{shop.admin.user_id}", json={"roles": ["owner"]}, headers={"If-Match": "*"})
        both = await asyncio.gather(*(one.post("/tenants/current/leave") for one in (shop.owner, shop.admin)))
        assert sorted(answer.status_code for answer in both) == [200, 409]

    async def test_transfer(self, shop: Shop, clock: MovableClock) -> None:
        """Requirement 8: the owner hands over, freshly signed in, and is an admin then."""
        body = {"user_id": str(shop.member.user_id)}
        assert (await shop.admin.post("/tenants/current/ownership", json=body)).status_code == 403
        clock.advance(seconds=601)
        assert code(await shop.owner.post("/tenants/current/ownership", json=body)) == "step_up_required"
        clock.reset()
        assert (await shop.owner.post("/tenants/current/ownership", json=body)).json()["roles"] == ["member", "owner"]
        assert (await shop.member.get(f"/members/{shop.owner.user_id}")).json()["roles"] == ["admin"]
        assert (await shop.owner.post("/tenants/current/ownership", json=body)).status_code == 403

    async def test_two_transfers(self, shop: Shop, owner: asyncpg.Connection) -> None:
        """Of two heirs at once one becomes the owner, though both requests came from an owner."""
        bodies = [{"user_id": str(heir.user_id)} for heir in (shop.member, shop.viewer)]
        async with owner.transaction():
            await owner.execute("SELECT 1 FROM memberships WHERE tenant_id = $1 FOR UPDATE", shop.id)
            posts = (shop.owner.post("/tenants/current/ownership", json=body) for body in bodies)
            both = [asyncio.create_task(post) for post in posts]
            await until(lambda: owner.fetchval(WAITING), "both are let in, and wait for the owners")
        assert sorted([(await answer).status_code for answer in both]) == [200, 403]

    async def test_crowd_of_bad_tokens(self, shop: Shop) -> None:
        """Accepting holds one connection at a time: ten times the pool at once are all answered."""
        bodies = [{"token": make_token(shop.id, uuid4())[0]} for _ in range(80)]
        answers = await asyncio.gather(*(shop.owner.post("/invitations/accept", json=body) for body in bodies))
        assert {answer.status_code for answer in answers} == {400}
