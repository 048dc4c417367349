"""Where document numbers are mentioned in a text whose letters are in order.

Every run of digits is looked at once, in order, and read by the first of these that fits:

1. a whole symbol (``24-CT/TU``, ``24 ct tu``, ``117/2025/QH15``, ``12/UBND-VP``);
2. a number after its type (``chỉ thị số 24``, ``nq143``), perhaps with the issuer behind it;
3. a further number of an enumeration (``nghị quyết 18 và 19``);
4. a number before a type without an issuer (``24-ct``).

Dates, years, amounts and articles are none. The span of a whole symbol is the symbol alone; where words say the type or
the issuer, they belong to the span.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal, NamedTuple

from index.language import patterns, symbols
from index.language.amounts import is_amount, is_measure
from index.language.dates import find_dates
from index.language.text import fold, key

Order = Literal["party", "state", "typeless"]
"""24-CT/TU; 24/CT-TTg; 117/2025/QH15."""


class Mention(NamedTuple):
    """A number in the text and where it stands.

    ``types``: the likeliest first. ``order``: how its symbol is written, None where words say it. ``shared``: the type
    is said before another number of the same enumeration.
    """

    number: str
    types: tuple[str, ...]
    issuer: str | None
    start: int
    end: int
    order: Order | None = None
    shared: bool = False


class _Views:
    """One text three times, character by character: as shown, its key and folded; dates are NULs in the last two."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.key = key(shown)
        for date in find_dates(shown):
            self.key = self.key[: date.start] + "\x00" * (date.end - date.start) + self.key[date.end :]

    @cached_property
    def plain(self) -> str:
        return fold(self.key)


class _Head(NamedTuple):
    """The type said before a number, by name or symbol; whether "số" stands between; the issuer perhaps before it."""

    types: tuple[str, ...]
    start: int
    numbered: bool
    issuer: str | None = None
    named: bool = False

    def may_count(self, number: str) -> bool:
        """Whether the type's name is also an ordinary noun, so that the number may count: ``báo cáo 6 tháng``."""
        few = len(number) < 3 and self.types[0] in patterns.COUNTABLE_BELOW_100
        return self.named and (few or self.types[0] in patterns.COUNTABLE)


def find_mentions(text: str) -> list[Mention]:
    """The mentions in the order of the text; they do not overlap."""
    return _with_common_issuers(_scan(_Views(text))) if patterns.DIGITS.search(text) else []


def _scan(views: _Views) -> list[Mention]:
    found: list[Mention] = []
    for digits in patterns.DIGITS.finditer(views.key):
        start, end = digits.start(), found[-1].end if found else 0
        if start < end or not (_begins_a_number(views.key, start) or (found and start == end + 1)):
            continue
        head = _head(views, start, end)
        number = _symbol(views, start, head)
        if not number and head:
            number = _after_type(views, start, head)
        if not number and found:
            number = _enumerated(views, start, found[-1])
        number = number or _before_type(views, start)
        if number and number.number.strip("0"):
            found.append(number)
    return found


def _begins_a_number(keyed: str, start: int) -> bool:
    """False for the later parts of 6.3.1, 1.000, 2021-2025, 24/7."""
    return start < 2 or keyed[start - 1] not in ".,/-:" or not keyed[start - 2].isdigit()


def _head(views: _Views, start: int, floor: int) -> _Head | None:
    words = list(patterns.WORD.finditer(views.key, max(floor, start - 40), start))[-5:]
    numbered = bool(words) and words[-1][0] in ("số", "sô", "so")
    if numbered:
        words.pop()
    if not words or not (numbered or symbols.may_end_a_type(words[-1][0])):
        return None
    if not patterns.GAP.fullmatch(views.key, words[-1].end(), start):
        return None
    return _type_said(views, words, numbered=numbered) or (_head_with_issuer(views, start, floor) if numbered else None)


def _type_said(views: _Views, words: list[re.Match[str]], *, numbered: bool) -> _Head | None:
    """The type that the last of these words say, by name or by symbol."""
    last = words[-1]
    if not symbols.may_end_a_type(last[0]):
        return None
    for first in words[-4:]:
        types = symbols.types_named(views.key[first.start() : last.end()])
        if types:
            return _Head(types, first.start(), numbered, named=True)
    types = symbols.types_spelled(last[0])
    if not types or types[0] not in symbols.BARE_TYPES or _is_most(views, last, numbered=numbered):
        return None
    most = last[0] == "da"  # "da so 30 nguoi": đa số
    return _Head(types, last.start(), numbered and not most, named=most)


def _head_with_issuer(views: _Views, start: int, floor: int) -> _Head | None:
    """The type in ``chỉ thị của thành ủy số``."""
    name = patterns.NAME_BEFORE.search(views.plain, max(floor, start - 70), start)
    words = list(patterns.WORD.finditer(views.key, max(floor, name.start() - 40), name.start())) if name else []
    head = _type_said(views, words, numbered=True) if words else None
    return head._replace(issuer=symbols.issuer_named(name["issuer"])) if head and name else None


def _is_most(views: _Views, word: re.Match[str], *, numbered: bool) -> bool:
    """Whether the word is that of "tối đa 5" or "đa số 538"."""
    if numbered:
        return word[0] == "đa" and not _shown(views, word).isupper()
    return word[0] in ("đa", "da") and views.key[: word.start()].endswith(("tối ", "toi "))


def _word_before(views: _Views, start: int) -> str:
    words = patterns.WORD.findall(views.plain, max(0, start - 12), start)
    return words[-1] if words else ""


# 1. Whole symbols.


def _symbol(views: _Views, start: int, head: _Head | None) -> Mention | None:
    return (
        _law(views, start, head) or _spaced_symbol(views, start) or _state_symbol(views, start)
        or _party_symbol(views, start) or _typed_symbol(views, start) or _letter(views, start, head)
    )  # fmt: skip


def _law(views: _Views, start: int, head: _Head | None) -> Mention | None:
    match = patterns.LAW.match(views.key, start)
    if not match:
        return None
    types = head.types if head else ("L", "NQ") if match["issuer"].startswith("qh") else ("PL", "NQ")
    return Mention(_shown(views, match, "number"), types, match["issuer"].upper(), start, match.end(), "typeless")


def _spaced_symbol(views: _Views, start: int) -> Mention | None:
    """A State symbol typed without strokes: 30 2020 nd cp."""
    match = patterns.SPACED.match(views.key, start)
    if not match or _word_before(views, start) in patterns.COUNTING:
        return None
    issuer = symbols.issuer_spelled(match["issuer"], state=True)
    if not symbols.is_state_issuer(issuer):
        return None
    return _whole(views, match, issuer, order="state")._replace(number=f"{match['number']}/{match['year']}")


def _state_symbol(views: _Views, start: int) -> Mention | None:
    broken = patterns.BROKEN.match(views.key, start) if _word_before(views, start) == "so" else None
    match = broken or patterns.STATE.match(views.key, start)
    if not match:
        return None
    issuer = symbols.issuer_spelled(_shown(views, match, "issuer"), state=True)
    return _whole(views, match, issuer, order="party" if symbols.is_party_issuer(issuer) else "state")


def _party_symbol(views: _Views, start: int) -> Mention | None:
    match = patterns.PARTY.match(views.key, start)
    if not match or fold(match["issuer"]) in patterns.UNITS:
        return None
    issuer = symbols.issuer_spelled(_shown(views, match, "issuer"))
    return _whole(views, match, issuer, order="state" if symbols.is_state_issuer(issuer) else "party")


def _whole(views: _Views, match: re.Match[str], issuer: str, *, order: Order) -> Mention:
    types = symbols.types_written(_shown(views, match, "type"))
    return Mention(_shown(views, match, "number"), types, issuer, match.start(), match.end(), order)


def _typed_symbol(views: _Views, start: int) -> Mention | None:
    match = patterns.TYPED.match(views.key, start)
    if not match or _word_before(views, start) in patterns.COUNTING:
        return None
    issuer = symbols.issuer_spelled(match["issuer"])
    return Mention(_shown(views, match, "number"), symbols.types_spelled(match["type"]), issuer, start, match.end())


def _letter(views: _Views, start: int, head: _Head | None) -> Mention | None:
    """A State letter, whose symbol says no type: 12/UBND-VP."""
    match = patterns.LETTER.match(views.key, start)
    if not match:
        return None
    written = _shown(views, match, "issuer")
    issuer = symbols.issuer_spelled(written, state=True)
    announced = "-" in issuer and written.isupper() and (head or _word_before(views, start) == "so")
    if symbols.is_party_issuer(issuer) or not (announced or symbols.is_state_issuer(issuer)):
        return None
    types = head.types if head else ("CV",)
    return Mention(_shown(views, match, "number"), types, issuer, start, match.end(), "typeless")


def _shown(views: _Views, match: re.Match[str], group: str | int = 0) -> str:
    return views.shown[match.start(group) : match.end(group)]


# 2-4. Numbers whose type or issuer words say.


def _after_type(views: _Views, start: int, head: _Head) -> Mention | None:
    match = patterns.MERE.match(views.key, start) or (None if head.may_count("1") else _joined(views, start))
    if not match or not _is_meant(match["number"], head) or not _is_quoted_whole(views, match):
        return None
    if not (head.numbered or _stands_alone(views, match, head)):
        return None
    issuer, end = _issuer_behind(views, match.end(), head.types)
    return Mention(_shown(views, match, "number"), head.types, issuer or head.issuer, head.start, end)


def _joined(views: _Views, start: int) -> re.Match[str] | None:
    """The 217 of ``217/218``, unless an amount ends there: ``10-15 ngày``."""
    match = patterns.FIRST.match(views.key, start)
    further = patterns.FURTHER.match(views.key, match.end()) if match else None
    return match if further and not is_amount(views.key, views.plain, further.end()) else None


def _is_quoted_whole(views: _Views, match: re.Match[str]) -> bool:
    """False for ``chương trình "1000 …"``, whose quote does not end with the number."""
    before, behind = views.key[match.start() - 1 : match.start()], views.key[match.end() : match.end() + 1]
    return before not in ('"', "“", "'") or behind in ('"', "”", "'")


def _enumerated(views: _Views, start: int, previous: Mention) -> Mention | None:
    match = patterns.MERE.match(views.key, start) or _joined(views, start)
    if previous.order or not match or not _is_further(views, previous, match):
        return None
    if not _stands_alone(views, match):
        return None
    issuer, end = _issuer_behind(views, match.end(), previous.types)
    return Mention(_shown(views, match, "number"), previous.types, issuer, start, end, shared=True)


def _is_further(views: _Views, previous: Mention, match: re.Match[str]) -> bool:
    """Whether the number belongs to the enumeration of the one before it."""
    between = views.key[previous.end : match.start()]
    if patterns.AND.fullmatch(between):
        return True
    if between in ("/", "-"):
        return patterns.FURTHER.match(views.key, previous.end) is not None
    return between == " " and len(previous.number) == len(match["number"]) > 1  # nq 18 19 20


def _before_type(views: _Views, start: int) -> Mention | None:
    match = patterns.TYPE_BEHIND.match(views.key, start)
    before = _word_before(views, start)
    if not match or before in patterns.COUNTING or views.key[start - 1 : start].isalpha():
        return None
    if match["type"] == "nd" and not match["gap"]:  # 2nd
        return None
    types = symbols.types_spelled(match["type"])
    issuer, end = _issuer_behind(views, match.end(), types)
    joined = not match["gap"] or not match["gap"].isspace()
    if types[0] not in patterns.LOOSE or not (joined or issuer or not before or before in patterns.NAMING):
        return None
    if not (joined or issuer or before == "so" or patterns.SPOKEN_OF.match(views.plain, match.end())):
        return None
    return Mention(_shown(views, match, "number"), types, issuer, start, end)


def _is_meant(number: str, head: _Head) -> bool:
    """Whether a number after its type is the document's: ``báo cáo 6/2026`` names a month, ``kỷ luật 12`` no law."""
    count, _, year = number.partition("/")
    if head.types[0] not in symbols.BARE_TYPES and not year:
        return head.numbered
    if head.numbered or (year and (head.types[0] in symbols.STATE_TYPES or head.types[0] == "TT")):
        return True
    return not (year and count.strip().isdigit() and int(count) <= 12)


def _stands_alone(views: _Views, match: re.Match[str], head: _Head | None = None) -> bool:
    """Neither a year nor an amount of something."""
    if re.fullmatch(patterns.YEAR, match["number"]):
        return _slashed_issuer(views, match.end()) is not None
    if head and not head.may_count(match["number"]):
        return not is_measure(views.key, views.plain, match)
    return not is_amount(views.key, views.plain, match.end())


def _issuer_behind(views: _Views, end: int, types: tuple[str, ...]) -> tuple[str | None, int]:
    """The issuer said behind a number, and where the span ends: before a date, even where the issuer follows it."""
    again = patterns.TYPE_AGAIN.match(views.key, end)
    if again and symbols.types_spelled(again["type"]) == types:
        end = again.end()
    slashed = _slashed_issuer(views, end)
    if slashed:
        return slashed
    date = patterns.DATE_BEHIND.match(views.plain, end)
    begin = date.end() if date else end
    name = patterns.NAME_BEHIND.match(views.plain, begin)
    if name and (name["of"] or name["issuer"] != "chi bo"):
        return symbols.issuer_named(name["issuer"]), end if date else name.end()
    symbol = patterns.SYMBOL_BEHIND.match(views.key, begin)
    if symbol:
        return symbols.issuer_spelled(symbol["issuer"] or symbol["cell"]), end if date else symbol.end()
    return None, end


def _slashed_issuer(views: _Views, end: int) -> tuple[str, int] | None:
    match = patterns.SLASHED.match(views.key, end)
    if not match:
        return None
    written = _shown(views, match, "issuer")
    issuer = symbols.issuer_spelled(written)
    named = match["mark"] == "/" and len(written) > 1 and written.isupper()
    return (issuer, match.end()) if named or symbols.is_known_issuer(issuer) else None


def _with_common_issuers(found: list[Mention]) -> list[Mention]:
    """``nghị quyết 18 và 19 của trung ương``: the last of an enumeration says the issuer of all."""
    for position in range(len(found) - 1, 0, -1):
        if found[position].shared and found[position - 1].issuer is None:
            found[position - 1] = found[position - 1]._replace(issuer=found[position].issuer)
    return found
