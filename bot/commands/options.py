"""What the commands have in common: their help in Vietnamese, and the options that several take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot import texts

if TYPE_CHECKING:
    from bot.settings import Settings


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
InspectedFile = Annotated[
    Path, typer.Argument(metavar=texts.FILE_VALUE, help=texts.INSPECT_ARGUMENT, show_default=False)
]
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


def settings_of(*, corpus: str | None = None, library: str | None = None, encoder: str | None = None) -> Settings:
    """The settings, with what was said on the command line; logging is set up as they say."""
    from bot.app import set_up_logging
    from bot.settings import load_settings

    settings = load_settings(corpus_dir=corpus, library_dir=library, encoder=encoder)
    set_up_logging(settings.log_level)
    return settings
