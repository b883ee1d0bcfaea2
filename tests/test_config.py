"""Settings: read once, closed to unknown names, frozen; what cannot be used is told with every fault at once."""

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import ROOT, VERSION, ConfigError, load_settings
from app.embedded.keys import write_secrets

SERVERS = {
    "ATRIUM_DATABASE__URL": "postgresql://app@db/atrium",
    "ATRIUM_DATABASE__IDENTITY_URL": "postgresql://identity@db/atrium",
    "ATRIUM_DATABASE__SYSTEM_URL": "postgresql://system@db/atrium",
    "ATRIUM_REDIS__URL": "redis://cache",
    "ATRIUM_WEB__HOSTS": "['api.example']",
}


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of an installation that lacks nothing."""
    monkeypatch.setenv("ATRIUM_ENV", "production")
    for name, value in SERVERS.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal(folder: Path) -> str:
    """Why the settings cannot be used."""
    with pytest.raises(ConfigError) as caught:
        load_settings(folder=folder)
    return str(caught.value)


@pytest.mark.parametrize(("env", "secure"), [("development", False), ("testing", False), ("production", True)])
def test_environments(folder: Path, production: pytest.MonkeyPatch, env: str, secure: bool) -> None:
    """ATRIUM_ENV chooses the heading whose values go before the defaults."""
    production.setenv("ATRIUM_ENV", env)
    settings = load_settings(folder=folder)
    assert (settings.env, settings.web.cookie_secure) == (env, secure)


def test_version() -> None:
    """What the document and the metrics call the version is the project's."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


def test_unknown_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that there is not is refused, and the message lists those there are."""
    monkeypatch.setenv("ATRIUM_ENV", "staging")
    assert "development, testing, production" in refusal(folder)


def test_variables(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable with double underscores overrides one nested value and leaves its neighbours."""
    before = load_settings(folder=folder)
    monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "3")
    monkeypatch.setenv("ATRIUM_AUTH__ARGON2__THREADS", "5")
    settings = load_settings(folder=folder)
    assert settings.database == before.database.model_copy(update={"pool_size": 3})
    assert settings.auth.argon2 == before.auth.argon2.model_copy(update={"threads": 5})


def test_overrides(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the caller gives goes before everything."""
    monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "3")
    assert load_settings({"database": {"pool_size": 4}}, folder=folder).database.pool_size == 4


def test_secrets_file(folder: Path, tmp_path: Path) -> None:
    """A secrets file elsewhere is read in place of the folder's."""
    other = tmp_path / "elsewhere.toml"
    write_secrets(other)
    here, there = load_settings(folder=folder), load_settings(folder=folder, secrets_file=other)
    assert here.secrets.cursor_key != there.secrets.cursor_key
    assert there.secrets.cursor_key.get_secret_value() in other.read_text(encoding="utf-8")


def test_secrets_hidden(folder: Path) -> None:
    """Requirement 35: no secret is shown where settings are printed."""
    settings = load_settings(folder=folder)
    assert settings.secrets.cursor_key.get_secret_value() not in repr(settings)
    assert settings.auth.keys[0].secret.get_secret_value() not in str(settings.model_dump())


def test_unknown_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no section knows is refused, and where it came from can be guessed."""
    monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZ", "3")
    assert "database.pool_siz: Extra inputs are not permitted" in refusal(folder)


def test_no_secrets(folder: Path) -> None:
    """Requirement 38: without secrets nothing starts: there is no default to fall back on."""
    (folder / ".secrets.toml").unlink()
    told = refusal(folder)
    assert "auth.keys: Field required (settings.toml, .secrets.toml or ATRIUM_AUTH__KEYS)" in told
    assert "secrets: Field required" in told


def test_all_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fault is told at once, each on a line of its own, no value among them."""
    monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "-77")
    monkeypatch.setenv("ATRIUM_EVENTS__QUEUE_MODE", "kafka")
    monkeypatch.setenv("ATRIUM_ENV", "production")
    places = [line.split(":")[0].strip() for line in refusal(folder).splitlines()[1:]]
    assert sorted(places) == [
        "database.identity_url",
        "database.pool_size",
        "database.system_url",
        "database.url",
        "events.queue_mode",
        "redis.url",
        "web.hosts",
    ]
    assert "-77" not in refusal(folder)


def test_production(folder: Path, production: pytest.MonkeyPatch) -> None:
    """Requirement 36: with its servers named, production is let in: without the owner's address, its documentation closed."""
    settings = load_settings(folder=folder)
    assert (settings.database.owner_url, settings.web.docs, settings.metrics.host) == ("", False, "127.0.0.1")


@pytest.mark.parametrize("name", SERVERS)
def test_missing_server(folder: Path, production: pytest.MonkeyPatch, name: str) -> None:
    """In production no server is left to the embedded ones, and no host to chance."""
    production.delenv(name)
    assert f"{name.removeprefix('ATRIUM_').replace('__', '.').lower()}: " in refusal(folder)


def test_insecure_cookie(folder: Path, production: pytest.MonkeyPatch) -> None:
    """In production the cookie travels over TLS alone."""
    production.setenv("ATRIUM_WEB__COOKIE_SECURE", "false")
    assert "web.cookie_secure: must be true" in refusal(folder)


def test_made_up_cards(folder: Path, production: pytest.MonkeyPatch) -> None:
    """In production nobody pays with a card that is made up, and without a gateway nobody pays at all."""
    assert load_settings(folder=folder).payments.adapter == "none"
    production.setenv("ATRIUM_PAYMENTS__ADAPTER", "local")
    assert "payments.adapter: local takes made-up cards" in refusal(folder)


@pytest.mark.parametrize("secret", ["change-me-0123456789-0123456789-abcdef", "abcabcabcabcabcabcabcabcabcabcabcabc"])
@pytest.mark.parametrize("place", ["cursor", "audit", "signing"])
def test_default_secret(folder: Path, production: pytest.MonkeyPatch, secret: str, place: str) -> None:
    """Requirement 38: a secret that stands in an example, or is hardly random, is refused in production."""
    if place != "signing":
        production.setenv(f"ATRIUM_SECRETS__{place.upper()}_KEY", secret)
    else:
        production.setenv("ATRIUM_AUTH__KEYS", f'@json [{{"kid": "a", "secret": "{secret}"}}]')
    told = refusal(folder)
    assert "is an example value" in told
    assert secret not in told


@pytest.mark.parametrize("password", ["change-me-0123456789", "secret", "postgres"])
@pytest.mark.parametrize("name", ["URL", "IDENTITY_URL", "SYSTEM_URL"])
def test_default_password(folder: Path, production: pytest.MonkeyPatch, password: str, name: str) -> None:
    """Requirement 38: in production no login of the database has a password that everybody knows; it is not repeated."""
    production.setenv(f"ATRIUM_DATABASE__{name}", f"postgresql://somebody:{password}@db/atrium")
    told = refusal(folder)
    assert f"password in database.{name.lower()}: is an example value" in told
    assert password not in told


@pytest.mark.parametrize(
    ("name", "value"), [("MEMORY_KIB", "19455"), ("TIME_COST", "1"), ("MEMORY_KIB", "8"), ("PARALLELISM", "0")]
)
def test_cheap_hashes(folder: Path, production: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Requirement 10: production hashes passwords at no less than 19 MiB, two passes and one lane; tests may hash cheaply."""
    argon2 = load_settings(folder=folder).auth.argon2
    assert argon2.memory_kib >= 19_456
    assert (argon2.time_cost, argon2.parallelism) >= (2, 1)
    production.setenv(f"ATRIUM_AUTH__ARGON2__{name}", value)
    assert f"auth.argon2.{name.lower()}: " in refusal(folder)


def test_short_secret(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requirement 38: a secret of fewer than 32 characters is refused everywhere."""
    monkeypatch.setenv("ATRIUM_SECRETS__CURSOR_KEY", "too-short")
    assert "secrets.cursor_key" in refusal(folder)


def test_frozen(folder: Path) -> None:
    """Settings do not change while a process runs, not even inside."""
    settings = load_settings(folder=folder)
    for section, name in ((settings, "env"), (settings.database, "pool_size"), (settings.auth.argon2, "threads")):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(section, name, 1)


def test_words_replace(folder: Path, production: pytest.MonkeyPatch) -> None:
    """Production keeps no host and no origin of development: a later list of words replaces the earlier."""
    production.setenv("ATRIUM_WEB__HOSTS", "api.example, www.example")
    web = load_settings(folder=folder).web
    assert (web.hosts, web.origins) == (("api.example", "www.example"), ())
