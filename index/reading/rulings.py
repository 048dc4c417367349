"""What one clause rules about other papers: the grammar of replacing, repealing, amending, extending, implementing.

Only what is said of a paper directly counts: the paper stands right behind the verb ("bãi bỏ Quy định số …") or right
before it ("Quy định số … hết hiệu lực"), and nothing before it denies, plans, asks or retells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from index.language.text import key
from index.reading import grammar
from index.reading.references import TYPE_NAME
from index.reading.shapes import S, Shape
from index.types import Directive, Reference
from index.types import RelationKind as Kind


class Voice(Enum):
    """How a paper speaks: by its type, what it orders takes effect (RULES), may do so (STATES), or is only planned,
    told or asked for (ASKS), unless it says so of itself.
    """

    RULES = "rules"
    STATES = "states"
    ASKS = "asks"


_RULES = frozenset({"QĐ", "QĐi", "QyĐ", "QC", "NĐ", "L", "PL", "TT", "TTLT", "NQLT", "CĐ"})
_STATES = frozenset({"NQ", "KL", "HD", "CT", "TB", "TBKL", "CV"})
_PLANS = frozenset({"KH", "CTr", "CTHĐ", "ĐA", "PA"})
_CHANGES_ONE = re.compile(
    rf"\W*(?:{TYPE_NAME})?\s*(?:(?:về|v/v)\s+)?(?:việc\s+)?(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|đính\s+chính|gia\s+hạn"
    r"|kéo\s+dài|lùi|thay\s+thế|bãi\s+bỏ|hủy|dừng)(?!\w)"
)
"""A title that says that the paper is there to change another: a plan that changes a plan."""


def voice_of(directive: Directive) -> Voice:
    """How a paper speaks; a plan that changes a plan says so of it, where other plans only tell."""
    council = directive.type == "NQ" and re.search(r"HĐND|QH|UBTVQH", directive.number or "")
    if directive.type in _RULES or council:
        return Voice.RULES
    changes = directive.type in _PLANS and _CHANGES_ONE.match(key(directive.title))
    return Voice.STATES if changes or directive.type in _STATES else Voice.ASKS


class Ruling(NamedTuple):
    """``reference``: None where the clause names parts alone. ``end``: of its words in the clause. ``announces``: the
    papers follow as a list. ``told``: it says what becomes of the paper, not what is done with it.
    """

    kind: Kind
    reference: Reference | None
    parts: tuple[str, ...]
    explicit: bool
    start: int
    end: int
    announces: bool = False
    told: bool = False


_KINDS = {
    "words": Kind.AMENDS, "amends": Kind.AMENDS, "replaces": Kind.REPLACES, "repeals": Kind.REPEALS,
    "drops": Kind.REPEALS, "suspends": Kind.REPEALS, "shifts": Kind.EXTENDS,
    "extends": Kind.EXTENDS,
}  # fmt: skip


def read_rulings(shape: Shape, voice: Voice, *, title: bool = False, governed: bool = False) -> tuple[Ruling, ...]:
    """What the clause rules, in order. ``governed``: a heading or lead above it asks or plans, so that only what the
    paper says of itself counts.
    """
    if "?" in shape.text:
        return ()
    if topic := None if title else grammar.TOPIC_PAPER.match(shape.text):
        reference = shape.references[topic.start("paper")]
        rest = replace(shape, text=" " * topic.end() + shape.text[topic.end() :])
        if below := read_rulings(rest, voice, governed=governed or bool(grammar.DOUBT.search(topic["rest"]))):
            return tuple(one if one.reference else one._replace(reference=reference) for one in below)
        if voice is not Voice.ASKS and not governed and grammar.PROLONGED.match(shape.text, topic.end()):
            return (Ruling(Kind.EXTENDS, reference, (), True, topic.end(), len(shape.text)),)
    if not title and (place := grammar.TOPIC_PLACE.match(shape.text)) and not governed and voice is Voice.RULES:
        reference = shape.references[place.start("paper")]
        rest = replace(shape, text=" " * place.end() + shape.text[place.end() :])
        changes = [one._replace(reference=one.reference or reference) for one in read_rulings(rest, voice)]
        verb = grammar.VERB.match(shape.text, place.end())
        kind = Kind.REPEALS if verb and verb["repeals"] else Kind.AMENDS
        if changes or grammar.NEW_WORDING.search(shape.text, place.end()):
            whole = Ruling(
                kind, reference, shape.parts[place.start("parts")], True, place.end(), len(shape.text), told=True
            )
            return tuple(changes) or (whole,)
    found = list(_active(shape, voice, title=title, governed=governed))
    if not title:
        found = found or list(_announced(shape, voice, governed=governed))
        taken = [(ruling.start, ruling.end) for ruling in found]
        passive = _passive(shape, voice, governed=governed)
        found += [one for one in passive if all(one.start >= end or one.end <= start for start, end in taken)]
    return tuple(_lent(sorted(found, key=lambda ruling: ruling.start)))


def _lent(found: list[Ruling]) -> list[Ruling]:
    """ "Sửa đổi Điều 4, bổ sung khoản 3 Điều 9 của Quy định số …": the paper stands behind the last verb."""
    for place in range(len(found) - 1, 0, -1):
        if found[place - 1].reference is None and not found[place - 1].announces and found[place].reference:
            found[place - 1] = found[place - 1]._replace(reference=found[place].reference)
    return found


def _active(shape: Shape, voice: Voice, *, title: bool, governed: bool) -> Iterator[Ruling]:
    text, before, licence = shape.text, 0, None
    position = 0
    while verb := grammar.VERB.search(text, position):
        position = verb.end()
        kind = _KINDS[verb.lastgroup or ""]
        rulings = list(_objects(shape, verb, kind)) or list(_joint(text, verb, kind))
        if not rulings or (verb["extends"] and verb["extends"].startswith("tiếp") and rulings[0].reference is None):
            continue
        if verb["drops"]:
            if not grammar.ANYMORE.search(text):
                continue
            if grammar.INSTEAD.search(text, rulings[-1].end):
                rulings = [one._replace(kind=Kind.REPLACES) for one in rulings]
        if grammar.BEGGED.match(text, max(0, verb.start() - 4)):
            continue
        leave = _licence(text, before, verb.start(), last=licence, title=title)
        if leave is None and not title and _is_done_here(text, verb.start(), rulings[-1].end):
            leave = _OWN
        if leave is None or (governed and leave is not _OWN):
            continue
        explicit = _explicit(text, verb, kind, voice, leave, title=title)
        if explicit is None:
            continue
        licence = leave
        explicit = explicit and not verb["suspends"]  # no kind says that a paper only rests
        yield from (ruling._replace(explicit=explicit) for ruling in rulings)
        before = position = max(rulings[-1].end, verb.end())


class _Leave(Enum):
    """By what right a verb rules: the paper speaks of itself, or it orders."""

    OWN = "own"
    ORDER = "order"


_OWN = _Leave.OWN


def _is_done_here(text: str, verb: int, end: int) -> bool:
    """ "Việc thay thế Quy định số … được thực hiện bằng Quy định này"."""
    return grammar.NOMINAL.fullmatch(text, 0, verb) is not None and grammar.BY_SELF.match(text, end) is not None


def _licence(text: str, before: int, verb: int, *, last: _Leave | None, title: bool) -> _Leave | None:
    if title and _IN_BRACKETS.search(text, 0, verb) and not grammar.DOUBT.search(text, 0, verb):
        return _OWN
    if title:
        return (
            _Leave.ORDER
            if grammar.TITLE_OPENING.fullmatch(text, 0, verb)
            or grammar.ISSUING.fullmatch(text, 0, verb)
            or (last and _connected(text, before, verb))
            else None
        )
    start = max(before, text.rfind(";", 0, verb) + 1)
    selves = list(re.finditer(S, text[start:verb]))
    if selves:
        middle = text[start + selves[-1].end() : verb]
        said = grammar.SAID_OF_SELF.fullmatch(middle) and not grammar.DOUBT.search(_without_terms(middle))
        return _OWN if said and not grammar.CONDITION.search(text, start, start + selves[-1].start()) else None
    if last and _connected(text, before, verb):
        return last
    if start != before or start == 0:
        begins = grammar.OPENING.fullmatch(text, start, verb) and not grammar.DOUBT.search(text, start, verb)
        if not begins or grammar.GOVERNED.search(text, 0, start):
            return None
        return _OWN if re.search(S, text[:start]) and _holds_itself(text[:start]) else _Leave.ORDER
    return None


_IN_BRACKETS = re.compile(r"(?:^|\s),$")


def _without_terms(middle: str) -> str:
    return grammar.TERMS.sub("", middle)


def _holds_itself(text: str) -> bool:
    """Whether the segments before are about the paper's own term: "Quy định này có hiệu lực từ …; bãi bỏ …"."""
    return re.search(rf"{S}[^;]*(?:hiệu\s+lực|áp\s+dụng|thay\s+thế|bãi\s+bỏ|sửa\s+đổi)", text) is not None


def _connected(text: str, before: int, verb: int) -> bool:
    return grammar.CONNECTED.fullmatch(text, before, verb) is not None and not grammar.DOUBT.search(text, before, verb)


def _explicit(text: str, verb: re.Match[str], kind: Kind, voice: Voice, leave: _Leave, *, title: bool) -> bool | None:
    """Whether it is beyond doubt; None where it is no ruling at all."""
    if leave is _OWN:
        return True
    if voice is Voice.ASKS or (not title and grammar.PLAN.search(text)):
        return None
    if voice is Voice.RULES:
        return True
    if verb["extends"] and verb["extends"].startswith("tiếp"):
        return False
    return not title and (kind is not Kind.AMENDS or grammar.NEW_WORDING.search(text, verb.end()) is not None)


def _joint(text: str, verb: re.Match[str], kind: Kind) -> Iterator[Ruling]:
    """A verb whose paper stands behind the next one."""
    following = grammar.VERB.search(text, verb.end())
    if not following or _KINDS[following.lastgroup or ""] is kind or kind not in (Kind.EXTENDS, Kind.AMENDS):
        return
    if joint := grammar.JOINT.fullmatch(text, verb.end(), following.start()):
        yield Ruling(kind, None, (), True, verb.start(), joint.end("object"))


def _objects(shape: Shape, verb: re.Match[str], kind: Kind) -> Iterator[Ruling]:
    """The papers right behind the verb."""
    text = shape.text
    match = grammar.OBJECT.match(text, verb.end())
    if match is None:
        return
    if not match["paper"] and (among := grammar.AMONG.match(text, verb.end())):
        match = grammar.OBJECT.match(text, among.end()) or match
    if not (match["parts"] or match["paper"]):
        bare = kind is not Kind.AMENDS and grammar.BARE_LIST.match(text, verb.end())
        if parts_of := grammar.PARTS_LIST.match(text, verb.end()) if kind is Kind.REPEALS else None:
            paper = shape.references[parts_of.start("paper")]
            yield Ruling(kind, paper, (), True, verb.start(), len(text), announces=True)
        elif bare or grammar.LIST.match(text, verb.end()):
            yield Ruling(kind, None, (), True, verb.start(), len(text), announces=True)
        return
    some = match["some"] is not None and not re.search(r"toàn\s+bộ|tất\s+cả", match["glue"])
    while match:
        end = match.end("paper") if match["paper"] else match.end("parts")
        parts = shape.parts[match.start("parts")] if match["parts"] else ()
        place = grammar.PLACE.match(text, end) if not parts and kind is Kind.AMENDS else None
        if place:
            parts, end = shape.parts[place.start("parts")], place.end()
        reference = shape.references[match.start("paper")] if match["paper"] else None
        partly = Kind.AMENDS if some and not parts and kind in (Kind.REPLACES, Kind.REPEALS) else kind
        yield Ruling(partly, reference, parts, True, verb.start(), end)
        match = grammar.FURTHER.match(text, end) if match["paper"] else None
        if match and grammar.PREDICATE.search(match["behind"]):
            return


def _passive(shape: Shape, voice: Voice, *, governed: bool) -> Iterator[Ruling]:
    text, position = shape.text, 0
    while first := grammar.FIRST.search(text, position):
        subjects = list(_subjects(shape, first))
        position = subjects[-1].end
        start = text.rfind(";", 0, first.start()) + 1
        verb = grammar.PASSIVE.match(text, position)
        if not verb:
            continue
        name = next(name for name in _PASSIVES if verb[name])
        kind, head = _KINDS[name], _head(text, start, first.start())
        if head is None or (subjects[0].reference is None and kind is Kind.EXTENDS):
            continue
        if grammar.DOUBT.search(text, verb.start(), verb.start(name)) or grammar.DOUBT.search(
            text, start, first.start()
        ):
            continue
        if grammar.GOVERNED.search(text, 0, start):
            continue
        if kind is Kind.REPEALS and grammar.SUPERSEDED.match(verb["tail"]):
            kind = Kind.REPLACES
        explicit = _passive_explicit(verb["tail"], kind, voice, governed=governed)
        explicit = explicit and not verb["suspends"]
        if explicit is None or (head is not _Head.PAPER and kind is Kind.EXTENDS):
            continue
        if head is _Head.WORDS or (head is _Head.SOME and kind is not Kind.AMENDS and not subjects[0].parts):
            kind = Kind.AMENDS
        for one in subjects:
            parts, end = one.parts, verb.start("tail")
            if kind is Kind.AMENDS and not parts and (behind := grammar.TAIL_PARTS.match(text, end)):
                parts, end = shape.parts[behind.start("parts")], behind.end()
            yield one._replace(kind=kind, parts=parts, explicit=explicit, start=first.start(), end=end, told=True)


_PASSIVES = ("suspends", "repeals", "replaces", "amends", "extends")


class _Head(Enum):
    """What of a paper a sentence is about."""

    PAPER = "paper"
    SOME = "some"
    ALL = "all"
    WORDS = "words"


def _announced(shape: Shape, voice: Voice, *, governed: bool) -> Iterator[Ruling]:
    """ "Các văn bản sau đây hết hiệu lực: …", with the papers behind it or in the items below."""
    lead = grammar.ANNOUNCED.match(shape.text)
    if not lead or governed or grammar.WISHED.search(lead[0]) or (voice is Voice.ASKS and not re.search(S, lead[0])):
        return
    kind = Kind.REPLACES if lead["replaces"] else Kind.REPEALS
    rulings = list(_objects(shape, lead, kind)) or [Ruling(kind, None, (), True, 0, len(shape.text), announces=True)]
    yield from (one._replace(explicit=lead["published"] is None) for one in rulings)


def _passive_explicit(tail: str, kind: Kind, voice: Voice, *, governed: bool) -> bool | None:
    if grammar.BY_ANOTHER.search(tail) or (kind is Kind.AMENDS and not grammar.AMENDED.match(tail)):
        return None
    if re.search(S, tail):
        return True
    if voice is Voice.ASKS or governed or (voice is Voice.STATES and kind is Kind.REPLACES):
        return True if kind is Kind.EXTENDS and not governed and voice is not Voice.ASKS else None
    return voice is Voice.RULES or kind in (Kind.EXTENDS, Kind.AMENDS)


def _head(text: str, start: int, first: int) -> _Head | None:
    """What of the paper at ``first`` its sentence is about; None where it is about something else."""
    heads = [grammar.HEAD.search(text, start, first)]
    if any(grammar.OPENING.fullmatch(text, start, head.start() if head else first) for head in (*heads, None)):
        return _Head.PAPER
    part = grammar.PART_HEAD.search(text, start, first)
    if part and grammar.OPENING.fullmatch(text, start, part.start()):
        return _Head.ALL if part["all"] else _Head.SOME
    words = grammar.WORDS_HEAD.search(text, start, first)
    return _Head.WORDS if words and grammar.OPENING.fullmatch(text, start, words.start()) else None


def _subjects(shape: Shape, first: re.Match[str]) -> Iterator[Ruling]:
    """The papers, or the parts alone, that one verb may follow."""
    text, match = shape.text, grammar.PAPER.match(shape.text, first.start())
    while match:
        parts = shape.parts[match.start("parts")] if match["parts"] else ()
        reference = shape.references[match.start("paper")] if match["paper"] else None
        end = match.end("paper") if match["paper"] else match.end("parts")
        yield Ruling(Kind.REPEALS, reference, parts, True, first.start(), end)
        match = grammar.AND_PAPER.match(text, end) if match["paper"] else None
