"""How a paper stands to others, and its own term, from its own words.

Only the issuer or a superior body amends, replaces or repeals, and must say so expressly (Quy định 399-QĐ/TW): a clause
counts only where it names a paper, by number, or by type, date and issuer. What a paper quotes ("như sau: “…”") are
another paper's words, its grounds ("Căn cứ …") and plans change nothing, and sweeping clauses ("các quy định trước đây
trái …") name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from index.language.numbers import canonical
from index.language.text import key
from index.reading.asides import excepts_parts
from index.reading.bodies import outranks
from index.reading.clauses import QUOTED, Clause, quotes_of, read_clauses
from index.reading.effect import LAST_DAY, clause_day, last_day, read_effect
from index.reading.grammar import DEAD_LIST, LISTED, NUMBERED_ROW, OWN_PART, PARTS_ITEM, TITLE_LINE
from index.reading.implementing import read_implementing
from index.reading.parts import find_parts, is_bare, is_inner, with_articles
from index.reading.references import TYPE_NAME
from index.reading.rulings import Ruling, Voice, read_rulings, voice_of
from index.reading.shapes import Shape, read_shape
from index.types import Directive, Printed, Reference, Relation, Section, SectionKind, Span
from index.types import RelationKind as Kind

_GOVERNS = re.compile(
    r"(?<!\w)(?:đề\s+nghị|kiến\s+nghị|đề\s+xuất|giao|nhiệm\s+vụ|giải\s+pháp|nghiên\s+cứu|tham\s+mưu|xem\s+xét"
    r"|phương\s+hướng|phân\s+công|yêu\s+cầu|dự\s+kiến|trình|xin|lộ\s+trình|rà\s+soát|mục\s+tiêu|câu\s+hỏi|kết\s+quả"
    r"|tình\s+hình|tổ\s+chức\s+thực\s+hiện\s+nhiệm|khi|nếu)(?!\w)"
)
"""Words of a heading or a lead under which the items ask, plan or report."""
_ISSUES = re.compile(rf"ban\s+hành\s+(?:kèm\s+theo\s+)?(?P<type>{TYPE_NAME})")
_CHANGES = re.compile(r"(?<!\w)(?:sửa|bổ\s+sung|thay|bỏ|bãi\s+bỏ)(?!\w)")
_LONGEST_MARK = 12
"""Characters of "Điều 12. "."""
_COLON = re.compile(r"(?:như\s+sau|thành)\s*:?\s*|:\s*")
_LINE = re.compile(r"[^\n]+")
_LONG_AGO = timedelta(days=120)
_SPACE = re.compile(r"\s*")
_TERM_KINDS = (Kind.IN_FORCE_FROM, Kind.EXPIRES_ON)


def read_relations(directive: Directive, printed: Printed) -> tuple[Relation, ...]:
    """What the paper says of others and of its own term, in the order of its clauses; each thing once."""
    reader = _Reader(directive, printed)
    relations = list(reader.read())
    return _each_once(relations, unread=reader.unread)


@dataclass
class _Reader:
    """Reads one paper from its title to its end. ``amended``: what its title or a lead says is amended below."""

    directive: Directive
    printed: Printed
    voice: Voice = field(init=False)
    own_types: frozenset[str] = field(init=False)
    amended: list[tuple[int, Reference]] = field(default_factory=list)
    leads: set[int] = field(default_factory=set)
    wording_end: int = 0
    lead: str = ""
    unread: bool = False
    quotes: dict[int, int] = field(init=False)
    lists_dead: bool = False
    list_of: tuple[Relation, bool] | None = None

    def __post_init__(self) -> None:
        self.voice = voice_of(self.directive)
        self.quotes = {quote.start: quote.end for quote in quotes_of(self.printed.text)}
        names = [self.directive.type_name or ""]
        names += [match["type"] for match in _ISSUES.finditer(key(self.directive.title))]
        self.own_types = frozenset(" ".join(key(name).split()) for name in names if name)

    def read(self) -> Iterator[Relation]:
        for clause in read_clauses(self.printed):
            if clause.start < self.wording_end and not clause.title:
                continue  # new wording of another paper, without quotation marks
            shape = read_shape(clause.masked, own_types=self.own_types, is_own=self._is_self)
            relations = list(self._of_clause(clause, shape))
            yield from relations
            self.unread |= not relations and self._seems_to_amend(clause)
            self._remember(clause)
        yield from self._dead()

    def _dead(self) -> Iterator[Relation]:
        """The papers of an annex that lists what holds no more, a row each: a person looks at them."""
        text = self.printed.text
        if self.voice is Voice.ASKS or not (self.lists_dead or DEAD_LIST.search(key(self.directive.title))):
            return
        begin = min((one.start for one in self.printed.sections if one.kind is SectionKind.ANNEX), default=len(text))
        for line in _LINE.finditer(text, begin):
            shape = read_shape(line[0], own_types=self.own_types, is_own=self._is_self)
            first = min(shape.references, default=None)
            if first is not None and (LISTED.match(shape.text) or NUMBERED_ROW.match(line[0])):
                span = Span(start=line.start(), end=line.end())
                yield Relation(kind=Kind.REPEALS, reference=shape.references[first], explicit=False, span=span)

    def _seems_to_amend(self, clause: Clause) -> bool:
        """Whether an item below "sửa đổi một số điều …" changes something that was not understood."""
        if not clause.marked or not _CHANGES.search(key(clause.masked)):
            return False
        begins = [unit.start for unit in self._units_above(clause)]
        return any(begin + more in self.leads for begin in begins for more in range(_LONGEST_MARK + 1))

    def _of_clause(self, clause: Clause, shape: Shape) -> Iterator[Relation]:
        if DEAD_LIST.search(shape.text) and not self._is_governed(clause):
            self.lists_dead = True
        if listed := list(self._listed(clause, shape)):
            yield from listed
            return
        if not clause.title:
            yield from self._term(clause, shape)
        governed = self._is_governed(clause)
        as_title = clause.masked.startswith("(") or TITLE_LINE.match(shape.text) is not None
        title = clause.title or (clause.opening and as_title)
        rulings = _gathered(read_rulings(shape, self.voice, title=title, governed=governed))
        for ruling in rulings:
            if ruling.announces:
                self.list_of = (
                    self._relation(clause, shape, ruling, ruling.reference or Reference(words="")),
                    ruling.explicit,
                )
            elif (reference := ruling.reference or self._lent(clause, ruling)) and self._may_be(
                reference, ruling, shape
            ):
                yield self._relation(clause, shape, ruling, reference)
        if any(ruling.kind is Kind.AMENDS and ruling.reference for ruling in rulings):
            self.amended += [(clause.start, one.reference) for one in rulings if one.reference]
            self.leads.add(clause.start)
        for reference, parts in read_implementing(
            shape, title=title, opening=clause.opening, type_=self.directive.type
        ):
            if not self._is_self(reference):
                span = Span(start=clause.start, end=clause.end)
                yield Relation(kind=Kind.IMPLEMENTS, reference=reference, articles=parts, span=span)

    def _listed(self, clause: Clause, shape: Shape) -> Iterator[Relation]:
        """The papers of an item below "… các văn bản sau đây:"."""
        if self.list_of is None:
            return
        pattern, explicit = self.list_of
        if pattern.reference and pattern.reference.words and shape.parts and PARTS_ITEM.match(shape.text):
            labels = tuple(label for found in shape.parts.values() for label in found)
            yield pattern.model_copy(update={"articles": labels, "span": Span(start=clause.start, end=clause.end)})
            return
        if not LISTED.match(shape.text) or clause.title:
            self.list_of = None
            return
        for start, reference in sorted(shape.references.items())[:1]:
            before = [labels for place, labels in shape.parts.items() if place < start]
            span = Span(start=clause.start, end=clause.end)
            articles = before[-1] if before else ()
            yield pattern.model_copy(
                update={"reference": reference, "articles": articles, "span": span, "explicit": explicit}
            )

    def _term(self, clause: Clause, shape: Shape) -> Iterator[Relation]:
        effect = read_effect(shape, issued=self.directive.date)
        span = Span(start=clause.start, end=clause.end)
        if effect.begins:
            yield Relation(kind=Kind.IN_FORCE_FROM, date=effect.begins, span=span)
        if effect.ends:
            yield Relation(kind=Kind.EXPIRES_ON, date=effect.ends, span=span)

    def _relation(self, clause: Clause, shape: Shape, ruling: Ruling, reference: Reference) -> Relation:
        amended = ruling.kind is Kind.AMENDS and not clause.title
        words = self._words(clause, ruling, shape.places[ruling.end]) if amended else None
        if ruling.kind is Kind.EXTENDS:
            match = LAST_DAY.search(shape.text, ruling.start)
            date = last_day(match, shape) if match else None
        else:
            day = self._day(shape, ruling)
            date = None if self._is_past(day) else day
        return Relation(
            kind=ruling.kind,
            reference=reference,
            articles=self._whole(clause, shape, ruling),
            date=date,
            explicit=ruling.explicit
            and not (ruling.kind in (Kind.REPLACES, Kind.REPEALS) and excepts_parts(clause.masked))
            and (ruling.kind is not Kind.EXTENDS or date is not None),
            span=Span(start=clause.start, end=clause.end),
            words=words,
        )

    def _whole(self, clause: Clause, shape: Shape, ruling: Ruling) -> tuple[str, ...]:
        """Its parts, where those without an article are given the one that their sentence or their heading names."""
        if not any(map(is_bare, ruling.parts)):
            return ruling.parts
        begin, end = shape.text.rfind(";", 0, ruling.start) + 1, shape.text.find(";", ruling.start)
        near = [
            (place, labels)
            for place, labels in sorted(shape.parts.items())
            if begin <= place < (end if end >= 0 else len(shape.text)) and not OWN_PART.match(shape.text, place)
        ]
        said = [labels[0] for place, labels in near if place >= ruling.start and is_inner(labels[0])]
        said += [labels[-1] for place, labels in reversed(near) if place < ruling.start]
        if not said and clause.marked:
            lines = [self._first_line(section) for section in self._units_above(clause)]
            said = [found.labels[0] for line in lines if _CHANGES.search(key(line)) for found in find_parts(line)[:1]]
        return with_articles(ruling.parts, said)

    def _day(self, shape: Shape, ruling: Ruling) -> Date | None:
        """From when the ruling holds: said in its segment, else in the sentence of the paper's own effect."""
        start, end = shape.text.rfind(";", 0, ruling.start) + 1, shape.text.find(";", ruling.start)
        day = clause_day(shape, start, end if end >= 0 else len(shape.text), issued=self.directive.date)
        return day or read_effect(shape, issued=self.directive.date).begins

    def _is_past(self, day: Date | None) -> bool:
        """Whether a day is that of something told."""
        return bool(day and self.directive.date and self.directive.date - day > _LONG_AGO)

    def _words(self, clause: Clause, ruling: Ruling, end: int) -> Span | None:
        """Where the new wording stands: behind "như sau:", else in the clause; None where items below hold it."""
        colon = _COLON.search(clause.masked, end)
        if not ruling.parts:
            return Span(start=clause.start, end=clause.end) if QUOTED in clause.masked and not colon else None
        if not colon:
            return Span(start=clause.start, end=clause.end)
        start = next(_SPACE.finditer(self.printed.text, clause.start + colon.end())).end()
        end = self.quotes.get(start, 0) or self._unit_end(clause, start)
        self.wording_end = end
        return Span(start=start, end=end) if end > start else None

    def _unit_end(self, clause: Clause, start: int) -> int:
        """Where the unit ends whose words go on at ``start``; their paragraph, where they stand in none."""
        text, position = self.printed.text, self.printed.section_at(clause.start)
        section = self.printed.sections[position] if position is not None else None
        if section is None or section.kind in _NO_UNITS:
            end = text.find("\n", start)
            return len(text) if end < 0 else end
        return start + len(text[start : section.end].rstrip())

    def _is_governed(self, clause: Clause) -> bool:
        """Whether a heading above the clause, or the lead of its list, asks, plans or reports."""
        above = [self._first_line(section) for section in self._units_above(clause)]
        above += [self.lead] if clause.marked else []
        return any(_GOVERNS.search(key(line)) for line in above)

    def _first_line(self, section: Section) -> str:
        end = self.printed.text.find("\n", section.start, section.end)
        return self.printed.text[section.start : end if end >= 0 else section.end]

    def _units_above(self, clause: Clause) -> Iterator[Section]:
        position = self.printed.section_at(clause.start)
        while position is not None:
            section = self.printed.sections[position]
            if section.kind not in _NO_UNITS and self.printed.text.find("\n", section.start, clause.start) >= 0:
                yield section
            position = section.parent

    def _remember(self, clause: Clause) -> None:
        if clause.masked.rstrip().endswith(":"):
            self.lead = clause.masked
        elif not clause.marked:
            self.lead = ""

    def _lent(self, clause: Clause, ruling: Ruling) -> Reference | None:
        """The paper that the nearest heading, lead or the title says is amended; only where it says one."""
        starts = {section.start for section in self._units_above(clause)}
        for start, reference in reversed(self.amended):
            title = self.printed.fields.get("title")
            if any(0 <= start - begin <= _LONGEST_MARK for begin in starts) or (title and start == title.start):
                same = {one.number or one.words for place, one in self.amended if place == start}
                return reference if len(same) == 1 else None
        return None

    def _may_be(self, reference: Reference, ruling: Ruling, shape: Shape) -> bool:
        """False for the paper itself, and for what a higher body or a day long past shows to be retold."""
        if self._is_self(reference):
            return False
        if "\x03" in shape.text:
            return True
        return not self._is_past(self._day(shape, ruling)) and not (ruling.told and outranks(reference, self.directive))

    def _is_self(self, reference: Reference) -> bool:
        own = self.directive
        if not reference.number or not own.number or _canonical(reference.number) != _canonical(own.number):
            return False
        return reference.date is None or own.date is None or reference.date == own.date


_NO_UNITS = (SectionKind.HEADER, SectionKind.CLOSING, SectionKind.SIGNATURE)


def _gathered(rulings: Iterable[Ruling]) -> list[Ruling]:
    """The parts of one paper that a clause rules on in the same way, in one."""
    found: dict[tuple[Kind, Reference | None, bool], Ruling] = {}
    for ruling in rulings:
        twin = found.setdefault((ruling.kind, ruling.reference, bool(ruling.parts)), ruling)
        if twin is not ruling:
            parts = tuple(dict.fromkeys((*twin.parts, *ruling.parts)))
            found[ruling.kind, ruling.reference, bool(ruling.parts)] = twin._replace(parts=parts, end=ruling.end)
    return list(found.values())


def _each_once(relations: list[Relation], *, unread: bool) -> tuple[Relation, ...]:
    """Without what is said twice, and without "some articles are amended" where each of them was named (not where one
    was left ``unread``).
    """
    kept: list[Relation] = []
    for relation in relations:
        twin = next((place for place, one in enumerate(kept) if _same(one, relation)), None)
        if twin is None:
            kept.append(relation)
        else:
            kept[twin] = _joined(kept[twin], relation)
    named = {_named(one.reference) for one in kept if one.articles and one.kind is not Kind.IMPLEMENTS and not unread}
    return tuple(
        one
        for one in kept
        if one.kind is not Kind.AMENDS or one.articles or one.words or _named(one.reference) not in named
    )


def _joined(first: Relation, second: Relation) -> Relation:
    """One of two that say the same: the surer, with the day and the words that either gives."""
    surer, other = (second, first) if second.explicit and not first.explicit else (first, second)
    return surer.model_copy(update={"date": surer.date or other.date, "words": surer.words or other.words})


def _same(one: Relation, other: Relation) -> bool:
    if one.kind is not other.kind or one.articles != other.articles:
        return False
    return one.kind in _TERM_KINDS or (_named(one.reference) == _named(other.reference) and _agree(one, other))


def _agree(one: Relation, other: Relation) -> bool:
    days = {relation.reference.date for relation in (one, other) if relation.reference and relation.reference.date}
    return len(days) < 2


@lru_cache(maxsize=1 << 12)
def _canonical(number: str) -> str:
    return canonical(number)


def _named(reference: Reference | None) -> str:
    if reference is None:
        return ""
    if reference.number is None and reference.date is None:
        return reference.words
    return _canonical(reference.number) if reference.number else f"{reference.type} {reference.date}"
