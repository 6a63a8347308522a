"""What the list of tokens says of each."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from frontend.cli.accounts import token_state
from hackathon.accounts import Token

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def token(*, expires_at: datetime | None = None, revoked_at: datetime | None = None) -> Token:
    return Token(
        id=UUID(int=1),
        account_id=UUID(int=2),
        label="laptop Sari",
        created_at=NOON - timedelta(days=3),
        expires_at=expires_at,
        revoked_at=revoked_at,
        last_used_at=None,
    )


def test_a_token_holds_until_its_time_or_its_end() -> None:
    tomorrow = NOON + timedelta(days=1)
    assert token_state(token(), NOON) == "valid"
    assert token_state(token(expires_at=tomorrow), NOON) == "until 2026-11-25"
    assert token_state(token(expires_at=NOON), NOON) == "expired"
    assert token_state(token(expires_at=tomorrow, revoked_at=NOON), NOON) == "revoked"
