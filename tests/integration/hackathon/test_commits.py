"""Commits: asked for, fetched by a worker, handed in like any archive; what is wrong with one is told."""

import asyncio
import tarfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID

import pytest

from hackathon import commits, submissions
from hackathon import store as store_module
from hackathon.commits import CommitFetch, FetchState, ask_commit, cancel_fetch, fetch_state, latest_fetch
from hackathon.commits.fetching import Fetcher
from hackathon.commits.model import ASKS
from hackathon.errors import Refusal
from hackathon.objects import Objects
from hackathon.submissions import AttemptsUsed, NotOpen, list_submissions
from hackathon.teams import NotAMember
from sandbox.errors import Cancelled, EngineUnavailable
from sandbox.fake import FakeProvider
from sandbox.git import Fetched, GitLimits, GitStatus, Wanted
from sandbox.git.model import failed
from sandbox.provider import Cancel
from tests.integration.hackathon.city import NOW, SCHEDULE, City, archive, found, hand_in, person, team
from tests.integration.hackathon.loops import eventually, running
from tests.repositories import APP, Workplace

HOSTS = ("git.desa.example",)
ADDRESS = "https://git.desa.example/kawan/lapor"
DEADLINE = SCHEDULE.building_closes


@dataclass
class Village:
    """A repository on a host that the fake provider knows."""

    work: Workplace
    commit: str
    provider: FakeProvider


@pytest.fixture
def village(tmp_path: Path) -> Village:
    work = Workplace(tmp_path / "kerja")
    commit = work.commit({"app.py": APP, "catatan/baca.txt": "hai"})
    return Village(work, commit, FakeProvider({ADDRESS: work.folder}))


async def ask(city: City, revision: str, *, repository: str = ADDRESS, minutes: float = 0) -> CommitFetch:
    return await ask_commit(
        city.entry_id,
        repository=repository,
        revision=revision,
        hosts=HOSTS,
        actor=city.sari,
        now=NOW + timedelta(minutes=minutes),
    )


async def building_now() -> datetime:
    """The database's clock, by which loops go, with an event that is building by it."""
    await store_module.execute(
        "UPDATE event SET schedule = schedule || jsonb_build_object("
        "'building_opens', now() - interval '1 day', 'building_closes', now() + interval '1 day',"
        " 'judging_closes', now() + interval '2 days', 'objection_closes', now() + interval '3 days')"
    )
    return await store_module.clock()


def fetcher(objects: Objects, provider: FakeProvider, **options: timedelta) -> Fetcher:
    return Fetcher(objects, provider, hosts=HOSTS, **options)


async def test_a_commit_becomes_a_submission_that_says_where_it_came_from(
    city: City, objects: Objects, village: Village, tmp_path: Path
) -> None:
    asked = await ask(city, village.commit)
    assert (asked.state, asked.asked_at) == (FetchState.WAITING, NOW)
    assert await fetcher(objects, village.provider).fetch_next(now=NOW + timedelta(minutes=2))
    assert not await fetcher(objects, village.provider).fetch_next()
    told = await fetch_state(asked.id, actor=city.budi)
    (made,) = await list_submissions(city.entry_id, actor=city.budi)
    assert (told.state, told.submission_id, told.commit) == (FetchState.RECEIVED, made.id, village.commit)
    assert (made.repository, made.commit) == (ADDRESS, village.commit)
    assert (made.registered_at, made.received_at) == (NOW, NOW + timedelta(minutes=2))
    assert (made.kit, made.filename) == ("python", f"lapor-{village.commit[:12]}.tar.gz")
    kept = tmp_path / "kept.tar.gz"
    await objects.fetch(made.object_key, kept)
    with tarfile.open(kept) as tar:
        assert tar.getnames() == ["app.py", "catatan/baca.txt"]
    assert list((tmp_path / "scratch").iterdir()) == []


async def test_the_same_commit_has_the_same_bytes_however_it_is_asked_for(
    city: City, objects: Objects, village: Village
) -> None:
    village.work.git("tag", "--annotate", "--message", "satu", "v1")
    for number, revision in enumerate(("main", "v1", village.commit, "refs/heads/main")):
        await ask(city, revision, minutes=number)
        await fetcher(objects, village.provider).fetch_next(now=NOW + timedelta(minutes=number))
    made = await list_submissions(city.entry_id, actor=city.sari)
    assert len({one.sha256 for one in made}) == 1
    assert [one.commit for one in made] == [village.commit] * 4


async def test_asked_again_while_it_is_on_its_way_it_is_the_same(city: City, village: Village) -> None:
    first = await ask(city, village.commit)
    assert (await ask(city, village.commit.upper(), repository=ADDRESS + "/", minutes=1)).id == first.id
    with pytest.raises(commits.FetchBusy):
        await ask(city, "main")


async def test_twenty_who_ask_at_once_get_one(city: City, village: Village, store: ModuleType) -> None:
    asked = await asyncio.gather(*(ask(city, village.commit) for _ in range(20)))
    assert len({one.id for one in asked}) == 1
    assert await store.fetch_value("SELECT count(*) FROM git_fetch") == 1


@pytest.mark.parametrize(
    ("repository", "revision", "code"),
    [
        ("", "main", "repository_invalid"),
        ("https://lain.example/a/b", "main", "repository_invalid"),
        ("https://sari:s3cr3t@git.desa.example/a/b", "main", "repository_invalid"),
        (ADDRESS, "", "commit_invalid"),
        (ADDRESS, "--upload-pack=/bin/sh", "commit_invalid"),
        (ADDRESS, "a\0b", "commit_invalid"),
    ],
)
async def test_what_cannot_be_asked_for_is_refused_and_keeps_nothing(
    repository: str, revision: str, code: str, city: City, store: ModuleType
) -> None:
    with pytest.raises(Refusal) as told:
        await ask(city, revision, repository=repository)
    assert told.value.code == code
    assert "s3cr3t" not in told.value.message.id + told.value.message.en
    assert await store.fetch_value("SELECT count(*) FROM git_fetch") == 0


async def test_only_the_team_asks_and_sees(city: City, village: Village) -> None:
    stranger = await person("Dewi")
    asked = await ask(city, village.commit)
    with pytest.raises(NotAMember):
        await ask_commit(city.entry_id, repository=ADDRESS, revision="main", hosts=HOSTS, actor=stranger, now=NOW)
    with pytest.raises(NotAMember):
        await fetch_state(asked.id, actor=stranger)
    with pytest.raises(NotAMember):
        await cancel_fetch(asked.id, actor=stranger)
    with pytest.raises(NotAMember):
        await latest_fetch(city.entry_id, actor=stranger)
    with pytest.raises(commits.FetchUnknown):
        await fetch_state(UUID(int=7), actor=city.sari)


async def test_without_hosts_nothing_is_asked_for(city: City) -> None:
    with pytest.raises(commits.GitOff):
        await ask_commit(city.entry_id, repository=ADDRESS, revision="main", hosts=(), actor=city.sari, now=NOW)


async def test_attempts_deadline_and_pace_hold(store: ModuleType, objects: Objects, village: Village) -> None:
    city = await found(attempts_a_day=1)
    with pytest.raises(NotOpen):
        await ask_commit(city.entry_id, repository=ADDRESS, revision="main", hosts=HOSTS, actor=city.sari, now=DEADLINE)
    for number in range(ASKS):
        asked = await ask(city, f"cabang-{number}")
        await cancel_fetch(asked.id, actor=city.sari, now=NOW)
    with pytest.raises(commits.TooManyFetches):
        await ask(city, "main", minutes=59)
    await ask(city, "main", minutes=60)
    await hand_in(city, archive(), objects, now=NOW + timedelta(minutes=61))
    await fetcher(objects, village.provider).fetch_next(now=NOW + timedelta(minutes=62))
    told = await latest_fetch(city.entry_id, actor=city.sari)
    assert told is not None
    assert told.message is not None
    assert told.state is FetchState.REFUSED
    assert "Jatah 1 pengajuan" in told.message.id
    with pytest.raises(AttemptsUsed):
        await ask(city, "main", minutes=63)


async def test_a_number_asked_for_in_time_is_taken_until_the_grace_ends_a_branch_is_not(
    city: City, objects: Objects, village: Village
) -> None:
    asked = DEADLINE - timedelta(seconds=1)

    async def outcome(revision: str, at: timedelta) -> CommitFetch:
        fetch = await ask_commit(
            city.entry_id, repository=ADDRESS, revision=revision, hosts=HOSTS, actor=city.sari, now=asked
        )
        await fetcher(objects, village.provider).fetch_next(now=DEADLINE + at)
        return await fetch_state(fetch.id, actor=city.sari)

    assert (await outcome(village.commit, timedelta(minutes=29))).state is FetchState.RECEIVED
    branch = await outcome("main", timedelta(minutes=1))
    assert branch.message is not None
    assert "baru dapat dibaca setelah batas waktu" in branch.message.id
    late = await outcome(village.commit, timedelta(minutes=31))
    assert (late.state, late.submission_id) == (FetchState.REFUSED, None)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"baca.txt": "tanpa program"}, "app.py"),
        ({"app.py": APP, "besar.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}, "LFS"),
    ],
)
async def test_a_commit_that_breaks_a_rule_is_refused_in_words(
    files: dict[str, str], words: str, city: City, objects: Objects, tmp_path: Path
) -> None:
    work = Workplace(tmp_path / "lain")
    commit = work.commit(files)
    asked = await ask(city, commit)
    await fetcher(objects, FakeProvider({ADDRESS: work.folder})).fetch_next(now=NOW)
    told = await fetch_state(asked.id, actor=city.sari)
    assert told.state is FetchState.REFUSED
    assert told.message is not None
    assert words in told.message.id
    assert await list_submissions(city.entry_id, actor=city.sari) == ()
    assert (await submissions.attempts_of(city.entry_id, actor=city.sari, now=NOW)).used == 0


async def test_what_was_taken_back_is_not_fetched(city: City, objects: Objects, village: Village) -> None:
    asked = await ask(city, village.commit)
    for _ in range(2):
        await cancel_fetch(asked.id, actor=city.budi, now=NOW)
    assert not await fetcher(objects, village.provider).fetch_next(now=NOW)
    assert (await fetch_state(asked.id, actor=city.sari)).state is FetchState.CANCELLED
    again = await ask(city, village.commit)
    await fetcher(objects, village.provider).fetch_next(now=NOW)
    with pytest.raises(commits.FetchOver):
        await cancel_fetch(again.id, actor=city.sari, now=NOW)


class Odd(FakeProvider):
    """Answers as it was told to, once for each entry of the list; then as it should."""

    def __init__(self, repositories: dict[str, Path], *answers: GitStatus | Exception) -> None:
        super().__init__(repositories)
        self.answers = list(answers)
        self.calls = 0

    def fetch_commit(
        self,
        wanted: Wanted,
        into: Path,
        *,
        hosts: Sequence[str],
        limits: GitLimits,
        label: str,
        cancel: Cancel | None = None,
    ) -> Fetched:
        self.calls += 1
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return failed(answer, wanted, hosts)
        return super().fetch_commit(wanted, into, hosts=hosts, limits=limits, label=label, cancel=cancel)


async def test_our_failure_is_told_as_ours_and_tried_again(city: City, objects: Objects, village: Village) -> None:
    asked = await ask(city, village.commit)
    odd = Odd({ADDRESS: village.work.folder}, EngineUnavailable("the engine sleeps"))
    await fetcher(objects, odd).fetch_next(now=NOW)
    told = await fetch_state(asked.id, actor=city.sari)
    assert (told.state, told.failures) == (FetchState.WAITING, 1)
    assert told.message is not None
    assert "bukan repositori Anda" in told.message.id
    await eventually(lambda: fetcher(objects, odd).fetch_next(now=NOW), 60)
    assert (await fetch_state(asked.id, actor=city.sari)).state is FetchState.RECEIVED


async def test_a_host_that_does_not_answer_is_asked_three_times(city: City, objects: Objects, village: Village) -> None:
    asked = await ask(city, village.commit)
    odd = Odd({ADDRESS: village.work.folder}, *[GitStatus.UNREACHABLE] * 9)
    one = fetcher(objects, odd, host_pause=timedelta(0))
    while (await fetch_state(asked.id, actor=city.sari)).under_way:
        await one.fetch_next(now=NOW)
    assert odd.calls == 3
    told = await fetch_state(asked.id, actor=city.sari)
    assert told.message is not None
    assert "tidak menjawab" in told.message.id


async def test_a_worker_that_died_after_receiving_hands_nothing_in_twice(
    city: City, objects: Objects, village: Village, store: ModuleType
) -> None:
    asked = await ask(city, "main")
    await fetcher(objects, village.provider).fetch_next(now=NOW)
    # As if it had died before it noted it; meanwhile the branch went on.
    await store.execute(
        "UPDATE git_fetch SET state = 'fetching', lease_until = clock_timestamp() - interval '1 second',"
        " finished_at = NULL"
    )
    village.work.commit({"baru.txt": "lagi"})
    await fetcher(objects, village.provider).fetch_next(now=NOW)
    told = await fetch_state(asked.id, actor=city.sari)
    assert (told.state, told.commit) == (FetchState.RECEIVED, village.commit)
    assert len(await list_submissions(city.entry_id, actor=city.sari)) == 1


async def test_a_worker_that_died_while_it_handed_in_is_followed_by_another(
    city: City, objects: Objects, village: Village, store: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await ask(city, "main")

    async def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hackathon.submissions.fetched.complete_upload", die)
        with pytest.raises(KeyboardInterrupt):
            await fetcher(objects, village.provider).fetch_next(now=NOW)
    assert await submissions.open_uploads(city.entry_id, actor=city.sari) == ()
    with pytest.raises(commits.FetchOver):
        await cancel_fetch(asked.id, actor=city.sari, now=NOW)
    await store.execute("UPDATE git_fetch SET lease_until = clock_timestamp() - interval '1 second'")
    await fetcher(objects, village.provider).fetch_next(now=NOW)
    assert (await fetch_state(asked.id, actor=city.sari)).state is FetchState.RECEIVED
    assert len(await list_submissions(city.entry_id, actor=city.sari)) == 1


async def test_taken_back_while_it_is_fetched_it_is_ended(city: City, objects: Objects, village: Village) -> None:
    began, ended = threading.Event(), threading.Event()

    class Slow(FakeProvider):
        def fetch_commit(self, *_: object, cancel: Cancel | None = None, **__: object) -> Fetched:
            assert cancel is not None
            began.set()
            assert cancel.event.wait(60)
            ended.set()
            raise Cancelled

    asked = await ask(city, village.commit)
    work = asyncio.create_task(fetcher(objects, Slow(), lease=timedelta(seconds=0.3)).fetch_next(now=NOW))
    await asyncio.to_thread(began.wait, 60)
    await cancel_fetch(asked.id, actor=city.sari, now=NOW)
    assert await work
    assert ended.is_set()
    assert (await fetch_state(asked.id, actor=city.sari)).state is FetchState.CANCELLED
    assert await list_submissions(city.entry_id, actor=city.sari) == ()


async def test_a_worker_that_is_stopped_hands_back_what_it_has(city: City, objects: Objects, village: Village) -> None:
    began = threading.Event()

    class Slow(FakeProvider):
        def fetch_commit(self, *_: object, cancel: Cancel | None = None, **__: object) -> Fetched:
            assert cancel is not None
            began.set()
            assert cancel.event.wait(60)
            raise Cancelled

    asked = await ask_commit(
        city.entry_id,
        repository=ADDRESS,
        revision=village.commit,
        hosts=HOSTS,
        actor=city.sari,
        now=await building_now(),
    )
    work = asyncio.create_task(fetcher(objects, Slow()).run(asyncio.Event()))
    await asyncio.to_thread(began.wait, 60)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    told = await fetch_state(asked.id, actor=city.sari)
    assert (told.state, told.failures) == (FetchState.WAITING, 0)


async def test_a_slow_repository_of_one_team_keeps_no_other_waiting(
    city: City, objects: Objects, village: Village
) -> None:
    held = threading.Event()

    class SlowForOne(FakeProvider):
        def fetch_commit(
            self,
            wanted: Wanted,
            into: Path,
            *,
            hosts: Sequence[str],
            limits: GitLimits,
            label: str,
            cancel: Cancel | None = None,
        ) -> Fetched:
            if wanted.revision == "lambat":
                held.wait(60)
                return failed(GitStatus.TOO_SLOW, wanted, hosts)
            return super().fetch_commit(wanted, into, hosts=hosts, limits=limits, label=label, cancel=cancel)

    now = await building_now()
    dewi = await person("Dewi")
    _, other = await team(city.event, "Satu Meja", dewi, await person("Eko"))
    slow = await ask_commit(city.entry_id, repository=ADDRESS, revision="lambat", hosts=HOSTS, actor=city.sari, now=now)
    quick = await ask_commit(other, repository=ADDRESS, revision=village.commit, hosts=HOSTS, actor=dewi, now=now)
    one = Fetcher(objects, SlowForOne({ADDRESS: village.work.folder}), hosts=HOSTS, look_seconds=0.05)

    async def received() -> bool:
        return not (await fetch_state(quick.id, actor=dewi)).under_way

    async with running(one):
        try:
            await eventually(received, 60)
            assert (await fetch_state(slow.id, actor=city.sari)).under_way
        finally:
            held.set()
