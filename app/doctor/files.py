"""A look at where files are kept."""

from app.config import Settings
from app.doctor.findings import Finding, judged
from app.extensions.clock import SystemClock
from app.services.filesystem import FilesError, make_filesystem

MENDS = {
    "local": "set ATRIUM_FILES__FOLDER to a folder that the processes may write to",
    "s3": "see to the bucket, to ATRIUM_FILES__S3_* and to the credentials that boto3 finds",
}


async def look_at_files(settings: Settings) -> list[Finding]:
    """Whether files could be kept now."""
    faults: list[str] = []
    adapter = settings.files.adapter
    try:
        await make_filesystem(settings, SystemClock()).ping()
    except FilesError as error:
        faults = [f"{settings.files.folder}: {error}" if adapter == "local" else str(error)]
    return [judged("files", faults, f"{adapter}: can be kept", MENDS[adapter])]
