"""Make, change and remove judging groups."""

from dataclasses import replace
from uuid import UUID

from hackathon import outbox, store
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging.groups import store as rows
from judging.groups.errors import GroupInvalid, GroupUnknown
from judging.groups.model import LONGEST_NAME, MOST_GROUPS, JudgingGroup
from sandbox.model import Text

_NAME = Text(id="Nama kelompok", en="The group's name")
_REASON = Text(id="Alasan", en="The reason")


async def list_groups(event_id: UUID) -> tuple[JudgingGroup, ...]:
    """The groups of an event."""
    return await rows.read_groups(event_id)


async def get_group(group_id: UUID) -> JudgingGroup:
    """One group. Raises GroupUnknown."""
    found = await rows.read_group(group_id)
    if found is None:
        raise GroupUnknown
    return found


async def change_group(group: JudgingGroup, reason: str, *, actor: Principal) -> JudgingGroup:
    """Keep a group, new or changed; what is assigned already stays. Sent again, it changes nothing.

    Raises Forbidden, GroupInvalid, Refusal for a name or a reason that cannot be.
    """
    require_organizer(actor)
    name = clean_line(group.name, what=_NAME, longest=LONGEST_NAME)
    words = clean_line(reason, what=_REASON, longest=1000)
    async with store.transaction():
        judges, tracks, entries = await rows.read_members(group.event_id)
        wanted = replace(
            group,
            name=name,
            judges=tuple(sorted(set(group.judges) & judges, key=str)),
            tracks=tuple(sorted(set(group.tracks) & tracks, key=str)),
            entries=tuple(sorted(set(group.entries) & entries, key=str)),
        )
        others = [other for other in await rows.read_groups(group.event_id) if other.id != group.id]
        _require_possible(wanted, others)
        old = await rows.read_group(group.id)
        if old == wanted:
            return old
        if old is not None and old.event_id != wanted.event_id:
            raise GroupUnknown
        await rows.write_group(wanted, await store.clock())
        subject = {"event": wanted.event_id, "group": wanted.id}
        await outbox.append("judging_group.changed", subject, actor=actor, reason=words)
    return wanted


async def remove_group(group_id: UUID, reason: str, *, actor: Principal) -> None:
    """Forget a group; what is assigned already stays. Raises Forbidden, GroupUnknown, Refusal for the reason."""
    require_organizer(actor)
    words = clean_line(reason, what=_REASON, longest=1000)
    async with store.transaction():
        group = await get_group(group_id)
        await rows.delete_group(group_id)
        subject = {"event": group.event_id, "group": group_id}
        await outbox.append("judging_group.removed", subject, actor=actor, reason=words)


def _require_possible(group: JudgingGroup, others: list[JudgingGroup]) -> None:
    if len(others) >= MOST_GROUPS:
        raise GroupInvalid(
            "nama",
            Text(
                id=f"Sebuah acara punya paling banyak {MOST_GROUPS} kelompok juri.",
                en=f"An event has at most {MOST_GROUPS} judging groups.",
            ),
        )
    if any(other.name.casefold() == group.name.casefold() for other in others):
        raise GroupInvalid(
            "nama", Text(id="Nama itu sudah dipakai kelompok lain.", en="Another group has that name already.")
        )
    if not group.judges:
        raise GroupInvalid("juri", Text(id="Pilih juri kelompok ini.", en="Choose the judges of this group."))
    if not group.tracks and not group.entries:
        raise GroupInvalid(
            "kategori",
            Text(
                id="Pilih kategori atau peserta yang dinilai kelompok ini.",
                en="Choose the tracks or entries that this group judges.",
            ),
        )
    rivals = [other for other in others if other.final == group.final]
    if {track for other in rivals for track in other.tracks} & set(group.tracks):
        raise GroupInvalid(
            "kategori",
            Text(
                id="Kategori itu sudah dinilai kelompok lain. Satu kategori hanya untuk satu kelompok.",
                en="Another group judges that track already. A track is for one group only.",
            ),
        )
    if {entry for other in rivals for entry in other.entries} & set(group.entries):
        raise GroupInvalid(
            "peserta",
            Text(
                id="Ada peserta yang sudah dinilai kelompok lain. Satu peserta hanya untuk satu kelompok.",
                en="Another group judges one of these entries already. An entry is for one group only.",
            ),
        )
