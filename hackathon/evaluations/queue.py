"""The queue of wake-ups: procrastinate in the same database. A job carries no truth; it only says that there is work
for a team.

Whoever gets a job claims by the rows (`hackathon.evaluations.claiming`), which may give it another team's submission.
So a job may be lost, doubled or late without harm.
"""

from collections.abc import Awaitable, Callable

from procrastinate import App, PsycopgConnector

from hackathon.evaluations.claiming import QUEUE, TASK

POLL_SECONDS = 1.0
"""How long a wake-up may lie when its notification was missed."""


def make_app(dsn: str, serve: Callable[[], Awaitable[None]], *, connections: int) -> App:
    """procrastinate's app of one worker process: `serve` is called for each job and returns when nothing is left to
    claim.
    """
    app = App(connector=PsycopgConnector(conninfo=dsn, min_size=1, max_size=connections))

    @app.task(name=TASK, queue=QUEUE)
    async def evaluate(team: str) -> None:
        await serve()

    return app
