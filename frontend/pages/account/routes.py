"""The addresses of signing in and of one's own account."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.account.data import data_file, data_page, privacy_page
from frontend.pages.account.entering import register, registration_page, sign_in, sign_in_page, sign_out
from frontend.pages.account.guarding import browsers_page, change_password, end_browsers, password_page
from frontend.pages.account.profile import profile_page, remove_nip, save_nip, save_profile
from frontend.pages.account.tokens import make_token, revoke_token, tokens_page

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    sign_in_page,
    sign_in,
    registration_page,
    register,
    sign_out,
    profile_page,
    save_profile,
    save_nip,
    remove_nip,
    password_page,
    change_password,
    browsers_page,
    end_browsers,
    tokens_page,
    make_token,
    revoke_token,
    data_page,
    data_file,
    privacy_page,
)
