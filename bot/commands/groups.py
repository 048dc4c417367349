"""The commands that come in groups, ``members``, ``digest`` and ``webhook``, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import texts
from bot.commands.options import AsJson, ChannelName, Command, Corpus, Encoder, Group, LibraryFolder, settings_of
from bot.errors import BadUsage

members = typer.Typer(cls=Group, help=texts.MEMBERS_HELP, rich_markup_mode=None)
digest = typer.Typer(cls=Group, help=texts.DIGEST_CLI_HELP, rich_markup_mode=None)
webhook = typer.Typer(cls=Group, help=texts.WEBHOOK_HELP, rich_markup_mode=None)


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

    roll.import_roll(app.open_database(settings_of()), file, remove_missing=remove_missing, now=now_utc())


@members.command("list", cls=Command, help=texts.MEMBERS_LIST_HELP)
def members_list(as_json: AsJson = False) -> None:
    from bot import app
    from bot.commands import members as roll

    roll.list_members(app.open_database(settings_of()), as_json=as_json)


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

    settings = settings_of()
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


@digest.command("preview", cls=Command, help=texts.DIGEST_PREVIEW_HELP)
def digest_preview(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar=texts.DIGEST_TIME_VALUE, help=texts.DIGEST_AS_OF_OPTION, show_default=False),
    ] = None,
    member: Annotated[
        str | None,
        typer.Option("--member", metavar=texts.MEMBER_VALUE, help=texts.DIGEST_MEMBER_OPTION, show_default=False),
    ] = None,
    cell: Annotated[
        str | None,
        typer.Option("--cell", metavar=texts.DIGEST_CELL_VALUE, help=texts.DIGEST_CELL_OPTION, show_default=False),
    ] = None,
    as_json: AsJson = False,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    from bot.commands.digest_preview import preview

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    preview(settings, as_of=as_of, member=member, cell=cell, as_json=as_json)


@digest.command("send", cls=Command, help=texts.DIGEST_SEND_HELP)
def digest_send(
    now: Annotated[bool, typer.Option("--now", help=texts.DIGEST_NOW_OPTION, show_default=False)] = False,
    yes: Annotated[bool, typer.Option("--yes", help=texts.DIGEST_YES_OPTION, show_default=False)] = False,
    as_json: AsJson = False,
    corpus: Corpus = None,
    library: LibraryFolder = None,
    encoder: Encoder = None,
) -> None:
    if not now:
        raise BadUsage(detail=texts.DIGEST_NEEDS_NOW)
    from bot.commands.digest import send

    settings = settings_of(corpus=corpus, library=library, encoder=encoder)
    raise typer.Exit(0 if send(settings, sure=yes, as_json=as_json) else 1)


@digest.command("status", cls=Command, help=texts.DIGEST_STATUS_HELP)
def digest_status(as_json: AsJson = False) -> None:
    from bot.commands.digest import status

    status(settings_of(), as_json=as_json)


@digest.command("retry-unknown", cls=Command, help=texts.DIGEST_RETRY_HELP)
def digest_retry_unknown(
    as_json: AsJson = False, corpus: Corpus = None, library: LibraryFolder = None, encoder: Encoder = None
) -> None:
    from bot.commands.digest import again

    again(settings_of(corpus=corpus, library=library, encoder=encoder), as_json=as_json)


@webhook.command("set", cls=Command, help=texts.WEBHOOK_SET_HELP)
def webhook_set(channel: ChannelName) -> None:
    from bot import app
    from bot.commands.webhook import set_webhook

    settings = settings_of()
    set_webhook(app.webhook_of(settings, channel), settings)


@webhook.command("delete", cls=Command, help=texts.WEBHOOK_DELETE_HELP)
def webhook_delete(channel: ChannelName) -> None:
    from bot import app
    from bot.commands.webhook import delete_webhook

    delete_webhook(app.webhook_of(settings_of(), channel))
