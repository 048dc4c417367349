"""``webhook set`` and ``webhook delete``: whether a platform calls us. Nothing is registered at start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot import texts
from bot.channels.base import Channel, Webhook
from bot.errors import BadUsage
from bot.settings import PREFIX

if TYPE_CHECKING:
    from bot.settings import Settings


def set_webhook(channel: Channel, settings: Settings) -> None:
    """Raises BadUsage where a setting is missing, ChannelError where the platform refuses."""
    webhook = _webhook_of(channel)
    key = _secret_key(channel)
    if getattr(settings, key.removeprefix(PREFIX).lower()) is None:
        raise BadUsage(detail=texts.WEBHOOK_NEEDS_SECRET.format(key=key, channel=channel.name))
    if settings.public_url is None:
        raise BadUsage(detail=texts.WEBHOOK_NEEDS_URL.format(channel=channel.name))
    url = settings.public_url + webhook.webhook_path
    _run(channel, lambda: webhook.set_webhook(url))
    print(texts.WEBHOOK_SET.format(channel=channel.name, url=url))


def delete_webhook(channel: Channel) -> None:
    """Raises ChannelError where the platform refuses."""
    webhook = _webhook_of(channel)
    _run(channel, webhook.delete_webhook)
    print(texts.WEBHOOK_DELETED.format(channel=channel.name, key=_secret_key(channel)))


def _webhook_of(channel: Channel) -> Webhook:
    if not isinstance(channel, Webhook):
        raise BadUsage(detail=texts.WEBHOOK_NONE.format(channel=channel.name))
    return channel


def _secret_key(channel: Channel) -> str:
    return f"{PREFIX}{channel.name.upper()}_WEBHOOK_SECRET"


def _run(channel: Channel, act: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await act()
        finally:
            await channel.close()

    asyncio.run(whole())
