"""The addresses of teams and invitations."""

from litestar.handlers import HTTPRouteHandler

from frontend.pages.team import changing, feedback, inviting, making, tracks

HANDLERS: tuple[HTTPRouteHandler, ...] = (
    making.team_home,
    making.make_team,
    making.change_page,
    making.change_team,
    changing.leave_page,
    changing.leave,
    changing.remove_page,
    changing.remove,
    changing.hand_over_page,
    changing.hand_over,
    tracks.enter,
    tracks.withdraw_page,
    tracks.withdraw,
    tracks.ask_approval,
    inviting.new_link,
    inviting.renew_page,
    inviting.revoke_page,
    inviting.revoke,
    inviting.pasted,
    inviting.invitation_page,
    inviting.join,
    feedback.feedback_page,
)
