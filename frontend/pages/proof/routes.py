"""The addresses of confirming an account and of a new password."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.proof.confirming import confirm, confirmation_page, link_page, use_confirmation
from frontend.pages.proof.resetting import ask, ask_page, code_page, reset, reset_page, sent_page, sign_in_with_code

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    confirmation_page,
    use_confirmation,
    link_page,
    confirm,
    ask_page,
    ask,
    sent_page,
    reset_page,
    reset,
    code_page,
    sign_in_with_code,
)
