"""The second factor: enrolment, sign-in, recovery codes, step-up, and who must have it."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
import pyotp
import pytest
from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.factor_seal import FactorSeal
from app.auth.permissions import access_control
from app.config import Settings
from app.extensions.module import Module
from app.extensions.responses import done
from app.extensions.routing import API, ModularApp, ModuleRouter
from app.extensions.views import cbv
from app.main import build_app
from app.utils.ids import uuid7
from app.utils.schemas import DefaultResponse
from tests.auth.test_refresh import outcome
from tests.auth.test_sign_in import PASSWORD, login, me
from tests.support.clock import MovableClock
from tests.support.factors import WRONG, actions, at_own_address, enrol
from tests.support.mailbox import Mailbox
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
router = ModuleRouter(prefix="/staff", tag="staff")
STAFF = Module(name="staff", routers=(router,))


@cbv(router)
class StaffViews:
    """Something that operators alone may see."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="Be of the staff")
    @access_control(superuser=True)
    async def get_staff(self) -> DefaultResponse:
        """Yes."""
        return done("You are.")


@pytest.fixture
async def client(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """From a network address of its own: the wrong codes of these tests fill nobody else's window."""
    async with at_own_address(app) as http:
        yield http


class TestEnrolment:
    """POST /auth/mfa/totp and /auth/mfa/totp/confirm"""

    @pytest.mark.parametrize(
        "call", ["GET ", "POST /totp", "POST /totp/confirm", "DELETE /totp", "POST /recovery-codes"]
    )
    async def test_anonymous(self, client: httpx.AsyncClient, call: str) -> None:
        """Requirement 1: only whoever is signed in."""
        method, _, path = call.partition(" ")
        assert (await client.request(method, f"{API}/auth/mfa{path}")).status_code == 401

    async def test_whole_path(self, shops: Shops, clock: MovableClock, mailbox: Mailbox, owner: Owner) -> None:
        """Off until the first code; then on, told by mail and in /me, the other sessions ended, this one proved."""
        person, before = await shops.person(), (await shops.person()).user_id
        await shops.password(person, PASSWORD)
        other = (await login(person)).json()["access_token"]
        asked = await person.post("/auth/mfa/totp")
        uri = urlsplit(asked.json()["uri"])
        assert (uri.scheme, uri.netloc, parse_qs(uri.query)["issuer"]) == ("otpauth", "totp", ["Atrium"])
        assert parse_qs(uri.query)["secret"] == [asked.json()["secret"]]
        assert asked.headers["Cache-Control"] == "no-store"
        assert (await person.get("/me")).json()["user"]["mfa_enabled"] is False
        assert (await me(person, other)).status_code == 200
        code = pyotp.TOTP(asked.json()["secret"]).at(clock.now())
        confirmed = await person.post("/auth/mfa/totp/confirm", json={"code": f" {code[:3]} {code[3:]} "})
        assert len(set(confirmed.json()["recovery_codes"])) == 10
        assert (await me(person, other)).status_code == 401
        assert (await person.get("/me")).json()["user"]["mfa_enabled"] is True
        state = (await person.get("/auth/mfa")).json()
        assert (state["enabled"], state["recovery_codes_left"]) == (True, 10)
        assert [item["mfa"] for item in (await person.get("/auth/sessions")).json()["data"]] == [True]
        assert mailbox.last(person.email).subject == "Your second factor is on"
        assert await actions(owner, person) == ["auth.session.signed_in", "auth.mfa.enrolled", "auth.mfa.enabled"]
        assert await owner.fetchval("SELECT count(*) FROM totp_factors WHERE user_id = $1", before) == 0

    async def test_needs_fresh_sign_in(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 8: ten minutes after the password was proved, switching on, off and new codes ask for it again."""
        enrolled = await enrol(shops, clock)
        clock.advance(seconds=601)
        person = enrolled.person
        for call in ("POST /totp", "DELETE /totp", "POST /recovery-codes"):
            method, _, path = call.partition(" ")
            assert outcome(await person.call(method, f"/auth/mfa{path}")) == (401, "step_up_required")

    async def test_wrong_code(self, shops: Shops, clock: MovableClock) -> None:
        """Requirement 12: wrong first codes switch nothing on, and are limited."""
        person = await shops.person()
        await person.post("/auth/mfa/totp")
        answers = [await person.post("/auth/mfa/totp/confirm", json={"code": WRONG}) for _ in range(12)]
        assert [answer.status_code for answer in answers] == [401] * 11 + [429]
        assert outcome(answers[0]) == (401, "mfa_code_invalid")
        assert (await person.get("/auth/mfa")).json()["enabled"] is False

    async def test_out_of_order(self, shops: Shops, clock: MovableClock) -> None:
        """Confirming nothing, the first of two secrets, or twice; enrolling, renewing and removing in the wrong state."""
        person = await shops.person()
        for call in ("/auth/mfa/recovery-codes", "/auth/mfa/totp/confirm"):
            assert outcome(await person.post(call, json={"code": WRONG})) == (409, "mfa_off")
        assert outcome(await person.delete("/auth/mfa/totp")) == (409, "mfa_off")
        first, second = [(await person.post("/auth/mfa/totp")).json()["secret"] for _ in range(2)]
        codes = [pyotp.TOTP(secret).at(clock.now()) for secret in (first, second)]
        answers = [await person.post("/auth/mfa/totp/confirm", json={"code": code}) for code in codes]
        assert [answer.status_code for answer in answers] == [401, 200]
        assert outcome(await person.post("/auth/mfa/totp")) == (409, "mfa_already_on")
        assert outcome(await person.post("/auth/mfa/totp/confirm", json={"code": codes[1]})) == (409, "mfa_already_on")

    async def test_stored(self, shops: Shops, clock: MovableClock, owner: Owner, mailbox: Mailbox) -> None:
        """Requirements 7 and 35: neither secret nor recovery code stands readable in the database or in a mail."""
        enrolled = await enrol(shops, clock)
        secrets = [enrolled.secret, *enrolled.codes, *(code.replace("-", "") for code in enrolled.codes)]
        for table in ("totp_factors", "recovery_codes", "audit_entries", "events", "deliveries", "one_time_tokens"):
            dump = await owner.fetchval(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            assert not any(secret in dump or secret.encode().hex() in dump for secret in secrets)
        assert not any(secret in mail.text for mail in mailbox.of(enrolled.person.email) for secret in secrets)


class TestRemoval:
    """DELETE /auth/mfa/totp"""

    async def test_off(self, shops: Shops, clock: MovableClock, mailbox: Mailbox, owner: Owner) -> None:
        """Off: the password alone signs in, no session counts as proved, and the person is told."""
        enrolled = await enrol(shops, clock)
        person, token = enrolled.person, await enrolled.half()
        assert (await person.delete("/auth/mfa/totp")).status_code == 200
        assert [item["mfa"] for item in (await person.get("/auth/sessions")).json()["data"]] == [False]
        assert (await person.get("/me")).json()["user"]["mfa_enabled"] is False
        assert outcome(await enrolled.sign_in(enrolled.codes[0], token)) == (401, "mfa_token_invalid")
        assert (await login(person)).status_code == 200
        assert mailbox.last(person.email).subject == "Your second factor is off"
        assert "auth.mfa.disabled" in await actions(owner, person)


class TestStepUp:
    """Requirement 8: POST /auth/step-up with the second factor on"""

    async def test_asks_for_both(self, shops: Shops, clock: MovableClock) -> None:
        """The password alone does not make a session fresh again, nor does its change; with a code it does."""
        enrolled = await enrol(shops, clock)
        person = enrolled.person
        clock.advance(seconds=601)
        tokens = (await enrolled.sign_in(enrolled.code())).json()
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        clock.advance(seconds=601)
        change = {"current_password": PASSWORD, "password": "seven brave otters"}
        assert (await person.post("/auth/password/change", json=change, headers=bearer)).status_code == 200
        step_up = {"password": "seven brave otters"}
        answer = await person.post("/auth/step-up", json=step_up, headers=bearer)
        assert (outcome(answer), "mfa_token" in answer.json()["details"]) == ((401, "mfa_required"), False)
        answer = await person.post("/auth/step-up", json={**step_up, "code": WRONG}, headers=bearer)
        assert outcome(answer) == (401, "mfa_code_invalid")
        assert outcome(await person.delete("/auth/mfa/totp", headers=bearer)) == (401, "step_up_required")
        answer = await person.post("/auth/step-up", json={**step_up, "code": enrolled.code()}, headers=bearer)
        assert answer.status_code == 200
        assert (await person.delete("/auth/mfa/totp", headers=bearer)).status_code == 200

    async def test_recovery_code(self, shops: Shops, clock: MovableClock, mailbox: Mailbox) -> None:
        """A recovery code does instead, once, and the person is told that one was used."""
        enrolled = await enrol(shops, clock)
        body = {"password": PASSWORD, "code": enrolled.codes[0]}
        assert (await enrolled.person.post("/auth/step-up", json=body)).status_code == 200
        assert mailbox.last(enrolled.person.email).subject == "A recovery code was used"
        assert outcome(await enrolled.person.post("/auth/step-up", json=body)) == (401, "mfa_code_invalid")


class TestRequired:
    """Who must have a second factor"""

    async def test_tenant(self, shops: Shops, clock: MovableClock, owner: Owner) -> None:
        """A tenant that demands it lets nobody in without; enrolment stays open and lets in at once; switching off locks out."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET mfa_required = true WHERE id = $1", shop.id)
        assert outcome(await shop.member.get("/products")) == (403, "mfa_enrollment_required")
        enrolled = await enrol(shops, clock, shop.member)
        assert (await shop.member.get("/products")).status_code == 200
        assert outcome(await shop.viewer.get("/products")) == (403, "mfa_enrollment_required")
        tokens = (await enrolled.sign_in(enrolled.code())).json()
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await shop.member.get("/products", headers=bearer)).status_code == 200
        assert (await shop.member.delete("/auth/mfa/totp")).status_code == 200
        for headers in ({}, bearer):
            assert outcome(await shop.member.get("/products", headers=headers)) == (403, "mfa_enrollment_required")

    @pytest.mark.parametrize(("env", "without"), [("testing", 200), ("production", 403)])
    async def test_operator(
        self, shops: Shops, clock: MovableClock, settings: Settings, owner: Owner, env: str, without: int
    ) -> None:
        """In production an operator must have proved a second factor; elsewhere it is left to them; nobody else comes in."""
        staff = build_app(settings.model_copy(update={"env": env}), modules=[STAFF], clock=clock)
        async with staff.router.lifespan_context(staff):
            transport = httpx.ASGITransport(staff, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:

                async def ask(person: Person) -> tuple[int, str]:
                    answer = await http.get(f"{API}/staff", headers=person.headers)
                    return answer.status_code, "" if answer.status_code == 200 else outcome(answer)[1]

                person = await shops.person()
                assert await ask(person) == (403, "permission_denied")
                await owner.execute("INSERT INTO operators (user_id) VALUES ($1)", person.user_id)
                assert await ask(person) == (without, "" if without == 200 else "mfa_enrollment_required")
                await enrol(shops, clock, person)
                assert await ask(person) == (200, "")


class TestSeal:
    """How secrets of authenticators are stored"""

    async def test_rotates(
        self, app: ModularApp, shops: Shops, clock: MovableClock, settings: Settings, owner: Owner
    ) -> None:
        """Under a new encryption key the old one still opens, and the next sign-in encrypts anew."""
        enrolled = await enrol(shops, clock)
        new = "another-key-0123456789-0123456789-abcdef"
        present = settings.secrets.encryption_key.get_secret_value()
        plain = {
            "cursor_key": "x" * 40,
            "audit_key": "y" * 40,
            "encryption_key": new,
            "previous_encryption_keys": present,
        }
        seal = FactorSeal.of(type(settings.secrets).model_validate(plain))
        user_id = enrolled.person.user_id
        stored = await owner.fetchval("SELECT secret FROM totp_factors WHERE user_id = $1", user_id)
        assert seal.open(stored, user_id) == enrolled.secret
        assert (await enrolled.sign_in(enrolled.code())).status_code == 200
        assert await owner.fetchval("SELECT secret FROM totp_factors WHERE user_id = $1", user_id) != stored
        alone = FactorSeal.of(type(settings.secrets).model_validate({**plain, "previous_encryption_keys": ""}))
        assert alone.open(seal.close(enrolled.secret, user_id), user_id) == enrolled.secret
        with pytest.raises(ValueError, match="no longer name"):
            alone.open(stored, user_id)

    async def test_bound_to_the_person(self, shops: Shops, clock: MovableClock, app: ModularApp, owner: Owner) -> None:
        """A secret that is copied to another person's row is no secret of theirs."""
        enrolled = await enrol(shops, clock)
        stored = await owner.fetchval("SELECT secret FROM totp_factors WHERE user_id = $1", enrolled.person.user_id)
        with pytest.raises(ValueError, match="no longer name"):
            app.state.identity.factor_seal.open(stored, uuid7())
