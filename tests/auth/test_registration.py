"""Registration: nobody learns which addresses are known, and an address is nobody's before it is proved."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.extensions.routing import API
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops
from tests.support.statements import FAULTS

PASSWORD = "seven brave otters"


def address() -> str:
    """A fresh one."""
    return f"{uuid4().hex[:12]}@new.example"


async def post(client: httpx.AsyncClient, path: str, **body: Any) -> httpx.Response:
    """POST /auth/..."""
    return await client.post(f"{API}/auth/{path}", json=body)


async def register(client: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    """POST /auth/register"""
    return await post(client, "register", email=email, password=password, name="Nora New")


class TestRegister:
    """POST /auth/register and /auth/verify-email"""

    async def test_whole_path(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Register, read the mail, prove the address with the password, sign in."""
        email = address()
        assert (await register(client, email.upper())).status_code == 202
        mail = mailbox.last(email)
        assert mail.link.startswith("http://localhost:5173/verify-email#token=")
        assert mail.subject == "Confirm your address"
        assert "Nora New" in mail.text
        assert mail.link in mail.html
        verified = await post(client, "verify-email", token=mail.token, password=PASSWORD)
        assert verified.status_code == 200
        assert (await post(client, "login", email=email, password=PASSWORD)).status_code == 200

    async def test_nothing_before(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Nothing signs in before the address is proved: the answer is that of an unknown address."""
        email = address()
        await register(client, email)
        before = await post(client, "login", email=email, password=PASSWORD)
        unknown = await post(client, "login", email=address(), password=PASSWORD)
        assert before.status_code == unknown.status_code == 401
        assert before.json()["details"]["code"] == unknown.json()["details"]["code"]

    async def test_known_address(self, client: httpx.AsyncClient, shops: Shops, mailbox: Mailbox) -> None:
        """Requirement 15: a known address gets the same answer; only its mailbox learns that it has an account."""
        person = await shops.person()
        known, unknown = await register(client, person.email), await register(client, address())
        assert known.status_code == unknown.status_code == 202
        assert known.json() == unknown.json()
        assert {name for name in known.headers if name != "x-request-id"} == {
            name for name in unknown.headers if name != "x-request-id"
        }
        mail = mailbox.last(person.email)
        assert mail.subject == "You have an account already"
        assert "#token=" not in mail.text

    async def test_same_work(self, client: httpx.AsyncClient, shops: Shops, owner: asyncpg.Connection) -> None:
        """Requirement 15: both write the same rows, so that time tells nothing."""
        person = await shops.person()
        for email in (person.email, address()):
            answer = await register(client, email)
            rows = await owner.fetch(
                "SELECT e.name, d.handler FROM events AS e JOIN deliveries AS d ON d.event_id = e.id WHERE e.request_id = $1",
                answer.headers["x-request-id"],
            )
            assert [tuple(row) for row in rows] == [("auth.registration_received", "auth.handlers.mail_registration")]
        assert not FAULTS

    async def test_stranger_gains_nothing(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Whoever registered somebody else's address cannot sign in when that person registers and verifies too."""
        email = address()
        await register(client, email, "the attacker's own")
        attackers = mailbox.last(email).token
        await register(client, email)
        assert (
            await post(client, "verify-email", token=mailbox.last(email).token, password=PASSWORD)
        ).status_code == 200
        late = await post(client, "verify-email", token=attackers, password="the attacker's own")
        assert late.json()["details"]["code"] == "token_invalid"
        assert (await post(client, "login", email=email, password="the attacker's own")).status_code == 401

    async def test_wrong_password(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """The link alone proves nothing, and bears ten wrong passwords."""
        email = address()
        await register(client, email)
        token = mailbox.last(email).token
        codes = [
            (await post(client, "verify-email", token=token, password="wrong")).json()["details"]["code"]
            for _ in range(11)
        ]
        assert codes == ["invalid_credentials"] * 10 + ["token_invalid"]
        assert (await post(client, "verify-email", token=token, password=PASSWORD)).status_code == 400

    async def test_two_at_once(self, client: httpx.AsyncClient, mailbox: Mailbox, owner: asyncpg.Connection) -> None:
        """Of two verifications at once one makes the person, the other is told that the link was used."""
        email = address()
        await register(client, email)
        token = mailbox.last(email).token
        both = await asyncio.gather(*(post(client, "verify-email", token=token, password=PASSWORD) for _ in range(2)))
        assert sorted(answer.status_code for answer in both) == [200, 400]
        assert await owner.fetchval("SELECT count(*) FROM users WHERE email = $1", email) == 1

    async def test_too_late(self, client: httpx.AsyncClient, mailbox: Mailbox, clock: MovableClock) -> None:
        """A second past its day the link is dead."""
        email = address()
        await register(client, email)
        clock.advance(seconds=86400)
        answer = await post(client, "verify-email", token=mailbox.last(email).token, password=PASSWORD)
        assert answer.json()["details"]["code"] == "token_invalid"

    async def test_mailbox_is_not_flooded(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Requirement 14: five mails an hour to one address, whoever asks for them; then 429, known or not."""
        email = address()
        statuses = [(await register(client, email)).status_code for _ in range(7)]
        assert statuses == [202] * 5 + [429] * 2
        assert len(mailbox.of(email)) == 5


class TestPasswords:
    """Requirement 9"""

    @pytest.mark.parametrize(
        "password",
        ["12345678", "qwertyuiop", "TrustNo1", "short", "x" * 257],
    )
    async def test_refused(self, client: httpx.AsyncClient, password: str) -> None:
        """Requirement 9: too short, too long and common ones are refused, with the field."""
        answer = await register(client, address(), password)
        assert answer.status_code == 422
        assert answer.json()["details"]["errors"][0]["pointer"] == "/password"
        assert password not in answer.text

    @pytest.mark.parametrize(
        "password", ["x" * 255 + "y", "\N{OTTER}" * 8, "                 ", "cafe\u0301 au lait", "\u212b" * 9]
    )
    async def test_taken(self, client: httpx.AsyncClient, mailbox: Mailbox, password: str) -> None:
        """Requirement 9: any Unicode of enough length, nothing cut off, nothing trimmed."""
        email = address()
        assert (await register(client, email, password)).status_code == 202
        await post(client, "verify-email", token=mailbox.last(email).token, password=password)
        assert (await post(client, "login", email=email, password=password)).status_code == 200
        for wrong in (password[:-1] + "!", password[:-1], password + " "):
            assert (await post(client, "login", email=email, password=wrong)).status_code == 401

    async def test_last_byte(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Requirement 9: of 128 bytes the last one counts, whether it is a letter or the end of one."""
        for rest, wrong in (
            ("x" * 127 + "y", "x" * 127 + "z"),
            ("\N{GREEK SMALL LETTER ALPHA}" * 64, "\u03b1" * 63 + "\u03b2"),
        ):
            email = address()
            assert len(rest.encode()) == len(wrong.encode()) == 128
            await register(client, email, rest)
            await post(client, "verify-email", token=mailbox.last(email).token, password=rest)
            statuses = [(await post(client, "login", email=email, password=each)).status_code for each in (wrong, rest)]
            assert statuses == [401, 200]

    async def test_one_form(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """Requirement 9: composed and decomposed spellings of one password are one password: keyboards differ, people do not."""
        email = address()
        await register(client, email, "cafe\u0301 au lait")
        await post(client, "verify-email", token=mailbox.last(email).token, password="caf\u00e9 au lait")
        assert (await post(client, "login", email=email, password="caf\u00e9 au lait")).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"email": "no address", "password": PASSWORD, "name": "x"},
        {"email": "a@b.example\r\nBcc: c@d.example", "password": PASSWORD, "name": "x"},
        {"email": "x" * 255 + "@b.example", "password": PASSWORD, "name": "x"},
        {"email": "a@b.example", "password": PASSWORD, "name": "x\r\nBcc: c@d.example"},
        {"email": "a@b.example", "password": PASSWORD, "name": "   "},
        {"email": "a@b.example", "password": PASSWORD, "name": "x", "is_superuser": True},
        {"email": "a@b.example", "password": 12345678, "name": "x"},
    ],
)
async def test_bad_bodies(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    """Requirements 18 and 31: no header can be smuggled into a mail, and no field can be added."""
    assert (await client.post(f"{API}/auth/register", json=body)).status_code == 422
