"""What the commands have in common: their help in Vietnamese, and the options that several take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot import texts


def _in_vietnamese(page: str) -> str:
    for english, vietnamese in texts.HELP_WORDS.items():
        page = page.replace(english, vietnamese)
    return page


class Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return _in_vietnamese(super().get_help(ctx))


class Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return _in_vietnamese(super().get_help(ctx))


BackupFile = Annotated[Path, typer.Argument(metavar=texts.FILE_VALUE, help=texts.BACKUP_ARGUMENT, show_default=False)]
ChannelName = Annotated[
    str, typer.Argument(metavar="telegram|zalo", help=texts.WEBHOOK_CHANNEL_ARGUMENT, show_default=False)
]
Corpus = Annotated[
    str | None, typer.Option("--corpus", metavar=texts.FOLDER_VALUE, help=texts.CORPUS_OPTION, show_default=False)
]
LibraryFolder = Annotated[
    str | None, typer.Option("--library", metavar=texts.FOLDER_VALUE, help=texts.LIBRARY_OPTION, show_default=False)
]
Encoder = Annotated[
    str | None, typer.Option("--encoder", metavar=texts.NAME_VALUE, help=texts.ENCODER_OPTION, show_default=False)
]
Batch = Annotated[
    str | None, typer.Option("--batch", metavar=texts.FILE_VALUE, help=texts.BATCH_OPTION, show_default=False)
]
AsMember = Annotated[
    str | None, typer.Option("--as", metavar=texts.MEMBER_VALUE, help=texts.AS_OPTION, show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help=texts.JSON_OPTION, show_default=False)]
