"""What a look at an installation finds, and the commands that mend it."""

import shlex
from dataclasses import dataclass

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 5.0
BOOTSTRAP = "manage db bootstrap --database {database}    # with ATRIUM_ADMIN_URL set to an administrator's URL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: what was looked at, whether it is well, what was found and how to mend it."""

    name: str
    well: bool
    found: str
    mend: str = ""
    looked: bool = True
    """False where the look was not possible, so that nothing is known to be wrong."""

    @property
    def state(self) -> str:
        """`ok`, `bad` or `unknown`."""
        if not self.looked:
            return "unknown"
        return "ok" if self.well else "bad"


def unknown(name: str, why: str, mend: str = "") -> Finding:
    """A look that was not possible."""
    return Finding(name, True, f"not looked at: {why}", mend, looked=False)


def judged(name: str, faults: list[str], well: str, mend: str) -> Finding:
    """Well without faults, else all of them and how to mend them."""
    return Finding(name, False, "; ".join(faults), mend) if faults else Finding(name, True, well)


def as_owner(*statements: str) -> str:
    """The command that runs SQL as the owner role."""
    words = " ".join(f"-c {_quoted(statement)}" for statement in statements)
    return f'psql "$ATRIUM_DATABASE__OWNER_URL" {words}'


def bootstrap(database: str) -> str:
    """The command that puts database, roles and rights right again."""
    return BOOTSTRAP.format(database=shlex.quote(database))


def _quoted(statement: str) -> str:
    """In double quotes where the shell leaves those alone: SQL is full of single ones."""
    return shlex.quote(statement) if set('"$`\\!') & set(statement) else f'"{statement}"'
