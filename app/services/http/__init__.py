"""The one client for calls to outside systems over HTTP: ADR 0019 says what it promises and why it is built so."""

from app.services.http.answers import Answer
from app.services.http.client import Call, HttpClient, Limits, Retries
from app.services.http.clients import HttpClients
from app.services.http.errors import (
    AddressRefusedError,
    AnswerTooLargeError,
    BrokenAnswerError,
    CallFailedError,
    CallNotMadeError,
    CallTimeoutError,
    CircuitOpenError,
    ClientStatusError,
    ConnectFailedError,
    HostBusyError,
    OutsideError,
    RedirectStatusError,
    ServerStatusError,
    StatusError,
    TargetRefusedError,
    TlsFailedError,
)
from app.services.http.targets import PUBLIC, Origin, TargetPolicy
from app.services.http.timing import Timing

__all__ = [
    "PUBLIC",
    "AddressRefusedError",
    "Answer",
    "AnswerTooLargeError",
    "BrokenAnswerError",
    "Call",
    "CallFailedError",
    "CallNotMadeError",
    "CallTimeoutError",
    "CircuitOpenError",
    "ClientStatusError",
    "ConnectFailedError",
    "HostBusyError",
    "HttpClient",
    "HttpClients",
    "Limits",
    "Origin",
    "OutsideError",
    "RedirectStatusError",
    "Retries",
    "ServerStatusError",
    "StatusError",
    "TargetPolicy",
    "TargetRefusedError",
    "Timing",
    "TlsFailedError",
]
