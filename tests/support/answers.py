"""Answers side by side."""

import httpx


def comparable(answer: httpx.Response) -> tuple[int, list[tuple[str, str]], str]:
    """Status, headers and body without the request id."""
    request_id = answer.headers["X-Request-ID"]
    headers = sorted((name, value.replace(request_id, "-")) for name, value in answer.headers.items())
    return answer.status_code, headers, answer.text.replace(request_id, "-")
