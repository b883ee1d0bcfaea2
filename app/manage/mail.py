"""Commands of mail."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Annotated

import typer

from app.embedded.places import Places
from app.manage.settings import settings_with_logs

cli = typer.Typer()

Number = Annotated[int | None, typer.Argument(help="show this one, counted as the list counts")]
Data = Annotated[
    Path | None, typer.Option(help="the data folder of `manage up`; without it the folder that the settings name")
]


@cli.command()
def mail(number: Number = None, data: Data = None) -> None:
    """List what the local mailer wrote, newest first, or show one mail: development has no other mailbox."""
    settings = settings_with_logs()
    folder = Path(settings.mail.folder) if data is None else Places(data).mail
    paths = sorted(folder.glob("*.eml"), reverse=True)
    if number is None:
        for place, path in enumerate(paths, start=1):
            message = _read(path)
            typer.echo(f"{place:>4}  {message['Date']}  {message['To']}  {message['Subject']}")
        typer.echo(f"{len(paths)} mail{'s' * (len(paths) > 1)} in {folder}." if paths else f"No mail in {folder}.")
        return
    if not 0 < number <= len(paths):
        typer.echo(f"There is no mail {number}; there are {len(paths)}.", err=True)
        raise typer.Exit(1)
    message = _read(paths[number - 1])
    part = message.get_body(("plain",))
    text = (
        "" if part is None else part.get_content().replace("\r\n", "\n")
    )  # a mail's lines end in both, a terminal's do not
    typer.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{text}")


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    if not isinstance(message, EmailMessage):
        raise TypeError(f"{path} is no mail")
    return message
