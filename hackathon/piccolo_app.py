"""The tables and migrations of this package, as Piccolo's app."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from hackathon.accounts.tables import Account, AccountKey, AccountSecret, ApiToken, Consent
from hackathon.announcements.tables import Announcement
from hackathon.attempts.tables import AttemptRow
from hackathon.cards.tables import Card
from hackathon.codes.tables import Code, CodeBatch
from hackathon.commits.tables import GitFetch
from hackathon.evaluations.tables import Build, Evaluation, Run, Worker
from hackathon.events.tables import Event, EventSeed, Extension, Track, Venue
from hackathon.finals.tables import JudgedRow
from hackathon.images.tables import SavedImage
from hackathon.mail.tables import Mail
from hackathon.outbox.tables import Audit, Outbox, OutboxCursor
from hackathon.pitches.tables import Pitch, PitchVideo
from hackathon.proofs.tables import ProofRow
from hackathon.sessions.tables import Session
from hackathon.submissions.tables import Submission, Upload, UploadPart
from hackathon.teams.tables import Entry, Invitation, Member, Team
from hackathon.tryouts.tables import TryoutCallRow, TryoutRow

APP_CONFIG = AppConfig(
    app_name="hackathon",
    migrations_folder_path=Path(__file__).parent / "piccolo_migrations",
    table_classes=[
        Account,
        AccountKey,
        AccountSecret,
        ApiToken,
        Consent,
        Session,
        Mail,
        ProofRow,
        AttemptRow,
        Event,
        EventSeed,
        Extension,
        Track,
        Venue,
        Announcement,
        CodeBatch,
        Code,
        Team,
        Member,
        Entry,
        Invitation,
        Upload,
        UploadPart,
        Submission,
        GitFetch,
        Card,
        Pitch,
        PitchVideo,
        Outbox,
        Audit,
        OutboxCursor,
        Worker,
        Evaluation,
        Run,
        Build,
        SavedImage,
        TryoutRow,
        TryoutCallRow,
        JudgedRow,
    ],
)
