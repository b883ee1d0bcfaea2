"""Signed messages: who has not the secret, or comes too late, is not believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.extensions.incoming import SignedMessage, is_genuine, read_secret, signature

SECRET = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
KEY, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(int(AT), UTC)
MESSAGE = SignedMessage(KEY, AT, SIGNED, BODY)


def signed(key: str = KEY, at: str = AT, body: bytes = BODY) -> SignedMessage:
    """A message as its sender signs it."""
    return SignedMessage(key, at, signature(SECRET, key, at, body), body)


def test_published() -> None:
    """The published example is genuine, also beside signatures of other secrets and versions."""
    assert signature(SECRET, KEY, AT, BODY) == SIGNED
    assert is_genuine(MESSAGE, SECRET, NOW)
    assert is_genuine(replace(MESSAGE, signatures=f"v2,abc v1,xyz {SIGNED}"), SECRET, NOW)


@pytest.mark.parametrize(
    "message",
    [
        replace(MESSAGE, id="msg_another"),
        replace(MESSAGE, timestamp="1614265331"),
        replace(MESSAGE, body=BODY + b" "),
        replace(MESSAGE, signatures=""),
        replace(MESSAGE, signatures=SIGNED.removeprefix("v1,")),
        replace(MESSAGE, signatures=SIGNED.replace("v1", "v2")),
        replace(MESSAGE, signatures=f"{'v1,x ' * 10}{SIGNED}"),
        replace(MESSAGE, signatures="v1,ü \xff"),
        signed(key=""),
        signed(key="x" * 201),
        signed(key="a\nb"),
        signed(at=""),
        signed(at="+1614265330"),
        signed(at="1614265330.5"),
        signed(at="9" * 13),
    ],
)
def test_spoilt(message: SignedMessage) -> None:
    """Each part is signed, and each has its one form."""
    assert not is_genuine(message, SECRET, NOW)


def test_time_and_secret() -> None:
    """Five minutes on either side, and not a second more; another secret's signature is none."""
    for minutes, expected in ((-5, True), (5, True), (-5.02, False), (5.02, False)):
        assert is_genuine(MESSAGE, SECRET, NOW + timedelta(minutes=minutes)) is expected
    assert not is_genuine(MESSAGE, SECRET[::-1], NOW)


@pytest.mark.parametrize(
    "text", ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ", "whsec_" + "A" * 88, "whsec_MfKQ9r8*KYqr"]
)
def test_no_secrets(text: str) -> None:
    """A secret has its prefix and 24 to 64 bytes."""
    with pytest.raises(ValueError, match="whsec_"):
        read_secret(text)
