"""Names that people chose to break pages: whatever stands in the database, a page keeps its width, runs nothing of it,
and what follows a name stays where it is.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from hackathon import store
from judging import publications
from tests.e2e.pages import look
from tests.e2e.pages.lens import Lens
from tests.e2e.pages.site import Site
from tests.e2e.pages.viewing import Role
from tests.e2e.pages.world import OWN, State

MARKUP = "<img src=x onerror=window.broken=1><b class=injected>'\""
RIGHT_TO_LEFT = "فريق النور 12 (مركز)"
NAMES = {
    OWN: f"{MARKUP} {RIGHT_TO_LEFT}",
    "Satu Meja": "W" * 80,
    "Lentera Warga": RIGHT_TO_LEFT,
    "Tembusan": "Z" + "\u0335\u0301\u0327" * 25 + "algo",
    "Jejak Surat": "Aman\u202e\u2066gnayaS\u200b\u200d" + "\u200b" * 20,
}
PEOPLE = {
    Role.MEMBER: "M" * 200,
    Role.CAPTAIN: f"{MARKUP} {RIGHT_TO_LEFT}",
    Role.PERSON: "e" + "\u0336\u0489" * 90,
}
FILES = (f"<script>window.broken=1</script>{MARKUP}{RIGHT_TO_LEFT}.zip", "P" * 200 + ".zip")

PAGES = (
    (Role.VISITOR, "/acara/pengerjaan"),
    (Role.VISITOR, "/acara/pengerjaan/papan/layanan-publik"),
    (Role.VISITOR, "/acara/pengerjaan/layar/layanan-publik"),
    (Role.VISITOR, "/acara/pengerjaan/presentasi"),
    (Role.VISITOR, "/undangan/{undangan}"),
    (Role.MEMBER, "/acara/pengerjaan/papan/layanan-publik"),
    (Role.CAPTAIN, "/"),
    (Role.CAPTAIN, "/acara/pengerjaan"),
    (Role.CAPTAIN, "/acara/pengerjaan/tim"),
    (Role.CAPTAIN, "/pengajuan/{baik}"),
    (Role.CAPTAIN, "/pengajuan/{mogok}"),
    (Role.CAPTAIN, "/acara/selesai"),
    (Role.ORGANIZER, "/konsol"),
    (Role.ORGANIZER, "/konsol/pengerjaan"),
    (Role.ORGANIZER, "/konsol/pengerjaan/tim"),
    (Role.ORGANIZER, "/konsol/pendaftaran/tim"),
    (Role.ORGANIZER, "/konsol/pengerjaan/keikutsertaan"),
    (Role.ORGANIZER, "/konsol/pengerjaan/keikutsertaan/{keikutsertaan}"),
    (Role.ORGANIZER, "/konsol/pengerjaan/antrean"),
    (Role.ORGANIZER, "/konsol/pengerjaan/penilaian"),
    (Role.ORGANIZER, "/konsol/pengerjaan/hasil"),
    (Role.ORGANIZER, "/pengajuan/{baik}"),
)

_INJECTED = """() => [...document.querySelectorAll("img[src=x], [onerror], .injected")].map((one) => one.outerHTML)
  .concat(window.broken ? ["a script ran"] : [])"""

# A name that is written from the right must be alone in a box or an isolated part of a line.
_LOOSE = r"""() => {
  const only = (one) => [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim()).length === 1;
  const faults = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (!/[\u0600-\u06ff]/.test(text.data) || text.parentElement.closest("script, option, title, svg, .sr")) continue;
    const whole = text.data.trim();
    let alone = false;
    const fits = (one) => (one === text.parentElement ? only(one) : one.textContent.trim() === whole);
    for (let one = text.parentElement; one && fits(one); one = one.parentElement) {
      const style = getComputedStyle(one);
      alone ||= style.display !== "inline" || /isolate|plaintext/.test(style.unicodeBidi);
    }
    if (!alone)
      faults.push(`not isolated in ${text.parentElement.tagName}.${text.parentElement.className}: ${whole.slice(-90)}`);
  }
  return [...new Set(faults)];
}"""


@pytest.fixture
def hostile(site: Site) -> Iterator[None]:
    """The world under other names, past all that refuses them at the door; as before afterwards."""

    async def rename(team: dict[str, str], people: dict[Role, str], files: tuple[str, str] | None) -> None:
        for old, new in team.items():
            for state in (State.REGISTRATION, State.BUILDING, State.FROZEN, State.CLOSED):
                await store.execute(
                    "UPDATE team SET name = $2, agency = $3 WHERE id = $1",
                    site.world.team_ids[state, old],
                    new,
                    before[state, old] if new == old else (new * 3)[:200],
                )
        for role, name in people.items():
            await store.execute("UPDATE account SET name = $2 WHERE id = $1", site.world.people[role].account_id, name)
        # A submission never changes: not even its file's name, save here.
        await store.execute("ALTER TABLE submission DISABLE TRIGGER USER")
        for number, kind in enumerate(("baik", "mogok")):
            file = files[number] if files else kept[kind]
            await store.execute("UPDATE submission SET filename = $2 WHERE id = $1", site.world.submissions[kind], file)
        await store.execute("ALTER TABLE submission ENABLE TRIGGER USER")
        for event in site.world.events.values():
            for track in event.tracks:
                await publications.publish(track.id)

    async def of_teams() -> dict[tuple[State, str], str]:
        return {
            place: await store.fetch_value("SELECT agency FROM team WHERE id = $1", team)
            for place, team in site.world.team_ids.items()
        }

    async def of_files() -> dict[str, str]:
        return {
            kind: await store.fetch_value("SELECT filename FROM submission WHERE id = $1", site.world.submissions[kind])
            for kind in ("baik", "mogok")
        }

    before, kept = site.do(of_teams()), site.do(of_files())
    site.do(rename(NAMES, PEOPLE, FILES))
    yield
    own = {role: site.world.people[role].name for role in PEOPLE}
    site.do(rename({name: name for name in NAMES}, own, None))


@pytest.mark.usefixtures("hostile")
def test_no_name_breaks_a_page(lens: Lens) -> None:
    faults: list[str] = []
    for role in dict.fromkeys(role for role, _ in PAGES):
        with lens.context(role) as context:
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            for path in [path for one, path in PAGES if one is role]:
                faults += [f"{role.value} {path}: {fault}" for fault in _looked_at(page, lens, path)]
    assert not faults, "\n".join(faults)


def _looked_at(page: Page, lens: Lens, path: str) -> list[str]:
    page.set_viewport_size({"width": 390, "height": 844})
    answer = page.goto(path.format(**lens.site.world.places))
    faults = [] if answer and answer.ok else [f"answers {answer and answer.status}"]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        faults += [f"at {width} px: {fault}" for fault in look.width_faults(page)]
    return faults + page.evaluate(_INJECTED) + page.evaluate(_LOOSE)
