"""Events that may be told outside, as the document names them: the envelope of Standard Webhooks around the event's fields."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from app.extensions.events import Event
from app.extensions.hub_map import sample
from app.extensions.openapi_examples import ID, MOMENT

TEMPLATE: Final = "#/components/schemas/{model}"
HEADERS: Final = (
    ("webhook-id", "The same for every try of one message.", f"msg_{ID}"),
    ("webhook-timestamp", "When this try was made, in seconds since 1970.", "1769860800"),
    ("webhook-signature", "`v1,` and the HMAC-SHA256 of id, timestamp and body, in base64.", "v1,g0hM9SsE..."),
)


def webhooks(events: Iterable[type[Event]], schemas: dict[str, Any]) -> dict[str, Any]:
    """One entry for each public event; the schemas of their payloads are added to `schemas`."""
    return {event.name: {"post": _told(event, schemas)} for event in events if event.public}


def _told(event: type[Event], schemas: dict[str, Any]) -> dict[str, Any]:
    payload = TypeAdapter(event).json_schema(ref_template=TEMPLATE)
    schemas.update(payload.pop("$defs", {}))
    schemas[f"{event.__name__}Event"] = payload
    return {
        "operationId": f"webhook_{event.name.replace('.', '_')}",
        "tags": ["webhooks"],
        "summary": (event.__doc__ or event.name).strip().partition("\n")[0],
        "parameters": [_header(*each) for each in HEADERS],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _envelope(event),
                    "example": {
                        "type": event.name,
                        "timestamp": MOMENT,
                        "version": event.version,
                        "data": sample(event),
                    },
                }
            },
        },
        "responses": {"2XX": {"description": "It was taken; anything else is tried again."}},
    }


def _header(name: str, description: str, example: str) -> Mapping[str, Any]:
    schema = {"type": "string", "examples": [example]}
    return {"name": name, "in": "header", "required": True, "description": description, "schema": schema}


def _envelope(event: type[Event]) -> dict[str, Any]:
    properties = {
        "type": {"const": event.name},
        "timestamp": {"type": "string", "format": "date-time"},
        "version": {"const": event.version},
        "data": {"$ref": TEMPLATE.format(model=f"{event.__name__}Event")},
    }
    return {"type": "object", "required": list(properties), "properties": properties}
