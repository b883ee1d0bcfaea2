"""Who is visited in one round of the relay."""

from uuid import uuid4

from app.deliveries.agenda import Round


def test_join() -> None:
    """Who is hinted meanwhile is visited too, once; whose visit has begun waits for the next round, as do too many."""
    first, second, third, *others = (uuid4() for _ in range(5))
    visits = Round([first, second], 3)
    assert visits.take() == first
    assert visits.join([first, second, third]) == {first}
    assert visits.join(others) == set(others)
    assert [visits.take() for _ in range(3)] == [second, third, None]
    assert visits.tenants == {first, second, third}


def test_end() -> None:
    """Where a visit fails nobody more is visited: those who were to be are of the round still, and come again."""
    tenants = [uuid4() for _ in range(3)]
    visits = Round(tenants, 9)
    visits.end()
    assert visits.take() is None
    assert visits.join([late := uuid4()]) == {late}
    assert visits.tenants == set(tenants)
