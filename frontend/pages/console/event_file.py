"""The event as the file that makes it."""

from litestar import get
from litestar.response import Response

from frontend.pages.console.desk import open_desk
from frontend.pages.console.schedule_pages import Boards, Slug, Visitor
from judging import event_file


@get("/konsol/{slug:str}/berkas-acara")
async def event_file_download(slug: Slug, visitor: Visitor, reader: Boards) -> Response[bytes]:
    """The file, as `gelanggang event export` writes it."""
    desk = await open_desk(slug, visitor, reader)
    text = await event_file.written(desk.event)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{desk.event.slug}.toml"',
    }
    return Response(text.encode(), media_type="application/toml; charset=utf-8", headers=headers)
