"""Which document numbers a turn names: those that the library reads, and bare ones that directives here bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from index import Directive, DirectiveId, DocumentNumber, find_numbers

_READ_ALIKE = re.compile(
    r"(?<=\d )(?:đồng chí|dong chi|(?:quy định|quy dinh)(?= (?:gì|gi|những|nhung|về|ve|như|nhu|thế|the|các|cac)\b))",
    re.IGNORECASE,
)
"""Behind a number: ``294 đồng chí`` is no amount of money, ``quy định 294 quy định gì`` does not say its type twice."""
_BARE = re.compile(
    r"(?P<before>^|\b(?:hỏi|hoi|còn|con|của|cua|trong|theo|văn bản|van ban|vb)\s+)(?P<number>\d{2,4})"
    r"(?=[\s?!.,]*$|\s+(?:do\s+)?(?:ai|đồng chí nào|dong chi nao|ky|ký|kí|điều|dieu|"
    r"khoản|khoan|mục|muc|chương|chuong|nói|noi|quy định|quy dinh|"
    r"ban hành|ban hanh|được ký|duoc ky|được ban hành|duoc ban hanh|gồm|gom|là gì|la gi|là văn bản|la van ban|"
    r"về việc|ve viec|về gì|ve gi|thì sao|thi sao|có hiệu lực|co hieu luc|còn hiệu lực|con hieu luc|"
    r"cơ quan|co quan|của ai|cua ai|của cơ quan|cua co quan|có mấy|co may|có bao nhiêu|co bao nhieu|"
    r"ngày nào|ngay nao|thay thế|thay the)\b)",
    re.IGNORECASE,
)
"""Only where the words round it ask for a paper: ``trong 30 ngày``, ``12 đảng viên`` name none."""


def numbers_in(text: str) -> tuple[DocumentNumber, ...]:
    """The document numbers that are typed in a turn."""
    return tuple(find_numbers(_READ_ALIKE.sub(lambda match: ",".ljust(len(match[0])), text)))


def may_name_bare(text: str) -> bool:
    return bool(_BARE.search(text.strip()))


def spelled_out(
    text: str, directives: Iterable[Directive], *, lapsed: frozenset[DirectiveId] = frozenset()
) -> tuple[str, Mapping[str, tuple[Directive, ...]]]:
    """The turn with ``294`` as ``294-QĐ/TW``, and what each number so spelled may mean.

    The symbol is that of the newest, of those that hold where some do not (``lapsed``).
    """
    meant: dict[str, tuple[Directive, ...]] = {}
    known = list(directives)

    def spell(match: re.Match[str]) -> str:
        bearers = [each for each in known if each.number and _count(each.number) == int(match["number"])]
        if not bearers:
            return match[0]
        newest = max(bearers, key=lambda each: (each.id not in lapsed, each.date.toordinal() if each.date else 0))
        symbol = newest.number or ""
        meant[symbol] = tuple(bearers)
        return f"{match['before']}{symbol}"

    return _BARE.sub(spell, text.strip()), meant


def attached_spelled(text: str, directives: Iterable[Directive]) -> str:
    """The turn with ``quy chế 33`` as ``quy chế 33-QĐ/ĐU``, where a paper of that type came with the decision 33, and
    none bears the number itself.
    """
    known = [each for each in directives if each.number]
    for number in reversed(numbers_in(text)):
        of_type = [each for each in known if each.type == number.type and _count(each.number or "") == _plain(number)]
        if number.symbol is None and of_type and all(each.attached_to for each in of_type):
            typed = text[number.span.start : number.span.end]
            words = typed.rstrip("0123456789").rstrip()
            text = f"{text[: number.span.start]}{words} {of_type[0].number}{text[number.span.end :]}"
    return text


def _plain(number: DocumentNumber) -> int | None:
    return int(number.number) if number.number.isdecimal() else None


def _count(symbol: str) -> int | None:
    digits = re.match(r"\d+", symbol)
    return int(digits[0]) if digits else None
