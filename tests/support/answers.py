"""Answers that must not differ."""

import re

import httpx


def comparable(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], str]:
    """Status, headers and body without the request id, and without the seconds until a limit's window ends."""
    request_id = answer.headers["X-Request-ID"]
    headers = sorted(
        (name, re.sub(r";t=\d+$", ";t=-", value).replace(request_id, "-")) for name, value in answer.headers.items()
    )
    return answer.status_code, headers, answer.text.replace(request_id, "-")
