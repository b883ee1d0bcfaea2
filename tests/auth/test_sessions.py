"""One's own sessions, and the end of them."""

import httpx
import pytest

from app.config import Settings
from app.extensions.routing import API
from tests.auth.test_refresh import Owner, outcome, refresh
from tests.auth.test_sign_in import ORIGIN, login, me, signed_in
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

COOKIE = {"session_transport": "cookie"}


async def ids(person: Person) -> list[str]:
    """The sessions that the person sees."""
    return [item["id"] for item in (await person.get("/auth/sessions")).json()["data"]]


class TestList:
    """GET /auth/sessions"""

    @pytest.mark.parametrize("path", ["", "/0199a3c1-5f0e-7c44-9f0c-2b9a3a0d5e11"])
    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    async def test_anonymous(self, client: httpx.AsyncClient, method: str, path: str) -> None:
        """Requirement 1: only whoever is signed in."""
        assert (await client.request(method, f"{API}/auth/sessions{path}")).status_code == 401

    async def test_own(self, shops: Shops) -> None:
        """One's own, oldest first, with where they were opened, the present one marked; nobody else's."""
        person, other = await shops.person(), await shops.person()
        await signed_in(shops, person, **COOKIE)
        await signed_in(shops, other)
        first, second = (await person.get("/auth/sessions")).json()["data"]
        assert (first["id"], first["current"], second["current"]) == (str(person.session_id), True, False)
        assert (second["transport"], second["address"], second["mfa"]) == ("cookie", "127.0.0.1", False)
        assert second["user_agent"].startswith("python-httpx")
        assert (await person.get(f"/auth/sessions/{second['id']}")).json() == second

    async def test_pages(self, shops: Shops) -> None:
        """In pages; a cursor of another person's list is refused."""
        person, other = await shops.person(), await shops.person()
        await signed_in(shops, person)
        await login(person)
        page = (await person.get("/auth/sessions?limit=2")).json()
        rest = (await person.get(f"/auth/sessions?limit=2&cursor={page['next_cursor']}")).json()
        assert ([len(page["data"]), len(rest["data"])], rest["has_more"]) == ([2, 1], False)
        assert len({item["id"] for item in page["data"] + rest["data"]}) == 3
        assert (await other.get(f"/auth/sessions?cursor={page['next_cursor']}")).status_code == 400

    async def test_over(self, shops: Shops, clock: MovableClock, settings: Settings) -> None:
        """Requirement 6: what has ended of itself is not in the list."""
        person = await shops.person()
        await signed_in(shops, person)
        clock.advance(seconds=settings.auth.session_idle_seconds + 60)
        token = (await login(person)).json()["access_token"]
        answer = await person.get("/auth/sessions", headers={"Authorization": f"Bearer {token}"})
        assert [item["current"] for item in answer.json()["data"]] == [True]


class TestEnd:
    """DELETE /auth/sessions/{id} and /auth/sessions"""

    async def test_at_once(self, shops: Shops) -> None:
        """Requirement 5: an ended session's tokens are worthless from the answer on; the others live."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        _, ended = await ids(person)
        assert (await person.delete(f"/auth/sessions/{ended}")).status_code == 200
        assert outcome(await me(person, tokens["access_token"])) == (401, "session_ended")
        assert outcome(await refresh(person, tokens["refresh_token"])) == (401, "session_ended")
        assert await ids(person) == [str(person.session_id)]

    async def test_others(self, shops: Shops) -> None:
        """Requirement 16: another's session is as unknown as a random one, and stands; so is one that has ended."""
        person, other = await shops.person(), await shops.person()
        for method in ("GET", "DELETE"):
            answer = await person.call(method, f"/auth/sessions/{other.session_id}")
            assert outcome(answer) == (404, "not_found")
        assert (await other.get("/me")).status_code == 200
        await signed_in(shops, person)
        _, ended = await ids(person)
        assert [(await person.delete(f"/auth/sessions/{ended}")).status_code for _ in range(2)] == [200, 404]

    async def test_own_last(self, shops: Shops) -> None:
        """The present one may be ended too."""
        person = await shops.person()
        assert (await person.delete(f"/auth/sessions/{person.session_id}")).status_code == 200
        assert outcome(await person.get("/auth/sessions")) == (401, "session_ended")

    async def test_all_others(self, shops: Shops, owner: Owner) -> None:
        """Requirements 5 and 37: all but the present one, at once, of this person alone; it is written down."""
        person, other = await shops.person(), await shops.person()
        tokens = [await signed_in(shops, person), (await login(person)).json()]
        assert (await person.delete("/auth/sessions")).status_code == 200
        for each in tokens:
            assert outcome(await me(person, each["access_token"])) == (401, "session_ended")
        assert await ids(person) == [str(person.session_id)]
        assert (await other.get("/me")).status_code == 200
        action = await owner.fetchval(
            "SELECT action FROM audit_entries WHERE target = $1 ORDER BY id DESC LIMIT 1", f"user:{person.user_id}"
        )
        assert action == "auth.session.others_ended"


class TestSignOutByCookie:
    """POST /auth/logout by cookie"""

    async def _sign_out(self, person: Person, **headers: str) -> httpx.Response:
        return await person.client.post(f"{API}/auth/logout", headers=headers)

    async def test_without_access_token(self, shops: Shops, clock: MovableClock, settings: Settings) -> None:
        """Requirement 5: cookie, CSRF token and origin end the session, whether the access token is gone or over."""
        for advance in (0, settings.auth.access_seconds + 1):
            person = await shops.person()
            tokens = await signed_in(shops, person, **COOKIE)
            clock.advance(seconds=advance)
            bearer = {"Authorization": f"Bearer {tokens['access_token']}"} if advance else {}
            csrf = {"X-CSRF-Token": tokens["csrf_token"], "Origin": ORIGIN}
            answer = await self._sign_out(person, **bearer, **csrf)
            assert (answer.status_code, "Max-Age=0" in answer.headers["Set-Cookie"]) == (200, True)
            assert (await me(person, tokens["access_token"])).status_code == 401

    @pytest.mark.parametrize("origin", ["", "null", "http://evil.example"])
    async def test_forged(self, shops: Shops, origin: str) -> None:
        """A foreign site signs nobody out: without the CSRF token, or from its own origin, the session stands."""
        person = await shops.person()
        tokens = await signed_in(shops, person, **COOKIE)
        for headers in ({"Origin": ORIGIN}, {"Origin": origin, "X-CSRF-Token": tokens["csrf_token"]}):
            assert outcome(await self._sign_out(person, **headers)) == (403, "csrf_failed")
        assert (await me(person, tokens["access_token"])).status_code == 200

    async def test_others_cookie(self, shops: Shops) -> None:
        """With an access token of another session, that session ends and the cookie's stands."""
        person = await shops.person()
        cookie = await signed_in(shops, person, **COOKIE)
        answer = await self._sign_out(person, Authorization=f"Bearer {person.token}")
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
        assert outcome(await person.get("/me")) == (401, "session_ended")
        assert (await me(person, cookie["access_token"])).status_code == 200

    async def test_expired_token_alone(self, shops: Shops, clock: MovableClock, settings: Settings) -> None:
        """Without a cookie the access token must be valid, and one that is over says so."""
        person = await shops.person()
        clock.advance(seconds=settings.auth.access_seconds + 1)
        answer = await self._sign_out(person, Authorization=f"Bearer {person.token}")
        assert outcome(answer) == (401, "token_expired")
        assert outcome(await self._sign_out(person, Cookie="atrium_refresh=x")) == (401, "unauthenticated")


async def test_last_access_token(shops: Shops, clock: MovableClock, settings: Settings) -> None:
    """Requirement 6: no access token outlives its session's absolute age."""
    person = await shops.person()
    token = (await signed_in(shops, person))["refresh_token"]
    step = settings.auth.session_idle_seconds - 60
    rest = settings.auth.session_absolute_seconds - 100
    while rest > 0:
        clock.advance(seconds=min(step, rest))
        rest -= step
        tokens = (await refresh(person, token)).json()
        token = tokens["refresh_token"]
    assert 0 < tokens["expires_in"] <= 100
    clock.advance(seconds=100)
    assert outcome(await me(person, tokens["access_token"])) == (401, "token_expired")
