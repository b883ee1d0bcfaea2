"""A loader of Dynaconf's that reads one secret of HashiCorp Vault, with the client and the sign-in of Dynaconf's own.

Dynaconf's own loader (3.3.5) is not fit for use here: with environments it lays every secret of the folder over one
another, production's under development's too, and it takes a refusal (403) or a missing secret for an empty one. This
one reads exactly the environment's secret, and whatever it cannot read is an error (ADR 0017). Dynaconf imports this
module by its name, and only where Vault is switched on: it needs the extra `vault`.
"""

from collections.abc import Mapping
from typing import Any

from dynaconf import Dynaconf
from dynaconf.loaders.base import SourceMetadata
from dynaconf.loaders.vault_loader import get_client
from hvac.exceptions import Forbidden, InvalidPath, VaultError
from requests.exceptions import RequestException

from app.config.layers import ConfigError

IDENTIFIER = "vault"


def load(obj: Dynaconf, env: str, silent: bool = False, key: str | None = None, validate: bool = False) -> None:
    """Dynaconf's protocol of loaders: lay the secret `<path>/<env>` over `obj`. `silent` is not obeyed.

    Raises:
        ConfigError: Vault is away, refuses, or holds no such secret.
    """
    del silent, key
    path = f"{obj.VAULT_PATH_FOR_DYNACONF}/{env.lower()}"
    try:
        data = _read(obj, path)
    except Forbidden as error:
        raise ConfigError(
            f"Vault refuses {path}: give the token's policy the capability read on it; nothing starts without it."
        ) from error
    except InvalidPath as error:
        raise ConfigError(
            f"Vault has no secret {path}, or its newest version is deleted: write it; nothing starts without it."
        ) from error
    except AssertionError as error:  # Dynaconf's way of saying it
        raise ConfigError(
            "Vault does not know the token: set vault.token, or vault.role_id and vault.secret_id; nothing starts without it."
        ) from error
    except (VaultError, RequestException) as error:
        raise ConfigError(
            f"Vault does not answer as it should ({type(error).__name__}); nothing starts without it."
        ) from error
    obj.update(data, loader_identifier=SourceMetadata(IDENTIFIER, path, env.lower()), tomlfy=True, validate=validate)


def _read(obj: Dynaconf, path: str) -> Mapping[str, Any]:
    """The fields of the secret."""
    mount = obj.VAULT_MOUNT_POINT_FOR_DYNACONF
    engine = get_client(obj).secrets.kv
    if obj.VAULT_KV_VERSION_FOR_DYNACONF == 1:
        answer = engine.v1.read_secret(path, mount_point=mount)
        data = answer.get("data") if isinstance(answer, Mapping) else None
    else:
        answer = engine.v2.read_secret_version(path, mount_point=mount, raise_on_deleted_version=True)
        data = answer.get("data", {}).get("data") if isinstance(answer, Mapping) else None
    if not isinstance(data, Mapping) or not data:
        raise ConfigError(
            f"Vault's secret {path} is empty, or its engine is of another vault.kv_version; nothing starts without it."
        )
    return data
