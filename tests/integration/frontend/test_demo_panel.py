"""The demo's second event: the services make it as any other, its judges have judged, and a person can go on."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from frontend.demo import panel
from frontend.demo.folder import claim
from frontend.demo.panel import Panel
from hackathon import accounts, credentials, events, finals, store, teams
from hackathon.events import Event
from hackathon.model import SYSTEM
from hackathon.settings import Settings
from judging import assignment, judges, results, scorecards
from judging.assignment import Kind
from judging.panels.suspicion import Side
from tests.integration.sukaraya import Sukaraya


async def test_judges_have_judged_and_one_has_work_left(dsn: str, tmp_path: Path) -> None:
    made, password = await start(dsn, tmp_path)
    async with store.connected(dsn):
        event = await events.get_event(made.event)
        assert event.demo
        assert await panel.is_building()
        await hand_in(event)
        await panel.close_building()
        assert not await panel.is_building()
        assert await finals.fix_due() == len(made.teams)
        await panel.judge_all()

        covered = await assignment.coverage_of(event.id, Kind.REVIEW)
        assert covered.connected
        sent = await scorecards.sent_of(event.id)
        assert len(sent) == 7 * len(made.teams) - 4
        mean = await means(event)
        assert min(mean, key=lambda name: mean[name]) == "Sulastri Wirawan"
        assert max(mean, key=lambda name: mean[name]) == "Bonaventura Lasut"

        # What the console tells organizers to look at.
        found = await results.review(event.id, event.tracks[0].id, actor=SYSTEM)
        assert "Irwan Djalil" in {found.judges[one.judge_id] for one in found.suspicions.judges}
        lifted = {(found.judges[one.judge_id], one.entry_id, one.side) for one in found.suspicions.scores}
        assert ("Umbu Rihi", await entry_of_name(event, "Langkah Awal"), Side.FOR) in lifted

        account = await accounts.get_account(await credentials.sign_in(made.guest, password))
        guest = await judges.judge_of(event.id, account.id)
        assert guest is not None
        assert [work.sent for work in await scorecards.works_of(guest.id)] == [True, True, False, False, False, False]

    # The next start finds all of it and adds nothing.
    assert (await start(dsn, tmp_path))[0] == made
    async with store.connected(dsn):
        await panel.close_building()
        await panel.judge_all()
        assert await scorecards.sent_of(event.id) == sent
        assert (await events.get_event(made.event)).schedule.building_closes < datetime.now(UTC)


async def start(dsn: str, tmp_path: Path) -> tuple[Panel, str]:
    settings = Settings(data_dir=tmp_path / "demo", database_url=dsn)
    with claim(tmp_path / "demo") as folder:
        async with store.connected(dsn):
            return await panel.make_panel(settings, folder), folder.password


async def hand_in(event: Event) -> None:
    """Every team's prototype, evaluated on the board's cases."""
    found = await teams.list_teams(event.id)
    entries = {team.name: await entry_of(team.id) for team in found}
    account = await store.fetch_value("SELECT id FROM account LIMIT 1")
    scene = Sukaraya(event, entries, {team.name: team.id for team in found}, account, dict.fromkeys(entries, 0), {})
    for order, team in enumerate(entries):
        await scene.evaluate(team, 55.0 + 5 * order)


async def entry_of(team_id: UUID) -> UUID:
    found: UUID = await store.fetch_value("SELECT id FROM entry WHERE team_id = $1", team_id)
    return found


async def entry_of_name(event: Event, name: str) -> UUID:
    return await entry_of(next(team.id for team in await teams.list_teams(event.id) if team.name == name))


async def means(event: Event) -> dict[str, float]:
    """The mean of a judge's points, by the judge's name."""
    names = {judge.id: judge.name for judge in await judges.all_judges(event.id)}
    points: dict[str, list[float]] = {}
    for card in await scorecards.sent_of(event.id):
        points.setdefault(names[card.judge_id], []).append(card.points)
    return {name: sum(given) / len(given) for name, given in points.items()}
