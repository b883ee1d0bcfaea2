"""What most commands begin with."""

from pathlib import Path
from typing import Annotated

import typer

from app.config import Settings, load_settings
from app.extensions.logs import configure_logs

DATA = Path(".atrium")
Data = Annotated[Path, typer.Option(help="the folder that holds everything the embedded servers keep")]
Port = Annotated[int, typer.Option(help="where the API listens")]


def settings_with_logs() -> Settings:
    """The settings of this installation, with the logs set up as they say.

    Raises:
        ConfigError: with every fault.
    """
    settings = load_settings()
    configure_logs(settings.logs.level)
    return settings
