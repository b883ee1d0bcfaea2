"""Where a setting comes from: every source named rightly, a later one before an earlier, and nothing secret shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.config import ConfigError, Inspection, Value, inspect_settings, load_settings
from app.manage import config as command
from app.manage.cli import cli

POOL = "database.pool_size"


@pytest.fixture
def folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What its .env brings into the environment is gone with the test."""
    for name in ("ATRIUM_DATABASE__POOL_SIZE", "ATRIUM_TENANTS__MAX_OWNED", "ATRIUM_ENV"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ATRIUM_ENV", "testing")
    return folder


def write(path: Path, text: str) -> None:
    """Add to a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def value(folder: Path, name: str, **options: Any) -> Value:
    """One setting of the installation."""
    return named(inspect_settings(folder=folder, **options), name)


def named(found: Inspection, name: str) -> Value:
    """The row of that name."""
    return next(row for row in found.values if row.name == name)


class TestSources:
    """inspect_settings"""

    def test_default_heading(self, folder: Path) -> None:
        """What stands under [default] is named so, though another heading touches the same section."""
        row = value(folder, "web.max_body_bytes")
        assert (row.value, row.source) == (1048576, "settings.toml [default]")

    def test_environment_heading(self, folder: Path) -> None:
        """The environment's heading goes before the default's."""
        row = value(folder, "web.cookie_secure")
        assert (row.value, row.source) == (False, "settings.toml [testing]")

    def test_secrets_file(self, folder: Path) -> None:
        """.secrets.toml goes before settings.toml, and its neighbours keep their source."""
        write(folder / ".secrets.toml", "[default.database]\npool_size = 9")
        assert (value(folder, POOL).value, value(folder, POOL).source) == (9, ".secrets.toml [default]")
        assert value(folder, "database.pool_queue").source == "settings.toml [default]"

    def test_default_of_secrets_file(self, folder: Path) -> None:
        """The later file goes before the earlier, also its [default] before the earlier's environment."""
        file, section = folder / "settings.toml", "[testing.database]\n"
        file.write_text(
            file.read_text(encoding="utf-8").replace(section, f"{section}pool_size = 10\n"), encoding="utf-8"
        )
        write(folder / ".secrets.toml", "[default.database]\npool_size = 9")
        assert value(folder, POOL).value == 9

    def test_local_twin(self, folder: Path) -> None:
        """settings.local.toml goes before both."""
        write(folder / ".secrets.toml", "[testing.database]\npool_size = 9")
        write(folder / "settings.local.toml", "[default.database]\npool_size = 10")
        assert (value(folder, POOL).value, value(folder, POOL).source) == (10, "settings.local.toml [default]")

    def test_dotenv(self, folder: Path) -> None:
        """.env goes before all files and is named with the variable."""
        write(folder / "settings.local.toml", "[default.database]\npool_size = 10")
        write(folder / ".env", "ATRIUM_DATABASE__POOL_SIZE=11")
        row = value(folder, POOL)
        assert (row.value, row.source) == (11, ".env ATRIUM_DATABASE__POOL_SIZE")

    def test_foreign_dotenv(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The .env of the folder that a process happens to be started in is not the installation's."""
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        write(elsewhere / ".env", "ATRIUM_DATABASE__POOL_SIZE=11")
        monkeypatch.chdir(elsewhere)
        assert value(folder, POOL).source == "settings.toml [default]"

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b'ATRIUM_ENV="production', "see line 1"),
            (b"A=1\nATRIUM_LOGS__LEVEL='INFO\n", "see line 2"),
            (b"A=\xff", "not UTF-8"),
            (b"A=\0", "NUL"),
        ],
    )
    def test_broken_dotenv(self, folder: Path, content: bytes, told: str) -> None:
        """A line of .env that cannot be read is told, and not left out."""
        (folder / ".env").write_bytes(content)
        with pytest.raises(ConfigError, match=told):
            inspect_settings(folder=folder)

    def test_closed_dotenv(self, folder: Path) -> None:
        """So is a file that this process may not read, or that is none."""
        (folder / ".env").mkdir()
        with pytest.raises(ConfigError, match=r"\.env cannot be read: Is a directory"):
            inspect_settings(folder=folder)

    def test_variable(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable of the process goes before .env, and is named."""
        write(folder / ".env", "ATRIUM_DATABASE__POOL_SIZE=11\nATRIUM_TENANTS__MAX_OWNED=7")
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "12")
        found = inspect_settings(folder=folder)
        row, other = named(found, POOL), named(found, "tenants.max_owned")
        assert (row.value, row.source) == (12, "environment variable ATRIUM_DATABASE__POOL_SIZE")
        assert (other.value, other.source) == (7, ".env ATRIUM_TENANTS__MAX_OWNED")

    def test_same_value(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A source that says what stood there anyway is the source all the same."""
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "8")
        assert value(folder, POOL).source == "environment variable ATRIUM_DATABASE__POOL_SIZE"

    def test_variable_of_a_table(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable may hold a table; a longer name goes before it."""
        monkeypatch.setenv("ATRIUM_EVENTS", "{ width = 3, batch = 5 }")
        monkeypatch.setenv("ATRIUM_EVENTS__WIDTH", "4")
        found = inspect_settings(folder=folder)
        rows = [named(found, name) for name in ("events.width", "events.batch", "events.max_attempts")]
        assert [(row.value, row.source) for row in rows] == [
            (4, "environment variable ATRIUM_EVENTS__WIDTH"),
            (5, "environment variable ATRIUM_EVENTS"),
            (8, "settings.toml [default]"),
        ]

    def test_override(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the caller gives goes before everything."""
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "12")
        row = value(folder, POOL, overrides={"database": {"pool_size": 13}})
        assert (row.value, row.source) == (13, "override")

    def test_default_in_code(self, folder: Path) -> None:
        """What no source says comes from the model, tables of tables included."""
        write(folder / "settings.toml", '[default.plans.small]\nfeatures = "catalog"')
        assert (value(folder, "vault.kv_version").value, value(folder, "vault.kv_version").source) == (
            2,
            "default in code",
        )
        assert value(folder, "plans.small.limits").source == "default in code"

    @pytest.mark.parametrize("given", [True, False])
    def test_environment(self, folder: Path, monkeypatch: pytest.MonkeyPatch, given: bool) -> None:
        """The environment itself has a source."""
        if not given:
            monkeypatch.delenv("ATRIUM_ENV")
        row = value(folder, "env")
        expected = ("testing", "environment variable ATRIUM_ENV") if given else ("development", "default in code")
        assert (row.value, row.source) == expected

    def test_agrees(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is shown is what a process is given: every plain value equals the loaded one, and each has a source."""
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "12")
        loaded = load_settings(folder=folder).model_dump()
        for row in inspect_settings(folder=folder).values:
            found: Any = loaded
            for part in row.name.split("."):
                found = found[int(part)] if isinstance(found, tuple) else found[part]
            words = tuple(word.strip() for word in str(row.value).split(",") if word.strip())
            assert row.secret or found in (row.value, words) or (row.value, found) == ([], ()), row
            assert row.source != "nowhere"

    def test_lists_replace(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Signing keys of a later source replace the earlier ones: no forgotten key goes on signing."""
        monkeypatch.setenv("ATRIUM_AUTH__KEYS", f'@json [{{"kid": "new", "secret": "{"0123456789abcdef" * 2}"}}]')
        assert [key.kid for key in load_settings(folder=folder).auth.keys] == ["new"]
        assert value(folder, "auth.keys.0.kid").source == "environment variable ATRIUM_AUTH__KEYS"


class TestSecrets:
    """What is never shown."""

    def test_masked(self, folder: Path) -> None:
        """No secret of the secrets file is in the output, in neither form."""
        lines = (folder / ".secrets.toml").read_text().splitlines()
        secrets = [part for line in lines for part in line.split('"')[1::2] if len(part) >= 32]
        text = repr(inspect_settings(folder=folder))
        assert len(secrets) == 10
        assert not [secret for secret in secrets if secret in text]
        assert value(folder, "secrets.cursor_key").secret

    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://app:hunter2@db/atrium",
            "postgresql://app:hun/ter2@x@db/atrium",
            "redis://:hunter2@cache/0",
            "app:hunter2@db",
            "postgresql://db/atrium?user=app&password=hunter2",
            "postgresql://app:hunter2@db/atrium?sslpassword=hunter2&x=1",
        ],
    )
    def test_urls(self, folder: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        """A URL is shown without its password, whatever the password holds."""
        monkeypatch.setenv("ATRIUM_DATABASE__URL", url)
        shown = str(value(folder, "database.url").value)
        assert "ter2" not in shown
        assert "db" in shown or "cache" in shown
        assert shown.partition(":")[0] == url.partition(":")[0]
        assert shown.startswith("postgresql://app:********@") or not url.startswith("postgresql://app")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("ATRIUM_SECRETS__CURSOR_KAY", "hunter2"),
            ("ATRIUM_SECRETS", "hunter2"),
            ("ATRIUM_AUTH__KEYS", "hunter2"),
            ("ATRIUM_AUTH__KEYS", '@json [["hunter2"]]'),
            ("ATRIUM_AUTH__KEY", "hunter2"),
            ("ATRIUM_AUTH", "hunter2"),
            ("ATRIUM_SECRET__CURSOR_KEY", "hunter2"),
            ("ATRIUM_DATABASE__URL", '{ password = "hunter2" }'),
            ("ATRIUM_DATABASE__URL", '["hunter2"]'),
            ("ATRIUM_DATABASE__PASSWORD", "hunter2"),
            ("ATRIUM_VAULT__TOKEN", "hunter2"),
            ("ATRIUM_AUTH__KEYS", "@json {hunter2"),
            ("ATRIUM_SECRETS__CURSOR_KEY", "@int hunter2"),
        ],
    )
    def test_misplaced(self, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
        """A secret under a misspelt name, or in the wrong shape, is masked too, and no fault quotes it."""
        monkeypatch.setenv(name, text)
        assert "hunter2" not in repr(inspect_settings(folder=folder))
        if name == "ATRIUM_VAULT__TOKEN":
            assert "hunter2" not in repr(load_settings(folder=folder))
        else:
            with pytest.raises(ConfigError) as caught:
                load_settings(folder=folder)
            assert "hunter2" not in str(caught.value)


class TestFaults:
    """Settings that cannot be used."""

    def test_shown(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A value that cannot be used is shown with its fault and its source; the others are shown as ever."""
        monkeypatch.setenv("ATRIUM_DATABASE__POOL_SIZE", "-7")
        found = inspect_settings(folder=folder)
        row = named(found, POOL)
        assert not found.usable
        assert row.value == -7
        assert row.fault == "Input should be greater than 0 (from environment variable ATRIUM_DATABASE__POOL_SIZE)"
        assert [other.name for other in found.values if other.fault] == [POOL]

    def test_missing(self, folder: Path) -> None:
        """What is required and given nowhere has a row that says where to put it."""
        (folder / ".secrets.toml").unlink()
        row = value(folder, "auth.keys")
        assert (row.value, row.source) == (None, "nowhere")
        assert row.fault is not None
        assert "ATRIUM_AUTH__KEYS" in row.fault

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("ATRIUM_DATABSE__URL", "was database meant?"),
            ("ATRIUM_DATABASE_URL", "two underscores part section and name: ATRIUM_DATABASE__URL"),
            ("ATRIUM_DEBUG", "sections are database"),
            ("ATRIUM_DATABASE____URL", "two underscores part section and name"),
        ],
    )
    def test_unknown_variable(self, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str) -> None:
        """A variable that sets nothing is named at start, with what was perhaps meant."""
        monkeypatch.setenv(name, "x")
        with pytest.raises(ConfigError) as caught:
            load_settings(folder=folder)
        assert told in str(caught.value)
        assert name in str(caught.value)

    @pytest.mark.parametrize(
        "text",
        ["@int x", "@json {", "@format {env[NOPE]}", "@jinja {{ x.y }}", "@jinja {{", "@get nope", "@merge 5", "@del"],
    )
    @pytest.mark.parametrize("place", ["variable", "file"])
    def test_unreadable(self, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str) -> None:
        """A value whose @-word cannot be read, or has no meaning here, is a fault and not a stack."""
        if place == "variable":
            monkeypatch.setenv("ATRIUM_LOGS__LEVEL", text)
        else:
            write(folder / "settings.local.toml", f"[default.logs]\nlevel = '{text}'")
        with pytest.raises(
            ConfigError, match=r"ATRIUM_LOGS__LEVEL: |settings\.local\.toml \[default\]: |settings files cannot be read"
        ):
            load_settings(folder=folder)

    def test_format(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Dynaconf's @format is understood in files and in variables."""
        monkeypatch.setenv("LEVEL_OF_LOGS", "ERROR")
        write(folder / "settings.local.toml", "[default.logs]\nlevel = '@format {env[LEVEL_OF_LOGS]}'")
        monkeypatch.setenv("ATRIUM_AUTH__ISSUER", "@format {env[LEVEL_OF_LOGS]}")
        settings = load_settings(folder=folder)
        assert (settings.logs.level, settings.auth.issuer) == ("ERROR", "ERROR")

    def test_tests_own(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """ATRIUM_TEST_ variables are the suite's, and other prefixes are none of ours."""
        monkeypatch.setenv("ATRIUM_TEST_ANYTHING", "x")
        monkeypatch.setenv("DYNACONF_DATABASE__POOL_SIZE", "99")
        assert load_settings(folder=folder).database.pool_size == 8

    @pytest.mark.parametrize("name", ["ENVVAR_PREFIX_FOR_DYNACONF", "VAULT_ENABLED_FOR_DYNACONF"])
    def test_steering(self, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        """Dynaconf's own variables, which would go before what Atrium tells it, are refused by name."""
        monkeypatch.setenv(name, "x")
        with pytest.raises(ConfigError, match=name):
            load_settings(folder=folder)

    @pytest.mark.parametrize("heading", ["prodution.web", "databse", "global.web"])
    def test_unknown_heading(self, folder: Path, heading: str) -> None:
        """A heading of no environment is named: Dynaconf would pass it over."""
        write(folder / ".secrets.toml", f"[{heading}]\nx = 1")
        with pytest.raises(ConfigError, match=rf"\[{heading.partition('.')[0]}\] in .secrets.toml: no environment"):
            load_settings(folder=folder)

    def test_unknown_section(self, folder: Path) -> None:
        """So is a section that no setting is in."""
        write(folder / "settings.toml", "[default.databse]\nurl = 'x'")
        with pytest.raises(ConfigError, match=r"databse: .*settings.toml \[default\].*was database meant"):
            load_settings(folder=folder)

    def test_broken_file(self, folder: Path) -> None:
        """A file that is no TOML is named, with the line and without its text."""
        write(folder / ".secrets.toml", "[default.secrets]\ncursor_key = hunter2")
        with pytest.raises(ConfigError, match=r"\.secrets\.toml: .*line") as caught:
            load_settings(folder=folder)
        assert "hunter2" not in str(caught.value)

    @pytest.mark.parametrize("name", ["DATABASE", "REDIS", "WEB", "AUTH", "SECRETS", "PLANS", "AUTH__KEYS", "VAULT"])
    @pytest.mark.parametrize("text", ["5", "x", "[1]", "true"])
    def test_wrong_shape(self, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
        """A section of the wrong shape is a fault like any other, in production too."""
        monkeypatch.setenv("ATRIUM_ENV", "production")
        monkeypatch.setenv(f"ATRIUM_{name}", text)
        with pytest.raises(ConfigError, match=name.lower().replace("__", ".")):
            load_settings(folder=folder)
        assert not inspect_settings(folder=folder).usable

    def test_cookie_as_text(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The text "false" does not pass for a secure cookie in production."""
        write(folder / "settings.toml", '[production.database]\nurl = "x"\nidentity_url = "x"\nsystem_url = "x"')
        write(folder / "settings.local.toml", '[production.web]\ncookie_secure = "false"\nhosts = "x"')
        write(folder / ".secrets.toml", '[default.redis]\nurl = "x"')
        monkeypatch.setenv("ATRIUM_ENV", "production")
        with pytest.raises(ConfigError, match=r"web\.cookie_secure: must be true"):
            load_settings(folder=folder)


class TestCommand:
    """manage config"""

    @pytest.fixture
    def run(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
        """The command on the test's folder."""
        monkeypatch.setattr(command, "inspect_settings", lambda: inspect_settings(folder=folder))
        return CliRunner()

    def test_json(self, run: CliRunner) -> None:
        """--json is one object with every value, its source and whether it is secret."""
        answer = run.invoke(cli, ["config", "show", "--json", "database"])
        body = json.loads(answer.stdout)
        assert answer.exit_code == 0
        assert (body["env"], body["usable"], body["faults"]) == ("testing", True, [])
        assert {row["name"].split(".")[0] for row in body["values"]} == {"database"}
        row = next(row for row in body["values"] if row["name"] == POOL)
        assert row == {"name": POOL, "value": 8, "source": "settings.toml [default]", "secret": False, "fault": None}

    def test_table(self, run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
        """The table has one line a value, and a broken setting ends it with 1."""
        monkeypatch.setenv("ATRIUM_LOGS__LEVEL", "LOUD\nATRIUM")
        answer = run.invoke(cli, ["config", "show", "logs"])
        assert answer.exit_code == 1
        assert answer.stdout.splitlines()[0].endswith("environment variable ATRIUM_LOGS__LEVEL")
        assert "FAULT: " in answer.stdout.splitlines()[1]

    def test_unknown_prefix(self, run: CliRunner) -> None:
        """A prefix that no setting has is refused, and a part of a word is no prefix."""
        assert run.invoke(cli, ["config", "show", "data"]).exit_code == 2
        assert run.invoke(cli, ["config", "show", "database."]).exit_code == 0

    def test_docs(self, tmp_path: Path) -> None:
        """`config docs` writes the document; `--check` finds a stale one and changes nothing."""
        path = tmp_path / "settings.md"
        path.write_text("old", encoding="utf-8")
        arguments = ["config", "docs", "--path", str(path)]
        assert CliRunner().invoke(cli, [*arguments, "--check"]).exit_code == 1
        assert path.read_text(encoding="utf-8") == "old"
        assert CliRunner().invoke(cli, arguments).exit_code == 0
        assert CliRunner().invoke(cli, [*arguments, "--check"]).exit_code == 0
