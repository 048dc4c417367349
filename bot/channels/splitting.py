"""A reply in parts that fit one message each. Nothing is lost; words stay whole where they fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot import messages, texts
from bot.channels.base import Capabilities
from bot.messages import Block, Choices, File, Picture, QuoteBlock, Reply, Text

_SPACE: Final = r"[^\S\u00a0\u202f]+"  # a no-break space belongs to its word
_BREAKS: Final = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    # A sentence, or a clause after a semicolon; "Điều 5." and "TP. Hồ" end none.
    re.compile(rf"(?:(?<=[^\W\d_][^\W\d_A-ZĐ][.!?…;])|(?<=[.!?…;][”\"’)])){_SPACE}"),
    re.compile(_SPACE),
)
_JOINER: Final = "\u200d"
_FLAG_LETTERS: Final = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # two make a flag
_SKIN_TONES: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_ROOMY: Final = 0.75
"""A long block begins in the part before it when that much of the part is free; else in a part of its own."""


def units(text: str) -> int:
    """The length as platforms count it: UTF-16 units after NFC."""
    text = unicodedata.normalize("NFC", text)
    return len(text) + sum(char > "\uffff" for char in text)


def sent_parts(reply: Reply, able: Capabilities) -> tuple[Reply, ...]:
    """The messages that a reply is sent as, whether or not the first of them says that it is sent again."""
    return parts(reply, length=room(able), choices=able.choices)


def room(able: Capabilities) -> int | None:
    """Most units of one message, when it may have to say that it is sent again."""
    return able.length and able.length - max(map(units, (texts.SENT_AGAIN, texts.DIGEST_SENT_AGAIN))) - len("\n\n")


def parts(reply: Reply, *, length: int | None, choices: bool) -> tuple[Reply, ...]:
    """``length``: most `units` of a part as plain text, None for no limit. ``choices``: they are shown as buttons.

    Without buttons, choices are text like the rest; with them, choices end their part and count nothing. Split between
    blocks, else paragraphs, lines, sentences, words; only a word above the limit is cut, between its letters. A long
    quote becomes several: each has the citation, each but the last says that it goes on, the lead stands in the first
    and the count of what was left out in the last. Files and pictures are parts of their own.
    """
    if length is None:
        return (reply,) if reply.blocks else ()
    layout = _Layout(length)
    for block in reply.blocks:
        if isinstance(block, File | Picture):
            layout.add_alone(block)
        elif isinstance(block, Choices) and choices:
            layout.add_buttons(block)
        elif messages.block_text(block).strip():
            layout.add(block)
    return layout.replies()


class _Layout:
    """Parts while they are being filled. ``_open``: the part that more may go into. ``_waiting``: buttons without a
    text to stand under yet.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._parts: list[list[Block]] = []
        self._open: list[Block] | None = None
        self._waiting: Choices | None = None

    def add(self, block: Block) -> None:
        if units(messages.block_text(block)) <= self._length:
            self._put_where_it_fits(block)
        else:
            self._add_long(block)
        if self._waiting is not None and self._open is not None:
            self._open.append(self._waiting)
            self._open = self._waiting = None

    def _add_long(self, block: Block) -> None:
        room = self._room()
        if room < self._length * _ROOMY or _longest_word(block) > room - _frame(block):
            self._open, room = None, self._length
        for piece in _pieces(block, room, self._length):
            self._put_where_it_fits(piece)

    def add_alone(self, block: File | Picture) -> None:
        caption = block.caption if isinstance(block, Picture) else ""
        first, *rest = _texts(caption, self._length, self._length) or [""]
        self._parts.append([block.model_copy(update={"caption": first}) if rest else block])
        self._open = None
        for text in rest:
            self.add(Text(text=text))

    def add_buttons(self, buttons: Choices) -> None:
        under = self._open or next((part for part in reversed(self._parts) if not _stands_alone(part)), None)
        if under is None or isinstance(under[-1], Choices):
            self._flush()
            self._waiting = buttons
        else:
            under.append(buttons)
        self._open = None

    def replies(self) -> tuple[Reply, ...]:
        self._flush()
        return tuple(Reply(blocks=tuple(part)) for part in self._parts)

    def _room(self) -> int:
        if self._open is None:
            return self._length
        return self._length - units(messages.plain_text(Reply(blocks=tuple(self._open)))) - len("\n\n")

    def _put_where_it_fits(self, block: Block) -> None:
        if self._open is None or units(messages.block_text(block)) > self._room():
            self._open = []
            self._parts.append(self._open)
        self._open.append(block)

    def _flush(self) -> None:
        if self._waiting is not None:
            self._parts.append([self._waiting])
            self._waiting = None


def _stands_alone(part: list[Block]) -> bool:
    return isinstance(part[0], File | Picture)


def _longest_word(block: Block) -> int:
    return max(map(units, messages.block_text(block).split()), default=0)


def _pieces(block: Block, first: int, rest: int) -> Iterator[Block]:
    """A block that is too long as blocks that fit: one into ``first`` units, the others into ``rest``."""
    if isinstance(block, QuoteBlock) and _frame(block) < rest // 2:
        yield from _quotes(block, first, rest)
    else:
        yield from (Text(text=text) for text in _texts(messages.block_text(block), first, rest))


def _frame(block: Block) -> int:
    """What a piece of a quote takes beside its words and the lead."""
    if not isinstance(block, QuoteBlock):
        return 0
    return units(messages.block_text(block.model_copy(update={"text": "", "lead": None, "cut": True})))


def _quotes(quote: QuoteBlock, first: int, rest: int) -> Iterator[QuoteBlock]:
    """``cut`` marks every piece but the last, whether or not a sentence ends with it: the quote goes on."""
    frame = _frame(quote)
    onward = {"cut": True, "more": 0}
    lead = units(f"“{quote.lead}”\n") if quote.lead else 0
    if lead > first // 4:  # too much to stand above the words
        for text in _texts(quote.lead or "", first - frame, rest - frame):
            yield quote.model_copy(update={**onward, "lead": None, "text": text, "stressed": ()})
        quote, first, lead = quote.model_copy(update={"lead": None}), rest, 0
    pieces, behind = _texts(quote.text, first - frame - lead, rest - frame), 0
    for position, text in enumerate(pieces, start=1):
        place = quote.text.find(text, behind)
        behind = max(place, 0) + len(text)
        changes: dict[str, object] = {"text": text, "stressed": _stressed_in(quote, place, behind)}
        changes |= {} if position == len(pieces) else onward
        yield quote.model_copy(update=changes | ({} if position == 1 else {"lead": None}))


def _stressed_in(quote: QuoteBlock, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Which words are stressed in the piece from ``start`` to ``end``; none where the piece stands nowhere."""
    shares = ((max(first, start), min(last, end)) for first, last in quote.stressed)
    return tuple((first - start, last - start) for first, last in shares if start >= 0 and first < last)


def _texts(text: str, first: int, rest: int) -> list[str]:
    found, room = [], first
    text = unicodedata.normalize("NFC", text).strip()
    while units(text) > room:
        end = _break(text, room)
        found.append(text[:end].rstrip())
        text, room = text[end:].lstrip(), rest
    return [*found, text] if text else found


def _break(text: str, room: int) -> int:
    """Where to break a text that is longer than ``room`` units: at the last break of the best kind that there is."""
    end = _fitting(text, room)
    for pattern in _BREAKS:
        starts = [found.start() for found in pattern.finditer(text, 0, end + 2) if 0 < found.start() <= end]
        if starts:
            return starts[-1]
    return next((at for at in range(end, 0, -1) if not _is_within_letter(text, at)), end)


def _fitting(text: str, room: int) -> int:
    """How many characters fit, one at least."""
    taken = 0
    for position, char in enumerate(text):
        taken += 2 if char > "\uffff" else 1
        if taken > room:
            return max(position, 1)
    return len(text)


def _is_within_letter(text: str, at: int) -> bool:
    """Whether what stands on both sides is one letter or sign: a mark on it, a joined sign, a flag, a tone of skin."""
    left, right = text[at - 1], text[at]
    flags_before = at - len(text[:at].rstrip(_FLAG_LETTERS))
    return (
        unicodedata.category(right).startswith("M")
        or _JOINER in (left, right)
        or (right in _FLAG_LETTERS and flags_before % 2 == 1)
        or right in _SKIN_TONES
    )
