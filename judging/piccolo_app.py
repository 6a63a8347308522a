"""The tables and migrations of this package, as Piccolo's app."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from judging.publications.tables import Publication

APP_CONFIG = AppConfig(
    app_name="judging",
    migrations_folder_path=Path(__file__).parent / "piccolo_migrations",
    table_classes=[Publication],
)
