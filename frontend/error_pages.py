"""Errors as people meet them: what happened, why, what to do. The API says the same in its own shape."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import structlog
from litestar import MediaType, Request
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response
from litestar.status_codes import (
    HTTP_303_SEE_OTHER,
    HTTP_403_FORBIDDEN,
    HTTP_500_INTERNAL_SERVER_ERROR,
    HTTP_503_SERVICE_UNAVAILABLE,
)
from litestar.types import ExceptionHandlersMap

from frontend.api.errors import handlers as api_handlers
from frontend.api.errors import status_of
from frontend.api.shapes import PREFIX
from frontend.language import pick
from frontend.outer import shown_path
from frontend.pages.forms import FormExpired
from frontend.pages.visiting import SignInNeeded, visitor_language, visitor_theme
from frontend.rendering import render
from hackathon.errors import Refusal, Unavailable
from sandbox.model import Text

RETRY_SECONDS = "10"

_EXPIRED = (
    Text("Formulir ini sudah kedaluwarsa", "This form has expired"),
    Text(
        "Sesi Anda berakhir atau berganti sejak halaman ini dibuka, jadi belum ada yang disimpan. Buka lagi "
        "formulirnya; yang sudah Anda ketik dipulihkan di peramban ini.",
        "Your session ended or changed since this page was opened, so nothing has been saved. Open the form again; "
        "what you typed is restored in this browser.",
    ),
)

AnyRequest = Request[Any, Any, Any]

_log = structlog.get_logger(__name__)

_OTHER = (
    Text("Permintaan ini tidak dapat diterima", "This request cannot be accepted"),
    Text(
        "Periksa alamatnya, atau mulai lagi dari halaman depan.",
        "Check the address, or start again from the front page.",
    ),
)

_WORDS: Mapping[int, tuple[Text, Text]] = {
    400: (
        Text("Permintaan ini tidak dapat dibaca", "This request cannot be read"),
        Text(
            "Ada bagian alamat atau isian yang bentuknya salah. Periksa lalu coba lagi.",
            "A part of the address or of the form has the wrong shape. Check it and try again.",
        ),
    ),
    403: (
        Text("Halaman ini bukan untuk akun Anda", "This page is not for your account"),
        Text(
            "Masuk dengan akun lain, atau mulai lagi dari halaman depan.",
            "Sign in with another account, or start again from the front page.",
        ),
    ),
    404: (
        Text("Halaman tidak ditemukan", "Page not found"),
        Text(
            "Alamatnya mungkin salah ketik, atau halamannya sudah dipindahkan. Mulai lagi dari daftar acara.",
            "The address may be mistyped, or the page has moved. Start again from the list of events.",
        ),
    ),
    405: (
        Text("Halaman ini hanya untuk dibaca", "This page is for reading only"),
        Text("Buka alamatnya dari daftar acara.", "Open it from the list of events."),
    ),
    413: (
        Text("Kiriman terlalu besar", "Too much was sent"),
        Text("Kirim isian yang lebih pendek.", "Send less."),
    ),
    422: (
        Text("Isian belum dapat diterima", "The form cannot be accepted yet"),
        Text("Periksa isiannya lalu kirim lagi.", "Check it and send it again."),
    ),
    429: (
        Text("Terlalu banyak dari alamat Anda", "Too much from your address"),
        Text(
            "Jaringan Anda sudah membuka papan langsung sebanyak yang dapat kami layani. Tutup beberapa, atau muat "
            "ulang papan sesekali.",
            "Your network has as many live boards open as we can serve. Close some, or reload the board now and then.",
        ),
    ),
    500: (
        Text("Ada kesalahan di pihak kami", "Something of ours failed"),
        Text(
            "Bukan kesalahan Anda, dan tidak ada yang hilang. Coba muat ulang sebentar lagi.",
            "It is not your fault, and nothing is lost. Try to reload in a moment.",
        ),
    ),
    503: (
        Text("Sistem sedang sibuk atau dipulihkan", "The system is busy or recovering"),
        Text("Tidak ada yang hilang. Coba muat ulang sebentar lagi.", "Nothing is lost. Try to reload in a moment."),
    ),
}


def handlers() -> ExceptionHandlersMap:
    """The application's exception handlers; the API's router has its own for what happens inside it."""
    return {
        SignInNeeded: _sign_in,
        FormExpired: _expired,
        HTTPException: _http,
        Refusal: _refusal,
        Unavailable: _unavailable,
        Exception: _ours,
    }


def _sign_in(request: AnyRequest, needed: SignInNeeded) -> Redirect:
    return Redirect(f"/masuk?{urlencode({'lanjut': needed.back})}", status_code=HTTP_303_SEE_OTHER)


def _expired(request: AnyRequest, expired: FormExpired) -> Response[str]:
    return _page(request, HTTP_403_FORBIDDEN, *_EXPIRED, back=expired.back)


def _http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    if _is_api(request):
        return api_handlers()[HTTPException](request, error)
    title, words = _WORDS.get(error.status_code, _OTHER)
    return _page(request, error.status_code, title, words, dict(error.headers or {}))


def _refusal(request: AnyRequest, error: Refusal) -> Response[Any]:
    status = status_of(error)
    title, _ = _WORDS.get(status, _OTHER)
    return _page(request, status, title, error.message, back=getattr(error, "instead", ""))


def _unavailable(request: AnyRequest, error: Unavailable) -> Response[Any]:
    title, _ = _WORDS[HTTP_503_SERVICE_UNAVAILABLE]
    return _page(request, HTTP_503_SERVICE_UNAVAILABLE, title, error.message, {"Retry-After": RETRY_SECONDS})


def _ours(request: AnyRequest, error: Exception) -> Response[Any]:
    _log.error("page.failed", path=shown_path(request.url.path), exc_info=error)
    if _is_api(request):
        return api_handlers()[Exception](request, error)
    title, words = _WORDS[HTTP_500_INTERNAL_SERVER_ERROR]
    return _page(request, HTTP_500_INTERNAL_SERVER_ERROR, title, words)


def _is_api(request: AnyRequest) -> bool:
    return f"{request.url.path}/".startswith(f"{PREFIX.rsplit('/', 1)[0]}/")


def _page(
    request: AnyRequest,
    status: int,
    title: Text,
    words: Text,
    headers: dict[str, str] | None = None,
    back: str = "",
) -> Response[str]:
    language = visitor_language(request)
    content = render(
        "error.html",
        language,
        theme=visitor_theme(request).value or None,
        status=status,
        title=pick(title, language),
        words=pick(words, language),
        back=back,
    )
    return Response(
        content, status_code=status, media_type=MediaType.HTML, headers={"Cache-Control": "no-store", **(headers or {})}
    )
