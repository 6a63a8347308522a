"""The addresses of judges' pages."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.judges import aside, joining, listing, reminding

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    listing.judges_page,
    listing.add_judge,
    listing.new_link,
    listing.mail_link,
    reminding.reminder_page,
    reminding.remind,
    listing.remove_page,
    listing.remove,
    joining.invitation_page,
    joining.join,
    aside.conflicts_page,
    aside.declare,
    aside.recusal_page,
    aside.recuse,
)
