"""Every view of the table: without faults for people who see little, use no mouse, have a small screen, no scripts."""

import pytest

from tests.e2e.pages import look
from tests.e2e.pages.lens import SETTLE_MS, Lens
from tests.e2e.pages.table import VIEWS
from tests.e2e.pages.viewing import View


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_page_is_sound(lens: Lens, view: View) -> None:
    with lens.context(view.role, empty=view.empty) as context:
        page = context.new_page()
        complaints = look.Complaints(expected_status=view.status)
        complaints.listen(page)
        scales = look.Scales(context.new_cdp_session(page))
        status = lens.open(page, view)
        page.wait_for_timeout(SETTLE_MS)
        faults = [] if status == view.status else [f"answers {status}"]
        faults += scales.faults if view.act is None else []
        faults += look.head_faults(page, "id", status)
        faults += look.keyboard_faults(page)
        faults += complaints.said
        faults += look.axe_faults(page)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        faults += [f"dark: {fault}" for fault in look.axe_faults(page, ["color-contrast"])]
        faults += look.target_faults(page)
        page.set_viewport_size(look.NARROW)  # type: ignore[arg-type]
        faults += look.width_faults(page)
        faults += [f"at 320 px: {fault}" for fault in look.target_faults(page)]
        faults += [
            f"at 320 px: {fault}" for fault in look.axe_faults(page, ["target-size", "scrollable-region-focusable"])
        ]
        faults += [f"at 320 px: {fault}" for fault in look.keyboard_faults(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_page_says_the_same_without_scripts(lens: Lens, view: View) -> None:
    found = []
    for scripts in (True, False):
        with lens.context(view.role, empty=view.empty, scripts=scripts) as context:
            page = context.new_page()
            assert lens.open(page, view) == view.status
            found.append(look.skeleton(page))
    with_scripts, without = found
    faults = [
        f"{part} only with scripts: {one}"
        for part in ("headings", "links", "fields", "forms")
        for one in with_scripts[part]
        if one not in without[part]
    ]
    assert not faults, "\n".join(faults)
