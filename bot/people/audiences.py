"""Audiences as people say them: ``cấp ủy``, ``chi bộ 3``, and back; and the cells of the roll as people name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from bot import texts
from bot.messages import Choice
from bot.people.access import normal_cell
from index import fold

_WORDS: Final = {
    "public": ("cong khai",),
    "member": ("dang vien", "moi dang vien", "tat ca dang vien", "toan dang bo"),
    "committee": ("cap uy", "cap uy vien", "ban chap hanh"),
    "secretary": ("bi thu", "cac bi thu", "bi thu chi bo", "bi thu cac chi bo"),
}
"""Without ``tất cả`` and ``mọi người``, which may mean all members or everybody in the street."""

_OF_CELL: Final = re.compile(
    r"(?P<kind>cell|chi ?bộ|chi ?bo|secretary|bí thư|bi thu)(?:\s*:\s*|\s+)(?P<cell>\S.*)", re.IGNORECASE
)
_CELL_WORD: Final = re.compile(r"chi ?b[ộo](?:\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
_QUOTES: Final = "“”\"'"


def parse_audience(text: str) -> str | None:
    """``public``, ``member``, ``committee``, ``secretary``, ``cell:NAME`` or ``secretary:NAME``; None for none.

    The name of a cell is what stands behind ``chi bộ``, whether or not there is such a cell (`with_known_cell`).
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    form = fold(text)
    for audience, words in _WORDS.items():
        if form in (audience, fold(texts.AUDIENCES[audience]), *words):
            return audience
    match = _OF_CELL.fullmatch(text)
    cell = bare_cell(match["cell"].strip(_QUOTES + " ")).strip(_QUOTES + " ") if match else ""
    if match is None or not cell:
        return None
    return f"{'secretary' if fold(match['kind']) in ('secretary', 'bi thu') else 'cell'}:{cell}"


def with_known_cell(audience: str, cells: Iterable[str]) -> str | None:
    """The audience with its cell as the roll writes it; None where the roll has no such cell."""
    kind, _, name = audience.partition(":")
    if not name:
        return audience
    cell = cell_named(name, cells)
    return cell and f"{kind}:{cell}"


def cell_named(name: str, cells: Iterable[str]) -> str | None:
    """The cell of the roll that is so called, with or without ``chi bộ``; without accents when none are typed."""
    known = {normal_cell(cell): " ".join(cell.split()) for cell in sorted(set(cells), reverse=True)}
    wanted = normal_cell(name)
    ways: list[Callable[[str], str]] = [str, bare_cell]
    if fold(wanted) == wanted:
        ways.append(lambda cell: fold(bare_cell(cell)))
    for way in ways:
        found = [cell for key, cell in known.items() if way(key) == way(wanted)]
        if len(found) == 1:
            return found[0]
    return None


def bare_cell(name: str) -> str:
    """Without ``chi bộ`` in front."""
    return _CELL_WORD.sub("", name, count=1) if _CELL_WORD.match(name) else name


def audience_label(audience: str) -> str:
    """``đảng viên``, ``chi bộ “Tổ dân phố 3”``."""
    kind, _, cell = audience.partition(":")
    label = texts.AUDIENCES[f"{kind}:" if cell else kind]
    return label.format(cell=bare_cell(cell))


def audience_choices(prefix: str, suffix: str = "") -> tuple[Choice, ...]:
    """A choice for each audience without a name; ``prefix`` stands before what choosing it sends, ``suffix`` behind."""
    return tuple(Choice(label=texts.AUDIENCES[each].capitalize(), send=f"{prefix}{each}{suffix}") for each in _WORDS)
