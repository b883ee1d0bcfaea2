"""Signing keys, ready for use: each for the one algorithm that the settings give it."""

import math
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.algorithms import Algorithm, OKPAlgorithm

from app.config import SigningKey
from app.config.signing import private_key, public_key


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that verifies. What a token says chooses among these, and never how one of them is used."""

    kid: str
    alg: str
    algorithm: Algorithm
    prepared: Any
    until: float
    """When it stops, in seconds since 1970."""
    public: dict[str, str] | None
    """As a JSON Web Key; None for a secret one."""


def signing_key(key: SigningKey) -> Any:
    """What signs, as PyJWT takes it.

    Raises:
        ValueError: the settings were not checked.
    """
    secret = key.secret.get_secret_value()
    return secret if key.alg == "HS256" else private_key(secret)


def trusted_key(key: SigningKey) -> TrustedKey:
    """What verifies: of an asymmetric key the public half alone.

    Raises:
        ValueError: the settings were not checked.
    """
    until = math.inf if key.until is None else key.until.timestamp()
    algorithm = jwt.get_algorithm_by_name(key.alg)
    if key.alg == "HS256":
        secret = algorithm.prepare_key(key.secret.get_secret_value())
        return TrustedKey(key.kid, key.alg, algorithm, secret, until, None)
    known = public_key(key.public) if key.public else private_key(key.secret.get_secret_value()).public_key()
    shown = {**OKPAlgorithm.to_jwk(known, as_dict=True), "kid": key.kid, "alg": key.alg, "use": "sig"}
    return TrustedKey(key.kid, key.alg, algorithm, known, until, shown)
