"""The commands that come in groups, ``members`` and ``webhook``, as they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot import texts
from bot.commands.options import AsJson, ChannelName, Command, Group, settings_of

members = typer.Typer(cls=Group, help=texts.MEMBERS_HELP, rich_markup_mode=None)
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
