"""Sign-in and sign-out."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from argon2 import PasswordHasher

from app.auth.passwords import PasswordVault
from app.auth.repository import SessionRepository
from app.extensions.routing import API, ModularApp
from tests.support.answers import comparable
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
PASSWORD = "correct horse battery staple"
ORIGIN = "http://localhost:5173"


async def login(person: Person, password: str = PASSWORD, **more: Any) -> httpx.Response:
    """POST /auth/login"""
    body = {"email": person.email, "password": password, **more}
    return await person.client.post(f"{API}/auth/login", json=body)


async def signed_in(shops: Shops, person: Person, **more: Any) -> dict[str, Any]:
    """The tokens of a fresh session of somebody who gets a password now."""
    await shops.password(person, PASSWORD)
    answer = await login(person, **more)
    assert answer.status_code == 200
    tokens: dict[str, Any] = answer.json()
    return tokens


async def me(person: Person, token: str) -> httpx.Response:
    """GET /me with that access token."""
    return await person.get("/me", headers={"Authorization": f"Bearer {token}"})


def changed_meanwhile(monkeypatch: pytest.MonkeyPatch, owner: Owner, person: Person) -> str:
    """From now on the person's password is another as soon as one was verified; returns the hash of it."""
    verify, new = PasswordVault.verify, PasswordHasher(1, 8, 1).hash("another one of mine")

    async def slowly(vault: PasswordVault, password_hash: str | None, password: str) -> bool:
        answer = await verify(vault, password_hash, password)
        await owner.execute("UPDATE credentials SET password_hash = $2 WHERE user_id = $1", person.user_id, new)
        return answer

    monkeypatch.setattr(PasswordVault, "verify", slowly)
    return new


class TestSignIn:
    """POST /auth/login"""

    async def test_tokens(self, shops: Shops) -> None:
        """Who knows the password gets tokens that work, in any letter case of the address."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        answer = await person.client.post(
            f"{API}/auth/login", json={"email": person.email.upper(), "password": PASSWORD}
        )
        tokens = answer.json()
        assert (tokens["token_type"], tokens["expires_in"], tokens["csrf_token"]) == ("bearer", 900, None)
        assert "Set-Cookie" not in answer.headers
        assert (await me(person, tokens["access_token"])).json()["user"]["id"] == str(person.user_id)

    async def test_one_refusal(self, shops: Shops, owner: Owner) -> None:
        """Requirement 15: unknown, wrong, disabled, without a password: one status, one body, the same headers."""
        wrong, disabled, without, unknown = [await shops.person() for _ in range(4)]
        for person in (wrong, disabled):
            await shops.password(person, PASSWORD)
        await owner.execute("UPDATE users SET state = 'disabled' WHERE id = $1", disabled.user_id)
        await owner.execute("UPDATE users SET email = $2 WHERE id = $1", unknown.user_id, f"moved-{unknown.email}")
        answers = [await login(wrong, "nonsense"), *[await login(person) for person in (disabled, without, unknown)]]
        assert (answers[0].status_code, answers[0].json()["details"]["code"]) == (401, "invalid_credentials")
        assert {str(comparable(answer)) for answer in answers} == {str(comparable(answers[0]))}

    async def test_same_work(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """Requirement 15: for an unknown address as much is hashed, at the same cost, so that time tells nothing."""
        person, unknown = await shops.person(), await shops.person()
        await shops.password(person, PASSWORD)
        verify, hashes = PasswordHasher.verify, list[str]()

        def counted(hasher: PasswordHasher, stored: str, password: str) -> bool:
            hashes.append(stored.rsplit("$", 2)[0])
            return bool(verify(hasher, stored, password))

        monkeypatch.setattr(PasswordHasher, "verify", counted)
        for someone in (person, unknown):
            assert (await login(someone, "wrong")).status_code == 401
        assert hashes == ["$argon2id$v=19$m=8,t=1,p=1"] * 2

    async def test_changed_meanwhile(self, shops: Shops, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        """A sign-in whose password was changed after it was verified opens nothing, and leaves the new hash alone."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        new = changed_meanwhile(monkeypatch, owner, person)
        assert (await login(person)).status_code == 401
        kept = await owner.fetchval("SELECT password_hash FROM credentials WHERE user_id = $1", person.user_id)
        assert kept == new

    async def test_password_as_typed(self, shops: Shops) -> None:
        """Nothing is trimmed, folded or cut off."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        for spoilt in (f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.upper(), PASSWORD + "x" * 100, PASSWORD[:-1]):
            assert (await login(person, spoilt)).status_code == 401

    async def test_rehash(self, shops: Shops, owner: Owner) -> None:
        """Requirement 10: a hash of another cost is renewed by the next sign-in, which it does not hinder."""
        person = await shops.person()
        await signed_in(shops, person)
        old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
        await owner.execute("UPDATE credentials SET password_hash = $2 WHERE user_id = $1", person.user_id, old)
        for _ in range(2):
            assert (await login(person)).status_code == 200
        stored = await owner.fetchval("SELECT password_hash FROM credentials WHERE user_id = $1", person.user_id)
        assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")

    async def test_rehash_of_another(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """A hash that is renewed takes the place of the very one that was verified, of no later password's."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        stored = "SELECT password_hash FROM credentials WHERE user_id = $1"
        kept = await owner.fetchval(stored, person.user_id)
        for instead, expected in (("verified before", kept), (kept, "renewed")):
            async with app.state.identity.unit(UUID(int=1)) as uow:
                await SessionRepository(uow).set_hash(person.user_id, "renewed", uow.clock.now(), instead=instead)
            assert await owner.fetchval(stored, person.user_id) == expected

    async def test_limit_per_account(self, shops: Shops) -> None:
        """Requirement 14: ten failures fill an account's window, known or not, and one a minute is let through; others sign in."""
        person, other, unknown = [await shops.person() for _ in range(3)]
        for known in (person, other):
            await shops.password(known, PASSWORD)
        for someone in (person, unknown):
            assert [(await login(someone, "no")).status_code for _ in range(12)] == [401] * 11 + [429]
        answer = await login(person)
        assert (answer.status_code, answer.json()["details"]["retryable"]) == (429, True)
        assert 0 < int(answer.headers["Retry-After"]) <= 900
        assert answer.headers["RateLimit"].endswith(f";r=0;t={answer.headers['Retry-After']}")
        assert (await login(other)).status_code == 200

    async def test_secrets_are_hashed(self, shops: Shops, owner: Owner) -> None:
        """Requirement 7: neither token nor password stands in the database."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        assert len(tokens["refresh_token"]) >= 43
        for table in ("sessions", "refresh_tokens", "credentials", "audit_entries"):
            dump = await owner.fetchval(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            assert not any(secret in dump for secret in (PASSWORD, tokens["refresh_token"], tokens["access_token"]))

    async def test_audit(self, shops: Shops, owner: Owner) -> None:
        """Requirement 37: success and failure are written down."""
        person = await shops.person()
        await signed_in(shops, person)
        await login(person, "wrong")
        rows = await owner.fetch(
            "SELECT action FROM audit_entries WHERE target = $1 ORDER BY id", f"user:{person.user_id}"
        )
        assert [row["action"] for row in rows] == ["auth.session.signed_in", "auth.session.refused"]

    async def test_cookie(self, shops: Shops) -> None:
        """In the cookie transport no refresh token stands in the body, and no script reads the cookie."""
        person = await shops.person()
        await shops.password(person, PASSWORD)
        answer = await login(person, session_transport="cookie")
        tokens, cookie = answer.json(), answer.headers["Set-Cookie"]
        assert (tokens["refresh_token"], bool(tokens["csrf_token"])) == (None, True)
        assert cookie.startswith("atrium_refresh=")
        assert {"HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"} <= set(cookie.split("; "))


class TestSignOut:
    """POST /auth/logout"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Who is not signed in cannot sign out."""
        assert (await client.post(f"{API}/auth/logout")).status_code == 401

    async def test_at_once(self, shops: Shops) -> None:
        """Requirement 5: access and refresh token are worthless from the answer on; other sessions live."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        answer = await person.post("/auth/logout", headers={"Authorization": f"Bearer {tokens['access_token']}"})
        assert (answer.status_code, answer.json()["status"]) == (200, True)
        refused = await me(person, tokens["access_token"])
        assert (refused.status_code, refused.json()["details"]["code"]) == (401, "session_ended")
        again = await person.client.post(f"{API}/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert again.status_code == 401
        assert (await person.get("/me")).status_code == 200

    async def test_twice(self, shops: Shops) -> None:
        """Who is signed out already is told so."""
        person = await shops.person()
        answers = [await person.post("/auth/logout") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 401]
        assert answers[1].json()["details"]["code"] == "session_ended"

    async def test_by_cookie(self, shops: Shops) -> None:
        """With the cookie it needs the CSRF token from a listed origin, and clears the cookie."""
        person = await shops.person()
        tokens = await signed_in(shops, person, session_transport="cookie")
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        refused = await person.post("/auth/logout", headers=bearer)
        assert (refused.status_code, refused.json()["details"]["code"]) == (403, "csrf_failed")
        answer = await person.post(
            "/auth/logout", headers={**bearer, "X-CSRF-Token": tokens["csrf_token"], "Origin": ORIGIN}
        )
        assert answer.status_code == 200
        assert "Max-Age=0" in answer.headers["Set-Cookie"]


class TestStanding:
    """What ends access"""

    async def test_disabled(self, shops: Shops, owner: Owner) -> None:
        """Requirement 5: who is disabled is refused on the next request, and cannot refresh."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        await owner.execute("UPDATE users SET state = 'disabled' WHERE id = $1", person.user_id)
        assert (await me(person, tokens["access_token"])).json()["details"]["code"] == "session_ended"
        again = await person.client.post(f"{API}/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        assert (again.status_code, again.json()["details"]["code"]) == (401, "session_ended")

    async def test_membership_withdrawn(self, shops: Shops) -> None:
        """Requirement 5: who was removed is refused on the very next request, as a stranger is."""
        shop = await shops.shop()
        assert (await shop.member.get("/products")).status_code == 200
        removed = await shop.owner.delete(f"/members/{shop.member.user_id}", headers={"If-Match": "*"})
        assert removed.status_code == 200
        answer = await shop.member.get("/products")
        assert (answer.status_code, answer.json()["details"]["code"]) == (404, "tenant_not_found")

    async def test_role_withdrawn(self, shops: Shops) -> None:
        """Requirement 20: a role that was taken away is gone on the very next request, under the same token."""
        shop = await shops.shop()
        path = f"/members/{shop.admin.user_id}"
        assert (await shop.admin.get("/audit-log")).status_code == 200
        await shop.owner.patch(path, json={"roles": ["viewer"]}, headers={"If-Match": "*"})
        assert (await shop.admin.get("/audit-log")).status_code == 403
        await shop.owner.patch(path, json={"roles": ["admin"]}, headers={"If-Match": "*"})
        assert (await shop.admin.get("/audit-log")).status_code == 200

    async def test_clock_is_ours(self, shops: Shops, clock: MovableClock) -> None:
        """A token made in the future of the clock does not count yet."""
        person = await shops.person()
        clock.advance(seconds=-30)
        assert (await person.get("/me")).status_code == 401
