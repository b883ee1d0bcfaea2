"""What never stands in the audit log in the clear."""

from typing import Any

import pytest
from pydantic import SecretStr

from app.extensions.masking import MASK, masked


@pytest.mark.parametrize(
    "values",
    [
        {"password": "x"},
        {"Password_Hash": b"x"},
        {"refresh_token": "x"},
        {"email": "x"},
        {"picture": None},
        {"anything": SecretStr("x")},
    ],
)
def test_masked(values: dict[str, Any]) -> None:
    """Requirement 35: secrets by name or type, and personal fields, in whatever depth."""
    [name] = values
    assert masked(values, "product:1") == {name: MASK}
    assert masked({"a": [{"b": values}]}, "product:1") == {"a": [{"b": {name: MASK}}]}


def test_people_have_names() -> None:
    """The name of a person is masked, the name of a thing is not."""
    assert masked({"name": "Ada", "roles": ["owner"]}, "user:1") == {"name": MASK, "roles": ["owner"]}
    assert masked({"name": "Tea", "price": 4}, "product:1") == {"name": "Tea", "price": 4}
    assert masked(None, None) is None
