"""HashiCorp Vault as a layer of settings: above the files, below the variables. Read once, at the start of a process."""

from typing import Any

from dynaconf import Dynaconf
from pydantic import ValidationError

from app.config.layers import UNREADABLE, ConfigError, Layer, plain
from app.config.model import Vault

LOADER = "app.config.vault_loader"


def read_vault(section: Any, env: str) -> Layer | None:
    """What Vault holds for the environment; None where `vault.url` is empty. `section` is what the settings say of Vault.

    Raises:
        ConfigError: it cannot be read. Nothing starts then: without Vault an older, weaker value might stand in its place.
    """
    try:
        vault = Vault.model_validate(section)
    except ValidationError:
        return None  # told with all other faults, when the whole is validated
    if not vault.url:
        return None
    if vault.token is None and (not vault.role_id or vault.secret_id is None):
        raise ConfigError(
            "vault.url is set: say how to sign in, by vault.token or by vault.role_id and vault.secret_id."
        )
    try:
        raw = Dynaconf(**_options(vault, env))
        raw.as_dict()  # Dynaconf is lazy: this reads
        data: dict[str, Any] = {}
        for source, part in raw.loaded_by_loaders.items():
            if source.loader == "vault":
                data |= plain(part, raw)
    except ImportError as error:
        raise ConfigError(
            "vault.url is set, but the extra is not installed: pip install '.[vault]' in Atrium's folder."
        ) from error
    except UNREADABLE as error:
        raise ConfigError(
            f"A value in Vault cannot be read ({type(error).__name__}); check what follows an @."
        ) from error
    return Layer(f"Vault {vault.mount}/{vault.path}/{env}", data)


def _options(vault: Vault, env: str) -> dict[str, Any]:
    """The section as Dynaconf's own options of Vault, every one of them given: its defaults come from the environment."""
    return {
        "settings_files": [],
        "environments": True,
        "env": env,
        "envvar_prefix": None,
        "load_dotenv": False,
        "loaders": [LOADER],
        "VAULT_FOR_DYNACONF": {
            "url": vault.url,
            "token": vault.token.get_secret_value() if vault.token else "",
            "verify": vault.ca_file or True,
            "timeout": vault.timeout_seconds,
            "namespace": vault.namespace or None,
        },
        "VAULT_PATH_FOR_DYNACONF": vault.path,
        "VAULT_MOUNT_POINT_FOR_DYNACONF": vault.mount,
        "VAULT_KV_VERSION_FOR_DYNACONF": vault.kv_version,
        "VAULT_ROLE_ID_FOR_DYNACONF": vault.role_id or None,
        "VAULT_SECRET_ID_FOR_DYNACONF": vault.secret_id.get_secret_value() if vault.secret_id else None,
        "VAULT_ROOT_TOKEN_FOR_DYNACONF": None,
        "VAULT_USERNAME_FOR_DYNACONF": None,
        "VAULT_AUTH_WITH_IAM_FOR_DYNACONF": False,
        "VAULT_TOKEN_RENEW_FOR_DYNACONF": False,
    }
