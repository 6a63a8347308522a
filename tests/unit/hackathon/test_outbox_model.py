"""Subjects, bodies and links of the audit chain."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from hackathon.outbox import NotForTheChain
from hackathon.outbox.model import GENESIS, body, checked_subject, link_hash, parse_body, reason_hash

SARI = UUID("11111111-1111-4111-8111-111111111111")
TEAM = UUID("22222222-2222-4222-8222-222222222222")


def test_a_subject_holds_ids_and_single_words() -> None:
    subject = checked_subject("evaluation.finished", {"team": TEAM, "status": "out_of_memory", "attempt": "3"})
    assert subject == {"team": str(TEAM), "status": "out_of_memory", "attempt": "3"}


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("team.created", {"team": "Tim Cendrawasih"}),
        ("team.created", {"team": ""}),
        ("team.created", {"team": "a" * 81}),
        ("team.created", {"Nama Tim": "x"}),
        ("team.created", {}),
        ("created", {"team": "x"}),
        ("team.created", {"email": "sari@instansi.go.id"}),
    ],
)
def test_words_of_a_person_are_kept_out_of_the_chain(kind: str, subject: dict[str, str]) -> None:
    with pytest.raises(NotForTheChain):
        checked_subject(kind, subject)


def test_a_body_is_canonical_and_can_be_read_back() -> None:
    at = datetime(2026, 11, 24, 11, 30, 0, 25, tzinfo=timezone(timedelta(hours=7)))
    text = body(number=7, kind="team.created", subject={"team": str(TEAM)}, actor=SARI, at=at, reason_hash=None)
    assert text == (
        '{"actor":"11111111-1111-4111-8111-111111111111","at":"2026-11-24T04:30:00.000025Z","kind":"team.created",'
        '"number":7,"reason":null,"subject":{"team":"22222222-2222-4222-8222-222222222222"}}'
    )
    entry = parse_body(text)
    assert entry.at == at.astimezone(UTC)
    assert entry.id("team") == TEAM
    assert (entry.number, entry.kind, entry.actor) == (7, "team.created", SARI)


def test_a_link_depends_on_everything_before_it() -> None:
    first = link_hash(GENESIS, "{}")
    assert len(first) == 32
    assert link_hash(first, "{}") != first
    assert link_hash(first, "{}") != link_hash(GENESIS, "{ }")


def test_a_reason_cannot_be_guessed_without_its_key() -> None:
    assert reason_hash(b"1" * 32, "sakit") != reason_hash(b"2" * 32, "sakit")
