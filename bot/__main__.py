"""The commands. Errors become one line on stderr and an exit code: 1 nothing could be done, 2 bad usage or settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot import texts
from bot.commands.groups import digest, members, webhook
from bot.commands.options import (
    AsJson,
    AsMember,
    BackupFile,
    Batch,
    Command,
    Corpus,
    Encoder,
    Group,
    InspectedFile,
    LibraryFolder,
    settings_of,
)
from bot.errors import BadUsage, BotError

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

commands.add_typer(members, name="members")
commands.add_typer(digest, name="digest")
commands.add_typer(webhook, name="webhook")


@commands.command(cls=Command, help=texts.RUN_HELP)
def run(
    console: Annotated[bool, typer.Option("--console", help=texts.CONSOLE_OPTION, show_default=False)] = False,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    from bot import app
    from bot.commands.corpus import build_first

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    app.run(settings, build=build_first, console=console)


@commands.command(cls=Command, help=texts.CHAT_HELP)
def chat(
    as_member: AsMember = None, corpus: Corpus = None, library: LibraryFolder = None, encoder: Encoder = None
) -> None:
    from bot import app
    from bot.commands.corpus import build_first

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    app.chat(settings, app.open_or_build(settings, build_first), member=as_member)


@commands.command(cls=Command, help=texts.ASK_HELP)
def ask(
    question: Annotated[
        str | None, typer.Argument(metavar=texts.QUESTION_VALUE, help=texts.QUESTION_ARGUMENT, show_default=False)
    ] = None,
    batch: Batch = None,
    explain: Annotated[bool, typer.Option("--explain", help=texts.EXPLAIN_OPTION, show_default=False)] = False,
    as_json: AsJson = False,
    as_member: AsMember = None,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    if (question is None) == (batch is None):
        raise BadUsage(detail=texts.ONE_OF_QUESTION_AND_BATCH)
    if explain and batch is not None:
        raise BadUsage(detail=texts.EXPLAIN_NOT_BATCH)
    from bot import app
    from bot.commands import ask as asking

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    opened = app.open_library(settings)
    visible, validity = app.sight(settings, opened, member=as_member), app.validity(settings, opened)
    clean = (
        asking.ask_batch(opened, batch, visible=visible, validity=validity)
        if batch is not None
        else asking.ask(opened, question or "", as_json=as_json, explain=explain, visible=visible, validity=validity)
    )
    raise typer.Exit(0 if clean else 1)


@commands.command(cls=Command, help=texts.REINDEX_HELP)
def reindex(
    rollback: Annotated[bool, typer.Option("--rollback", help=texts.ROLLBACK_OPTION, show_default=False)] = False,
    accept: Annotated[bool, typer.Option("--accept", help=texts.ACCEPT_OPTION, show_default=False)] = False,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
    as_json: AsJson = False,
) -> None:
    if rollback and accept:
        raise BadUsage(detail=texts.ACCEPT_WITHOUT_ROLLBACK)
    from bot.commands import corpus as corpora

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    if rollback:
        corpora.roll_back(settings, as_json=as_json)
        return
    raise typer.Exit(0 if corpora.reindex(settings, as_json=as_json, accept=accept) else 1)


@commands.command(cls=Command, help=texts.VERSIONS_HELP)
def versions(
    number: Annotated[
        str | None, typer.Argument(metavar=texts.NUMBER_VALUE, help=texts.VERSIONS_ARGUMENT, show_default=False)
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help=texts.DIFF_OPTION, show_default=False)] = False,
    forget: Annotated[bool, typer.Option("--forget", help=texts.FORGET_OPTION, show_default=False)] = False,
    yes: Annotated[bool, typer.Option("--yes", help=texts.YES_OPTION, show_default=False)] = False,
    library: LibraryFolder = None,
    as_json: AsJson = False,
) -> None:
    if diff and number is None:
        raise BadUsage(detail=texts.VERSIONS_NEED_NUMBER)
    if forget and (number is None or diff or as_json):
        raise BadUsage(detail=texts.VERSIONS_FORGET_NEEDS_NUMBER)
    if yes and not forget:
        raise BadUsage(detail=texts.VERSIONS_YES_NEEDS_FORGET)
    from bot.commands import versions as earlier

    settings = settings_of(library=library)
    done = (
        earlier.forget(settings, number or "", sure=yes)
        if forget
        else earlier.list_versions(settings, number, diff=diff, as_json=as_json)
    )
    raise typer.Exit(0 if done else 1)


@commands.command(cls=Command, help=texts.EVALUATE_HELP)
def evaluate(
    path: Annotated[Path, typer.Argument(metavar=texts.PATH_VALUE, help=texts.PATH_ARGUMENT, show_default=False)],
    unaccented: Annotated[bool, typer.Option("--unaccented", help=texts.UNACCENTED_OPTION, show_default=False)] = False,
    half: Annotated[
        str | None, typer.Option("--half", metavar="even|odd", help=texts.HALF_OPTION, show_default=False)
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="open|held", help=texts.PART_OPTION, show_default=False)
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help=texts.MISSES_OPTION, show_default=False)] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar=texts.FILE_VALUE, help=texts.PLOT_OPTION, show_default=False)
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar=texts.FILE_VALUE, help=texts.AGAINST_OPTION, show_default=False)
    ] = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
    as_json: AsJson = False,
) -> None:
    from bot.commands.quality import Wanted, evaluate_any

    wanted = Wanted(_part(part), misses, unaccented, as_json, plot, against)
    evaluate_any(path, wanted, half=_half(half), settings=settings_of(library=library, encoder=encoder))


@commands.command(cls=Command, help=texts.INSPECT_HELP)
def inspect(file: InspectedFile, as_json: AsJson = False, corpus: Corpus = None) -> None:
    from bot.commands.inspect import inspect as look

    look(file, corpus=settings_of(corpus=corpus).corpus_dir, as_json=as_json)


def _part(value: str | None) -> Literal["open", "held"] | None:
    match value:
        case None:
            return None
        case "open":
            return "open"
        case "held":
            return "held"
        case _:
            raise BadUsage(detail=texts.QUALITY_PART_NEEDED.format(value=value))


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

    raise typer.Exit(0 if administer(settings_of(), turns or [], file=file) else 1)


@commands.command(cls=Command, help=texts.AUDIT_HELP)
def audit() -> None:
    from bot import app
    from bot.commands.audit import export_audit

    export_audit(app.open_database(settings_of()))


@commands.command(cls=Command, help=texts.BACKUP_HELP)
def backup(file: BackupFile) -> None:
    from bot.commands import backup as backups

    backups.backup(file, settings_of())


@commands.command(cls=Command, help=texts.RESTORE_HELP)
def restore(file: BackupFile) -> None:
    from bot.commands import backup as backups

    backups.restore(file, settings_of())


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
