"""A plugin of pytest: writes how each test ended, and whether what failed was an assertion, to the file that PROVE_OUTCOMES names."""

import json
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

FILE = "PROVE_OUTCOMES"  # not ATRIUM_, which all are settings
_ENDS: dict[str, str] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The worst part of a test counts, and what was skipped has proved nothing."""
    report = yield
    if report.failed and call.excinfo is not None:
        _ENDS[item.nodeid] = end_of(call.excinfo.value, during=report.when)
    elif report.when == "call" and report.passed:
        _ENDS.setdefault(item.nodeid, "passed")
    elif report.skipped:
        _ENDS.setdefault(item.nodeid, "skipped")
    return report


def pytest_sessionfinish() -> None:
    """Write it down."""
    Path(os.environ[FILE]).write_text(json.dumps(_ENDS), encoding="utf-8")


def end_of(error: BaseException, *, during: str | None) -> str:
    """`asserted`; else the error's name where the test itself raised it; else `error`, of a fixture."""
    if is_asserted(error):
        return "asserted"
    return type(error).__name__ if during == "call" else "error"


def is_asserted(error: BaseException) -> bool:
    """Whether the error, or one in its group, is an assertion or a demand of pytest's own (`raises`, `fail`)."""
    demands: Any = (AssertionError, pytest.fail.Exception)
    return any(isinstance(leaf, demands) for leaf in leaves(error))


def leaves(error: BaseException) -> Iterator[BaseException]:
    """The error, or those of its group."""
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from leaves(part)
    else:
        yield error
