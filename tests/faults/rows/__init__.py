"""The rows of the table of faults, in its order."""

from collections.abc import Mapping

from tests.faults.rows.base import Outcome, Plan, Row
from tests.faults.rows.crowds import Crowd, Fairness, Rolling
from tests.faults.rows.deliveries import Paused, Poisoned, Repeated
from tests.faults.rows.killed import ApiKilled, RelayKilled, WorkerKilled
from tests.faults.rows.servers import CarrierFaults, CommitFails, DatabaseRestarted

__all__ = ["ROWS", "Outcome", "Plan", "Row"]

ORDER: tuple[type[Row], ...] = (
    WorkerKilled,
    ApiKilled,
    RelayKilled,
    CarrierFaults,
    DatabaseRestarted,
    CommitFails,
    Repeated,
    Paused,
    Poisoned,
    Fairness,
    Crowd,
    Rolling,
)
ROWS: Mapping[str, type[Row]] = {row.name: row for row in ORDER}
