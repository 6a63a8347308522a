"""From a commit that somebody asks for to a numbered submission: database, engine and git host are all real."""

import asyncio
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hackathon import store
from hackathon.commits import FetchState, ask_commit, fetch_state
from hackathon.commits.fetching import Fetcher
from hackathon.database import create_database
from hackathon.objects import open_objects
from hackathon.settings import Settings
from hackathon.submissions import list_submissions
from tests.docker.git.host import NAME
from tests.docker.git.village import Village
from tests.integration.hackathon.city import NOW, found
from tests.postgres import TEMPLATE, fast_postgres

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    with fast_postgres() as server:
        yield asyncio.run(create_database(server, "desa", template=TEMPLATE))


def test_a_commit_becomes_a_submission_and_a_redirect_inside_a_refusal(
    village: Village, dsn: str, tmp_path: Path
) -> None:
    village.host.answers["/pindah.git"] = lambda handler: handler.say(302, Location="https://169.254.169.254/x")
    asyncio.run(_hand_in(village, dsn, tmp_path))


async def _hand_in(village: Village, dsn: str, tmp_path: Path) -> None:
    objects = open_objects(Settings(data_dir=tmp_path))
    async with store.connected(dsn):
        city = await found()
        fetcher = Fetcher(objects, village.provider, hosts=(NAME,))
        told = []
        for name, revision in (("lapor", "main"), ("pindah", village.commit)):
            asked = await ask_commit(
                city.entry_id,
                repository=f"https://{NAME}/{name}.git",
                revision=revision,
                hosts=(NAME,),
                actor=city.sari,
                now=NOW,
            )
            assert await fetcher.fetch_next(now=NOW)
            told.append(await fetch_state(asked.id, actor=city.sari))
        (made,) = await list_submissions(city.entry_id)
        kept = tmp_path / "kept.tar.gz"
        await objects.fetch(made.object_key, kept)
    objects.close()
    received, refused = told
    assert (received.state, received.submission_id, received.commit) == (FetchState.RECEIVED, made.id, village.commit)
    assert (made.commit, made.number, made.kit) == (village.commit, 1, "python")
    with tarfile.open(kept) as tar:
        assert "app.py" in tar.getnames()
    assert refused.state is FetchState.REFUSED
    assert refused.message is not None
    assert "169.254.169.254" in refused.message.id
