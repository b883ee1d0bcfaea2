"""Forgotten, reset and changed passwords; another address; step-up."""

import asyncio
import itertools
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.auth.events import PasswordForgotten
from app.auth.exceptions import InvalidCredentials
from app.auth.handlers import mail_reset
from app.exceptions import RateLimited
from app.extensions.routing import API, ModularApp
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.faults.processes import until
from tests.support.answers import comparable
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Person, Shops

OLD, NEW = "correct horse battery staple", "seven brave otters"


@pytest.fixture
async def person(shops: Shops) -> Person:
    """Somebody with a password."""
    made = await shops.person()
    await shops.password(made, OLD)
    return made


async def post(client: httpx.AsyncClient, path: str, **body: Any) -> httpx.Response:
    """POST /auth/..., as nobody."""
    return await client.post(f"{API}/auth/{path}", json=body)


async def status_of(client: httpx.AsyncClient, email: str, password: str) -> int:
    """What a sign-in answers."""
    return (await post(client, "login", email=email, password=password)).status_code


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    return str(answer.json()["details"]["code"])


class TestReset:
    """POST /auth/password/forgot and /auth/password/reset"""

    async def test_whole_path(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Requirement 5: the mail's link sets another password; every session ends; the person is told."""
        assert (await post(client, "password/forgot", email=person.email)).status_code == 202
        mail = mailbox.last(person.email)
        assert mail.link.startswith("http://localhost:5173/reset-password#token=")
        assert (await post(client, "password/reset", token=mail.token, password=NEW)).status_code == 200
        assert await status_of(client, person.email, OLD) == 401
        assert await status_of(client, person.email, NEW) == 200
        assert code(await person.get("/me")) == "session_ended"
        assert mailbox.last(person.email).subject == "Your password was changed"

    async def test_unknown_address(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Requirement 15: an unknown address gets the same answer, and no mail."""
        nobody = f"{uuid4().hex}@nobody.example"
        known = await post(client, "password/forgot", email=person.email)
        unknown = await post(client, "password/forgot", email=nobody)
        assert comparable(known) == comparable(unknown)
        assert mailbox.of(nobody) == []

    async def test_mailbox_is_not_flooded(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Requirements 14 and 15: five mails an hour to one address; then 429, known or not."""
        for email in (person.email, f"{uuid4().hex}@nobody.example"):
            answers = [await post(client, "password/forgot", email=email) for _ in range(6)]
            assert [answer.status_code for answer in answers] == [202] * 5 + [429]
        assert len(mailbox.of(person.email)) == 5

    async def test_once(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """A token works once, also for two at once, and its siblings die with it."""
        for _ in range(2):
            await post(client, "password/forgot", email=person.email)
        first, second = (mail.token for mail in mailbox.of(person.email))
        both = await asyncio.gather(*(post(client, "password/reset", token=first, password=NEW) for _ in range(2)))
        assert sorted(answer.status_code for answer in both) == [200, 400]
        assert code(await post(client, "password/reset", token=second, password=NEW)) == "token_invalid"

    async def test_after_a_change(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """A token from before a change of the password is dead."""
        await post(client, "password/forgot", email=person.email)
        token = mailbox.last(person.email).token
        await person.post("/auth/password/change", json={"current_password": OLD, "password": NEW})
        assert (
            code(await post(client, "password/reset", token=token, password="another one of mine")) == "token_invalid"
        )

    async def test_a_second_late(
        self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox, clock: MovableClock
    ) -> None:
        """After its hour it is dead."""
        await post(client, "password/forgot", email=person.email)
        clock.advance(seconds=3600)
        assert code(await post(client, "password/reset", token=mailbox.last(person.email).token, password=NEW)) == (
            "token_invalid"
        )

    async def test_another_person(
        self, client: httpx.AsyncClient, person: Person, shops: Shops, mailbox: Mailbox
    ) -> None:
        """A token is its person's: it can name no other, and another's password and sessions stay as they were."""
        other = await shops.person()
        await shops.password(other, OLD)
        await post(client, "password/forgot", email=person.email)
        body = {"token": mailbox.last(person.email).token, "password": NEW}
        assert (await post(client, "password/reset", email=other.email, **body)).status_code == 422
        assert (await other.post("/auth/password/reset", json=body)).status_code == 200
        assert [await status_of(client, each.email, NEW) for each in (person, other)] == [200, 401]
        assert (await other.get("/me")).status_code == 200

    async def test_other_purpose(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Requirement 3: a reset token is neither an access token, nor a refresh token, nor any other link's."""
        await post(client, "password/forgot", email=person.email)
        token = mailbox.last(person.email).token
        headers = {"Authorization": f"Bearer {token}"}
        assert (await client.get(f"{API}/me", headers=headers)).status_code == 401
        assert (await post(client, "refresh", refresh_token=token)).status_code == 401
        assert code(await post(client, "verify-email", token=token, password=OLD)) == "token_invalid"
        assert code(await post(client, "email/confirm", token=token)) == "token_invalid"
        assert (await post(client, "password/reset", token=token, password=NEW)).status_code == 200

    async def test_mailed_twice(
        self, app: ModularApp, client: httpx.AsyncClient, person: Person, mailbox: Mailbox
    ) -> None:
        """Two runs of the delivery are one mail to receivers, who may drop either: the first link works beside the second."""
        errand, mails = app.state.runtime.errand(PLATFORM_TENANT, 1, uuid7()), []
        for _ in range(2):
            await mail_reset(PasswordForgotten(user_id=person.user_id), errand)
            mails.append(mailbox.last(person.email))
        assert mails[0].message_id == mails[1].message_id
        assert mails[0].token != mails[1].token
        assert (await post(client, "password/reset", token=mails[0].token, password=NEW)).status_code == 200

    async def test_disabled(
        self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox, owner: asyncpg.Connection
    ) -> None:
        """Who is disabled gets no link."""
        await owner.execute("UPDATE users SET state = 'disabled' WHERE id = $1", person.user_id)
        assert (await post(client, "password/forgot", email=person.email)).status_code == 202
        assert mailbox.of(person.email) == []


class TestChange:
    """POST /auth/password/change"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Only whoever is signed in."""
        assert (await post(client, "password/change", current_password=OLD, password=NEW)).status_code == 401

    async def test_changes(self, client: httpx.AsyncClient, person: Person, shops: Shops) -> None:
        """Requirement 5: the other sessions end, this one goes on, and the next sign-in takes the new password."""
        other = (await post(client, "login", email=person.email, password=OLD)).json()["access_token"]
        changed = await person.post("/auth/password/change", json={"current_password": OLD, "password": NEW})
        assert changed.status_code == 200
        assert (await person.get("/me")).status_code == 200
        assert (await client.get(f"{API}/me", headers={"Authorization": f"Bearer {other}"})).status_code == 401
        assert [await status_of(client, person.email, password) for password in (OLD, NEW)] == [401, 200]

    async def test_needs_the_current_one(self, person: Person) -> None:
        """Requirement 11: a wrong current password changes nothing, and is limited like a sign-in."""
        answers = [
            await person.post("/auth/password/change", json={"current_password": "wrong", "password": NEW})
            for _ in range(12)
        ]
        assert [answer.status_code for answer in answers] == [401] * 11 + [429]
        assert code(answers[0]) == "invalid_credentials"

    async def test_is_limited(self, person: Person) -> None:
        """Right ones are limited too: each is told by a mail, and costs a hash."""
        passwords = [OLD, *(f"{NEW} {number}" for number in range(6))]
        answers = [
            await person.post("/auth/password/change", json={"current_password": before, "password": after})
            for before, after in itertools.pairwise(passwords)
        ]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]


class TestStepUp:
    """Requirement 8: POST /auth/step-up, and what asks for it"""

    async def test_too_old(self, person: Person, clock: MovableClock, mailbox: Mailbox) -> None:
        """Ten minutes after the password was proved a sensitive change asks for it again; then it works."""
        body = {"email": f"{uuid4().hex}@new.example"}
        assert (await person.post("/auth/email/change", json=body)).status_code == 202
        clock.advance(seconds=601)
        stale = await person.post("/auth/email/change", json=body)
        assert (stale.status_code, code(stale)) == (401, "step_up_required")
        assert (await person.post("/auth/step-up", json={"password": "wrong"})).status_code == 401
        assert (await person.post("/auth/step-up", json={"password": OLD})).status_code == 200
        assert (await person.post("/auth/email/change", json=body)).status_code == 202

    async def test_from_many_addresses(self, app: ModularApp, person: Person) -> None:
        """Requirement 14: whoever has somebody's session guesses no more passwords by coming from elsewhere each time."""
        limiter, seen = app.state.identity.limiter, []
        for number in range(12):
            try:
                async with limiter.attempt(f"own:{person.user_id}", f"192.0.2.{number}"):
                    raise InvalidCredentials
            except (InvalidCredentials, RateLimited) as error:
                seen.append(error.status)
        assert seen == [401] * 11 + [429]
        assert (await person.post("/auth/step-up", json={"password": OLD})).status_code == 429

    async def test_counted_by_person(self, shops: Shops, person: Person) -> None:
        """Requirement 14: another session of the person brings no more tries; another person has tries of their own."""
        other = await shops.person()
        await shops.password(other, OLD)
        elsewhere = (
            await person.client.post(f"{API}/auth/login", json={"email": person.email, "password": OLD})
        ).json()
        sessions: tuple[dict[str, str], ...] = ({}, {"Authorization": f"Bearer {elsewhere['access_token']}"})
        tries = [
            await person.post("/auth/step-up", json={"password": "wrong"}, headers=sessions[number % 2])
            for number in range(13)
        ]
        assert [answer.status_code for answer in tries] == [401] * 11 + [429] * 2
        assert (await other.post("/auth/step-up", json={"password": OLD})).status_code == 200

    @pytest.mark.parametrize("path", ["step-up", "password/change"])
    async def test_holds_no_connection(
        self, app: ModularApp, person: Person, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        """While a password is verified, no connection waits for it."""
        pool, vault, verified = app.state.runtime.app_pool, app.state.identity.vault, []
        verify = vault.verify

        async def watched(password_hash: str | None, password: str) -> bool:
            await until(lambda: pool.stats().idle == pool.stats().size, "the request's connection is given back", 2)
            verified.append(password)
            return bool(await verify(password_hash, password))

        monkeypatch.setattr(vault, "verify", watched)
        body = {"password": NEW, "current_password": OLD} if path == "password/change" else {"password": OLD}
        assert (await person.post(f"/auth/{path}", json=body)).status_code == 200
        assert verified == [OLD]


class TestEmail:
    """POST /auth/email/change and /auth/email/confirm"""

    async def test_whole_path(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Confirmed at the new address, told to the old one; only then does it sign in."""
        new = f"{uuid4().hex}@new.example"
        await person.post("/auth/email/change", json={"email": new.upper()})
        assert await status_of(client, new, OLD) == 401
        assert (await post(client, "email/confirm", token=mailbox.last(new).token)).status_code == 200
        assert [await status_of(client, email, OLD) for email in (new, person.email)] == [200, 401]
        assert mailbox.last(person.email).subject == "Your address was changed"
        assert (await person.get("/me")).json()["user"]["email"] == new

    async def test_taken(self, client: httpx.AsyncClient, person: Person, shops: Shops, mailbox: Mailbox) -> None:
        """Requirement 15: a taken address is told to its mailbox alone; the asker sees the same answer."""
        other = await shops.person()
        free = await person.post("/auth/email/change", json={"email": f"{uuid4().hex}@new.example"})
        taken = await person.post("/auth/email/change", json={"email": other.email})
        assert (free.status_code, free.json()) == (taken.status_code, taken.json())
        assert mailbox.last(other.email).subject == "You have an account already"

    async def test_mailbox_is_not_flooded(self, shops: Shops, mailbox: Mailbox) -> None:
        """Requirement 14: five mails an hour to one address, whoever asks; then 429."""
        new, people = f"{uuid4().hex}@new.example", [await shops.person() for _ in range(3)]
        asked = [await person.post("/auth/email/change", json={"email": new}) for person in people * 2]
        assert [answer.status_code for answer in asked] == [202] * 5 + [429]
        assert code(asked[-1]) == "rate_limited"
        assert len(mailbox.of(new)) == 5

    async def test_two_want_one(self, client: httpx.AsyncClient, shops: Shops, mailbox: Mailbox) -> None:
        """Of two who ask for one address the first to confirm gets it, the other a dead link."""
        new, both = f"{uuid4().hex}@new.example", [await shops.person(), await shops.person()]
        for person in both:
            await person.post("/auth/email/change", json={"email": new})
        answers = [await post(client, "email/confirm", token=mail.token) for mail in mailbox.of(new)]
        assert [answer.status_code for answer in answers] == [200, 400]

    async def test_last_wish_counts(self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox) -> None:
        """Asking for another address again makes the link of the first wish worthless."""
        first, second = (f"{uuid4().hex}@new.example" for _ in range(2))
        for email in (first, second):
            await person.post("/auth/email/change", json={"email": email})
        assert (await post(client, "email/confirm", token=mailbox.last(first).token)).status_code == 400
        assert (await post(client, "email/confirm", token=mailbox.last(second).token)).status_code == 200

    @pytest.mark.parametrize("way", ["reset", "change"])
    async def test_dies_with_the_password(
        self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox, way: str
    ) -> None:
        """An address that a thief asked for cannot be confirmed after the person has chosen another password."""
        thiefs = f"{uuid4().hex}@thief.example"
        await person.post("/auth/email/change", json={"email": thiefs})
        if way == "reset":
            await post(client, "password/forgot", email=person.email)
            token = mailbox.last(person.email).token
            assert (await post(client, "password/reset", token=token, password=NEW)).status_code == 200
        else:
            body = {"current_password": OLD, "password": NEW}
            assert (await person.post("/auth/password/change", json=body)).status_code == 200
        assert code(await post(client, "email/confirm", token=mailbox.last(thiefs).token)) == "token_invalid"
        assert await status_of(client, person.email, NEW) == 200

    async def test_confirmed_outlives_the_next_wish(
        self, client: httpx.AsyncClient, person: Person, mailbox: Mailbox, owner: asyncpg.Connection
    ) -> None:
        """A confirmed change waits for its mail to the old address, whatever is asked for next and however late it is."""
        first, second = (f"{uuid4().hex}@new.example" for _ in range(2))
        await person.post("/auth/email/change", json={"email": first})
        change = await owner.fetchrow("SELECT * FROM email_changes WHERE user_id = $1", person.user_id)
        assert change is not None
        await post(client, "email/confirm", token=mailbox.last(first).token)
        await owner.execute(
            """INSERT INTO email_changes (id, user_id, email, old_email, created_at, expires_at, confirmed_at)
            VALUES ($1, $2, $3, $4, $5, $5, $5)""",
            *(change["id"], person.user_id, first, person.email, change["created_at"]),
        )
        await person.post("/auth/email/change", json={"email": second})
        kept = await owner.fetch("SELECT email FROM email_changes WHERE user_id = $1 ORDER BY id", person.user_id)
        assert [row[0] for row in kept] == [first, second]
        await owner.execute("DELETE FROM email_changes WHERE id = $1", change["id"])


async def test_hashes_alone_are_stored(
    client: httpx.AsyncClient, person: Person, mailbox: Mailbox, owner: asyncpg.Connection
) -> None:
    """Requirements 7 and 35: no token stands in any table that mail passes through."""
    await post(client, "password/forgot", email=person.email)
    token = mailbox.last(person.email).token
    for table in ("one_time_tokens", "events", "deliveries", "audit_entries"):
        rows = await owner.fetch(f"SELECT t::text FROM {table} AS t")
        assert not any(token in row[0] for row in rows)
