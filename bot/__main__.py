"""The commands. Errors become one line on stderr and an exit code: 1 nothing could be done, 2 bad usage or settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot import texts
from bot.commands.options import (
    AsJson,
    AsMember,
    BackupFile,
    Batch,
    ChannelName,
    Command,
    Corpus,
    Encoder,
    Group,
    LibraryFolder,
)
from bot.errors import BadUsage, BotError

if TYPE_CHECKING:
    from bot.settings import Settings


_INTERRUPTED = 130
"""What typer gives back after Ctrl-C."""
_NOBODY_READS = 141
"""What a shell says of a program that SIGPIPE ended."""


commands = typer.Typer(
    cls=Group,
    help=texts.APP_HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
)

members = typer.Typer(cls=Group, help=texts.MEMBERS_HELP, rich_markup_mode=None)
commands.add_typer(members, name="members")

webhook = typer.Typer(cls=Group, help=texts.WEBHOOK_HELP, rich_markup_mode=None)
commands.add_typer(webhook, name="webhook")


def _settings(*, corpus: str | None = None, library: str | None = None, encoder: str | None = None) -> Settings:
    from bot.app import set_up_logging
    from bot.settings import load_settings

    settings = load_settings(corpus_dir=corpus, library_dir=library, encoder=encoder)
    set_up_logging(settings.log_level)
    return settings


@commands.command(cls=Command, help=texts.RUN_HELP)
def run(
    console: Annotated[bool, typer.Option("--console", help=texts.CONSOLE_OPTION, show_default=False)] = False,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    from bot import app
    from bot.commands.corpus import build_first

    settings = _settings(corpus=corpus, library=library, encoder=encoder)
    app.run(settings, build=build_first, console=console)


@commands.command(cls=Command, help=texts.CHAT_HELP)
def chat(
    as_member: AsMember = None, corpus: Corpus = None, library: LibraryFolder = None, encoder: Encoder = None
) -> None:
    from bot import app
    from bot.commands.corpus import build_first

    settings = _settings(corpus=corpus, library=library, encoder=encoder)
    app.chat(settings, app.open_or_build(settings, build_first), member=as_member)


@commands.command(cls=Command, help=texts.ASK_HELP)
def ask(
    question: Annotated[
        str | None, typer.Argument(metavar=texts.QUESTION_VALUE, help=texts.QUESTION_ARGUMENT, show_default=False)
    ] = None,
    batch: Batch = None,
    as_json: AsJson = False,
    as_member: AsMember = None,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    if (question is None) == (batch is None):
        raise BadUsage(detail=texts.ONE_OF_QUESTION_AND_BATCH)
    from bot import app
    from bot.commands import ask as asking

    settings = _settings(corpus=corpus, library=library, encoder=encoder)
    opened = app.open_library(settings)
    visible = app.sight(settings, opened, member=as_member)
    clean = (
        asking.ask_batch(opened, batch, visible=visible)
        if batch is not None
        else asking.ask(opened, question or "", as_json=as_json, visible=visible)
    )
    raise typer.Exit(0 if clean else 1)


@commands.command(cls=Command, help=texts.REINDEX_HELP)
def reindex(
    corpus: Corpus = None, library: LibraryFolder = None, encoder: Encoder = None, as_json: AsJson = False
) -> None:
    from bot.commands import corpus as corpora

    done = corpora.reindex(_settings(corpus=corpus, library=library, encoder=encoder), as_json=as_json)
    raise typer.Exit(0 if done else 1)


@commands.command(cls=Command, help=texts.EVALUATE_HELP)
def evaluate(
    path: Annotated[Path, typer.Argument(metavar=texts.PATH_VALUE, help=texts.PATH_ARGUMENT, show_default=False)],
    unaccented: Annotated[bool, typer.Option("--unaccented", help=texts.UNACCENTED_OPTION, show_default=False)] = False,
    half: Annotated[
        str | None, typer.Option("--half", metavar="even|odd", help=texts.HALF_OPTION, show_default=False)
    ] = None,
    encoder: Encoder = None,
    as_json: AsJson = False,
) -> None:
    from bot.commands import corpus as corpora

    settings = _settings(encoder=encoder)
    corpora.evaluate(path, encoder=settings.encoder, unaccented=unaccented, half=_half(half), as_json=as_json)


def _half(value: str | None) -> Literal["even", "odd"] | None:
    match value:
        case None:
            return None
        case "even":
            return "even"
        case "odd":
            return "odd"
        case _:
            raise BadUsage(detail=texts.HALF_NEEDED.format(value=value))


@commands.command(cls=Command, help=texts.NUMBERS_HELP)
def numbers(
    text: Annotated[
        str | None, typer.Argument(metavar=texts.TEXT_VALUE, help=texts.TEXT_ARGUMENT, show_default=False)
    ] = None,
    batch: Batch = None,
) -> None:
    if (text is None) == (batch is None):
        raise BadUsage(detail=texts.ONE_OF_TEXT_AND_BATCH)
    from bot.commands import ask as asking

    if batch is not None:
        raise typer.Exit(0 if asking.numbers_batch(batch) else 1)
    asking.numbers(text or "")


@members.command("import", cls=Command, help=texts.MEMBERS_IMPORT_HELP)
def members_import(
    file: Annotated[Path, typer.Argument(metavar=texts.FILE_VALUE, help=texts.ROLL_ARGUMENT, show_default=False)],
    remove_missing: Annotated[
        bool, typer.Option("--remove-missing", help=texts.REMOVE_MISSING_OPTION, show_default=False)
    ] = False,
) -> None:
    from bot import app
    from bot.clock import now_utc
    from bot.commands import members as roll

    roll.import_roll(app.open_database(_settings()), file, remove_missing=remove_missing, now=now_utc())


@members.command("list", cls=Command, help=texts.MEMBERS_LIST_HELP)
def members_list(as_json: AsJson = False) -> None:
    from bot import app
    from bot.commands import members as roll

    roll.list_members(app.open_database(_settings()), as_json=as_json)


@members.command("invite", cls=Command, help=texts.MEMBERS_INVITE_HELP)
def members_invite(
    member: Annotated[
        str | None, typer.Argument(metavar=texts.MEMBER_VALUE, help=texts.MEMBER_ARGUMENT, show_default=False)
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help=texts.INVITE_ALL_OPTION, show_default=False)] = False,
    as_json: AsJson = False,
) -> None:
    from bot import app
    from bot.clock import now_utc
    from bot.commands import members as roll

    settings = _settings()
    roll.invite(
        app.open_database(settings),
        app.open_keys(settings),
        member,
        everybody=everybody,
        as_json=as_json,
        days=settings.invitation_days,
        now=now_utc(),
        zone=settings.zone,
    )


@commands.command(cls=Command, help=texts.ADMIN_HELP)
def admin(
    turns: Annotated[
        list[str] | None, typer.Argument(metavar=texts.TURNS_VALUE, help=texts.TURNS_ARGUMENT, show_default=False)
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar=texts.FILE_VALUE, help=texts.ADMIN_FILE_OPTION, show_default=False)
    ] = None,
) -> None:
    if not turns and file is None:
        raise BadUsage(detail=texts.ADMIN_NEEDS_TURN)
    from bot.commands.admin import administer

    raise typer.Exit(0 if administer(_settings(), turns or [], file=file) else 1)


@commands.command(cls=Command, help=texts.AUDIT_HELP)
def audit() -> None:
    from bot import app
    from bot.commands.audit import export_audit

    export_audit(app.open_database(_settings()))


@webhook.command("set", cls=Command, help=texts.WEBHOOK_SET_HELP)
def webhook_set(channel: ChannelName) -> None:
    from bot import app
    from bot.commands.webhook import set_webhook

    settings = _settings()
    set_webhook(app.webhook_of(settings, channel), settings)


@webhook.command("delete", cls=Command, help=texts.WEBHOOK_DELETE_HELP)
def webhook_delete(channel: ChannelName) -> None:
    from bot import app
    from bot.commands.webhook import delete_webhook

    delete_webhook(app.webhook_of(_settings(), channel))


@commands.command(cls=Command, help=texts.BACKUP_HELP)
def backup(file: BackupFile) -> None:
    from bot.commands import backup as backups

    backups.backup(file, _settings())


@commands.command(cls=Command, help=texts.RESTORE_HELP)
def restore(file: BackupFile) -> None:
    from bot.commands import backup as backups

    backups.restore(file, _settings())


def main() -> None:
    """The command ``directive-bot``."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Runs one command line; the exit code. Never raises, never shows a traceback."""
    _prepare_streams()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _leave_quietly()
    return code


def _prepare_streams() -> None:
    """All in UTF-8; one that the process was started without (``>&-``) leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # open as long as the process
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _leave_quietly() -> int:
    """Nobody reads any more; what is still buffered goes nowhere, else the interpreter complains at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _NOBODY_READS


def _run(arguments: list[str]) -> int:
    try:
        code = int(commands(arguments, prog_name="python -m bot", standalone_mode=False) or 0)
    except BrokenPipeError:
        raise
    except SystemExit as error:  # how typer ends where it could not write
        raise BrokenPipeError from error
    except BotError as error:
        return _fail(texts.error_text(error), code=error.exit_code)
    except typer.TyperException as error:
        return _fail(
            texts.error_text(BadUsage(detail=texts.usage_text(error.format_message()))), code=BadUsage.exit_code
        )
    except Exception as error:
        return _fail_with(error)
    return _fail(texts.INTERRUPTED, code=code) if code == _INTERRUPTED else code


def _fail_with(error: Exception) -> int:
    import logging

    from index import LibraryError

    if isinstance(error, LibraryError):
        return _fail(texts.error_text(error), code=1)
    if isinstance(error, PermissionError):
        return _fail(texts.NO_PERMISSION.format(path=error.filename), code=1)
    logging.getLogger("bot").debug("unexpected", exc_info=error)
    return _fail(texts.CRASHED.format(detail=f"{type(error).__name__}: {error}".splitlines()[0]), code=1)


def _fail(line: str, *, code: int) -> int:
    print(line, file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
