"""What a job carries. Apart from the jobs, so that a process without a queue need not import RQ."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ticket:
    """One leased delivery, by ids only; whoever runs it reads everything again from PostgreSQL, as that tenant."""

    tenant_id: UUID
    delivery_id: int
    attempt: int
