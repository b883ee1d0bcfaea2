"""Vault as a source: exactly the environment's secret, above the files and below the variables, or no start at all."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dynaconf import Dynaconf

from app.config import ROOT, ConfigError, inspect_settings, load_settings
from tests.support.vault import ROLE, SECRET, TOKEN, VaultServer, vault_server

STRONG = "0123456789abcdef-of-vault-0123456789"
PATH = "atrium/testing"


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> Iterator[VaultServer]:
    """Vault, named in the environment with a token."""
    with vault_server() as server:
        server.secrets[PATH] = {"SECRETS__CURSOR_KEY": STRONG, "DATABASE__POOL_SIZE": "21"}
        monkeypatch.setenv("ATRIUM_VAULT__URL", server.url)
        monkeypatch.setenv("ATRIUM_VAULT__TOKEN", TOKEN)
        yield server


def refusal(folder: Path) -> str:
    """Why nothing starts; the inspection shows the same fault and goes on."""
    with pytest.raises(ConfigError) as caught:
        load_settings(folder=folder)
    found = inspect_settings(folder=folder)
    assert not found.usable
    assert [row.name for row in found.values if row.fault] == ["vault.url"]
    return str(caught.value)


class TestReading:
    """What Vault holds"""

    @pytest.mark.parametrize("version", [1, 2])
    def test_read(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
        """Both versions of the engine are read, fields are named as variables, and the source is named."""
        vault.version = version
        monkeypatch.setenv("ATRIUM_VAULT__KV_VERSION", str(version))
        settings = load_settings(folder=folder)
        assert settings.secrets.cursor_key.get_secret_value() == STRONG
        assert settings.database.pool_size == 21
        rows = {row.name: row for row in inspect_settings(folder=folder).values}
        assert rows["database.pool_size"].source == f"Vault secret/{PATH}"
        assert rows["database.pool_queue"].source == "settings.toml [default]"
        assert STRONG not in repr(rows)
        assert TOKEN not in repr(rows)

    def test_nested(self, folder: Path, vault: VaultServer) -> None:
        """Nested JSON does too, and its lists replace those of the files."""
        vault.secrets[PATH] = {"auth": {"keys": [{"kid": "vault", "secret": STRONG}]}, "database": {"pool_size": 22}}
        settings = load_settings(folder=folder)
        assert [key.kid for key in settings.auth.keys] == ["vault"]
        assert settings.database.pool_size == 22

    def test_order(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Above the files, below the variables."""
        (folder / "settings.local.toml").write_text("[testing.database]\npool_size = 20\n", encoding="utf-8")
        assert load_settings(folder=folder).database.pool_size == 21
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "23")
        assert load_settings(folder=folder).database.pool_size == 23

    def test_own_environment_alone(self, folder: Path, vault: VaultServer) -> None:
        """Nothing of another environment is read, nor asked for."""
        vault.secrets["atrium/production"] = {"DATABASE__OWNER_URL": "postgresql://production"}
        assert load_settings(folder=folder).database.owner_url == ""
        assert [asked for asked in vault.asked if "auth/" not in asked] == [f"GET secret/data/{PATH}"]

    def test_stock_loader_mixes_environments(self, vault: VaultServer) -> None:
        """Why Atrium has a loader of its own: Dynaconf's lays production's secrets under testing's. Red when it is mended."""
        vault.secrets = {
            "atrium/production": {"data": {"OWNER": "production's"}},
            PATH: {"data": {"OTHER": "testing's"}},
        }
        raw = Dynaconf(
            settings_files=[],
            environments=True,
            env="testing",
            VAULT_ENABLED_FOR_DYNACONF=True,
            VAULT_FOR_DYNACONF={"url": vault.url, "token": TOKEN},
            VAULT_PATH_FOR_DYNACONF="atrium",
            VAULT_KV_VERSION_FOR_DYNACONF=2,
        )
        assert raw.get("OTHER") == "testing's"
        assert raw.get("OWNER") == "production's"

    def test_place(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Mount point and folder are settings."""
        vault.mount, vault.secrets = "kv", {"shops/eu/testing": {"DATABASE__POOL_SIZE": 24}}
        monkeypatch.setenv("ATRIUM_VAULT__MOUNT", "kv")
        monkeypatch.setenv("ATRIUM_VAULT__PATH", "shops/eu")
        assert load_settings(folder=folder).database.pool_size == 24

    def test_approle(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """An AppRole signs in where there is no token."""
        monkeypatch.delenv("ATRIUM_VAULT__TOKEN")
        monkeypatch.setenv("ATRIUM_VAULT__ROLE_ID", ROLE)
        monkeypatch.setenv("ATRIUM_VAULT__SECRET_ID", SECRET)
        assert load_settings(folder=folder).database.pool_size == 21
        monkeypatch.setenv("ATRIUM_VAULT__SECRET_ID", "wrong")
        assert "does not answer as it should (InvalidRequest)" in refusal(folder)

    def test_not_asked(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without vault.url nobody asks anything."""
        monkeypatch.delenv("ATRIUM_VAULT__URL")
        assert load_settings(folder=folder).database.pool_size == 8
        assert vault.asked == []


class TestRefusals:
    """Nothing starts on weaker values"""

    def test_no_secret(self, folder: Path, vault: VaultServer) -> None:
        """No secret of the environment: its path is named."""
        vault.secrets = {"atrium/production": {"DATABASE__POOL_SIZE": 1}}
        assert f"no secret {PATH}" in refusal(folder)

    def test_deleted(self, folder: Path, vault: VaultServer) -> None:
        """A deleted version is no secret."""
        vault.secrets[PATH] = None
        assert "newest version is deleted" in refusal(folder)

    def test_empty(self, folder: Path, vault: VaultServer) -> None:
        """An empty one is no source of settings."""
        vault.secrets[PATH] = {}
        assert "is empty" in refusal(folder)

    def test_forbidden(self, folder: Path, vault: VaultServer) -> None:
        """A token that may not read the path."""
        vault.forbidden.add(PATH)
        assert "capability read" in refusal(folder)

    def test_wrong_token(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """A token that Vault does not know; it is not shown."""
        monkeypatch.setenv("ATRIUM_VAULT__TOKEN", "hvs.wrong")
        told = refusal(folder)
        assert "does not know the token" in told
        assert "hvs.wrong" not in told

    def test_no_sign_in(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """No way to sign in is told; no token is fetched from a home folder or a variable of Vault's own."""
        monkeypatch.delenv("ATRIUM_VAULT__TOKEN")
        monkeypatch.setenv("VAULT_TOKEN", TOKEN)
        assert "say how to sign in" in refusal(folder)
        assert vault.asked == []

    def test_sealed(self, folder: Path, vault: VaultServer) -> None:
        """A sealed Vault."""
        vault.sealed = True
        assert "does not answer as it should" in refusal(folder)

    def test_slow(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that does not answer in time."""
        vault.delay = 0.3
        monkeypatch.setenv("ATRIUM_VAULT__TIMEOUT_SECONDS", "0.1")
        assert "does not answer as it should (ReadTimeout)" in refusal(folder)

    def test_away(self, folder: Path, vault: VaultServer, monkeypatch: pytest.MonkeyPatch, free_tcp_port: int) -> None:
        """One that is not there, though the files hold all that a start needs."""
        monkeypatch.setenv("ATRIUM_VAULT__URL", f"http://127.0.0.1:{free_tcp_port}")
        assert "does not answer as it should (ConnectionError)" in refusal(folder)

    def test_about_itself(self, folder: Path, vault: VaultServer) -> None:
        """Vault cannot say where Vault is."""
        vault.secrets[PATH] = {"VAULT__URL": "http://elsewhere"}
        with pytest.raises(ConfigError, match="cannot say where Vault is"):
            load_settings(folder=folder)

    def test_unknown_field(self, folder: Path, vault: VaultServer) -> None:
        """A field that sets nothing is named with its source."""
        vault.secrets[PATH] = {"CURSOR_KEY": STRONG, "DATABASE__PASSWORD": STRONG}
        with pytest.raises(ConfigError) as caught:
            load_settings(folder=folder)
        assert f"cursor_key: no setting begins so (in Vault secret/{PATH})" in str(caught.value)
        assert f"database.password: Extra inputs are not permitted (from Vault secret/{PATH})" in str(caught.value)
        assert STRONG not in str(caught.value)

    def test_without_extra(self, vault: VaultServer) -> None:
        """Without hvac the extra is named; without vault.url hvac is not even imported."""
        code = "import sys; sys.modules['hvac'] = None; from app.config import load_settings as load;"
        code += "load({'secrets': {'cursor_key': 'x' * 32, 'audit_key': 'x' * 32, 'encryption_key': 'x' * 32}, 'auth': {'keys': [{'kid': 'a', 'secret': 'x' * 32}]}%s})"
        told = [
            subprocess.run([sys.executable, "-c", code % more], cwd=ROOT, capture_output=True, text=True, check=False)
            for more in ("", ", 'vault': {'url': ''}")
        ]
        assert "pip install '.[vault]'" in told[0].stderr
        assert told[1].returncode == 0, told[1].stderr
