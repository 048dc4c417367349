"""``webhook set`` and ``webhook delete`` with the real adapters against both platforms' stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels.console import Console
from bot.channels.telegram import Telegram
from bot.channels.zalo import Zalo
from bot.commands.webhook import delete_webhook, set_webhook
from bot.errors import BadUsage, ChannelError
from bot.settings import Settings
from tests.channels.fake_telegram import FakeTelegram
from tests.channels.fake_zalo import FakeZalo

SECRET = "bi-mat-cua-webhook"


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as running:
        yield running


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with FakeZalo() as running:
        yield running


def settings_with(**values: Any) -> Settings:
    given = {
        "telegram_webhook_secret": SecretStr(SECRET),
        "zalo_webhook_secret": SecretStr(SECRET),
        "public_url": "https://tracuu.example.vn",
    }
    return Settings(_env_file=None, **{**given, **values})


def telegram_channel(fake: FakeTelegram, folder: Path, *, token: str | None = None) -> Telegram:
    return Telegram(token or fake.token, corpus_dir=folder, api_url=fake.url, webhook_secret=SECRET)


def zalo_channel(fake: FakeZalo, *, token: str | None = None) -> Zalo:
    return Zalo(token or fake.token, api_url=fake.url, webhook_secret=SECRET)


def test_telegram_is_told_where_to_call_and_with_which_secret(
    telegram: FakeTelegram, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_webhook(telegram_channel(telegram, tmp_path), settings_with())
    url = "https://tracuu.example.vn/telegram/webhook"
    assert (telegram.webhook["url"], telegram.webhook["secret_token"]) == (url, SECRET)
    said = capsys.readouterr().out
    assert url in said
    assert SECRET not in said
    delete_webhook(telegram_channel(telegram, tmp_path))
    assert telegram.webhook["url"] == ""
    assert "BOT_TELEGRAM_WEBHOOK_SECRET" in capsys.readouterr().out


def test_zalo_is_told_where_to_call_and_with_which_secret(zalo: FakeZalo, capsys: pytest.CaptureFixture[str]) -> None:
    set_webhook(zalo_channel(zalo), settings_with())
    url = "https://tracuu.example.vn/zalo/webhook"
    assert zalo.webhook == (url, SECRET)
    assert url in capsys.readouterr().out
    delete_webhook(zalo_channel(zalo))
    assert zalo.webhook is None


@pytest.mark.parametrize(
    ("missing", "named"),
    [("public_url", "BOT_PUBLIC_URL"), ("zalo_webhook_secret", "BOT_ZALO_WEBHOOK_SECRET")],
)
def test_a_setting_that_is_missing_is_named_and_nothing_is_registered(zalo: FakeZalo, missing: str, named: str) -> None:
    with pytest.raises(BadUsage, match=named):
        set_webhook(zalo_channel(zalo), settings_with(**{missing: None}))
    assert zalo.webhook is None


def test_what_the_platform_refuses_is_an_error_without_the_token(zalo: FakeZalo) -> None:
    with pytest.raises(ChannelError) as caught:
        set_webhook(zalo_channel(zalo, token="1:wrong-token"), settings_with())
    assert "wrong-token" not in f"{caught.value}"


def test_a_channel_that_is_never_called_has_no_webhook() -> None:
    with pytest.raises(BadUsage, match="console"):
        set_webhook(Console(greeting=""), settings_with())
