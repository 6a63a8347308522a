"""What the pages of accounts share: what they are given, and the installation's key."""

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar.di import NamedDependency
from litestar.response import Response

from frontend.pages.frame import make_frame, page
from frontend.pages.visiting import Visit
from hackathon import store
from hackathon.accounts import Zone
from hackathon.keys import load_key
from hackathon.settings import Settings

Visitor = NamedDependency[Visit]
Configured = NamedDependency[Settings]


async def installation_key(settings: Settings) -> bytes:
    """The key with which small secrets are sealed."""
    return await asyncio.to_thread(load_key, settings.secret_file)


async def account_page(
    template: str, visitor: Visit, *, now: datetime | None = None, part: str = "", status: int = 200, **context: Any
) -> Response[str]:
    """A page of accounts; `part` names it in the account's own navigation, times are in the
    person's zone.
    """
    frame = make_frame(visitor, now or await store.clock(), here="account")
    zone = ZoneInfo(visitor.person.zone if visitor.person else Zone.WIB)
    return page(template, visitor, frame, status=status, part=part, zone=zone, **context)
