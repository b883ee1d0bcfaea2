"""`manage user` and `manage operator`: the first people of an installation, without mail, seed or magic ids."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from pydantic import SecretStr, TypeAdapter, ValidationError

from app.auth.password_policy import NewPassword
from app.auth.schemas.registration import Address, DisplayName
from app.exceptions import FieldFault, ValidationFailed
from app.manage.serving import on_installation
from app.manage.settings import DATA, Data
from app.operators.services import PeopleDesk, by_command
from app.runtime import Runtime

T = TypeVar("T")

cli = typer.Typer()
user = typer.Typer(no_args_is_help=True, help="People: make, disable and enable them, reset their second factor.")
operator = typer.Typer(no_args_is_help=True, help="Operators: the platform's own staff.")
cli.add_typer(user, name="user")
cli.add_typer(operator, name="operator")

Email = Annotated[str, typer.Argument(help="the person's address")]
ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
NAME: TypeAdapter[str] = TypeAdapter(DisplayName)
PASSWORD: TypeAdapter[SecretStr] = TypeAdapter(NewPassword)


@user.command("create")
def create_user(
    email: Email,
    name: Annotated[str, typer.Option(help="what others see")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="read the password from standard input")
    ] = False,
    data: Data = DATA,
) -> None:
    """Make a person whose address is known to be right. Without a password a link is printed that lets them choose one."""

    async def work(runtime: Runtime) -> str | None:
        password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
        chosen = None if password is None else _valid(PASSWORD, password, "password").get_secret_value()
        address, shown = _valid(ADDRESS, email, "email"), _valid(NAME, name, "name")
        return (await _desk(runtime).create(address, shown, chosen))[1]

    link = on_installation(data, work)
    typer.echo(f"{email} was made." if link is None else f"{email} was made and chooses a password here, once:\n{link}")


@user.command("disable")
def disable_user(email: Email, data: Data = DATA) -> None:
    """End everything that a person may do, at once: sessions, memberships, API keys."""
    _on_person(data, email, PeopleDesk.disable)
    typer.echo(f"{email} is disabled.")


@user.command("enable")
def enable_user(email: Email, data: Data = DATA) -> None:
    """Let a disabled person sign in again."""
    _on_person(data, email, PeopleDesk.enable)
    typer.echo(f"{email} is enabled.")


@user.command("reset-mfa")
def reset_mfa(email: Email, data: Data = DATA) -> None:
    """Remove the second factor of somebody who lost it and the recovery codes. Make sure who asks: the password is enough then."""
    _on_person(data, email, PeopleDesk.reset_mfa)
    typer.echo(f"{email} has no second factor any more, and signs in anew.")


@operator.command("grant")
def grant_operator(email: Email, data: Data = DATA) -> None:
    """Make a person an operator of the platform."""
    _on_person(data, email, PeopleDesk.grant)
    typer.echo(f"{email} is an operator.")


@operator.command("revoke")
def revoke_operator(email: Email, data: Data = DATA) -> None:
    """Take that away; what they do in others' names ends with it."""
    _on_person(data, email, PeopleDesk.revoke)
    typer.echo(f"{email} is no operator.")


def _on_person(data: Path, email: str, act: Callable[[PeopleDesk, UUID], Awaitable[None]]) -> None:
    async def work(runtime: Runtime) -> None:
        desk = _desk(runtime)
        await act(desk, (await desk.find(email)).id)

    on_installation(data, work)


def _desk(runtime: Runtime) -> PeopleDesk:
    return PeopleDesk(runtime.system, runtime.identity, by_command(), runtime.settings)


def _valid(adapter: TypeAdapter[T], value: str, field: str) -> T:
    """The value as the API would take it.

    Raises:
        ValidationFailed.
    """
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        faults = [FieldFault("invalid", item["msg"], field) for item in error.errors(include_input=False)]
        raise ValidationFailed(errors=faults) from error
