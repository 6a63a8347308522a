"""What is shown where a link of a letter does not work."""

from litestar import Response

from frontend.api.errors import status_of
from frontend.language import pick
from frontend.pages.account.asking import account_page
from frontend.pages.visiting import Visit
from hackathon.errors import NotFound, Refusal


async def link_over(visitor: Visit, refusal: Refusal, *, again: str) -> Response[str]:
    """Say why, and lead to a new one at `again`. 410 for a link that was good once."""
    status = status_of(refusal) if isinstance(refusal, NotFound) else 410
    return await account_page(
        "proof/lewat.html", visitor, status=status, words=pick(refusal.message, visitor.language), again=again
    )
