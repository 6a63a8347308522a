"""The letter to somebody who was made a judge"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The letter to somebody who was made a judge"

SQL = r"""
ALTER TABLE mail DROP CONSTRAINT mail_kind_check;
ALTER TABLE mail ADD CONSTRAINT mail_kind_check CHECK (kind IN (
    'confirm_address', 'address_known', 'reset_password', 'password_changed',
    'team_joined', 'team_removed', 'team_approved', 'team_rejected',
    'judge_invited', 'judge_work', 'judge_reminder', 'judge_reopened', 'judge_appointed'
));
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)
