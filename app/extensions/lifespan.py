"""A start that is refused on purpose is told to the server in one line, not as a stack."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.exceptions import AppError

FAILED = "lifespan.startup.failed"


async def run_lifespan(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run the app's lifespan; of an AppError at its start the server is told the detail, of anything else the stack."""
    held: list[Message] = []

    async def hold(message: Message) -> None:
        if message["type"] == FAILED:
            held.append(message)
        else:
            await send(message)

    try:
        await app(scope, receive, hold)
    except AppError as error:
        if not held:  # it was running already
            raise
        held = [{"type": FAILED, "message": error.detail}]
    finally:
        for message in held:
            await send(message)
