"""What comes in and what goes out, the same for every channel, and a reply as plain text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot import texts


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def printed_text(text: str) -> str:
    """The text as it can be printed: a byte that was no UTF-8 becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Incoming(Frozen):
    """A message from a person. ``message`` is its id, unique in its channel; ``chat`` is where the reply goes."""

    channel: str
    sender: str
    chat: str
    message: str
    text: Annotated[str, BeforeValidator(printed_text)]


class Text(Frozen):
    kind: Literal["text"] = "text"
    text: str


class QuoteBlock(Frozen):
    """Exact words and where they stand.

    ``lead``: the list's lead line, when the words begin at a later item. ``more``: items of the list left out after
    them. ``cut``: the sentence goes on after them. ``sample``: from a paper written for trying.
    """

    kind: Literal["quote"] = "quote"
    text: str
    citation: str
    lead: str | None = None
    more: int = 0
    cut: bool = False
    sample: bool = False


class Choice(Frozen):
    """``send`` is the message that choosing it stands for."""

    label: str
    send: str


class Choices(Frozen):
    kind: Literal["choices"] = "choices"
    choices: tuple[Choice, ...]


class Link(Frozen):
    kind: Literal["link"] = "link"
    label: str
    url: str


class File(Frozen):
    """``path``: relative to the corpus folder."""

    kind: Literal["file"] = "file"
    path: str
    name: str


Block = Annotated[Text | QuoteBlock | Choices | Link | File, Field(discriminator="kind")]


class Reply(Frozen):
    blocks: tuple[Block, ...]


Handler = Callable[[Incoming], Awaitable[Reply]]
"""All that a channel knows of the rest of the application."""


def say(*paragraphs: str) -> Reply:
    """A reply of paragraphs."""
    return Reply(blocks=tuple(Text(text=paragraph) for paragraph in paragraphs if paragraph))


def plain_text(reply: Reply) -> str:
    """The reply for a channel that shows nothing but text: blocks divided by an empty line."""
    return "\n\n".join(block_text(block) for block in reply.blocks)


def block_text(block: Block) -> str:
    match block:
        case Text(text=text):
            return text
        case QuoteBlock():
            return f"{quoted_text(block)}\n{citation_text(block)}"
        case Choices(choices=choices):
            return "\n".join(f"{position}. {choice.label}" for position, choice in enumerate(choices, start=1))
        case Link(label=label, url=url):
            return f"{label}: {url}"
        case File(name=name):
            return texts.FILE.format(name=name)


def quoted_text(block: QuoteBlock) -> str:
    """The words between quotation marks; what was left out is said outside them, where it is no part of the paper."""
    words = f"“{block.text}{'…' if block.cut else ''}”"
    lead = f"“{block.lead}”\n" if block.lead else ""
    more = f" {texts.MORE_ITEMS.format(count=block.more)}" if block.more else ""
    return f"{lead}{words}{more}"


def citation_text(block: QuoteBlock) -> str:
    sample = f" {texts.SAMPLE}" if block.sample else ""
    return f"— {block.citation}{sample}"
