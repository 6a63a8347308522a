"""The tables and migrations of this package, as Piccolo's app."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from judging.agencies.tables import AgencyAnswerRow
from judging.assignment.tables import AssignmentRow
from judging.groups.tables import JudgingGroupRow
from judging.judges.tables import ConflictRow, JudgeInvitationRow, JudgeRow
from judging.notices.tables import JudgeLetterRow
from judging.publications.tables import Publication
from judging.rubrics.tables import RubricRow
from judging.rules.tables import JudgingRulesRow
from judging.scorecards.tables import ScorecardChangeRow, ScorecardRow
from judging.stage.tables import PitchDrawRow, PitchTurnRow

APP_CONFIG = AppConfig(
    app_name="judging",
    migrations_folder_path=Path(__file__).parent / "piccolo_migrations",
    table_classes=[
        Publication,
        JudgingRulesRow,
        RubricRow,
        JudgeRow,
        JudgeInvitationRow,
        JudgeLetterRow,
        ConflictRow,
        AgencyAnswerRow,
        AssignmentRow,
        ScorecardRow,
        ScorecardChangeRow,
        JudgingGroupRow,
        PitchDrawRow,
        PitchTurnRow,
    ],
)
