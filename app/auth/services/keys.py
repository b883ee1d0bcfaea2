"""Use cases of API keys."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from app.auth.commons import Commons, Service
from app.auth.exceptions import KeyRevoked
from app.auth.judgement import refused_grant
from app.auth.keys import Environment, make_key
from app.auth.repository.briefs import people_of
from app.auth.repository.keys import KeyRepository, KeyRow
from app.auth.schemas.keys import KeyCreate, KeyOut, KeyQuery, KeyRotate, KeySecretOut
from app.exceptions import FieldFault, NotFound, ValidationFailed
from app.extensions.pages import expand
from app.utils.ids import uuid7
from app.utils.schemas import Page


class KeyService(Service):
    """API keys of the chosen tenant. A key holds at most what whoever answers for it holds, at each request."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.keys = KeyRepository(self.uow)
        self._environment: Environment = "live" if commons.settings.env == "production" else "test"

    async def page(self, query: KeyQuery) -> Page[KeyOut]:
        """The keys, the ended ones included."""
        found = (await self.keys.page(query, self.commons.cursors, self.commons.clock.now())).each(self._out)
        await expand(query.expand, found.data, {"creator": self._name_creators})
        return found

    async def get(self, key_id: UUID) -> KeyOut:
        """One key.

        Raises:
            NotFound.
        """
        return self._out(await self._find(key_id))

    async def create(self, body: KeyCreate) -> KeySecretOut:
        """A new key; its secret is in the answer and nowhere else.

        Raises:
            ValidationFailed (an unknown scope, an expiry that is over), PermissionDenied (nobody grants what they lack).
        """
        now, scopes = self.commons.clock.now(), sorted(set(body.scopes))
        faults = [
            FieldFault("unknown_permission", "is not in the catalogue", f"/scopes/{number}")
            for number, scope in enumerate(body.scopes)
            if scope not in self.commons.book.permissions
        ]
        if body.expires_at is not None and body.expires_at <= now:
            faults.append(FieldFault("in_the_past", "lies in the past", "/expires_at"))
        if faults:
            raise ValidationFailed(errors=faults)
        self._judge(scopes)
        key_id = uuid7()
        text, prefix, secret_hash = make_key(self._environment, self.commons.tenant_id, key_id)
        by = self.commons.user_id
        await self.keys.add(key_id, body.name, prefix, secret_hash, scopes, by, now, body.expires_at)
        self.track("auth.api_key.created", f"api_key:{key_id}", after={"name": body.name, "scopes": scopes})
        return _with_secret(await self.get(key_id), text)

    async def rotate(self, key_id: UUID, body: KeyRotate) -> KeySecretOut:
        """Another secret for the same key; the one before works on for a while.

        Raises:
            NotFound, KeyRevoked, PermissionDenied (its scopes are more than the caller holds, who would get its secret).
        """
        row = await self._alive(key_id)
        self._judge(row.scopes)
        text, _, secret_hash = make_key(self._environment, self.commons.tenant_id, key_id)
        until = self.commons.clock.now() + timedelta(seconds=body.overlap_seconds)
        await self.keys.rotate(key_id, secret_hash, until)
        self.track("auth.api_key.rotated", f"api_key:{key_id}", after={"overlap_seconds": body.overlap_seconds})
        return _with_secret(await self.get(key_id), text)

    async def revoke(self, key_id: UUID) -> None:
        """End it; refused from the very next request on.

        Raises:
            NotFound, KeyRevoked.
        """
        await self._alive(key_id)
        await self.keys.revoke(key_id, self.commons.clock.now())
        self.track("auth.api_key.revoked", f"api_key:{key_id}")

    async def adopt(self, key_id: UUID) -> KeyOut:
        """Answer for the key from now on: it holds at most what the caller holds.

        Raises:
            NotFound, KeyRevoked, PermissionDenied (its scopes are more than the caller holds).
        """
        row = await self._alive(key_id)
        self._judge(row.scopes)
        await self.keys.adopt(key_id, self.commons.user_id)
        before, after = {"created_by": str(row.created_by)}, {"created_by": str(self.commons.user_id)}
        self.track("auth.api_key.adopted", f"api_key:{key_id}", before=before, after=after)
        return await self.get(key_id)

    def _judge(self, scopes: list[str]) -> None:
        missing = sorted(set(self.commons.book.known(scopes)) - self.commons.permissions)
        if missing:
            raise refused_grant("nobody grants what they do not hold themselves", missing)

    async def _find(self, key_id: UUID, *, lock: bool = False) -> KeyRow:
        row = await self.keys.get(key_id, lock=lock)
        if row is None:
            raise NotFound("There is no such API key.")
        return row

    async def _alive(self, key_id: UUID) -> KeyRow:
        row = await self._find(key_id, lock=True)
        if row.revoked_at is not None:
            raise KeyRevoked("It was revoked; make another.")
        return row

    def _out(self, row: KeyRow) -> KeyOut:
        expired = row.expires_at is not None and row.expires_at <= self.commons.clock.now()
        state = "revoked" if row.revoked_at else "expired" if expired else "active" if row.owned else "orphaned"
        return KeyOut(
            row.id,
            row.name,
            self.commons.book.known(row.scopes),
            row.prefix,
            state,
            row.expires_at,
            row.last_used_at,
            row.last_used_address,
            row.created_by,
            row.created_at,
            None,
        )

    async def _name_creators(self, items: Sequence[KeyOut]) -> None:
        people = await people_of(self.uow, (item.created_by for item in items))
        for item in items:
            item.creator = people.get(item.created_by)


def _with_secret(key: KeyOut, secret: str) -> KeySecretOut:
    return KeySecretOut(**asdict(key), secret=secret)
