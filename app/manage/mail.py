"""Commands of mail."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Annotated

import typer

from app.embedded.places import Places
from app.embedded.up import mail_folder
from app.manage.settings import settings_with_logs

cli = typer.Typer()

Folder = Annotated[
    Path | None,
    typer.Option("--data", help="the folder that `up` was given; else mail.folder of the settings is looked at"),
]
Number = Annotated[int | None, typer.Argument(help="show this one, counted as the list counts")]


@cli.command()
def mail(number: Number = None, data: Folder = None) -> None:
    """List what the local mailer wrote, newest first, or show one mail: development has no other mailbox."""
    folder = Path(settings_with_logs().mail.folder if data is None else mail_folder(Places(data)))
    paths = sorted(folder.glob("*.eml"), reverse=True)
    if number is None:
        for place, path in enumerate(paths, start=1):
            message = _read(path)
            typer.echo(f"{place:>4}  {message['Date']}  {message['To']}  {message['Subject']}")
        typer.echo(f"{len(paths)} mails in {folder}" if paths else f"No mail in {folder}.")
        return
    if not 0 < number <= len(paths):
        typer.echo(f"There is no mail {number}; there are {len(paths)}.", err=True)
        raise typer.Exit(1)
    message = _read(paths[number - 1])
    text = message.get_body(("plain",))
    typer.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{text.get_content() if text else ''}")


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError(f"{path} is no mail")
    return message
