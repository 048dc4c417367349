"""What the administrators' pages ask of the application; `bot.corpus.desk` is the one that answers.

Everything is in the words that people read, but for ids, tickets and the names of form fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from bot.channels.web.desk import Visitor
from bot.messages import Frozen

PICTURES: Final = (".jpg", ".jpeg", ".png")
"""Of these, several that are sent together are the pages of one paper."""


class Listed(Frozen):
    """One directive in the list. ``status``: whether it holds, ``holds`` False where ordinary questions pass it by.

    ``audience_by``: who says for whom it is. ``changed``: when its file was last written, empty where it is gone.
    """

    id: str
    name: str
    title: str
    issued: str
    status: str
    holds: bool
    audience: str
    audience_by: str
    files: tuple[str, ...]
    changed: str
    troubles: tuple[str, ...] = ()
    withdrawn: bool = False


class LeftOut(Frozen):
    """A file that the last build did not take in, and why, with the cure."""

    file: str
    reason: str


class Listing(Frozen):
    """One page of the list. ``found``: how many directives fit the words; ``page`` of ``pages``, from 1.

    ``left_out``: None where no report of the last build is kept. ``closed``: why nothing may be written into the
    corpus, empty where it may.
    """

    directives: tuple[Listed, ...]
    found: int
    page: int
    pages: int
    built_at: str
    left_out: tuple[LeftOut, ...] | None
    closed: str = ""


class Building(Frozen):
    """The build that runs, or what the last one said. ``percent``: of its present stage."""

    running: bool
    line: str = ""
    percent: int = 0
    report: tuple[str, ...] = ()


class Field(Frozen):
    """``key``: its name in the form and in the sidecar. ``found``: the page on which it is printed, or who says it."""

    key: str
    label: str
    value: str
    found: str = ""


class Branch(Frozen):
    """An entry of the tree of sections. ``depth``: 0 at the top."""

    depth: int
    text: str
    page: int | None = None


class Link(Frozen):
    """A relation. ``text``: kind, other paper, parts and date; ``clause``: the words that say so, empty where the
    sidecar does. ``state``: whether it counts. ``key``: for the decision, empty where there is nothing to decide;
    ``decided``: what was decided on it, which may be taken back.
    """

    text: str
    clause: str = ""
    page: int | None = None
    state: str = ""
    key: str = ""
    decided: bool | None = None


class Run(Frozen):
    """A run of the printed text. ``weak``: the recognition doubts it."""

    text: str
    weak: bool = False


class Table(Frozen):
    rows: tuple[tuple[str, ...], ...]


class Sheet(Frozen):
    """One page of a paper as it was understood. ``number``: from 1, of the paper where ``physical``, else a piece of
    the text. ``state``: how it was read, where it was not plain text.
    """

    number: int
    physical: bool
    runs: tuple[Run, ...]
    tree: tuple[Branch, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    weak_words: tuple[str, ...] = ()
    state: str = ""
    has_picture: bool = False


class Correction(Frozen):
    """A misread word, everywhere on a page, or everywhere in the file."""

    read: str
    meant: str
    page: int | None = None


class Form(Frozen):
    """What may be corrected, as it stands. ``mark``: of the sidecar, so that nobody undoes what another saved.

    ``draft``: ``yes``, ``no`` or empty (as the paper says). ``has_attached``: its values speak of a paper in the same
    file, too.
    """

    values: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    mark: str = ""
    draft: str = ""
    has_attached: bool = False


class Understood(Frozen):
    """A directive as it was understood: what stands in the list, its fields, and one of its pages."""

    listed: Listed
    fields: tuple[Field, ...]
    sheet: Sheet
    sheets: int
    links: tuple[Link, ...]
    form: Form
    notes: tuple[str, ...] = ()
    closed: str = ""


class Correcting(Frozen):
    """What somebody filled in. ``page``: the one that they had before them."""

    values: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    mark: str = ""


class Saved(Frozen):
    """``faults``: by the name of the field, why nothing was saved; empty where all was. ``""``: of the whole."""

    faults: Mapping[str, str] = {}
    changed: bool = False


class Arrival(Frozen):
    """A file on its way into the corpus. ``refusal``: why nothing is shown of it; ``ticket``: empty where it is not
    kept.

    ``fields``: as read; ``notes``: what to beware of; ``mark``: of what was shown, for the yes to it.
    ``replaces``: it takes another's place.
    """

    name: str
    ticket: str = ""
    refusal: str = ""
    fields: tuple[Field, ...] = ()
    values: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    mark: str = ""
    replaces: bool = False
    faults: Mapping[str, str] = {}


class CorpusDesk(Protocol):
    """All methods block, reading a file for some minutes at most, and are called off the event loop, for administrators
    only.
    """

    def listing(self, words: str, *, page: int) -> Listing:
        """The directives that hold all these words, newest first."""

    def understood(self, directive: str, *, page: int) -> Understood | None:
        """None for a directive or a page that is not there."""

    def read_from(self, file: str) -> str | None:
        """The id of the directive that this file is read as now, which a correction may have changed."""

    def picture(self, directive: str, *, page: int) -> tuple[bytes, str] | None:
        """The picture of a page and its content type; None where there is none, or where the file is no longer the one
        that was read.
        """

    def correct(self, visitor: Visitor, directive: str, given: Correcting) -> Saved | None:
        """Writes the sidecar and has the library built anew. None for a directive that is not there."""

    def decide(self, visitor: Visitor, key: str, *, was: bool | None, stands: bool | None) -> bool | None:
        """Whether a relation stands; None takes back what was decided. False where something else was decided than
        what was shown (``was``); None where there is no relation of this key.
        """

    def arrive(self, visitor: Visitor, name: str, data: bytes) -> Arrival:
        """Reads a file that was sent; nothing is in the corpus yet."""

    def arrive_as_one(self, visitor: Visitor, pictures: Iterable[tuple[str, bytes]]) -> Arrival:
        """As `arrive`, of pictures with their names, which are the pages of one paper."""

    def amend(self, visitor: Visitor, ticket: str, values: Mapping[str, str]) -> Arrival | None:
        """The file read again with these corrections. None where it waits no longer."""

    def accept(self, visitor: Visitor, ticket: str, *, mark: str) -> Arrival | str | None:
        """Into the corpus, and a build is begun: its name there. An arrival where it is not what was shown."""

    def drop(self, visitor: Visitor, ticket: str) -> None: ...

    def rebuild(self, visitor: Visitor) -> bool:
        """False while a build runs already."""

    def building(self) -> Building: ...
