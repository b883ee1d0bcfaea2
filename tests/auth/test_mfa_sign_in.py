"""Sign-in with a second factor: codes of the authenticator, recovery codes, and the token between the halves."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.extensions.routing import API, ModularApp
from tests.auth.test_refresh import outcome, refresh
from tests.auth.test_sign_in import PASSWORD, changed_meanwhile, login, me
from tests.support.clock import MovableClock
from tests.support.factors import STEP, WRONG, actions, at_own_address, enrol
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
WAITING = """
SELECT count(DISTINCT w.pid) FROM pg_locks AS w JOIN pg_locks AS r ON r.pid = w.pid
WHERE NOT w.granted AND r.locktype = 'relation' AND r.relation = 'totp_factors'::regclass
AND r.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.fixture
async def client(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """From a network address of its own: the wrong codes of these tests fill nobody else's window."""
    async with at_own_address(app) as http:
        yield http


class TestSignIn:
    """Requirement 12: POST /auth/login, then /auth/login/mfa"""

    async def test_whole_path(self, shops: Shops, clock: MovableClock, owner: Owner) -> None:
        """The right password opens nothing; the code opens a session that has proved both."""
        enrolled = await enrol(shops, clock)
        answer = await login(enrolled.person)
        problem = answer.json()["details"]
        assert (problem["expires_in"], problem["methods"]) == (300, ["totp", "recovery_code"])
        tokens = (await enrolled.sign_in(enrolled.code(), problem["mfa_token"])).json()
        assert (await me(enrolled.person, tokens["access_token"])).status_code == 200
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        sessions = (await enrolled.person.get("/auth/sessions", headers=bearer)).json()["data"]
        assert [(item["mfa"], item["current"]) for item in sessions][-1] == (True, True)
        assert (await actions(owner, enrolled.person))[-2:] == ["auth.mfa.asked", "auth.session.signed_in"]

    async def test_cookie(self, shops: Shops, clock: MovableClock) -> None:
        """The transport is chosen in the second half."""
        enrolled = await enrol(shops, clock)
        answer = await enrolled.sign_in(enrolled.code(), session_transport="cookie")
        assert (answer.json()["refresh_token"], "Set-Cookie" in answer.headers) == (None, True)

    async def test_wrong_password(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 15: whether an account has a second factor is told to nobody without the password."""
        enrolled, other = await enrol(shops, clock), await shops.person()
        await shops.password(other, PASSWORD)
        bodies = []
        for person in (enrolled.person, other):
            answer = await login(person, "wrong")
            bodies.append((answer.status_code, answer.text.replace(answer.headers["X-Request-ID"], "")))
        assert bodies[0] == bodies[1]

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    async def test_drift(self, shops: Shops, clock: MovableClock, steps: int) -> None:
        """A clock that is one step early or late is forgiven."""
        enrolled = await enrol(shops, clock)
        clock.advance(seconds=STEP)
        assert (await enrolled.sign_in(enrolled.code(steps))).status_code == 200

    @pytest.mark.parametrize("steps", [-2, 2])
    async def test_too_old(self, shops: Shops, clock: MovableClock, steps: int) -> None:
        """Two steps are too many."""
        enrolled = await enrol(shops, clock)
        clock.advance(seconds=3 * STEP)
        assert outcome(await enrolled.sign_in(enrolled.code(steps))) == (401, "mfa_code_invalid")

    async def test_once(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 12: a code works once, also for many at once, and none before it works after it."""
        enrolled = await enrol(shops, clock)
        clock.advance(seconds=STEP)
        tokens, code, earlier = [await enrolled.half() for _ in range(4)], enrolled.code(), enrolled.code(-1)
        answers = await asyncio.gather(*(enrolled.sign_in(code, token) for token in tokens))
        assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
        for used in (code, earlier):
            assert outcome(await enrolled.sign_in(used)) == (401, "mfa_code_invalid")

    async def test_once_at_the_worst_moment(
        self, shops: Shops, clock: MovableClock, settings: Settings, owner: Owner
    ) -> None:
        """Requirement 12: of two that have both found the code right before either used it, one comes in."""
        enrolled = await enrol(shops, clock)
        tokens, code = [await enrolled.half() for _ in range(2)], enrolled.code()
        lock = await asyncpg.connect(settings.database.owner_url)
        try:
            async with lock.transaction():
                await lock.execute("SELECT 1 FROM totp_factors WHERE user_id = $1 FOR UPDATE", enrolled.person.user_id)
                both = [asyncio.create_task(enrolled.sign_in(code, token)) for token in tokens]
                async with asyncio.timeout(5):
                    while await owner.fetchval(WAITING) < 2:
                        pass  # both have read the factor; soon they wait for its row
            assert sorted([(await answer).status_code for answer in both]) == [200, 401]
        finally:
            await lock.close()

    async def test_code_of_enrolment(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 12: the code that switched it on is used up."""
        enrolled = await enrol(shops, clock)
        assert outcome(await enrolled.sign_in(enrolled.code(-1))) == (401, "mfa_code_invalid")

    async def test_token_dies_of_tries(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 12: after five wrong codes, also at once, the token is dead, even for the right code."""
        enrolled = await enrol(shops, clock)
        token = await enrolled.half()
        answers = await asyncio.gather(*(enrolled.sign_in(WRONG, token) for _ in range(7)))
        found = sorted(outcome(answer) for answer in answers)
        assert found == [(401, "mfa_code_invalid")] * 5 + [(401, "mfa_token_invalid")] * 2
        assert outcome(await enrolled.sign_in(enrolled.code(), token)) == (401, "mfa_token_invalid")
        assert (await enrolled.sign_in(enrolled.code())).status_code == 200

    async def test_limit_per_account(self, shops: Shops, clock: MovableClock) -> None:
        """Requirements 12 and 14: fresh tokens do not buy more tries: the account's wrong codes are limited."""
        enrolled = await enrol(shops, clock)
        answers = [await enrolled.sign_in(WRONG) for _ in range(12)]
        assert [answer.status_code for answer in answers] == [401] * 11 + [429]
        assert "Retry-After" in answers[-1].headers

    async def test_token_dies_of_age(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 12: after five minutes, by the injected clock."""
        enrolled = await enrol(shops, clock)
        token = await enrolled.half()
        clock.advance(seconds=300)
        assert outcome(await enrolled.sign_in(enrolled.code(), token)) == (401, "mfa_token_invalid")

    async def test_token_once(self, shops: Shops, clock: MovableClock) -> None:
        """A token opens one session."""
        enrolled = await enrol(shops, clock)
        token = await enrolled.half()
        assert (await enrolled.sign_in(enrolled.codes[0], token)).status_code == 200
        assert outcome(await enrolled.sign_in(enrolled.codes[1], token)) == (401, "mfa_token_invalid")

    async def test_token_is_nothing_else(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 3: an MFA token is neither an access token, nor a refresh token, nor a mail's link."""
        enrolled = await enrol(shops, clock)
        token, client = await enrolled.half(), enrolled.person.client
        assert outcome(await me(enrolled.person, token)) == (401, "unauthenticated")
        assert outcome(await refresh(enrolled.person, token)) == (401, "unauthenticated")
        body = {"token": token, "password": "seven brave otters"}
        for path in ("password/reset", "verify-email"):
            assert outcome(await client.post(f"{API}/auth/{path}", json=body)) == (400, "token_invalid")

    async def test_disabled_meanwhile(self, shops: Shops, clock: MovableClock, owner: Owner) -> None:
        """Requirement 5: who is disabled between the halves does not come in."""
        enrolled = await enrol(shops, clock)
        token = await enrolled.half()
        await owner.execute("UPDATE users SET state = 'disabled' WHERE id = $1", enrolled.person.user_id)
        assert outcome(await enrolled.sign_in(enrolled.code(), token)) == (401, "mfa_token_invalid")

    async def test_password_changed_meanwhile(
        self, shops: Shops, clock: MovableClock, owner: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Requirement 5: a sign-in whose password was changed after it was verified is asked for no code."""
        enrolled = await enrol(shops, clock)
        changed_meanwhile(monkeypatch, owner, enrolled.person)
        assert outcome(await login(enrolled.person)) == (401, "invalid_credentials")
        tokens = "SELECT count(*) FROM one_time_tokens WHERE subject_id = $1"
        assert await owner.fetchval(tokens, enrolled.person.user_id) == 0

    async def test_others_code(self, shops: Shops, clock: MovableClock) -> None:
        """Another person's code and recovery code open nothing."""
        enrolled, other = await enrol(shops, clock), await enrol(shops, clock)
        for code in (other.code(), other.codes[0]):
            assert outcome(await enrolled.sign_in(code)) == (401, "mfa_code_invalid")
        assert (await other.sign_in(other.codes[0])).status_code == 200

    async def test_reset_does_not_bypass(self, shops: Shops, clock: MovableClock, mailbox: Mailbox) -> None:
        """Requirement 12: after a reset sign-in asks for the code as before, and the half sign-in from before is dead."""
        enrolled = await enrol(shops, clock)
        person, token = enrolled.person, await enrolled.half()
        await person.client.post(f"{API}/auth/password/forgot", json={"email": person.email})
        body = {"token": mailbox.last(person.email).token, "password": "seven brave otters"}
        assert (await person.client.post(f"{API}/auth/password/reset", json=body)).status_code == 200
        assert outcome(await enrolled.sign_in(enrolled.code(), token)) == (401, "mfa_token_invalid")
        assert outcome(await login(person, "seven brave otters")) == (401, "mfa_required")


class TestRecoveryCodes:
    """Recovery codes"""

    async def test_once(self, shops: Shops, clock: MovableClock, mailbox: Mailbox, owner: Owner) -> None:
        """Requirement 12: each works once, however it is typed, also for two at once; its use is told and written down."""
        enrolled = await enrol(shops, clock)
        tokens, code = [await enrolled.half() for _ in range(2)], enrolled.codes[0].upper().replace("-", " ")
        answers = await asyncio.gather(*(enrolled.sign_in(code, token) for token in tokens))
        assert sorted(answer.status_code for answer in answers) == [200, 401]
        mail = mailbox.last(enrolled.person.email)
        assert (mail.subject, "left: 9" in mail.text) == ("A recovery code was used", True)
        assert "auth.mfa.recovery_code_used" in await actions(owner, enrolled.person)
        assert (await enrolled.person.get("/auth/mfa")).json()["recovery_codes_left"] == 9

    async def test_renewed(self, shops: Shops, clock: MovableClock) -> None:
        """New codes make the old ones worthless."""
        enrolled = await enrol(shops, clock)
        renewed = (await enrolled.person.post("/auth/mfa/recovery-codes")).json()["recovery_codes"]
        assert not set(renewed) & set(enrolled.codes)
        assert outcome(await enrolled.sign_in(enrolled.codes[0])) == (401, "mfa_code_invalid")
        assert (await enrolled.sign_in(renewed[0])).status_code == 200

    async def test_strong(self, shops: Shops, clock: MovableClock) -> None:
        """Each has at least 112 random bits, so that a plain hash of it betrays nothing (ASVS 6.5.2)."""
        enrolled = await enrol(shops, clock)
        assert all(len(code.replace("-", "")) * 5 >= 112 for code in enrolled.codes)
