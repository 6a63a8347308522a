"""Static files over HTTP."""

from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, HeaderParameter
from litestar.response import Response

from frontend import assets

_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@get("/static/{digest:str}/{name:path}", sync_to_thread=False, include_in_schema=False)
def static_file(
    digest: FromPath[str],
    name: FromPath[str],
    accept_encoding: Annotated[str, HeaderParameter(name="accept-encoding")] = "",
) -> Response[bytes]:
    """A file. An address with an older digest (a page opened before an update) gets the file of now, uncached."""
    files = assets.load()
    asset = files.files.get(name.lstrip("/"))
    if asset is None:
        raise NotFoundException
    headers = {"Cache-Control": _FOREVER if digest == files.digest else _ASK_AGAIN, "Vary": "Accept-Encoding"}
    content = asset.content
    if asset.packed is not None and "gzip" in accept_encoding:
        content = asset.packed
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type=asset.media_type, headers=headers)


@get("/favicon.ico", sync_to_thread=False, include_in_schema=False)
def favicon() -> Response[bytes]:
    """The mark, for browsers that ask without being told."""
    asset = assets.load().files["mark.svg"]
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": "public, max-age=86400"})
