"""The body of a web page -> lines as a browser shows them: paragraphs, list items with their numbers, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.language.text import printed
from index.reading.readers import notes
from index.reading.readers.docx_numbers import format_number
from index.reading.readers.html_looks import Look, Sheet, look_of, read_sheet
from index.reading.readers.html_main import NEVER, children, find_main
from index.reading.readers.html_notes import by_element, find_notes, note_words
from index.reading.readers.html_tables import Cell, columns_first, is_layout, joined, rows_of, spread
from index.reading.readers.lettering import Lettering, Run, read_lettering
from index.reading.tables import table_lines

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LISTS = frozenset(("ol", "ul", "menu", "dir"))
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_OWN_DASH = re.compile(r"\s*[-–+•*·]\s?")
_DEEPEST_TABLE = 12


@dataclass
class _List:
    """``form``: of its numbers, None for dashes. ``step``: -1 where it counts down."""

    form: str | None
    value: int
    step: int = 1


@dataclass(frozen=True)
class _Page:
    """What holds for the whole page. ``left_out``: elements of the site round the document, and the notes at its end.

    ``marks``: `mem_id` of a mark -> its note among ``notes``. ``whole``: everything is taken, hidden or not.
    """

    sheet: Sheet
    lettering: Lettering = field(default_factory=Lettering)
    left_out: frozenset[int] = frozenset()
    marks: Mapping[int, int] = field(default_factory=dict)
    notes: Sequence[notes.Note] = ()
    whole: bool = False


@dataclass
class _Writer:
    """Runs of the line at hand; lines that are done."""

    page: _Page
    lines: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    label: str = ""

    def end_line(self) -> None:
        text = notes.set_in(self.page.lettering.text_of(self.runs), self.page.notes)
        self.runs = []
        for line in text.split("\n"):
            if shown := printed(line):
                own = self.label and (line.lstrip().startswith(self.label.strip()) or _has_own_dash(self.label, line))
                self.lines.append(shown if own else self.label + shown)
                self.label = ""


def _has_own_dash(label: str, line: str) -> bool:
    return label == "- " and _OWN_DASH.match(line) is not None


def read_page(body: LexborNode) -> tuple[list[str], list[str]]:
    """The lines of the document, and those of the whole page with what is hidden and what pictures are said to show."""
    sheet = read_sheet(_root(body))
    page = _Page(sheet, read_lettering(_runs(body, sheet)))
    everything = [*_lines(body, replace(page, whole=True)), *words_beside(body)]
    found = find_notes(body)
    texts = [note_words(" ".join(_lines(each.note, page)), each.label) for each in found]
    main = find_main(body)
    page = replace(
        page,
        left_out=main.left_out | {each.note.mem_id for each in found},
        marks=by_element(found),
        notes=[notes.Note(each.label, text) for each, text in zip(found, texts, strict=True)],
    )
    return [*notes.behind_titles(_lines(main.root, page))], everything


def words_beside(body: LexborNode) -> list[str]:
    """The title of the page, the words of its drawings, and what its pictures are said to show."""
    found = [node.text(deep=True) for node in _root(body).css("head title, svg text, svg title, svg desc")]
    return [line for text in found for line in text.split("\n")] + [
        node.attributes.get("alt") or "" for node in body.css("img")
    ]


def _root(body: LexborNode) -> LexborNode:
    root = body
    while root.parent is not None and root.parent.is_element_node:
        root = root.parent
    return root


def _runs(body: LexborNode, sheet: Sheet) -> Iterator[Run]:
    """Every piece of text with its font, for the statistics of the whole page."""
    stack = [(body, look_of(body, Look(), sheet))]
    while stack:
        node, look = stack.pop()
        for child in children(node):
            if child.is_text_node:
                yield Run((child.text_content or "") + "\n", look.font)
            elif child.is_element_node and child.tag not in NEVER:
                stack.append((child, look_of(child, look, sheet)))


def _lines(root: LexborNode, page: _Page, look: Look | None = None, depth: int = 0) -> list[str]:
    """The lines inside this element. Walked without recursion save for tables in tables."""
    writer, lists = _Writer(page), [_List(None, 0)]
    start = _inherited(root, page.sheet) if look is None else look
    stack: list[tuple[LexborNode, Look | None]] = [(child, start) for child in reversed([*children(root)])]
    while stack:
        node, seen = stack.pop()
        if seen is None:
            writer.end_line()
            if node.tag in _LISTS:
                lists.pop()
                writer.label = ""
        elif node.is_text_node:
            text = notes.without_marks(node.text_content or "")
            writer.runs.append(Run(text if seen.kept else _SPACES.sub(" ", text), seen.font, seen.capital))
        elif node.mem_id in page.marks:
            writer.runs.append(Run(notes.mark(page.marks[node.mem_id]), seen.font, seen.capital))
        elif _is_walked(node, page):
            own = look_of(node, seen, page.sheet)
            if own.hidden and not page.whole:
                continue
            own = own._replace(hidden=False) if own.hidden else own
            if node.tag in _BLOCKS:
                writer.end_line()
            if node.tag == "table" and depth < _DEEPEST_TABLE:
                writer.lines.extend(_table_lines(node, page, own, depth + 1))
                continue
            _open(node, own, writer, lists)
            if node.tag in _BLOCKS:
                stack.append((node, None))
            stack.extend((child, own) for child in reversed([*children(node)]))
    writer.end_line()
    return writer.lines


def _inherited(root: LexborNode, sheet: Sheet) -> Look:
    """The look that the elements round this one give it."""
    above = [root]
    while (parent := above[-1].parent) is not None and parent.is_element_node:
        above.append(parent)
    look = Look()
    for node in reversed(above):
        look = look_of(node, look, sheet)._replace(hidden=False)
    return look


def _is_walked(node: LexborNode, page: _Page) -> bool:
    return bool(node.is_element_node) and node.tag not in NEVER and node.mem_id not in page.left_out


# -- lists ---------------------------------------------------------------------------------------------------------


def _open(node: LexborNode, look: Look, writer: _Writer, lists: list[_List]) -> None:
    if node.tag in _LISTS:
        lists.append(_new_list(node))
    elif node.tag == "li":
        counted = lists[-1]
        if (value := _integer(node.attributes.get("value"))) is not None:
            counted.value = value
        label = "- " if counted.form is None else f"{format_number(counted.value, counted.form)}. "
        counted.value += counted.step
        writer.label += "" if look.unlabelled else label
    elif node.tag == "td" or node.tag == "th":
        writer.label = ""


def _new_list(node: LexborNode) -> _List:
    if node.tag != "ol":
        return _List(None, 0)
    attributes = node.attributes
    style = attributes.get("style") or ""
    by_style = next((form for name, form in _CSS_FORMS.items() if name in style), None)
    form = by_style or _FORMS.get(attributes.get("type") or "1", "decimal")
    counts_down = "reversed" in attributes
    first = sum(child.tag == "li" for child in children(node)) if counts_down else 1
    start = _integer(attributes.get("start"))
    return _List(form, first if start is None else start, -1 if counts_down else 1)


_CSS_FORMS = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}


def _integer(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else None


# -- tables --------------------------------------------------------------------------------------------------------


def _table_lines(table: LexborNode, page: _Page, look: Look, depth: int) -> list[str]:
    """A table that only arranges column by column, as it is read; of any other a line for each row."""
    rows, heads = rows_of(table, page.left_out)
    for node in (cell.node for row in rows for cell in row):
        if not page.whole and look_of(node, look, page.sheet).hidden:
            rows = [[cell for cell in row if cell.node.mem_id != node.mem_id] for row in rows]
    read = [[(cell, _cell_lines(cell, page, look, depth)) for cell in row] for row in rows]
    captions = [line for node in children(table) if node.tag == "caption" for line in _lines(node, page, look, depth)]
    if is_layout(table, read):
        return [*captions, *columns_first(read)]
    texts = spread([[(cell, joined(lines)) for cell, lines in row] for row in read])
    return [*captions, *table_lines(texts, header_rows=heads)]


def _cell_lines(cell: Cell, page: _Page, look: Look, depth: int) -> list[str]:
    inside = look_of(cell.row, look, page.sheet)
    return _lines(cell.node, page, look_of(cell.node, inside, page.sheet)._replace(hidden=False), depth)
