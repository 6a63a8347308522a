"""Errors of forms as people meet them: a session that ends, a button pressed twice, a phase that closes meanwhile.

What befalls uploads stands in `test_upload.py`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from playwright.sync_api import Page, expect

from hackathon import accounts, credentials, events, sessions, teams
from hackathon.events import Event
from hackathon.keys import load_key
from hackathon.model import SYSTEM
from tests.e2e.pages.lens import COOKIE, Lens
from tests.e2e.pages.site import Site
from tests.e2e.pages.world import PASSWORD, State, schedule, spec

AGENCY = "Kelurahan Rawa Indah, Kota Sukaraya"

_numbers = count(1)


@dataclass
class Guest:
    """Hasan, who is in no team yet, and an event of his own."""

    email: str
    account_id: UUID
    secret: str
    event: Event

    @property
    def team(self) -> str:
        """Where he makes one."""
        return f"/acara/{self.event.slug}/tim"


async def come(key: bytes) -> Guest:
    now, number = datetime.now(UTC), next(_numbers)
    event = await events.apply_event(
        replace(spec(now, State.BUILDING), slug=f"salah-{number}"), key=key, actor=SYSTEM, now=now
    )
    email = f"hasan{number}@sukaraya.invalid"
    account = await accounts.create_account("Hasan Basri", email=email, actor=SYSTEM, now=now)
    await credentials.set_password(account.id, PASSWORD)
    opened = await sessions.open_session(account.id, now=now)
    return Guest(email, account.id, opened.secret, event)


async def close_building(event: Event, key: bytes) -> None:
    now = datetime.now(UTC)
    over = replace(spec(now, State.BUILDING), slug=event.slug, schedule=schedule(now, State.CLOSED))
    await events.apply_event(over, key=key, actor=SYSTEM, now=now)


def key_of(site: Site) -> bytes:
    return load_key(site.maker.settings.secret_file)


@contextmanager
def visiting(lens: Lens, guest: Guest) -> Iterator[Page]:
    """His browser, on the page where a team is made, with a name typed already."""
    with lens.context() as context:
        context.add_cookies([{"name": COOKIE, "value": guest.secret, "domain": "127.0.0.1", "path": "/"}])
        page = context.new_page()
        page.goto(guest.team)
        page.get_by_label("Nama tim").fill("Pena Warga")
        page.get_by_label("Instansi").fill(AGENCY)
        page.get_by_label("Lokasi").select_option("jayapura")
        yield page


def test_a_session_that_ends_while_one_types_costs_no_word(lens: Lens, site: Site) -> None:
    guest = site.do(come(key_of(site)))
    with visiting(lens, guest) as page:
        site.do(sessions.end_sessions(guest.account_id))
        page.get_by_role("button", name="Buat tim").click()
        page.get_by_label("Alamat surel").fill(guest.email)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_url(f"**{guest.team}*")
        expect(page.get_by_label("Nama tim")).to_have_value("Pena Warga")
        expect(page.get_by_label("Instansi")).to_have_value(AGENCY)
        expect(page.get_by_label("Lokasi")).to_have_value("jayapura")
        page.get_by_role("button", name="Buat tim").click()
        expect(page.locator("h1")).to_have_text("Pena Warga")


def test_a_button_pressed_twice_makes_one_team(lens: Lens, site: Site) -> None:
    guest = site.do(come(key_of(site)))
    with visiting(lens, guest) as page:
        page.get_by_role("button", name="Buat tim").dblclick()
        expect(page.locator("h1")).to_have_text("Pena Warga")
        page.wait_for_load_state()
        expect(page.locator(".summary")).to_have_count(0)
    assert [team.name for team in site.do(teams.list_teams(guest.event.id))] == ["Pena Warga"]


def test_going_back_and_sending_again_leads_to_the_team_that_is_there(lens: Lens, site: Site) -> None:
    guest = site.do(come(key_of(site)))
    with visiting(lens, guest) as page:
        page.get_by_role("button", name="Buat tim").click()
        expect(page.locator("h1")).to_have_text("Pena Warga")
        page.go_back()
        if page.get_by_role("button", name="Buat tim").count():
            page.get_by_label("Nama tim").fill("Pena Warga Dua")
            page.get_by_label("Instansi").fill(AGENCY)
            page.get_by_label("Lokasi").select_option("jakarta")
            page.get_by_role("button", name="Buat tim").click()
        expect(page.locator("main")).to_contain_text("tim")
    assert [team.name for team in site.do(teams.list_teams(guest.event.id))] == ["Pena Warga"]


def test_a_phase_that_closes_while_one_types_is_told_in_words(lens: Lens, site: Site) -> None:
    guest = site.do(come(key_of(site)))
    with visiting(lens, guest) as page:
        site.do(close_building(guest.event, key_of(site)))
        page.get_by_role("button", name="Buat tim").click()
        expect(page).to_have_title("Galat: Tim – Gelanggang")
        expect(page.locator(".summary")).to_contain_text("dikunci")
    assert site.do(teams.list_teams(guest.event.id)) == ()


def test_who_waits_in_the_queue_is_told_the_place_and_the_cause(lens: Lens, site: Site) -> None:
    world = site.world
    with lens.context(next(role for role in world.secrets if role.value == "ayu")) as context:
        page = context.new_page()
        page.goto(f"/pengajuan/{world.submissions['antre']}")
        expect(page.locator(".pipe [aria-current=step]")).to_contain_text("Antre")
        # Final evaluations of the event that closed wait in the same queue, before or behind it.
        expect(page.locator(".next")).to_contain_text(re.compile(r"urutan \d+ dari \d+"))
        # An age runs from the server's clock: no state without one.
        expect(page.locator(".pipe [aria-current=step] time[data-since]")).to_have_count(1)
