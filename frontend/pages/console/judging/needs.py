"""What of an event's judging needs a person, for the console's first page."""

from frontend.pages.console.desk import Desk
from frontend.pages.console.judging.matrix import draw_alarms
from frontend.pages.console.needs import Item
from hackathon.events import Phase, phase
from judging import assignment, rules
from judging.assignment import Kind


async def judging_needs(desk: Desk) -> tuple[Item, ...]:
    """The alarms of the first round, while the event is judged."""
    if phase(desk.event.schedule, desk.now) is not Phase.JUDGING:
        return ()
    field = await assignment.field_of(desk.event, now=desk.now)
    reviews = (await rules.get_rules(desk.event.id)).reviews
    found = draw_alarms(desk, field, field.covered(Kind.REVIEW, reviews), Kind.REVIEW, reviews)
    return tuple(
        Item(alarm.urgent, alarm.icon, alarm.mark, alarm.title, alarm.detail, alarm.action, alarm.link)
        for alarm in found
    )
