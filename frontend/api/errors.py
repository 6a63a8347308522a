"""What went wrong, as the API says it: one shape for every answer of 400 and above."""

import math
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from frontend.api.shapes import Problem, ProblemBody, Words
from hackathon.errors import Conflict, Forbidden, NoSpace, NotFound, Refusal, TooLarge, TooOften, TooSlow, Unavailable

RETRY_SECONDS = 5

_log = structlog.get_logger(__name__)

_STATUS = (
    (NotFound, 404),
    (Forbidden, 403),
    (TooSlow, 408),
    (Conflict, 409),
    (TooLarge, 413),
    (TooOften, 429),
)

_WORDS = {
    400: Words(id="Permintaan tidak dapat dibaca.", en="The request cannot be read."),
    401: Words(id="Token diperlukan.", en="A token is needed."),
    404: Words(id="Alamat ini tidak ada di API.", en="The API has no such address."),
    405: Words(id="Metode ini tidak berlaku untuk alamat ini.", en="This address does not take this method."),
    413: Words(id="Isi permintaan terlalu besar.", en="The body of the request is too large."),
    500: Words(
        id="Ada kesalahan di pihak kami. Coba lagi; tidak ada jatah yang terpakai.",
        en="Something of ours failed. Try again; it cost you no attempt.",
    ),
}

_CODES = {400: "bad_request", 401: "token_missing", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class ApiProblem(HTTPException):
    """A refusal that only the API makes: of a token, a header, a pace."""

    def __init__(self, status: int, code: str, words: Words, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail=words.en, status_code=status, headers=headers)
        self.code = code
        self.words = words


def handlers() -> ExceptionHandlersMap:
    """The router's exception handlers."""
    return {
        ApiProblem: _api_problem,
        ValidationException: _invalid,
        HTTPException: _http,
        Refusal: _refusal,
        Unavailable: _unavailable,
        Exception: _ours,
    }


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: 404, 403, 408, 409, 413, 429, else 422."""
    return next((status for kind, status in _STATUS if isinstance(refusal, kind)), 422)


def seconds_until(refused: TooOften) -> int:
    """After how many seconds it is worth asking again."""
    return max(1, math.ceil((refused.until - datetime.now(UTC)).total_seconds()))


def not_found() -> Response[bytes]:
    """The answer where the API has nothing."""
    return _respond(404, Problem(_CODES[404], _WORDS[404]))


def _respond(status: int, problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    body = msgspec.json.encode(ProblemBody(problem))
    return Response(body, status_code=status, media_type="application/json", headers=headers)


def _api_problem(request: Request[Any, Any, Any], refused: ApiProblem) -> Response[bytes]:
    return _respond(refused.status_code, Problem(refused.code, refused.words), dict(refused.headers or {}))


def _refusal(request: Request[Any, Any, Any], refused: Refusal) -> Response[bytes]:
    words = Words(id=refused.message.id, en=refused.message.en)
    problem = Problem(
        code=refused.code,
        message=words,
        entry=getattr(refused, "entry", None),
        line=getattr(refused, "line", None),
        rule=getattr(refused, "rule", None),
    )
    headers = {"Retry-After": str(seconds_until(refused))} if isinstance(refused, TooOften) else None
    return _respond(status_of(refused), problem, headers)


def _invalid(request: Request[Any, Any, Any], wrong: ValidationException) -> Response[bytes]:
    # Litestar's own list names the field and the reason of each.
    found = [entry for entry in (wrong.extra or []) if isinstance(entry, dict)]
    told = "; ".join(f"{entry.get('key', 'body')}: {entry.get('message', '')}" for entry in found)
    words = _WORDS[400]
    if told:
        words = Words(id=f"Permintaan tidak sah. {told}", en=f"The request is not valid. {told}")
    return _respond(400, Problem("bad_request", words))


def _http(request: Request[Any, Any, Any], wrong: HTTPException) -> Response[bytes]:
    status = wrong.status_code
    words = _WORDS.get(status, Words(id=wrong.detail, en=wrong.detail))
    if status >= 500:
        words = _WORDS[500]
        _log.error("api.failed", path=request.url.path, detail=wrong.detail)
    return _respond(status, Problem(_CODES.get(status, "failed" if status >= 500 else "refused"), words))


def _unavailable(request: Request[Any, Any, Any], failed: Unavailable) -> Response[bytes]:
    words = Words(id=failed.message.id, en=failed.message.en)
    status = 507 if isinstance(failed, NoSpace) else 503
    return _respond(status, Problem(failed.code, words), {"Retry-After": str(RETRY_SECONDS)})


def _ours(request: Request[Any, Any, Any], failed: Exception) -> Response[bytes]:
    _log.exception("api.failed", path=request.url.path, exc_info=failed)
    return _respond(500, Problem("failed", _WORDS[500]))
