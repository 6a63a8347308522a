"""What the demo's teams say of their prototypes: the card, slides and a video, as they would be given by the forms."""

from collections.abc import AsyncIterator
from uuid import UUID

from frontend.demo.plan import TeamPlan
from frontend.demo.slides import slides_of
from hackathon import cards, pitches
from hackathon.model import Principal
from hackathon.objects import Objects


async def tell_of(plan: TeamPlan, entry_id: UUID, captain: Principal, objects: Objects) -> None:
    """Give what the entry lacks. What somebody wrote while looking around stays."""
    if plan.card is not None and await cards.read_card(entry_id, actor=captain) is None:
        await cards.save_card(entry_id, plan.card.answers.mapping(), base=0, draft=False, actor=captain)
    given = await pitches.pitch_of(entry_id, actor=captain)
    if plan.card is not None and plan.pitch and given.latest is None:
        await pitches.offer_pitch(
            entry_id,
            filename="presentasi.pdf",
            stream=_whole(slides_of(plan.name, plan.agency, plan.card.answers)),
            objects=objects,
            actor=captain,
        )
    if plan.video and given.video is None:
        await pitches.save_video(entry_id, plan.video, actor=captain)


async def _whole(data: bytes) -> AsyncIterator[bytes]:
    yield data
