"""Whether anybody is there to evaluate."""

from hackathon import store as database


async def workers_there() -> int:
    """How many workers take work now."""
    count: int = await database.fetch_value("SELECT count(*) FROM worker WHERE state = 'running'")
    return count
