"""The judges' addresses."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.judges import own
from frontend.pages.panel.bench import bench_page, save_form
from frontend.pages.panel.pictures import pitch_picture, small_pitch_picture
from frontend.pages.panel.saving import measured_part, save_field, standing, undo_step
from frontend.pages.panel.sending import print_page, send_card, send_page
from frontend.pages.panel.standing import standing_page
from frontend.pages.panel.tasks import tasks_page
from frontend.pages.panel.tryout import HANDLERS as TRYOUT

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    tasks_page,
    own.own_page,
    own.save_own,
    own.leave_page,
    own.leave,
    standing_page,
    bench_page,
    save_form,
    save_field,
    undo_step,
    standing,
    measured_part,
    send_page,
    send_card,
    print_page,
    pitch_picture,
    small_pitch_picture,
    *TRYOUT,
)
