"""Handing in: announce, send the parts, complete. Every step may be repeated, so a client that lost its line goes
on.
"""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, delete, get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody

from frontend.api.errors import ApiProblem
from frontend.api.shapes import PartBody, ProblemBody, ReceiptBody, UploadBody, UploadRequest, Words
from frontend.api.views import part_body, receipt_body, upload_body
from hackathon import submissions, teams
from hackathon.evaluations import Catalog
from hackathon.model import Principal
from hackathon.objects import Objects

MOST_PART_BYTES = 64 * 1024 * 1024
"""No part is larger, whatever an upload says; the exact size of each is the upload's business."""

PART_HASH = "X-Content-SHA256"

_LENGTH_NEEDED = Words(
    id="Sertakan tajuk Content-Length dengan ukuran bagian ini.",
    en="Send a Content-Length header with the size of this part.",
)

Caller = NamedDependency[Principal]
Store = NamedDependency[Objects]
Tasks = NamedDependency[Catalog]


class UploadController(Controller):
    """For members of a team."""

    path = "/uploads"
    tags = ("handing in",)
    responses = {422: ResponseSpec(ProblemBody, description="A rule says no; it cost no attempt.")}  # noqa: RUF012 - as its base has it

    @post()
    async def register(self, caller: Caller, data: JSONBody[UploadRequest]) -> UploadBody:
        """Announce an archive by size and SHA-256; from here the deadline is kept.

        The same announcement again gives the same upload with the parts that came.
        An event takes so many announcements of an entry an hour (`too_many_uploads`), refused archives included.
        """
        entry = await entry_for(caller, data.event, data.track)
        upload = await submissions.register_upload(
            entry.id, filename=data.filename, size=data.size, sha256=data.sha256, actor=caller
        )
        return upload_body(upload)

    @get("/{upload:uuid}")
    async def get_upload(self, caller: Caller, upload: FromPath[UUID]) -> UploadBody:
        """An upload and the parts that came."""
        return upload_body(await submissions.upload_state(upload, actor=caller))

    @put("/{upload:uuid}/parts/{number:int}", request_max_body_size=MOST_PART_BYTES)
    async def put_part(
        self,
        request: Request[Any, Any, Any],
        caller: Caller,
        upload: FromPath[UUID],
        number: FromPath[int],
        objects: Store,
        sha256: Annotated[str | None, HeaderParameter(name=PART_HASH, max_length=64)] = None,
    ) -> PartBody:
        """Store a part; its bytes are the whole body. Sent again, it replaces itself.

        With `X-Content-SHA256` bytes that were damaged on their way are noticed at once.
        After a minute without a byte the answer is 408, and nothing of the part is kept. Of an account only so many are
        taken at once; more are told 429 with `Retry-After` (`parts_busy`).
        """
        await _check_length(request, caller, upload, number)
        part = await submissions.store_part(
            upload, number, request.stream(), objects=objects, actor=caller, sha256=sha256
        )
        return part_body(part)

    @delete("/{upload:uuid}")
    async def cancel(self, caller: Caller, upload: FromPath[UUID], objects: Store) -> None:
        """End an upload that nobody wants any more; asked again, nothing changes. A submission stays one."""
        await submissions.cancel_upload(upload, objects=objects, actor=caller)

    @post("/{upload:uuid}/complete")
    async def complete(
        self,
        caller: Caller,
        upload: FromPath[UUID],
        objects: Store,
        catalog: Tasks,
        state: State,
    ) -> ReceiptBody:
        """Make a submission of it. Asked again, the receipt is the same."""
        receipt = await submissions.complete_upload(
            upload, objects=objects, actor=caller, catalog=catalog, packages=state.settings.packages
        )
        return receipt_body(receipt, await teams.get_entry(receipt.entry_id))


async def _check_length(request: Request[Any, Any, Any], caller: Principal, upload: UUID, number: int) -> None:
    """Refuse a body of the wrong size by its header, before a byte of it is read."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise ApiProblem(411, "length_needed", _LENGTH_NEEDED)
    found = await submissions.upload_state(upload, actor=caller)
    most = min(found.part_bytes, max(0, found.size - (number - 1) * found.part_bytes))
    if number >= 1 and most > 0 and int(length) > most:
        raise submissions.PartTooLarge(number, most)


async def entry_for(caller: Principal, event: str | None, track: str | None) -> teams.EntryView:
    """The caller's one entry that fits. Raises ApiProblem that lists the choices."""
    entries = await teams.entries_of(caller)
    fitting = [one for one in entries if event in (None, one.event_slug) and track in (None, one.track_slug)]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f"{one.event_slug}/{one.track_slug}" for one in (fitting or entries)) or "-"
    if not fitting:
        words = Words(
            id=f"Tim Anda tidak terdaftar di sana. Keikutsertaan Anda: {there}.",
            en=f"Your team is not entered there. Your entries: {there}.",
        )
        raise ApiProblem(404, "entry_unknown", words)
    words = Words(
        id=f"Sebutkan acara dan kategori; ada beberapa yang cocok: {there}.",
        en=f"Name event and track; several fit: {there}.",
    )
    raise ApiProblem(409, "entry_unclear", words)
