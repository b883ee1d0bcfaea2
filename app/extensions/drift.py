"""A sample of what a serving process answers is compared with its own document: what differs is counted and logged once.

Chosen before the answer leaves, which costs a decrement; compared in a thread once it has left. One at a time: what is chosen
while another is compared is let go.
"""

import asyncio
import logging
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from app.extensions.context import RequestContext, context_of
from app.extensions.contract import Answer, Contract

logger = logging.getLogger(__name__)

MAX_BYTES: Final = 256 * 1024
"""Of a larger body only status and headers are compared."""
MAX_FAULTS: Final = 5
"""How many a log line names; they are places in the document and hold no value of anybody's."""
UNREADABLE: Final = "the body cannot be read"
EDGE: Final = "x-request-id"
"""The header that the edge adds once the answer is made."""


class DriftWatch:
    """One per process, used by its event loop. Off with a rate of 0."""

    def __init__(self, rate: float, document: Callable[[], Mapping[str, Any]]) -> None:
        """`rate` is the share of answers that is compared, 0 to 1; `document` is asked for once, in a thread."""
        self._rate = rate
        self._document = document
        self._contract: Contract | None = None
        self._left = self._gap()
        self._busy = False
        self._known: set[str] = set()
        self.drifts: Counter[str] = Counter()
        """Answers that differed, by operation."""

    def look(self, request: Request, response: Response) -> None:
        """Choose the answer or let it go; of a stream only status and headers are compared."""
        self._left -= 1
        if self._left > 0:
            return
        self._left = self._gap()
        context = context_of(request.scope)
        if self._rate and not self._busy and response.background is None and context.route is not None:
            response.background = BackgroundTask(self._compare, request.method, context, response)

    def read(self) -> dict[tuple[str, ...], float]:
        """The counts, for the metrics."""
        return {(operation,): float(count) for operation, count in self.drifts.copy().items()}

    async def _compare(self, method: str, context: RequestContext, response: Response) -> None:
        """Runs when the answer has left; the client's next request does not wait for the thread."""
        if self._busy:
            return
        self._busy = True
        body = getattr(response, "body", None)
        kept = bytes(body) if body is not None and len(body) <= MAX_BYTES else None
        answer = Answer(response.status_code, {**response.headers, EDGE: str(context.request_id)}, kept)
        asyncio.get_running_loop().run_in_executor(None, self._judge, method, context.route or "", answer)

    def _judge(self, method: str, route: str, answer: Answer) -> None:
        try:
            if self._contract is None:
                self._contract = Contract(self._document())
            operation = self._contract.operation(method, route)
            if operation is not None:
                self._note(operation["operationId"], _faults(self._contract, operation, answer))
        finally:
            self._busy = False

    def _note(self, operation: str, faults: list[str]) -> None:
        if not faults:
            return
        self.drifts[operation] += 1
        if operation not in self._known:
            self._known.add(operation)
            logger.warning(
                "an answer is not what the document says",
                extra={"operation": operation, "faults": faults[:MAX_FAULTS], "count": len(faults)},
            )

    def _gap(self) -> int:
        """How many answers until the next that is chosen: so that each has the same chance, whatever comes in turns."""
        if self._rate <= 0:
            return 2**62
        if self._rate >= 1:
            return 1
        return 1 + int(math.log(1 - random.random()) / math.log(1 - self._rate))  # noqa: S311 - a sample, no secret


def _faults(contract: Contract, operation: Mapping[str, Any], answer: Answer) -> list[str]:
    """Where the answer differs. What is no JSON at all, or nests too deep to be walked, differs the most."""
    try:
        return [*contract.faults(operation, answer)]
    except (ValueError, RecursionError):
        return [UNREADABLE]
