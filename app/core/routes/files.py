"""/files: links to files of a store that does not serve its own."""

from typing import Annotated, Any

from fastapi import Depends, Path
from starlette.responses import StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.deps import incoming_deps
from app.core.exceptions import FileEmpty, FileTaken
from app.core.services import FileLinkService
from app.extensions.body import Incoming
from app.extensions.declared import declares
from app.extensions.responses import PartsResponse, disposition, done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse

MAX_LINK = 1000
Link = Annotated[str, Path(max_length=MAX_LINK, description="as it was given: signed, for one file, with an end")]
ANY_FILE = "*/*"
TAKEN: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, of the type and within the size for which the link was made.",
        "content": {ANY_FILE: {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes)"}},
    }
}
HANDED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, as an attachment.",
        "content": {ANY_FILE: {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes)"}},
    }
}
files_router = ModuleRouter(prefix="/files", tag="files")


@cbv(files_router)
class FileViews:
    """Whoever has a link may do what it says. With S3 the links lead there, and none leads here."""

    commons: Commons = Depends(commons_deps)
    body: Incoming = Depends(incoming_deps)

    @files_router.put("/{link}", summary="Upload a file by a link", openapi_extra=TAKEN)
    @access_control(open=True, upload=True)
    @declares(raises=(FileEmpty, FileTaken))
    async def upload_file(self, link: Link) -> DefaultResponse:
        """Once, until the link ends. What comes is nobody's to see before whoever made the link has judged it."""
        await FileLinkService(self.commons).take(link, self.body)
        return done("The file was kept.")

    @files_router.get(
        "/{link}", summary="Download a file by a link", response_class=StreamingResponse, responses=HANDED
    )
    @access_control(open=True, stream=True)
    @declares(headers=("Content-Disposition",))
    async def download_file(self, link: Link) -> StreamingResponse:
        """As an attachment, as often as one likes, until the link ends."""
        file = await FileLinkService(self.commons).hand_out(link)
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": disposition(file.name),
            "Content-Length": str(file.size),
        }
        return PartsResponse(file.parts, media_type=file.media_type, headers=headers)
