"""A message as people see it on a channel, for those who look before it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.channels import telegram_html, zalo
from bot.messages import Choice, Choices, Frozen, Outgoing, Reply, plain_text


class Seen(Frozen):
    """One message. Of its three forms one is filled in: ``html``, made by the channel's own renderer, safe to stand in
    a page; ``text``; ``reply``, for the page to render itself. ``rows``: labels of the buttons under it.
    """

    html: str = ""
    text: str = ""
    reply: Reply | None = None
    rows: tuple[tuple[str, ...], ...] = ()


def shown(channel: str, parts: Sequence[Reply]) -> tuple[Seen, ...]:
    """``parts``: as they are sent there, one message each. ``channel``: or `digest_desk.PLAIN`."""
    match channel:
        case "telegram":
            return tuple(each for part in parts for each in _on_telegram(part))
        case "zalo":
            return tuple(Seen(text=zalo.shown_text(part)) for part in parts)
        case "web":
            return tuple(_on_the_page(part) for part in parts)
        case _:
            return tuple(Seen(text=plain_text(part)) for part in parts)


def _on_telegram(part: Reply) -> Iterable[Seen]:
    """A line break after a quote ends it there and makes no empty line."""
    for each in telegram_html.parts_of(Outgoing(reply=part)):
        rows = tuple(tuple(button.label for button in row) for row in each.rows)
        if each.content is None:
            yield Seen(html=each.html.replace("</blockquote>\n", "</blockquote>"), rows=rows)
        else:
            yield Seen(text=plain_text(Reply(blocks=(each.content,))), rows=rows)


def _on_the_page(part: Reply) -> Seen:
    choices: list[Choice] = [choice for block in part.blocks if isinstance(block, Choices) for choice in block.choices]
    blocks = tuple(block for block in part.blocks if not isinstance(block, Choices))
    return Seen(reply=Reply(blocks=blocks), rows=(tuple(choice.label for choice in choices),) if choices else ())
