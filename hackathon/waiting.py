"""Waiting for an event, for a while."""

import asyncio


async def set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait until `event` is set, for `seconds` at most; whether it is.

    Not `asyncio.wait_for`: until Python 3.12 that one loses a cancellation which comes in the very moment in which the
    waiting ends, and the task runs on for ever.
    """
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return event.is_set()
