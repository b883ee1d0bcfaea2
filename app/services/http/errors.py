"""What can go wrong with a call to an outside system.

    OutsideError
    ├── CallNotMadeError              nothing was sent, and sending it again will not help by itself
    │   ├── TargetRefusedError        the URL, a header or the method is not allowed
    │   ├── AddressRefusedError       the name leads to an address that may not be called
    │   ├── CircuitOpenError          the host failed too often; `retry_after` says when it is tried again
    │   └── HostBusyError             too many calls to the host are running or waiting
    ├── CallFailedError               sent perhaps, and not answered
    │   ├── ConnectFailedError        refused, unreachable, unknown name: nothing was sent
    │   ├── TlsFailedError            no certificate that proves the name: nothing was sent
    │   ├── CallTimeoutError          a timeout or the deadline of the whole call
    │   ├── BrokenAnswerError         cut off, or no HTTP
    │   └── AnswerTooLargeError       more than the caller wants to hold, packed or unpacked
    └── StatusError                   answered; raised by `Answer.checked()` only; `status_code` says with what
        ├── RedirectStatusError 3xx   redirects are not followed
        ├── ClientStatusError 4xx
        └── ServerStatusError 5xx

The texts name the host and nothing more of the URL, and quote nothing of what was sent or answered: they may be logged and kept.
"""

from app.exceptions import Unavailable

DEFAULT_RETRY_AFTER = 1


class OutsideError(Exception):
    """A call to an outside system did not give what it should."""

    def __init__(self, host: str, reason: str, *, retry_after: float | None = None) -> None:
        """`retry_after` is in seconds, where it is known."""
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason
        self.retry_after = retry_after

    def as_unavailable(self) -> Unavailable:
        """The answer to a request that cannot go on without the call: 503 with Retry-After, naming no host."""
        wait = DEFAULT_RETRY_AFTER if self.retry_after is None else max(DEFAULT_RETRY_AFTER, round(self.retry_after))
        return Unavailable("A service that this needs does not answer at the moment.", retry_after=wait)


class CallNotMadeError(OutsideError):
    """Nothing was sent."""


class TargetRefusedError(CallNotMadeError):
    """The URL, the method or a header is not allowed."""


class AddressRefusedError(CallNotMadeError):
    """The name leads to an address that may not be called."""


class CircuitOpenError(CallNotMadeError):
    """The host failed too often and is left alone for a while."""


class HostBusyError(CallNotMadeError):
    """Too many calls to the host are running or waiting."""


class CallFailedError(OutsideError):
    """No whole answer came."""


class ConnectFailedError(CallFailedError):
    """No connection came about."""


class TlsFailedError(CallFailedError):
    """The server did not prove that it is the host."""


class CallTimeoutError(CallFailedError):
    """It took too long."""


class BrokenAnswerError(CallFailedError):
    """The answer was cut off, or is no HTTP."""


class AnswerTooLargeError(CallFailedError):
    """The answer is larger than the caller wants to hold."""


class StatusError(OutsideError):
    """The answer's status is no success."""

    def __init__(self, host: str, status_code: int, *, retry_after: float | None = None) -> None:
        """`status_code` is the host's."""
        super().__init__(host, f"answered {status_code}", retry_after=retry_after)
        self.status_code = status_code


class RedirectStatusError(StatusError):
    """3xx: it wants to send us elsewhere, and we do not follow."""


class ClientStatusError(StatusError):
    """4xx: it does not want what we sent."""


class ServerStatusError(StatusError):
    """5xx: it failed."""
