"""Markdown's markup, taken away; list numbers and dashes stay as the author wrote them."""

from __future__ import annotations

import html
import re

from index.reading.tables import table_lines

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHELTER = 0xE000  # private use: an escaped sign stands here while the markup around it goes
_SHELTERED = re.compile("[\ue021-\ue07e]")

_FENCE = re.compile(r"\s*(?:```|~~~)")
_QUOTE = re.compile(r"(?:\s{0,3}>\s?)+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>.*?)(?:\s+#+)?\s*")
_SETEXT = re.compile(r"\s{0,3}={2,}\s*")
_BREAK = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,})")
_BULLET = re.compile(r"(?P<indent>\s*)\*\s+(?=\S)")
_HARD_BREAK = re.compile(r"\\$")
_SEPARATOR = re.compile(r"(?=.*\|)\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")

_LINE_TAG = re.compile(r"<(?:br|/p|/div|/tr|/h[1-6])\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|sup|sub|span|font|center|div|p|table|tr|td|th|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_INLINE = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"`+([^`]+)`+"), r"\1"),
    (re.compile(r"\*\*(?=[^\s*])((?:[^\n]|\n(?!\s*\n))+?)(?<=[^\s*])\*\*"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=[^\s_])((?:[^\n]|\n(?!\s*\n))+?)(?<=[^\s_])__(?![\w_])"), r"\1"),
    # "(*)" is a footnote sign, not the beginning or the end of italics.
    (re.compile(r"(?<![\w*])\*(?=[^\s*).,;:])([^\n]+?)(?<=[^\s*(])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^\n]+?)(?<=[^\s_])_(?![\w_])"), r"\1"),
)


def without_markup(lines: list[str]) -> list[str]:
    """The lines as a reader of the rendered page sees them. A table row is one line that names its columns."""
    text = _ESCAPE.sub(lambda found: chr(_SHELTER + ord(found[1])), _COMMENT.sub("", "\n".join(lines)))
    text = "\n".join(_blocks(_LINE_TAG.sub("\n", text).split("\n")))
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    text = html.unescape(_TAG.sub("", text))
    return _SHELTERED.sub(lambda found: chr(ord(found[0]) - _SHELTER), text).split("\n")


def _blocks(lines: list[str]) -> list[str]:
    """Lines without the marks that stand at their beginning; headings and table rows between empty lines."""
    blocks: list[str] = []
    table: list[str] = []
    for position, raw in enumerate([*lines, ""]):
        line = _HARD_BREAK.sub("", _QUOTE.sub("", raw, count=1) if _QUOTE.match(raw) else raw)
        if "|" in line and (table or line.lstrip().startswith("|") or _separates(lines, position + 1)):
            table.append(line)
            continue
        blocks += _table(table)
        table = []
        if heading := _HEADING.fullmatch(line):
            blocks.extend(("", heading["text"], ""))
        elif _BREAK.fullmatch(line):
            blocks.append("")
        elif not _FENCE.match(line) and not _SETEXT.fullmatch(line):
            blocks.append(_BULLET.sub(r"\g<indent>- ", line, count=1) if _BULLET.match(line) else line)
    return blocks[:-1]  # the empty line behind the last one


def _separates(lines: list[str], position: int) -> bool:
    return position < len(lines) and _SEPARATOR.fullmatch(lines[position]) is not None


def _table(lines: list[str]) -> list[str]:
    """Each row between empty lines; the rows above the rule are the header."""
    above = next((place for place, line in enumerate(lines) if _SEPARATOR.fullmatch(line)), 0)
    rows = [_cells(line) for line in lines if not _SEPARATOR.fullmatch(line)]
    return [line for row in table_lines(rows, header_rows=above) for line in ("", row, "")] if rows else []


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
