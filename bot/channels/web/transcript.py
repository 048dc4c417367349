"""A chat as its page shows it. Messages have the id that the page gave them, without the chat before it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool

from bot.channels.web.bells import heard
from bot.channels.web.desk import Line, Visitor, WebDesk
from bot.channels.web.rendering import folded, messages_of, render
from bot.channels.web.site import TEXT_LIMIT, Site, too_large
from bot.messages import Incoming

_LOOK: float = 0.25
_GREETING, _GREET = "chao", "/start"
_STRANGER = Visitor(account="", chat="", name=None)


def message_id(chat: str, own: str) -> str:
    """Unique in the channel; ``own``: unique in the chat."""
    return f"{chat}:{own}"


def lines_after(desk: WebDesk, chat: str, after: int = 0) -> Sequence[Line]:
    return [
        line.model_copy(
            update={
                "message": line.message and _own_id(chat, line.message),
                "question": None if line.question == _GREET else line.question,
            }
        )
        for line in desk.transcript(chat, after=after)
    ]


def waiting_in(desk: WebDesk, chat: str) -> Sequence[tuple[str, str]]:
    return [(_own_id(chat, message), text) for message, text in desk.waiting(chat)]


def _own_id(chat: str, message: str) -> str:
    return message.removeprefix(message_id(chat, ""))


async def chat_page(site: Site, visitor: Visitor, *, new_message: str) -> str:
    """What waits is read first: what is answered in between then shows once, among the lines."""
    waiting = await run_in_threadpool(waiting_in, site.desk, visitor.chat)
    lines = await run_in_threadpool(lines_after, site.desk, visitor.chat)
    if not lines and not waiting:
        await _greet(site, visitor)
        lines = await run_in_threadpool(lines_after, site.desk, visitor.chat)
    answered = messages_of(lines)
    unanswered = [(message, text) for message, text in waiting if message not in answered]
    return _page(site, visitor, lines=lines, waiting=unanswered, new_message=new_message)


def empty_page(site: Site, *, new_message: str) -> str:
    """For somebody who has no session, and gets one with the first message."""
    return _page(site, _STRANGER, lines=(), waiting=(), new_message=new_message)


def _page(
    site: Site,
    visitor: Visitor,
    *,
    lines: Sequence[Line],
    waiting: Sequence[tuple[str, str]],
    new_message: str,
) -> str:
    return render(
        "chat.html",
        organization=site.organization,
        visitor=visitor,
        stranger=visitor is _STRANGER,
        lines=folded(lines),
        last=max((line.number for line in lines), default=0),
        waiting=waiting,
        new_message=new_message,
        upload_limit=site.upload_limit,
        text_limit=TEXT_LIMIT,
        too_large=too_large(site.upload_limit),
    )


async def _greet(site: Site, visitor: Visitor) -> None:
    """Somebody new is greeted as on the other channels; the inbox takes the same message in only once."""
    message = message_id(visitor.chat, _GREETING)
    await site.handler(Incoming(channel="web", sender=visitor.account, chat=visitor.chat, message=message, text=_GREET))
    await settled(site, visitor.chat, _GREETING, seconds=1)


async def settled(site: Site, chat: str, own: str, *, seconds: float) -> None:
    """Waits that long for the answer to a message."""
    with site.bells.listening(chat) as bell:
        for _ in range(int(seconds / _LOOK)):
            bell.clear()
            if own not in dict(await run_in_threadpool(waiting_in, site.desk, chat)):
                return
            await heard(bell, _LOOK)
