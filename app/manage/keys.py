"""`manage keys`: signing keys of access tokens."""

import base64
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.config import SigningKey, load_settings
from app.extensions.clock import SystemClock

DAY = 86400
SECRET_BYTES = 48

cli = typer.Typer()
keys = typer.Typer(no_args_is_help=True, help="Signing keys of access tokens.")
cli.add_typer(keys, name="keys")


@keys.command()
def rotate(
    alg: Annotated[
        Literal["HS256", "EdDSA"] | None, typer.Option(help="of the new key; else that of the first")
    ] = None,
    overlap: Annotated[int, typer.Option(min=0, help="seconds that the old keys go on verifying")] = DAY,
    variable: Annotated[bool, typer.Option("--env", help="as ATRIUM_AUTH__KEYS instead of TOML")] = False,
) -> None:
    """Print auth.keys with a new key in front, ready to paste. It holds secrets, changes nothing and is logged nowhere.

    The old keys get an end: give every process the list within that time. Keys whose end has passed are left out.
    A process that does not have the list yet refuses tokens of one that has. Where that must not be, give all of them the
    new key in the second place first, and in the first place then.
    """
    listed = rotated(load_settings().auth.keys, alg=alg, overlap_seconds=overlap, now=SystemClock().now())
    typer.echo(_as_variable(listed) if variable else _as_toml(listed))


def rotated(
    old: Sequence[SigningKey], *, alg: Literal["HS256", "EdDSA"] | None, overlap_seconds: int, now: datetime
) -> list[SigningKey]:
    """The keys with a new one in front, of that algorithm or of the first's; the old ones end after the overlap at the latest."""
    end = now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=overlap_seconds)
    alive = [key for key in old if key.until is None or key.until > now]
    ending = [key.model_copy(update={"until": min(key.until or end, end)}) for key in alive]
    kid = f"{now.astimezone(UTC):%Y-%m-%d}-{secrets.token_hex(3)}"
    new = {"kid": kid, "alg": alg or old[0].alg}
    return [SigningKey.model_validate({**new, "secret": _secret(new["alg"])}), *ending]


def _secret(alg: str) -> str:
    if alg == "HS256":
        return secrets.token_urlsafe(SECRET_BYTES)
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def _as_toml(listed: Sequence[SigningKey]) -> str:
    """JSON spells texts as TOML does."""
    lines = []
    for key in listed:
        pairs = [f"{name} = {value if name == 'until' else json.dumps(value)}" for name, value in _plain(key).items()]
        lines.append(f"  {{ {', '.join(pairs)} }},")
    return "\n".join(["[default.auth]", "keys = [", *lines, "]"])


def _as_variable(listed: Sequence[SigningKey]) -> str:
    text = json.dumps([_plain(key) for key in listed]).replace("'", "\\u0027")  # a quote would end the shell's word
    return f"ATRIUM_AUTH__KEYS='@json {text}'"


def _plain(key: SigningKey) -> dict[str, Any]:
    """The secret in clear: the one place that writes it out."""
    until = None if key.until is None else key.until.astimezone(UTC).isoformat().replace("+00:00", "Z")
    given = {
        "kid": key.kid,
        "alg": key.alg,
        "secret": key.secret.get_secret_value(),
        "public": key.public,
        "until": until,
    }
    return {name: value for name, value in given.items() if value}
