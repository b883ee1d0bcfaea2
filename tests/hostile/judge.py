"""What holds of every answer to a hostile request, whatever was wrong with it."""

from collections.abc import Iterator

import httpx

from app.exceptions import catalogue
from app.extensions.routing import ModularApp
from tests.hostile.cases import CANARY, Case
from tests.support.contract import SECURITY, Judge

OURS = ("Traceback", "sqlalchemy", "asyncpg", "pydantic", "/site-packages/", "SELECT ", "INSERT INTO", ".py", "0x7f")
"""What no body says: our insides."""
CODES = catalogue()
ITEM = "/items/0"
"""Where the one item of a batch stands."""


async def documented(app: ModularApp, answer: httpx.Response) -> list[str]:
    """What the document says otherwise of a success. A refusal has its security headers; `faults` knows the rest of it."""
    if not answer.is_success:
        return [f"no {name}" for name, text in SECURITY.items() if answer.headers.get(name) != text]
    try:
        await Judge(app).judge(answer.request, answer)
    except AssertionError as error:
        return [str(error)]
    return []


def faults(case: Case, answer: httpx.Response) -> Iterator[str]:
    """What is wrong with the answer."""
    shown = answer.text
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    for text in (shown, *(f"{name}: {value}" for name, value in answer.headers.items())):
        if CANARY in text:
            yield f"the value is echoed: {text[:200]}"
    if not case.is_control and any(text in shown for text in OURS):
        yield f"our insides are shown: {shown[:300]}"
    if "X-Evil" in answer.headers:
        yield "a header was smuggled in"
    if case.is_control:
        if not answer.is_success:
            yield f"is legal and was refused: {answer.status_code} {shown[:300]}"
    else:
        yield from _refusal(case, answer)


def _refusal(case: Case, answer: httpx.Response) -> Iterator[str]:
    if case.in_item and answer.is_success:
        yield from _refusal_of_item(case, answer)
        return
    if answer.is_success or answer.headers.get("Content-Type") not in {"application/json", "application/problem+json"}:
        yield f"was not refused as it should be: {answer.status_code} {answer.text[:200]}"
        return
    told = answer.json()
    problem = told.get("details", told)
    code = problem.get("code")
    if code not in case.codes:
        yield f"{answer.status_code} {code} {problem.get('errors')}, not {sorted(case.codes)}"
    elif CODES[code].status != answer.status_code or problem["status"] != answer.status_code:
        yield f"{code} with {answer.status_code}"
    if problem.get("request_id") != answer.headers["X-Request-ID"]:
        yield "another request's id"
    if case.in_item and not all(fault.get("pointer", "").startswith(ITEM) for fault in problem.get("errors", ())):
        yield f"more than the item was refused: {problem.get('errors')}"
    if code == "method_not_allowed" and not answer.headers.get("Allow"):
        yield "no Allow"
    if code == "unauthenticated" and "WWW-Authenticate" not in answer.headers:
        yield "no WWW-Authenticate"


def _refusal_of_item(case: Case, answer: httpx.Response) -> Iterator[str]:
    """The batch was served: its one item has to have failed, as it would have alone."""
    told = answer.json()
    if told["succeeded"] or [result["index"] for result in told["results"]] != [0]:
        yield f"the item was not refused: {answer.text[:200]}"
        return
    (result,) = told["results"]
    code = result["problem"]["code"]
    if code not in case.codes or CODES[code].status != result["status"]:
        yield f"{result['status']} {code} {result['problem']['errors']}, not {sorted(case.codes)}"
    if not all(fault["pointer"].startswith(ITEM) for fault in result["problem"]["errors"]):
        yield f"a fault is not the item's: {result['problem']['errors']}"
