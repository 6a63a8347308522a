"""The web application: what one web process is made of, and what runs in it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import structlog
from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State

from frontend import api, assets, error_pages, pages
from frontend.health import healthz
from frontend.language import english
from frontend.live import Hub
from frontend.live.ending import ending_with_signals
from frontend.live.routes import router as live_router
from frontend.loops import Loop, keep_running
from frontend.outer import Application
from frontend.pages.reading import Reader
from frontend.pages.result.reading import ResultReader
from frontend.pages.result.showing import ResultStreams
from hackathon import mail, store
from hackathon.attempts import AttemptSweeper
from hackathon.database import open_database
from hackathon.evaluations import Catalog
from hackathon.finals import Fixer
from hackathon.keys import load_key
from hackathon.listen import Listener
from hackathon.objects import open_objects
from hackathon.outbox import Handler, Sequencer
from hackathon.settings import Settings
from hackathon.submissions import UploadSweeper
from hackathon.teams.telling import letters_about_teams
from judging import notices, publications

BODY_BYTES = 64 * 1024
"""The largest body of a request. Routes that take more say so themselves."""

HANDLERS: Mapping[str, Handler] = {"publications": publications.on_change}
"""What happened is handed to these, in order; the names are the keys of their cursors, so they stay for ever.

`LETTERS` join them where letters are sent.
"""

LETTERS: Mapping[str, Callable[[bytes], Handler]] = {
    "team_letters": letters_about_teams,
    "judge_letters": notices.letters_about_judging,
}

_log = structlog.get_logger(__name__)


def create_app(settings: Settings) -> Litestar:
    """The application of one web process. The database is opened when it starts and must be migrated by then."""
    catalog = Catalog(settings.benchmarks_dir)
    reader = Reader(catalog)
    results = ResultReader(catalog, lambda: application.state.objects)
    streams = ResultStreams(results)
    hub = Hub(
        render=lambda topic: (streams if topic.face.private else reader).message(topic),
        version=lambda topic: (streams if topic.face.private else reader).version(topic),
        clock=partial(datetime.now, UTC),
        most_of_address=settings.streams_per_address,
    )
    application = Application(
        route_handlers=[pages.router(), live_router(), api.router(), healthz],
        state=State(
            {
                "settings": settings,
                "reader": reader,
                "results": results,
                "hub": hub,
                "catalog": catalog,
                "handlers": (*HANDLERS, *(LETTERS if settings.smtp_url else ())),
            }
        ),
        lifespan=[partial(_running, settings, hub)],
        exception_handlers=error_pages.handlers(),
        request_max_body_size=BODY_BYTES,
        # Streams must not be collected, static files are packed already.
        compression_config=CompressionConfig(backend="gzip", minimum_size=1024, exclude=["^/hidup/", "^/static/"]),
        openapi_config=api.document(),
        logging_config=None,
    )
    application.secure = settings.public_url.startswith("https://")
    return application


@asynccontextmanager
async def _running(settings: Settings, hub: Hub, app: Litestar) -> AsyncIterator[None]:
    """The database, the streams and the sequencer, for as long as the process serves."""
    assets.load()
    english()
    database = await open_database(settings)
    objects = app.state.objects = open_objects(settings)
    postman = _postman(settings)
    stop = asyncio.Event()
    async with store.connected(database.dsn):
        listener = Listener(database.dsn, store.CHANNEL, partial(_hear, hub, postman), hub.resync)
        sequencer = Sequencer(database.dsn, _handlers(settings))
        loops: list[Loop] = [
            sequencer,
            listener,
            hub,
            UploadSweeper(objects),
            AttemptSweeper(),
            Fixer(app.state.catalog),
            publications.Closing(),
        ]
        loops += [] if postman is None else [postman, notices.Reminding(load_key(settings.secret_file))]
        async with asyncio.TaskGroup() as tasks:
            for loop in loops:
                tasks.create_task(keep_running(loop, stop))
            try:
                with ending_with_signals(hub):
                    yield
            finally:
                stop.set()
    objects.close()
    await database.close()


def _handlers(settings: Settings) -> Mapping[str, Handler]:
    """News by mail is worth nothing later, so without a mail server it is not even posted."""
    if not settings.smtp_url:
        return HANDLERS
    key = load_key(settings.secret_file)
    return {**HANDLERS, **{name: make(key) for name, make in LETTERS.items()}}


def _postman(settings: Settings) -> mail.Postman | None:
    """None where no mail server is named: letters wait until one is."""
    carrier = mail.open_carrier(settings.smtp_url)
    if carrier is None:
        _log.warning("mail.no_server", hint="letters wait; set GELANGGANG_SMTP_URL")
        return None
    return mail.Postman(
        carrier, key=load_key(settings.secret_file), sender=settings.mail_from, public_url=settings.public_url
    )


def _hear(hub: Hub, postman: mail.Postman | None, payload: str) -> None:
    kind, _, subject = payload.partition(":")
    if kind == mail.CHANGED and postman is not None:
        postman.wake()
    if kind in ("publication", "submission"):
        hub.refresh_soon(UUID(subject))
