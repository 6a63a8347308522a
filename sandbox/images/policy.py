"""Which images may go from an engine: a pure function of what is there, what is needed, and the clock."""

from collections.abc import Collection, Iterable, Mapping

from sandbox.images.model import Goes, HeldImage, ImageKind, Policy, Why


def to_remove(
    held: Iterable[HeldImage],
    *,
    used: Mapping[str, float],
    needed: Collection[str],
    now: float,
    policy: Policy,
    short: bool = False,
) -> tuple[Goes, ...]:
    """What may go, the one used longest ago first.

    `used` is when something was last run from an image (by id, seconds since the epoch; else its making counts),
    `needed` are ids that must stay. With `short` (the disk is nearly full) everything goes that is not needed.
    An image that a container is made from, that is needed, or that was used a moment ago never goes.
    """
    images = tuple(held)

    def last_use(image: HeldImage) -> float:
        return max(image.made_at, used.get(image.id, image.made_at))

    free = sorted(
        (
            image
            for image in images
            if not image.in_use and image.id not in needed and now - last_use(image) >= policy.settle_seconds
        ),
        key=lambda image: (last_use(image), image.id),
    )
    whole = sum(image.bytes for image in images if image.kind is ImageKind.PROTOTYPE)
    found = []
    for image in free:
        why: Why | None = None
        if now - last_use(image) >= policy.unused_seconds:
            why = Why.UNUSED
        elif image.kind is ImageKind.PROTOTYPE and whole > policy.bytes:
            why = Why.SIZE
        elif short:
            why = Why.ROOM
        if why is None:
            continue
        found.append(Goes(image, why))
        if image.kind is ImageKind.PROTOTYPE:
            whole -= image.bytes
    return tuple(found)
