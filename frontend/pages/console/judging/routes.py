"""The addresses of the console's pages of judging, and of what everybody may read of it."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.console.judging.by_hand import change_entry_judges, entry_judges_page
from frontend.pages.console.judging.group_pages import (
    change_group,
    choose_samples,
    group_page,
    groups_page,
    make_group,
    samples_page,
)
from frontend.pages.console.judging.plan_pages import coverage_page, make_plan, plan_page
from frontend.pages.console.judging.rubric_pages import change_rubric, rubric_page, rubrics_page
from frontend.pages.console.judging.rules_pages import change_rules, rules_page
from frontend.pages.console.judging.stage_pages import draw_order, move_clock, stage_page
from frontend.pages.event.judging import judging_page
from frontend.pages.event.stage import order_page, stage_wall
from frontend.pages.judges.agencies import agencies_page, answer_agencies
from frontend.pages.judges.appointing import appoint, appoint_page

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    agencies_page,
    answer_agencies,
    appoint_page,
    appoint,
    coverage_page,
    plan_page,
    make_plan,
    entry_judges_page,
    change_entry_judges,
    rules_page,
    change_rules,
    rubrics_page,
    rubric_page,
    change_rubric,
    groups_page,
    make_group,
    group_page,
    change_group,
    samples_page,
    choose_samples,
    stage_page,
    draw_order,
    move_clock,
    judging_page,
    order_page,
    stage_wall,
)
