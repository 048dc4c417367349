"""A reply as messages of Telegram: HTML, rows of buttons, files. Knows nothing of how they are sent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import count
from typing import Final

from bot import texts
from bot.messages import (
    Block,
    Choices,
    File,
    Frozen,
    Link,
    Outgoing,
    Picture,
    QuoteBlock,
    block_text,
    choice_id,
    citation_text,
    quoted_parts,
)

LABEL_LENGTH: Final = 60
_ROW_WIDTH: Final = 28
"""Characters beside each other on a narrow phone with large letters; the buttons of a row are equally wide."""
_ROW_BUTTONS: Final = 4


class Button(Frozen):
    """``data``: what pressing it gives back, at most 64 bytes."""

    label: str
    data: str


class Part(Frozen):
    """One message: text, or a file or picture. ``plain``: the text, should the HTML be refused."""

    html: str = ""
    plain: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    content: File | Picture | None = None


def parts_of(message: Outgoing) -> tuple[Part, ...]:
    """Text blocks that follow each other make one message, with the buttons under it; order is kept."""
    positions = count(1)
    parts = (_part(group, message.number, positions) for group in _groups(message.reply.blocks))
    return tuple(part for part in parts if part.html or part.content)


def _groups(blocks: Iterable[Block]) -> list[list[Block]]:
    """A file or picture stands alone but for the buttons after it."""
    groups: list[list[Block]] = []
    for block in blocks:
        after_content = bool(groups) and isinstance(groups[-1][0], File | Picture)
        alone = isinstance(block, File | Picture) or (after_content and not isinstance(block, Choices))
        if alone or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _part(group: list[Block], number: int, positions: Iterator[int]) -> Part:
    rows = tuple(row for block in group if isinstance(block, Choices) for row in _rows(block, number, positions))
    if isinstance(group[0], File | Picture):
        return Part(rows=rows, content=group[0])
    written = [block for block in group if not isinstance(block, Choices) and block_text(block).strip()]
    if not written:
        words = texts.TELEGRAM_CHOOSE if rows else ""
        return Part(html=words, plain=words, rows=rows)
    return Part(
        html=_composed("\n\n".join(block_html(block) for block in written)),
        plain=_composed("\n\n".join(block_text(block) for block in written)),
        rows=rows,
    )


def _composed(text: str) -> str:
    """NFC, in which lengths are counted."""
    return unicodedata.normalize("NFC", text)


def _rows(block: Choices, number: int, positions: Iterator[int]) -> Iterator[tuple[Button, ...]]:
    """As many buttons beside each other as can be read there."""
    row: list[Button] = []
    for choice in block.choices:
        button = Button(label=_cut(choice.label), data=choice_id(number, next(positions)))
        widest = max(len(each.label) for each in (*row, button)) + 2
        if row and (len(row) == _ROW_BUTTONS or (len(row) + 1) * widest > _ROW_WIDTH):
            yield tuple(row)
            row = []
        row.append(button)
    if row:
        yield tuple(row)


def _cut(label: str) -> str:
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def block_html(block: Block) -> str:
    """What the block says, with nothing in it that Telegram could take for a tag."""
    match block:
        case QuoteBlock():
            warning = f"<b>{escape(block.warning, quote=False)}</b>\n" if block.warning else ""
            return (
                f"{warning}<blockquote>{_quoted(block)}</blockquote>\n"
                f"<i>{escape(citation_text(block), quote=False)}</i>"
            )
        case Link(label=label, url=url) if url.startswith(("http://", "https://")):
            return f'<a href="{escape(url)}">{escape(label, quote=False)}</a>'
        case _:
            return escape(block_text(block), quote=False)


def _quoted(block: QuoteBlock) -> str:
    """The words between quotation marks, those that answer in bold."""
    parts = quoted_parts(block)
    return "".join(f"<b>{escape(part, quote=False)}</b>" if bold else escape(part, quote=False) for part, bold in parts)
