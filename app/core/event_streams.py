"""What a route needs to answer a stream of events, as one dependency."""

from uuid import UUID

from fastapi import Depends
from starlette.responses import StreamingResponse

from app.auth.deps import reader_deps
from app.auth.streaming import JudgedStream, Reader
from app.core.deps import bells_deps, last_event_deps, readiness_deps
from app.core.readiness import Readiness
from app.extensions.bells import Bells
from app.extensions.event_stream import EVENT_STREAM, USUAL, EventStream, Look, Pace


class EventStreams:
    """Makes the one of a request. The route is declared `access_control(..., stream=True)`."""

    def __init__(self, reader: Reader, bells: Bells, readiness: Readiness, last_event: int) -> None:
        """`reader` opens the units in which is looked; `last_event` is the id that the client has seen last, 0: none."""
        self.reader = reader
        self._bells = bells
        self._readiness = readiness
        self._last_event = last_event

    def of(self, look: Look, bell: UUID, *, name: str, pace: Pace = USUAL) -> StreamingResponse:
        """The answer: events of that name, looked for whenever the bell rings; at most five streams a caller in each process."""
        events = EventStream(
            look,
            self._bells,
            bell,
            name=name,
            after=self._last_event,
            is_over=lambda: self._readiness.is_draining,
            pace=pace,
        )
        return JudgedStream(self.reader, events.parts(), media_type=EVENT_STREAM, filename=None)


async def event_streams_deps(
    reader: Reader = Depends(reader_deps),
    bells: Bells = Depends(bells_deps),
    readiness: Readiness = Depends(readiness_deps),
    last_event: int = Depends(last_event_deps),
) -> EventStreams:
    """For a route that answers a stream of events."""
    return EventStreams(reader, bells, readiness, last_event)
