"""From a complete upload to a submission."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID, uuid4

import asyncpg
import pytest

from hackathon import store as store_module
from hackathon.errors import Unavailable
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from hackathon.outbox import AuditEntry, Sequencer, verify_chain
from hackathon.submissions import (
    ArchiveRefused,
    AttemptsUsed,
    DeadlinePassed,
    HashMismatch,
    NotEvaluated,
    NotOpen,
    PartsMissing,
    Receipt,
    SubmissionUnknown,
    UploadClosed,
    UploadState,
    UploadUnknown,
    attempts_of,
    choose_submission,
    complete_upload,
    get_submission,
    list_submissions,
    store_part,
    upload_state,
)
from hackathon.teams import NotAMember, get_entry
from tests.integration.hackathon.city import (
    NOW,
    SCHEDULE,
    City,
    archive,
    found,
    hand_in,
    person,
    register,
    send,
    stream,
)
from tests.integration.hackathon.loops import eventually, running

DEADLINE = SCHEDULE.building_closes
COUNTS = {
    "submission": "SELECT count(*) FROM submission",
    "evaluation": "SELECT count(*) FROM evaluation",
}


async def _count(store: ModuleType, table: str) -> int:
    count: int = await store.fetch_value(COUNTS[table])
    return count


async def test_the_whole_way(city: City, objects: Objects, store: ModuleType, tmp_path: Path) -> None:
    data = archive(note="lapor")
    upload = await register(city, data, part_bytes=50)
    assert len(upload.missing) > 2
    await send(city, upload, data, objects)
    later = NOW + timedelta(minutes=2)
    receipt = await complete_upload(upload.id, objects=objects, actor=city.budi, now=later)

    assert (receipt.number, receipt.size, receipt.kit) == (1, len(data), "python")
    assert receipt.sha256 == hashlib.sha256(data).hexdigest()
    assert (receipt.registered_at, receipt.received_at) == (NOW, later)
    assert receipt.attempts_left == 9
    assert receipt.resets_at.isoformat() == "2026-11-25T00:00:00+07:00"

    submission = await get_submission(receipt.submission_id, actor=city.sari)
    assert (submission.filename, submission.account_id, submission.charged) == ("lapor.zip", city.budi.account_id, True)
    await objects.fetch(submission.object_key, tmp_path / "archive")
    assert (tmp_path / "archive").read_bytes() == data
    assert list((tmp_path / "objects" / "uploads").rglob("0*")) == []

    sets = [row["case_set"] for row in await store.fetch("SELECT case_set FROM evaluation ORDER BY case_set")]
    assert sets == ["board", "public"]
    assert await store.fetch_value("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == 1
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'submission.received'") == 1


async def test_packages_are_taken_where_builds_can_install_them(city: City, objects: Objects) -> None:
    files = {"app.py": "def predict(task, input):\n    return {}\n", "requirements.txt": "lapor-lib==1.0\n"}
    first, second = archive(files), archive({**files, "catatan.txt": "lagi"})
    refused, taken = await register(city, first), await register(city, second)
    await send(city, refused, first, objects)
    with pytest.raises(ArchiveRefused) as caught:
        await complete_upload(refused.id, objects=objects, actor=city.sari, now=NOW)
    assert "lapor-lib" in caught.value.message.id
    await send(city, taken, second, objects)
    receipt = await complete_upload(taken.id, objects=objects, actor=city.sari, packages=True, now=NOW)
    assert receipt.number == 1


async def test_what_happened_goes_into_the_chain(city: City, objects: Objects, dsn: str) -> None:
    receipt = await hand_in(city, archive(), objects)
    seen: dict[str, str] = {}

    async def feed(entry: AuditEntry) -> None:
        seen[entry.kind] = entry.subject.get("submission", "")

    async def received() -> bool:
        return "submission.received" in seen

    async with running(Sequencer(dsn, {"feed": feed})):
        await eventually(received)
    assert seen["submission.received"] == str(receipt.submission_id)
    assert (await verify_chain()).whole


async def test_completing_again_gives_the_same_receipt(city: City, objects: Objects) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data, objects)
    first = await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    long_after = DEADLINE + timedelta(days=1)
    second = await complete_upload(upload.id, objects=objects, actor=city.sari, now=long_after)
    assert (second.submission_id, second.number, second.received_at) == (first.submission_id, 1, NOW)
    with pytest.raises(UploadClosed) as caught:
        await store_part(upload.id, 1, stream(data), objects=objects, actor=city.sari, now=NOW)
    assert caught.value.code == "upload_completed"


async def test_completing_twice_at_once_makes_one_submission(city: City, objects: Objects, store: ModuleType) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data, objects)
    outcomes = await asyncio.gather(
        *(complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW) for _ in range(8)),
        return_exceptions=True,
    )
    receipts = {outcome.submission_id for outcome in outcomes if isinstance(outcome, Receipt)}
    assert len(receipts) == 1
    assert all(isinstance(outcome, Receipt) for outcome in outcomes), outcomes
    assert await _count(store, "submission") == 1
    assert await _count(store, "evaluation") == 2


async def test_twenty_clients_racing_for_the_last_attempts(store: ModuleType, objects: Objects) -> None:
    city = await found(attempts_a_day=3)
    archives = [archive(note=str(number)) for number in range(20)]
    # All of them are announced and sent, past the limit of unfinished uploads, before the first one completes.
    uploads = []
    for data in archives:
        upload = await register(city, data)
        await send(city, upload, data, objects)
        await store.execute("UPDATE upload SET state = 'registered', completed_at = NULL WHERE state = 'expired'")
        uploads.append(upload)
    outcomes = await asyncio.gather(
        *(complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW) for upload in uploads),
        return_exceptions=True,
    )
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert sorted(receipt.number for receipt in receipts) == [1, 2, 3]
    assert sorted(receipt.attempts_left for receipt in receipts) == [0, 1, 2]
    assert sum(isinstance(outcome, AttemptsUsed) for outcome in outcomes) == 17, outcomes
    assert await _count(store, "submission") == 3
    assert await _count(store, "evaluation") == 6
    # Whoever lost keeps the upload and can complete it tomorrow.
    left = next(upload for upload, outcome in zip(uploads, outcomes, strict=True) if isinstance(outcome, AttemptsUsed))
    tomorrow = NOW + timedelta(hours=9)
    receipt = await complete_upload(left.id, objects=objects, actor=city.sari, now=tomorrow)
    assert (receipt.number, receipt.attempts_left) == (4, 2)


async def test_attempts_are_counted_by_the_days_of_the_events_zone(store: ModuleType, objects: Objects) -> None:
    city = await found(attempts_a_day=1)
    just_before = NOW.replace(hour=16, minute=59)  # 23.59 in Jakarta
    await hand_in(city, archive(note="1"), objects, now=just_before)
    with pytest.raises(AttemptsUsed) as caught:
        await register(city, archive(note="2"), now=just_before)
    assert "25-11-2026 00.00 WIB" in caught.value.message.id
    midnight = NOW.replace(hour=17)
    assert (await attempts_of(city.entry_id, actor=city.sari, now=midnight)).left == 1
    await hand_in(city, archive(note="2"), objects, now=midnight)


async def test_what_was_not_charged_counts_no_attempt(store: ModuleType, objects: Objects) -> None:
    city = await found(attempts_a_day=1)
    receipt = await hand_in(city, archive(note="1"), objects)
    await store.execute("UPDATE submission SET charged = false WHERE id = $1", receipt.submission_id)
    again = await hand_in(city, archive(note="2"), objects)
    assert (again.number, again.attempts_left) == (2, 0)


async def test_a_refused_archive_names_the_rule_and_costs_nothing(
    city: City, objects: Objects, store: ModuleType
) -> None:
    data = archive({"app.py": "def predict(task, input):\n    return {}\n", "../luar.py": "x = 1\n"})
    upload = await register(city, data)
    await send(city, upload, data, objects)
    for _ in range(2):
        with pytest.raises(ArchiveRefused) as caught:
            await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
        assert caught.value.rule == "traversal"
        assert caught.value.entry is not None
        assert "luar.py" in caught.value.entry
    assert (await upload_state(upload.id, actor=city.sari)).state is UploadState.REFUSED
    assert (await attempts_of(city.entry_id, actor=city.sari, now=NOW)).used == 0
    assert await _count(store, "submission") == 0
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'upload.refused'") == 1


@pytest.mark.parametrize(
    "data", [b"hello", b"PK\x03\x04" + bytes(100), b"\x1f\x8b" + bytes(50)], ids=["text", "zip head", "gzip head"]
)
async def test_what_is_no_archive_is_refused(city: City, objects: Objects, data: bytes) -> None:
    upload = await register(city, data)
    await send(city, upload, data, objects)
    with pytest.raises(ArchiveRefused):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)


async def test_missing_parts_are_named(city: City, objects: Objects) -> None:
    data = archive()
    upload = await register(city, data, part_bytes=100)
    await store_part(upload.id, 2, stream(data[100:200]), objects=objects, actor=city.sari, now=NOW)
    with pytest.raises(PartsMissing) as caught:
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    assert 2 not in caught.value.numbers
    assert 1 in caught.value.numbers
    with pytest.raises(UploadUnknown):
        await complete_upload(uuid4(), objects=objects, actor=city.sari, now=NOW)


async def test_other_bytes_than_announced_are_sent_again(city: City, objects: Objects, tmp_path: Path) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data[:-1] + b"!", objects)
    with pytest.raises(HashMismatch):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    # Whoever never sends them again must not leave them behind.
    assert [path for path in (tmp_path / "objects").rglob("*") if path.is_file()] == []
    upload = await register(city, data)
    assert upload.missing == (1,)
    await send(city, upload, data, objects)
    assert (await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)).number == 1


async def test_half_an_hour_of_grace_for_what_was_announced(city: City, objects: Objects) -> None:
    data = archive()
    upload = await register(city, data, now=DEADLINE - timedelta(seconds=1))
    await send(city, upload, data, objects)
    with pytest.raises(DeadlinePassed):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=DEADLINE + timedelta(minutes=30))
    receipt = await complete_upload(
        upload.id, objects=objects, actor=city.sari, now=DEADLINE + timedelta(minutes=29, seconds=59)
    )
    assert receipt.registered_at < DEADLINE < receipt.received_at


async def test_a_deadline_that_passes_while_many_complete(store: ModuleType, objects: Objects) -> None:
    """The database's clock decides under the lock: what was received carries a time before the end, all else is
    refused.
    """
    city = await found()
    now = await store.clock()
    uploads = []
    for number in range(10):
        data = archive(note=str(number))
        upload = await register(city, data)
        await send(city, upload, data, objects)
        await store.execute("UPDATE upload SET state = 'registered', completed_at = NULL WHERE state = 'expired'")
        uploads.append(upload)
    closes = now + timedelta(seconds=0.4) - timedelta(minutes=30)
    await store.execute(
        "UPDATE event SET schedule = schedule || jsonb_build_object("
        "'registration_opens', '2000-01-01T00:00:00Z', 'building_opens', '2000-01-02T00:00:00Z',"
        " 'building_closes', $1::text)",
        closes.isoformat(),
    )
    await store.execute("UPDATE upload SET registered_at = $1", closes - timedelta(minutes=1))

    async def complete(position: int) -> object:
        await asyncio.sleep(position * 0.08)
        return await complete_upload(uploads[position].id, objects=objects, actor=city.sari)

    outcomes = await asyncio.gather(*(complete(position) for position in range(10)), return_exceptions=True)
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, DeadlinePassed)]
    assert len(receipts) + len(refused) == 10, outcomes
    assert refused
    assert all(receipt.received_at < closes + timedelta(minutes=30) for receipt in receipts)
    assert await _count(store, "submission") == len(receipts)


async def test_a_store_that_fails_costs_nothing_and_can_be_tried_again(
    city: City, objects: Objects, tmp_path: Path
) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data, objects)
    (tmp_path / "objects" / "archives").write_text("in the way")
    with pytest.raises(Unavailable):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    assert (await attempts_of(city.entry_id, actor=city.sari, now=NOW)).used == 0
    (tmp_path / "objects" / "archives").unlink()
    assert (await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)).number == 1


async def test_a_track_that_cannot_evaluate_costs_nothing(city: City, objects: Objects, store: ModuleType) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data, objects)
    good = await store.fetch_value("SELECT tasks FROM track WHERE slug = 'formulir'")
    await store.execute("""UPDATE track SET tasks = '[{"slug": "tidak-ada", "weight": 1}]'""")
    with pytest.raises(Unavailable) as caught:
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    assert "tidak berkurang" in caught.value.message.id
    assert await _count(store, "submission") == 0
    assert (await upload_state(upload.id, actor=city.sari)).state is UploadState.REGISTERED
    await store.execute("UPDATE track SET tasks = $1::jsonb", good)
    assert (await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)).number == 1


async def test_parts_that_the_store_lost_are_asked_for_again(city: City, objects: Objects) -> None:
    data = archive()
    upload = await register(city, data)
    await send(city, upload, data, objects)
    await objects.delete_prefix(f"uploads/{upload.id}/")
    with pytest.raises(PartsMissing):
        await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)
    upload = await register(city, data)
    await send(city, upload, data, objects)
    assert (await complete_upload(upload.id, objects=objects, actor=city.sari, now=NOW)).number == 1


async def test_the_same_bytes_are_kept_once_and_count_twice(city: City, objects: Objects, tmp_path: Path) -> None:
    first = await hand_in(city, archive(), objects)
    second = await hand_in(city, archive(), objects)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 == second.sha256
    assert len(list((tmp_path / "objects" / "archives").iterdir())) == 1


async def test_submissions_are_listed_and_chosen_by_their_team(city: City, objects: Objects) -> None:
    first = await hand_in(city, archive(note="1"), objects)
    second = await hand_in(city, archive(note="2"), objects)
    listed = await list_submissions(city.entry_id, actor=city.budi)
    assert [submission.number for submission in listed] == [2, 1]
    with pytest.raises(NotEvaluated, match="Version 1"):
        await choose_submission(city.entry_id, first.submission_id, actor=city.budi, now=NOW)
    await evaluated(first.submission_id, second.submission_id)
    await choose_submission(city.entry_id, first.submission_id, actor=city.budi, now=NOW)
    await choose_submission(city.entry_id, first.submission_id, actor=city.budi, now=NOW)
    assert await store_module.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'entry.chosen'") == 1
    assert (await get_entry(city.entry_id)).chosen_submission_id == first.submission_id
    await choose_submission(city.entry_id, None, actor=city.budi, now=NOW)
    assert (await get_entry(city.entry_id)).chosen_submission_id is None
    with pytest.raises(NotOpen):
        await choose_submission(city.entry_id, second.submission_id, actor=city.budi, now=DEADLINE)
    await choose_submission(city.entry_id, second.submission_id, actor=SYSTEM, now=DEADLINE)
    dewi = await person("Dewi")
    for peek in (
        get_submission(first.submission_id, actor=dewi),
        list_submissions(city.entry_id, actor=dewi),
        choose_submission(city.entry_id, first.submission_id, actor=dewi, now=NOW),
    ):
        with pytest.raises(NotAMember):
            await peek
    for unknown in (get_submission(uuid4()), choose_submission(city.entry_id, uuid4(), actor=city.sari, now=NOW)):
        with pytest.raises(SubmissionUnknown):
            await unknown


async def test_what_was_refused_cannot_be_chosen(city: City, objects: Objects) -> None:
    first = await hand_in(city, archive(note="1"), objects)
    await evaluated(first.submission_id)
    await store_module.execute("UPDATE submission SET charged = false")
    with pytest.raises(NotEvaluated):
        await choose_submission(city.entry_id, first.submission_id, actor=city.budi, now=NOW)


async def evaluated(*submission_ids: UUID) -> None:
    """As a worker leaves them."""
    await store_module.execute(
        "UPDATE evaluation SET state = 'finished', attempt = 1, finished_at = now(), status = 'ok', score = 50,"
        """ low = 40, high = 60, tasks = '{}', message = '{"id": "-", "en": "-"}' WHERE submission_id = ANY($1)""",
        submission_ids,
    )


async def test_a_submission_never_changes(city: City, objects: Objects, store: ModuleType) -> None:
    receipt = await hand_in(city, archive(), objects)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
        await store.execute("UPDATE submission SET sha256 = repeat('0', 64) WHERE id = $1", receipt.submission_id)
