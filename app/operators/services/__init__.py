"""What is done for the platform, one class a file."""

from app.operators.services.desk import Acting, by_command, by_operator
from app.operators.services.export import ExportDesk, verify_export
from app.operators.services.impersonation import ImpersonationDesk
from app.operators.services.letters import LetterDesk
from app.operators.services.people import PeopleDesk
from app.operators.services.purge import Certificate, PurgeDesk
from app.operators.services.schedules import ScheduleDesk
from app.operators.services.tenants import TenantDesk

__all__ = [
    "Acting",
    "Certificate",
    "ExportDesk",
    "ImpersonationDesk",
    "LetterDesk",
    "PeopleDesk",
    "PurgeDesk",
    "ScheduleDesk",
    "TenantDesk",
    "by_command",
    "by_operator",
    "verify_export",
]
