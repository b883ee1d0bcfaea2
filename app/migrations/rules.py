"""What a migration must keep that no general linter knows: each rule a function that yields faults under its name.

A script sets a rule aside with its reason, `exceptions = {"<rule>": "<reason>"}`, and what loses data by
`contracts = "<why the previous release no longer needs it>"`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.db.steps import ASSERTED
from app.migrations.render import Rendered

LONGEST_NAME = 50
FILE_NAME = re.compile(r"^\d{8}_[a-z][a-z0-9]*(_[a-z0-9]+)*\.py$")
CREATE_TABLE = re.compile(r"^CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*)\)$", re.IGNORECASE)
TENANTS_KEY = re.compile(r"PRIMARY KEY ?\(tenant_id\b", re.IGNORECASE)
ADD_KEY = re.compile(r"^ALTER TABLE (\w+) ADD CONSTRAINT \w+ FOREIGN KEY.* REFERENCES (\w+)", re.IGNORECASE)
ALTERED = re.compile(r"^ALTER TABLE (\w+) (?:ADD|DROP|ALTER|RENAME) (?!CONSTRAINT)", re.IGNORECASE)
REFERENCES = re.compile(r"REFERENCES (\w+)", re.IGNORECASE)
ADD_COLUMN = re.compile(
    r"\bADD COLUMN\b.*(\b(CONSTRAINT|REFERENCES|CHECK|UNIQUE|PRIMARY KEY)\b|,\s*(ADD|ALTER|DROP)\b)", re.IGNORECASE
)
LOSSES = re.compile(r"\bDROP (TABLE|COLUMN|SCHEMA|SEQUENCE)\b|^TRUNCATE\b|^(/\* .* \*/ )?DELETE FROM\b", re.IGNORECASE)
CHANGES_ROWS = re.compile(r"^(UPDATE|DELETE|INSERT INTO \w+.*\bSELECT)\b", re.IGNORECASE)
NAMED = re.compile(
    r"\b(?:CONSTRAINT|INDEX(?: CONCURRENTLY)?(?: IF (?:NOT )?EXISTS)?|POLICY|SEQUENCE|CREATE TABLE) (\w+)",
    re.IGNORECASE,
)
REPEATABLE = re.compile(
    r"\bCONCURRENTLY\b|\bVALIDATE CONSTRAINT\b|\bIF EXISTS\b|\bUSING INDEX\b|^COMMIT$|^BEGIN$", re.IGNORECASE
)
VOLATILE = r"clock_timestamp|statement_timestamp|timeofday|random|gen_random_uuid|uuidv4|uuidv7|nextval"
AVOIDED = tuple(
    (re.compile(pattern, re.IGNORECASE), why)
    for pattern, why in (
        (r"\bset_config\s*\(", "set_config: SET LOCAL alone reaches the workers of a cluster"),
        (r"\bMERGE INTO\b", "MERGE"),
        (r"\bLATERAL\b", "LATERAL"),
        (rf"\bUPDATE\b.*\b({VOLATILE})\s*\(", "a volatile function in UPDATE: use now() or a value"),
        (r"\bCREATE (OR REPLACE )?(CONSTRAINT |EVENT )?TRIGGER\b", "a trigger"),
        (r"\bCREATE (OR REPLACE )?RULE\b", "a rule"),
        (r"\bAS RESTRICTIVE\b", "a RESTRICTIVE policy: a cluster makes it permissive on the shards"),
        (r"\bCREATE (OR REPLACE )?(FUNCTION|PROCEDURE)\b|\bSECURITY DEFINER\b", "a function of our own"),
        (r"\bMATERIALIZED VIEW\b", "a materialized view: it looks past row-level security"),
        (r"\bCREATE VIEW\b(?!.*security_invoker)", "a view without security_invoker"),
        (r"\bCREATE (TYPE|DOMAIN)\b", "a type of our own: use VARCHAR and CHECK"),
        (r"\bCREATE EXTENSION\b|\bALTER SYSTEM\b|\bCREATE ROLE\b|\bALTER ROLE\b", "what only a superuser may do"),
        (r"\bCOLLATE\b", "a collation: not every server has it"),
        (r"\bTIMESTAMP WITHOUT TIME ZONE\b|\bTIMESTAMP(?! WITH)\b(?!\()", "a time without its zone"),
        (r"\bON (DELETE|UPDATE) SET\b", "ON DELETE SET: it would change tenant_id too"),
        (r"\bSERIAL\b", "SERIAL: name the sequence, so that its grants are written"),
    )
)


@dataclass(slots=True)
class Before:
    """What the scripts before have made: every table, and whether it is a tenant's; the newest file's name."""

    tables: dict[str, bool] = field(default_factory=dict)
    file_name: str = ""

    def take_in(self, script: Rendered) -> None:
        """Add what a script makes."""
        for name, body in new_tables(script).items():
            self.tables[name] = "tenant_id" in body
        self.file_name = Path(script.script.path).name


Rule = Callable[[Rendered, Before], Iterator[str]]


def plain(statement: str) -> str:
    """A statement on one line, with single spaces."""
    return " ".join(statement.split()).replace("( ", "(").replace(" )", ")")


def new_tables(script: Rendered) -> dict[str, str]:
    """Name and definition of the tables that a script makes."""
    found = (CREATE_TABLE.match(plain(statement)) for statement in script.up)
    return {match[1]: match[2] for match in found if match}


def losses(statements: tuple[str, ...]) -> list[str]:
    """The statements after which data is gone."""
    return [plain(statement) for statement in statements if LOSSES.search(plain(statement))]


def file_name(script: Rendered, before: Before) -> Iterator[str]:
    """<yyyymmdd>_<slug>.py, in the order of the history."""
    name = Path(script.script.path).name
    if not FILE_NAME.match(name):
        yield f"the file is to be called <yyyymmdd>_<slug>.py, not {name}"
    elif name[:8] < before.file_name[:8]:
        yield f"{name} is dated before {before.file_name}, on which it builds"


def tenant_tables(script: Rendered, _before: Before) -> Iterator[str]:
    """A table with a tenant_id has it first, in its key, and is protected before the script ends."""
    said = [plain(statement) for statement in script.up]
    for name, body in new_tables(script).items():
        if "tenant_id" not in body:
            continue
        if not body.startswith("tenant_id UUID NOT NULL"):
            yield f"{name} does not begin with tenant_id UUID NOT NULL"
        if not TENANTS_KEY.search(body):
            yield f"the primary key of {name} does not begin with tenant_id"
        for word in ("ENABLE", "FORCE"):
            if f"ALTER TABLE {name} {word} ROW LEVEL SECURITY" not in said:
                yield f"{name} lacks {word} ROW LEVEL SECURITY"
        if not any(statement.startswith("CREATE POLICY") and f" ON {name} " in statement for statement in said):
            yield f"{name} has no policy"


def distributed(script: Rendered, _before: Before) -> Iterator[str]:
    """A new tenant table is distributed."""
    for name, body in new_tables(script).items():
        if "tenant_id" in body and not any(_distributes(statement, name) for statement in script.up):
            yield f"{name} is not distributed: call distribute({name!r})"


def order(script: Rendered, before: Before) -> Iterator[str]:
    """In a new table: the table, then rights, then distribution, then keys to other tables of tenants."""
    kinds = before.tables | {name: "tenant_id" in body for name, body in new_tables(script).items()}
    said = [plain(statement) for statement in script.up]
    for name, body in new_tables(script).items():
        if not kinds[name]:
            continue
        for other in REFERENCES.findall(body):
            if kinds.get(other):
                yield f"{name} has its key to {other} within CREATE TABLE: add it at the end"
        stages = [stage for statement in said if (stage := _stage_of(statement, name, kinds)) is not None]
        if stages != sorted(stages):
            yield f"{name}: first the table, then its rights, then distribute(), then keys between tenants' tables"


def _stage_of(statement: str, table: str, kinds: Mapping[str, bool]) -> int | None:
    created = CREATE_TABLE.match(statement)
    if created and created[1] == table:
        return 0
    if re.search(rf"\bON {table}\b", statement) and statement.startswith(("CREATE POLICY", "GRANT")):
        return 1
    if re.match(rf"ALTER TABLE {table} (ENABLE|FORCE) ROW", statement):
        return 1
    if _distributes(statement, table):
        return 2
    key = ADD_KEY.match(statement)
    return 3 if key and key[1] == table and kinds.get(key[2]) else None


def _distributes(statement: str, table: str) -> bool:
    return statement.startswith("-- SELECT create_") and f"('{table}'" in statement


def add_column(script: Rendered, _before: Before) -> Iterator[str]:
    """ADD COLUMN and its constraint are two statements."""
    for statement in map(plain, script.up):
        if ADD_COLUMN.search(statement):
            yield f"ADD COLUMN and something else in one statement: {statement}"


def lock_order(script: Rendered, _before: Before) -> Iterator[str]:
    """A table that is altered is not pointed at before: a key locks it against writers, a change against readers too.

    Whoever has read it between, and then writes it, waits for the key, and the change for them: a deadlock, and a request dies.
    """
    new, pointed = new_tables(script), set[str]()
    for statement in map(plain, script.up):
        key = ADD_KEY.match(statement)
        altered = ALTERED.match(statement)
        if key is not None:
            pointed.add(key[2])
        elif altered is not None and altered[1] in pointed - new.keys():
            yield f"{altered[1]} is altered behind a key to it: alter it first: {statement[:120]}"


def rename_constraint(script: Rendered, _before: Before) -> Iterator[str]:
    """A constraint is dropped and added, not renamed."""
    for statement in map(plain, script.up + script.down):
        if re.search(r"\bRENAME CONSTRAINT\b", statement, re.IGNORECASE):
            yield f"a constraint is dropped and added, not renamed: {statement}"


def loss(script: Rendered, _before: Before) -> Iterator[str]:
    """What loses data says why nobody needs it any more."""
    reason = getattr(script.module, "contracts", "")
    found = losses(script.up)
    if found and not _is_reason(reason):
        yield f"data is lost, and there is no contracts = '<why the previous release no longer needs it>': {found[0]}"
    if reason and not found:
        yield "contracts is declared, but nothing is lost"


def avoided(script: Rendered, _before: Before) -> Iterator[str]:
    """Statements that break isolation, a cluster, or a server without extras."""
    for statement in map(plain, script.up + script.down):
        for pattern, why in AVOIDED:
            if pattern.search(statement):
                yield f"{why}: {statement[:120]}"


def long_names(script: Rendered, _before: Before) -> Iterator[str]:
    """Names have at most 50 characters: a shard appends its number."""
    for name in dict.fromkeys(name for statement in script.up for name in NAMED.findall(plain(statement))):
        if len(name) > LONGEST_NAME:
            yield f"{name} has {len(name)} characters; {LONGEST_NAME} is the most"


def counted(script: Rendered, _before: Before) -> Iterator[str]:
    """A backfill asserts its row count."""
    for statement in map(plain, script.up):
        if CHANGES_ROWS.match(statement) and not statement.startswith(ASSERTED):
            yield f"rows are changed and not counted, use backfill(): {statement[:120]}"


def repeatable(script: Rendered, _before: Before) -> Iterator[str]:
    """What runs outside a transaction stands in a script of its own and can be run again."""
    for statements in (script.up, script.down):
        if "COMMIT" in statements:
            for statement in map(plain, statements):
                if not REPEATABLE.search(statement):
                    yield f"beside steps outside a transaction, this could not be run again: {statement[:120]}"


def compatibility(script: Rendered, before: Before) -> Iterator[str]:
    """Every script but the first says which older code may run on what it makes."""
    if before.file_name and not hasattr(script.module, "compatible_with"):
        yield "compatible_with is not declared"


def way_back(script: Rendered, _before: Before) -> Iterator[str]:
    """There is a downgrade."""
    if script.up and not script.down and "COMMIT" not in script.up:
        yield "downgrade() does nothing"


def _is_reason(text: object) -> bool:
    return isinstance(text, str) and len(text) > 10 and not text.startswith("<")  # noqa: PLR2004 - a word is no reason


RULES: dict[str, Rule] = {
    "file-name": file_name,
    "tenant-tables": tenant_tables,
    "distributed": distributed,
    "order": order,
    "add-column": add_column,
    "lock-order": lock_order,
    "rename-constraint": rename_constraint,
    "loss": loss,
    "avoided": avoided,
    "long-names": long_names,
    "counted": counted,
    "repeatable": repeatable,
    "compatibility": compatibility,
    "way-back": way_back,
}
