"""`manage doctor`: looks at an installation as an operator would, and says of each fault how to mend it."""

from app.doctor.examination import examine
from app.doctor.findings import Finding

__all__ = ("Finding", "examine")
