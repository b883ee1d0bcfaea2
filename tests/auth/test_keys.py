"""API keys as text."""

import math
from uuid import UUID

import pytest

from app.auth.keys import CHECKSUM_LENGTH, DIGITS, SECRET_LENGTH, make_key, read_key
from app.utils.ids import uuid7

TENANT, KEY = uuid7(), uuid7()


@pytest.mark.parametrize(
    ("tenant_id", "key_id"), [(TENANT, KEY), (UUID(int=0), UUID(int=0)), (UUID(int=(1 << 128) - 1),) * 2]
)
def test_round_trip(tenant_id: UUID, key_id: UUID) -> None:
    """A key leads back to its tenant, its id and the hash of its secret; what is shown again holds no part of the secret."""
    text, prefix, secret_hash = make_key("live", tenant_id, key_id)
    claim = read_key(text, "live")
    assert claim is not None
    assert (claim.tenant_id, claim.key_id, claim.secret_hash) == (tenant_id, key_id, secret_hash)
    assert prefix.startswith("atr_live_...")
    assert prefix.removeprefix("atr_live_...") in text.split("_")[2]


def test_every_key_is_new() -> None:
    """Requirement 7: keys of one id have secrets of their own, of at least 128 bits, every character of them random."""
    secrets = [make_key("test", TENANT, KEY)[0].split("_")[3][:-CHECKSUM_LENGTH] for _ in range(200)]
    assert {len(secret) for secret in secrets} == {SECRET_LENGTH}
    assert SECRET_LENGTH * math.log2(len(DIGITS)) >= 128
    assert all(len(set(column)) > len(DIGITS) / 2 for column in zip(*secrets, strict=True))


def test_other_environment() -> None:
    """A test key is not read in production, nor the other way round."""
    assert read_key(make_key("test", TENANT, KEY)[0], "live") is None


def test_any_changed_character_is_seen() -> None:
    """A mistyped key is told without the database, wherever the mistake is."""
    text = make_key("test", TENANT, KEY)[0]
    changed = [text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :] for at in range(len(text))]
    assert [other for other in changed if read_key(other, "test") is not None] == []


@pytest.mark.parametrize(
    "text", ["", "atr_", "atr_test__", "atr_test_" + "z" * 43 + "_" + "0" * 38, "ATR_TEST_x_y", "atr_test_é"]
)
def test_rubbish(text: str) -> None:
    """Anything else is no key, numbers beyond 256 bits included."""
    assert read_key(text, "test") is None
