"""What comes in and what goes out, the same for every channel, and a reply as plain text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot import texts


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def printed_text(text: str) -> str:
    """The text as it can be printed and stored: a byte that was no UTF-8 becomes a question mark, and so does NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


class Attachment(Frozen):
    """What came with a message beside text. ``reference``: what the channel needs to fetch it; ``size``: bytes.

    ``unsupported``: the platform says that there was something, and does not hand it over.
    """

    kind: Literal["file", "photo", "voice", "sticker", "unsupported"]
    name: str = ""
    size: int | None = None
    reference: str = ""


class Incoming(Frozen):
    """A message from a person. ``message`` is its id, unique in its channel; ``chat`` is where the reply goes.

    ``addressed``: in a group, whether the bot is mentioned or replied to. ``choice``: the id of a button that was
    pressed instead of a text being typed (`choice_id`). ``sent_at``: when the platform says that it was sent.
    """

    channel: str
    sender: str
    chat: str
    message: str
    text: Annotated[str, BeforeValidator(printed_text)] = ""
    private: bool = True
    addressed: bool = True
    choice: str | None = None
    attachment: Attachment | None = None
    sent_at: datetime | None = None


class Text(Frozen):
    """``directives``: those that it names, for whoever looks at it again before it goes. ``by_machine``: it says the
    quotes below in a machine's words, and stands only as long as nothing is known against any of them.
    """

    kind: Literal["text"] = "text"
    text: str
    directives: tuple[str, ...] = ()
    by_machine: bool = False


class QuoteBlock(Frozen):
    """Exact words and where they stand.

    ``lead``: the list's lead line, when the words begin at a later item. ``more``: items of the list left out after
    them. ``cut``: the words go on after them. ``sample``: from a paper written for trying. ``directive`` and
    ``page``: whose words they are, for a channel that can open the original at its page. ``warning``: stands above
    the words, as that they hold no longer; ``warned_by``: the directives that it names. ``marks``: stand behind the
    citation ("Lưu hành nội bộ"). ``stressed``: first character and the one behind the last of the words in ``text``
    that answer, in order; bold where a channel has that.
    """

    kind: Literal["quote"] = "quote"
    text: str
    citation: str
    lead: str | None = None
    more: int = 0
    cut: bool = False
    sample: bool = False
    directive: str = ""
    page: int | None = None
    warning: str = ""
    warned_by: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    stressed: tuple[tuple[int, int], ...] = ()


class Choice(Frozen):
    """``send`` is the message that choosing it stands for."""

    label: str
    send: str


class Choices(Frozen):
    """``directives``: those that the labels name, for whoever looks at them again before they go."""

    kind: Literal["choices"] = "choices"
    choices: tuple[Choice, ...]
    directives: tuple[str, ...] = ()


class Link(Frozen):
    """``directive``: the one that it leads to and names, empty for any other page."""

    kind: Literal["link"] = "link"
    label: str
    url: str
    directive: str = ""


class File(Frozen):
    """A directive's original. ``path``: relative to the corpus folder; ``directive``: its id, checked anew by whoever
    hands the bytes out.
    """

    kind: Literal["file"] = "file"
    path: str
    name: str
    directive: str = ""


class Picture(Frozen):
    """A small PNG made for this message, as the QR code of a link; ``data``: base64. ``caption`` says the same."""

    kind: Literal["picture"] = "picture"
    data: str
    caption: str


class ChainPaper(Frozen):
    """A box: ``label``, the paper's number, over ``detail``, its year. ``asked``: the one that was asked for."""

    directive: str
    label: str
    detail: str
    asked: bool = False
    lapsed: bool = False


class ChainArrow(Frozen):
    """``source`` and ``target``: places in `Chain.papers`; the source does to the target what ``label`` says."""

    source: int
    target: int
    label: str


class Chain(Frozen):
    """How papers stand to each other, oldest first, to be drawn where a channel can. What it shows is said in text
    beside it.
    """

    kind: Literal["chain"] = "chain"
    title: str
    papers: tuple[ChainPaper, ...]
    arrows: tuple[ChainArrow, ...]


Block = Annotated[Text | QuoteBlock | Choices | Link | File | Picture | Chain, Field(discriminator="kind")]


class Reply(Frozen):
    blocks: tuple[Block, ...]


class Outgoing(Frozen):
    """One message as it leaves: a reply, or a part of one, that fits into the channel's length.

    ``number``: of the whole reply, 0 where it has none; with the position of a choice it makes the choice's id.
    ``replaces``: the platform's id of an earlier message that this one takes the place of, where the channel can edit.
    """

    reply: Reply
    number: int = 0
    replaces: str | None = None


Handler = Callable[[Incoming], Awaitable[Reply | None]]
"""All that a channel knows of the rest of the application. When it returns, the message is stored and may be confirmed
to the platform. None: the reply comes later, through `Channel.send`.
"""


def choice_id(number: int, position: int) -> str:
    """What a button carries: the reply's number and the choice's position in it, counted from 1."""
    return f"{number}:{position}"


def say(*paragraphs: str) -> Reply:
    """A reply of paragraphs."""
    return Reply(blocks=tuple(Text(text=paragraph) for paragraph in paragraphs if paragraph))


def plain_text(reply: Reply) -> str:
    """The reply for a channel that shows nothing but text: blocks divided by an empty line."""
    return "\n\n".join(block_text(block) for block in reply.blocks if not isinstance(block, Chain))


def block_text(block: Block) -> str:
    match block:
        case Text(text=text):
            return text
        case QuoteBlock():
            return "\n".join(filter(None, (block.warning, quoted_text(block), citation_text(block))))
        case Choices(choices=choices):
            return "\n".join(f"{position}. {choice.label}" for position, choice in enumerate(choices, start=1))
        case Link(label=label, url=url):
            return f"{label}: {url}"
        case File(name=name):
            return texts.FILE.format(name=name)
        case Picture(caption=caption):
            return caption
        case Chain():
            return ""


def papers_of(block: Block) -> frozenset[str]:
    """The directives whose words, file or name it shows: whoever may not see one of them is not shown the block.

    A quote is shown also where what its warning names may not be seen: without the name.
    """
    match block:
        case Text(directives=named) | Choices(directives=named):
            return frozenset(named)
        case QuoteBlock(directive=directive) | File(directive=directive) | Link(directive=directive):
            return frozenset({directive} - {""})
        case Chain(papers=papers):
            return frozenset(paper.directive for paper in papers)
        case _:
            return frozenset()


def quoted_text(block: QuoteBlock) -> str:
    """The words between quotation marks; what was left out is said outside them, where it is no part of the paper."""
    return "".join(part for part, _ in quoted_parts(block))


def quoted_parts(block: QuoteBlock) -> tuple[tuple[str, bool], ...]:
    """The same in parts, each with whether its words are stressed."""
    lead = f"“{block.lead}”\n" if block.lead else ""
    more = f" {texts.MORE_ITEMS.format(count=block.more)}" if block.more else ""
    return ((f"{lead}“", False), *stressed_parts(block), (f"{'…' if block.cut else ''}”{more}", False))


def stressed_parts(block: QuoteBlock) -> tuple[tuple[str, bool], ...]:
    """The text of a quote in parts, each with whether its words are stressed; joined they are the text."""
    parts, done = [], 0
    for start, end in block.stressed:
        if done <= start < end <= len(block.text):
            parts += [(block.text[done:start], False), (block.text[start:end], True)]
            done = end
    return tuple(part for part in (*parts, (block.text[done:], False)) if part[0])


def citation_text(block: QuoteBlock) -> str:
    return " ".join((f"— {block.citation}", *marks_of(block)))


def marks_of(block: QuoteBlock) -> tuple[str, ...]:
    """What stands behind the citation, each in brackets."""
    marks = tuple(f"({mark})" for mark in block.marks)
    return (*marks, texts.SAMPLE) if block.sample else marks
