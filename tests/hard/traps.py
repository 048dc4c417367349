"""What a trap is: the files that set it, and what must be true of what was made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import Final

from bot.answering.answer import Answer
from bot.local import local_desk
from bot.messages import Incoming, plain_text
from index import (
    BuildReport,
    Directive,
    Library,
    ReadError,
    Reading,
    Standing,
    Tools,
    Validity,
    build_library,
    load_encoder,
    read_directives,
)
from index.build import default_steps

TODAY: Final = Date(2026, 11, 1)


@dataclass(frozen=True)
class Converted:
    """A file that LibreOffice makes of this Word document, in the format of its suffix."""

    docx: bytes


Make = Callable[[], bytes | Converted]


class Shelf:
    """The folder with all the files; each is read once, whether a check or the build asks first."""

    def __init__(self, folder: Path, library: Path, tools: Tools) -> None:
        self.folder, self._library, self._tools = folder, library, tools
        self._read: dict[str, tuple[Reading, ...] | ReadError] = {}

    def readings(self, file: str) -> tuple[Reading, ...]:
        """Raises ReadError."""
        return self._reading(self.folder / file, name=file, tools=self._tools)

    def one(self, file: str) -> Reading:
        (reading,) = self.readings(file)
        return reading

    def refusal(self, file: str) -> str:
        """The code of the error, and what it knows."""
        try:
            found = self.readings(file)
        except ReadError as error:
            return error.code
        raise AssertionError(f"{file} was read: {found[0].printed.text[:80]}")

    @cached_property
    def report(self) -> BuildReport:
        steps = default_steps()._replace(read=self._reading, tools=self._tools)
        return build_library(self.folder, self._library, encoder=load_encoder(), steps=steps)

    @cached_property
    def library(self) -> Library:
        assert self.report
        return Library.open(self._library)

    @cached_property
    def validity(self) -> Validity:
        return Validity(self.library.list(), self.library.relations(), today=TODAY)

    def directive(self, file: str) -> Directive:
        """As the library has it, also where it is known by another file."""
        return next(each for each in self.library.list() if file in each.files and not each.attached_to)

    def standing(self, file: str) -> Standing:
        return self.validity.standing_of(self.directive(file).id)

    def troubles(self, file: str) -> list[str]:
        return [trouble.code for trouble in self.report.troubles if trouble.path == file]

    def skipped(self, file: str) -> str:
        return next((each.reason for each in self.report.skipped if each.path == file), "")

    def ask(self, question: str) -> Answer:
        """In a conversation of its own."""
        desk = local_desk(self.library, validity=lambda: self.validity)
        return desk.answer(Incoming(channel="console", sender="a", chat="a", message="1", text=question))

    def said(self, question: str) -> str:
        return plain_text(self.ask(question).reply)

    def _reading(self, path: Path, *, name: str, tools: Tools) -> tuple[Reading, ...]:
        if name not in self._read:
            try:
                self._read[name] = read_directives(path, name=name, tools=tools)
            except ReadError as error:
                self._read[name] = error
        found = self._read[name]
        if isinstance(found, ReadError):
            raise found
        return found


@dataclass(frozen=True)
class Trap:
    """``files``: by name, how each is made."""

    name: str
    files: Mapping[str, Make]
    check: Callable[[Shelf], None]
    needs: tuple[str, ...] = ()
    built: bool = False


class Traps(list[Trap]):
    """Those of one module. A check is set down with the files that it is about."""

    def set(
        self, name: str, files: Mapping[str, Make], *, needs: tuple[str, ...] = (), built: bool = False
    ) -> Callable[[Callable[[Shelf], None]], Callable[[Shelf], None]]:
        def keep(check: Callable[[Shelf], None]) -> Callable[[Shelf], None]:
            self.append(Trap(name, files, check, needs, built))
            return check

        return keep


def has_fields(reading: Reading, **expected: object) -> None:
    """Whether the directive says just this; a date as ``2026-03-05``."""
    directive = reading.directive
    assert {name: _plain(getattr(directive, name)) for name in expected} == expected


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, Date) else value


def stands_at(reading: Reading, words: str, *labels: str) -> None:
    """Whether these words stand once, and the labels of the sections around them are these, outermost first."""
    printed = reading.printed
    assert printed.text.count(words) == 1, printed.text
    position, found = printed.section_at(printed.text.index(words)), list[str]()
    while position is not None:
        section = printed.sections[position]
        found.append(section.label)
        position = section.parent
    assert tuple(reversed(found)) == labels


def page_of_words(reading: Reading, words: str) -> int | None:
    return reading.printed.page_at(reading.printed.text.index(words))
