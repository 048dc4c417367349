"""``backup`` and ``restore``: a whole installation into one file, and back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import texts
from bot.backup import CORPUS, Manifest, write_backup
from bot.restore import restore as put_back
from bot.state.database import Database

if TYPE_CHECKING:
    from bot.settings import Settings


def backup(path: Path, settings: Settings) -> None:
    database = Database.open(settings.database)
    try:
        manifest = write_backup(path, database, settings, now=datetime.now(UTC))
    finally:
        database.close()
    done = texts.BACKUP_DONE if manifest.key is None or manifest.holds_key else texts.BACKUP_DONE_WITHOUT_KEY
    megabytes = f"{path.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    print(done.format(path=path, megabytes=megabytes, **_counts(manifest)))
    for each in manifest.left_out:
        print(texts.BACKUP_LEFT_OUT.format(path=each), file=sys.stderr)


def restore(path: Path, settings: Settings) -> None:
    manifest = put_back(path, settings)
    made_at = f"{manifest.made_at.astimezone(settings.zone):%H:%M %d/%m/%Y}"
    print(texts.RESTORE_DONE.format(made_at=made_at, **_counts(manifest)))


def _counts(manifest: Manifest) -> dict[str, int]:
    return {"members": manifest.rows["members"], "files": manifest.files[CORPUS]}
