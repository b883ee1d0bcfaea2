"""Mail by Amazon SES (boto3, in a thread: it has no coroutines)."""

import asyncio
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from app.config import Mail
from app.services.mailer import MailError, Message
from app.services.mailer.mime import as_mime


class SesMailer:
    """SES's second API, raw messages. Credentials are boto3's to find: environment, files, or the pod's role."""

    def __init__(self, settings: Mail) -> None:
        """Connects to nothing yet."""
        self._sender = settings.sender
        seconds = settings.timeout_seconds / 2
        self._client: Any = boto3.client(
            "sesv2",
            region_name=settings.ses_region,
            config=Config(connect_timeout=seconds, read_timeout=seconds, retries={"total_max_attempts": 1}),
        )

    async def send(self, message: Message) -> None:
        """Hand one message over; tries again are the delivery's business, not boto3's.

        Raises:
            MailError: SES is away or refuses; with its code, never with an address.
        """
        data = as_mime(message, self._sender).as_bytes()
        await self._call(
            self._client.send_email,
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [message.to]},
            Content={"Raw": {"Data": data}},
        )

    async def ping(self) -> None:
        """Whether SES takes us.

        Raises:
            MailError: no.
        """
        await self._call(self._client.get_account)

    async def _call(self, method: Any, **arguments: Any) -> None:
        try:
            await asyncio.to_thread(method, **arguments)
        except ClientError as error:
            raise MailError(f"SES: {error.response.get('Error', {}).get('Code', 'refused')}") from error
        except BotoCoreError as error:
            raise MailError(f"SES: {type(error).__name__}") from error
