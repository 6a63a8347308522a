"""The addresses of the organizers' console."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.console.entry_pages import entries_page, entry_page, retry, retry_page
from frontend.pages.console.event_file import event_file_download
from frontend.pages.console.news_pages import news_page, publish, retract, retract_page
from frontend.pages.console.people_pages import confirm, confirm_page, people_page
from frontend.pages.console.reopening import reopen_card, reopen_page
from frontend.pages.console.results import HANDLERS as RESULTS
from frontend.pages.console.schedule_pages import change_schedule, extend, extension_page, schedule_page
from frontend.pages.console.second_round import HANDLERS as SECOND_ROUND
from frontend.pages.console.team_pages import decide_teams, teams_page
from frontend.pages.console.watching import console_home, overview_page, queue_page

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    console_home,
    overview_page,
    queue_page,
    entries_page,
    entry_page,
    retry_page,
    retry,
    event_file_download,
    schedule_page,
    change_schedule,
    extension_page,
    extend,
    teams_page,
    decide_teams,
    news_page,
    publish,
    retract_page,
    retract,
    people_page,
    confirm_page,
    confirm,
    reopen_page,
    reopen_card,
    *RESULTS,
    *SECOND_ROUND,
)
