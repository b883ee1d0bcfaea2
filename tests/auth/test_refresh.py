"""Rotation of refresh tokens."""

import asyncio
import json
from collections.abc import AsyncIterator
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from typing import Any

import asyncpg
import httpx
import pytest

from app.auth.repository.sessions import SessionRepository, SessionRow
from app.auth.tokens import secret_hash
from app.config import Settings
from app.db import commits, uow
from app.exceptions import OutcomeLost
from app.extensions.routing import API
from tests.auth.test_sign_in import ORIGIN, login, me, signed_in
from tests.faults.processes import until
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
WAITING = """
SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted AND transactionid::text = $1
"""


async def refresh(person: Person, token: str) -> httpx.Response:
    """POST /auth/refresh by body."""
    return await person.client.post(f"{API}/auth/refresh", json={"refresh_token": token})


def outcome(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


def stall(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """From now on the second question for a token, the look at whether it was used, is late once."""
    by_token, asked = SessionRepository.by_token, count(1)

    async def late(self: SessionRepository, token_hash: bytes) -> SessionRow | None:
        if next(asked) == 2:
            await asyncio.sleep(seconds)
        return await by_token(self, token_hash)

    monkeypatch.setattr(SessionRepository, "by_token", late)


def unheard(monkeypatch: pytest.MonkeyPatch, *, happens: bool) -> None:
    """The next commit is not answered."""
    asked = count(1)

    async def late(connection: Any, *, writes: bool = True) -> None:
        first = next(asked) == 1
        if happens or not first:
            await commits.commit(connection, writes=writes)
        if first:
            raise OutcomeLost

    monkeypatch.setattr(uow, "commit", late)


class TestUnheard:
    """The database goes away at the commit"""

    async def test_done(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """What happened is answered as it happened: to send the token again would be a second use, and end the session."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        unheard(monkeypatch, happens=True)
        answer = await refresh(person, tokens["refresh_token"])
        assert answer.status_code == 200
        assert (await refresh(person, answer.json()["refresh_token"])).status_code == 200

    async def test_not_done(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """What did not is a refusal that says: again; and the token is as good as before."""
        person = await shops.person()
        tokens = await signed_in(shops, person)
        unheard(monkeypatch, happens=False)
        told = outcome(await refresh(person, tokens["refresh_token"]))
        assert told in {
            (503, "unavailable"),
            (409, "refresh_in_progress"),
        }  # the first transaction may not have ended yet

        async def works() -> bool:
            return (await refresh(person, tokens["refresh_token"])).status_code == 200

        await until(works, "the token is used")


class TestRotation:
    """Requirement 4, by body"""

    @pytest.mark.parametrize("token", ["x", "A" * 43, "\u00e4", "' OR 1=1 --"])
    async def test_unknown(self, shops: Shops, token: str) -> None:
        """What was never a token is 401."""
        assert outcome(await refresh(await shops.person(), token)) == (401, "unauthenticated")

    async def test_nothing(self, client: httpx.AsyncClient) -> None:
        """Without a token and without a cookie it is 401, with and without a body."""
        bodies: list[dict[str, Any]] = [{}, {"json": {}}, {"json": {"refresh_token": None}}]
        for options in bodies:
            assert outcome(await client.post(f"{API}/auth/refresh", **options)) == (401, "unauthenticated")

    async def test_rotates(self, shops: Shops) -> None:
        """Requirement 4: each refresh gives new tokens of the same session, and they work."""
        person = await shops.person()
        tokens = [await signed_in(shops, person)]
        for _ in range(3):
            tokens.append((await refresh(person, tokens[-1]["refresh_token"])).json())
        assert len({item["refresh_token"] for item in tokens}) == 4
        assert (await me(person, tokens[-1]["access_token"])).status_code == 200

    async def test_reuse_ends_the_family(self, shops: Shops) -> None:
        """Requirement 4: a used token ends its session with all tokens, access tokens too; other sessions live."""
        person = await shops.person()
        first = await signed_in(shops, person)
        second = (await refresh(person, first["refresh_token"])).json()
        assert outcome(await refresh(person, first["refresh_token"])) == (401, "session_ended")
        assert outcome(await refresh(person, second["refresh_token"])) == (401, "session_ended")
        for token in (first["access_token"], second["access_token"]):
            assert outcome(await me(person, token)) == (401, "session_ended")
        assert (await person.get("/me")).status_code == 200

    @pytest.mark.parametrize("_round", range(20))
    async def test_two_at_once(self, shops: Shops, _round: int) -> None:
        """Requirement 4: of two refreshes at once one wins, the other is told, and the family lives."""
        person = await shops.person()
        token = (await signed_in(shops, person))["refresh_token"]
        answers = await asyncio.gather(refresh(person, token), refresh(person, token))
        won, lost = sorted(answers, key=lambda answer: answer.status_code)
        assert (won.status_code, outcome(lost)) == (200, (409, "refresh_in_progress"))
        assert (await me(person, won.json()["access_token"])).status_code == 200
        assert (await refresh(person, won.json()["refresh_token"])).status_code == 200

    async def test_idle(self, shops: Shops, clock: MovableClock, settings: Settings) -> None:
        """Requirement 6: a session unused for too long is over; one in use is not."""
        person = await shops.person()
        token = (await signed_in(shops, person))["refresh_token"]
        for _ in range(2):
            clock.advance(seconds=settings.auth.session_idle_seconds - 60)
            token = (await refresh(person, token)).json()["refresh_token"]
        clock.advance(seconds=settings.auth.session_idle_seconds)
        assert outcome(await refresh(person, token)) == (401, "session_ended")

    async def test_absolute(self, shops: Shops, clock: MovableClock, settings: Settings) -> None:
        """Requirement 6: however busy, a session ends at its absolute age."""
        person = await shops.person()
        token = (await signed_in(shops, person))["refresh_token"]
        step = settings.auth.session_idle_seconds - 60
        for _ in range(settings.auth.session_absolute_seconds // step):
            clock.advance(seconds=step)
            answer = await refresh(person, token)
            token = answer.json()["refresh_token"]
        clock.advance(seconds=step)
        assert outcome(await refresh(person, token)) == (401, "session_ended")

    async def test_stored_hashed(self, shops: Shops, owner: Owner) -> None:
        """Requirement 7: a stored hash is no token."""
        person = await shops.person()
        await signed_in(shops, person)
        stored = await owner.fetch(
            "SELECT token_hash FROM refresh_tokens JOIN sessions ON sessions.id = session_id WHERE user_id = $1",
            person.user_id,
        )
        assert [len(row["token_hash"]) for row in stored] == [32]
        assert (await refresh(person, stored[0]["token_hash"].hex())).status_code == 401


class TestCookie:
    """Requirement 4, by cookie"""

    async def test_rotates(self, shops: Shops) -> None:
        """Cookie, CSRF token and listed origin together give a new cookie and a new CSRF token."""
        person = await shops.person()
        tokens = await signed_in(shops, person, session_transport="cookie")
        for _ in range(2):
            answer = await self._refresh(person, tokens["csrf_token"], ORIGIN)
            assert (answer.status_code, answer.json()["refresh_token"]) == (200, None)
            assert answer.json()["csrf_token"] != tokens["csrf_token"]
            tokens = answer.json()
            assert (await me(person, tokens["access_token"])).status_code == 200

    @pytest.mark.parametrize(
        "origin", [None, "null", "http://evil.example", "https://localhost:5173", ORIGIN + ".evil.example"]
    )
    async def test_foreign_origin(self, shops: Shops, origin: str | None) -> None:
        """From any other origin the cookie is worthless, even beside its CSRF token; nothing is used up."""
        person = await shops.person()
        tokens = await signed_in(shops, person, session_transport="cookie")
        assert outcome(await self._refresh(person, tokens["csrf_token"], origin)) == (403, "csrf_failed")
        assert (await self._refresh(person, tokens["csrf_token"], ORIGIN)).status_code == 200

    async def test_csrf_token(self, shops: Shops) -> None:
        """Without its own CSRF token the cookie is worthless: none, garbage, another session's."""
        person, other = await shops.person(), await shops.person()
        foreign = await signed_in(shops, other, session_transport="cookie")
        tokens = await signed_in(shops, person, session_transport="cookie")
        for csrf in (None, "x", foreign["csrf_token"]):
            assert outcome(await self._refresh(person, csrf, ORIGIN)) == (403, "csrf_failed")
        assert (await self._refresh(person, tokens["csrf_token"], ORIGIN)).status_code == 200

    async def test_transports_do_not_mix(self, shops: Shops) -> None:
        """A cookie's token in the body gets round no CSRF guard, and a body's token is no cookie."""
        person = await shops.person()
        body_token = (await signed_in(shops, person))["refresh_token"]
        await login(person, session_transport="cookie")
        assert outcome(await refresh(person, person.client.cookies["atrium_refresh"])) == (401, "unauthenticated")
        person.client.cookies.clear()
        headers = {"Cookie": f"atrium_refresh={body_token}", "Origin": ORIGIN, "X-CSRF-Token": "x"}
        assert outcome(await person.client.post(f"{API}/auth/refresh", headers=headers)) == (401, "unauthenticated")

    async def _refresh(self, person: Person, csrf: str | None, origin: str | None) -> httpx.Response:
        given = {"X-CSRF-Token": csrf, "Origin": origin}
        headers = {name: value for name, value in given.items() if value is not None}
        return await person.client.post(f"{API}/auth/refresh", headers=headers)


class TestTwins:
    """Requirement 4: two at once, at the worst moments"""

    @pytest.mark.parametrize("_round", range(5))
    async def test_many_at_once(self, shops: Shops, _round: int) -> None:
        """Requirement 4: of twelve at once one wins, the others are told, and the family lives."""
        person = await shops.person()
        token = (await signed_in(shops, person))["refresh_token"]
        answers = await asyncio.gather(*(refresh(person, token) for _ in range(12)))
        won = [answer for answer in answers if answer.status_code == 200]
        assert len(won) == 1
        assert {outcome(answer) for answer in answers if answer.status_code != 200} == {(409, "refresh_in_progress")}
        assert (await refresh(person, won[0].json()["refresh_token"])).status_code == 200

    @pytest.mark.parametrize(("transport", "stalled"), [("body", 0.0), ("cookie", 0.0), ("body", 0.3)])
    async def test_before_the_commit(
        self,
        shops: Shops,
        owner: Owner,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        transport: str,
        stalled: float,
    ) -> None:
        """Requirement 4: a twin that arrives before the other's commit, and is looked at after it, ends no family.

        Not where the look itself takes longer than the two were apart, either. Then, sent again after the commit, the same
        token ends it.
        """
        person = await shops.person()
        tokens = await signed_in(shops, person, session_transport=transport)
        arrived, go_on = asyncio.Event(), asyncio.Event()
        options = self._options(person, tokens)

        async def slow_body() -> AsyncIterator[bytes]:
            arrived.set()
            await go_on.wait()
            yield json.dumps(options["json"]).encode()

        slow = {
            **options,
            "content": slow_body(),
            "headers": {**options["headers"], "Content-Type": "application/json"},
        }
        del slow["json"]
        lock = await asyncpg.connect(settings.database.owner_url)
        try:
            async with lock.transaction():
                await lock.execute("SELECT 1 FROM sessions WHERE user_id = $1 FOR NO KEY UPDATE", person.user_id)
                holder = await lock.fetchval("SELECT pg_current_xact_id()::xid::text")
                first = asyncio.create_task(person.client.post(f"{API}/auth/refresh", **options))
                async with asyncio.timeout(5):
                    while not await owner.fetchval(WAITING, holder):
                        pass  # the first has used the token; soon it waits for the session's row
                twin = asyncio.create_task(person.client.post(f"{API}/auth/refresh", **slow))
                await arrived.wait()
            won = await first
            stall(monkeypatch, stalled)
            go_on.set()
            assert (won.status_code, outcome(await twin)) == (200, (409, "refresh_in_progress"))
        finally:
            await lock.close()
        assert (await me(person, won.json()["access_token"])).status_code == 200
        assert outcome(await person.client.post(f"{API}/auth/refresh", **options)) == (401, "session_ended")
        assert outcome(await me(person, won.json()["access_token"])) == (401, "session_ended")

    async def test_cut_off(self, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """A process that dies between commit and stamp leaves a token that is a twin's for 30 s, and reused from then on."""
        person = await shops.person()
        token = (await signed_in(shops, person))["refresh_token"]
        second = (await refresh(person, token)).json()
        await owner.execute("UPDATE refresh_tokens SET settled_at = NULL WHERE token_hash = $1", secret_hash(token))
        clock.advance(seconds=20)
        assert outcome(await refresh(person, token)) == (409, "refresh_in_progress")
        assert (await me(person, second["access_token"])).status_code == 200
        clock.advance(seconds=20)
        assert outcome(await refresh(person, token)) == (401, "session_ended")
        assert outcome(await me(person, second["access_token"])) == (401, "session_ended")

    def _options(self, person: Person, tokens: dict[str, Any]) -> dict[str, Any]:
        """What sends the token of that answer, the cookie as it was then."""
        if tokens["refresh_token"] is not None:
            return {"json": {"refresh_token": tokens["refresh_token"]}, "headers": {}}
        cookie = f"atrium_refresh={person.client.cookies['atrium_refresh']}"
        person.client.cookies.clear()
        person.client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        headers = {"Cookie": cookie, "X-CSRF-Token": tokens["csrf_token"], "Origin": ORIGIN}
        return {"json": {}, "headers": headers}
