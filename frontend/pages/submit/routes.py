"""The addresses of handing in."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.submit import card, commit, entries, pitch, sending

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    entries.own_entries,
    entries.own_entry,
    sending.send_page,
    sending.send,
    sending.unfinished_page,
    sending.finish,
    sending.receipt_page,
    commit.ask,
    commit.waiting_page,
    commit.waiting_state,
    commit.cancel,
    card.card_page,
    card.save_card,
    pitch.pitch_page,
    pitch.offer_pitch,
    pitch.save_video,
    pitch.pitch_state,
    pitch.page_picture,
    pitch.small_picture,
)
