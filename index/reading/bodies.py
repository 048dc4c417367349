"""Which body issued a paper, and whether one body stands as high as another or above it.

Only the issuer or a superior body may amend, replace or repeal a paper (Quy định 399-QĐ/TW). Whatever is unknown is
answered with no: a person then decides.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from index.language.text import fold
from index.types import Directive, Reference


class Level(IntEnum):
    """Of Party organisations; the State's bodies have ranks of their own. District level ended on 01/7/2025."""

    CELL = 1  # chi bộ
    BASE = 2  # đảng ủy xã, phường, đặc khu, cơ quan
    MIDDLE = 3  # huyện ủy, quận ủy, thị ủy, đảng ủy khối
    PROVINCE = 4  # tỉnh ủy, thành ủy trực thuộc Trung ương
    CENTRE = 5  # Trung ương


class Body(NamedTuple):
    """``level``: None for State bodies and unknown ones. ``organ``: rank inside its committee, 0 for staff bodies.
    ``staff``: which staff body (folded), empty for the committee itself. ``place``: folded name of its place, empty
    where none is said. ``state``: rank of a State body, 0 for the Party's.
    """

    level: Level | None
    organ: int
    staff: str
    place: str
    state: int = 0

    @property
    def known(self) -> bool:
        return self.level is not None or self.state > 0


_STATE = (
    (r"quoc hoi", 9), (r"uy ban thuong vu quoc hoi", 8), (r"chu tich nuoc", 8), (r"chinh phu", 7),
    (r"thu tuong(?: chinh phu)?", 6), (r"bo (?!chinh tri)(?:truong )?\w+|van phong chinh phu|thanh tra chinh phu", 5),
    (r"hoi dong nhan dan (?:tinh|thanh pho)", 4), (r"(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:tinh|thanh pho)", 3),
    (r"so \w+", 2), (r"hoi dong nhan dan (?:xa|phuong|dac khu|huyen|quan)", 2),
    (r"(?:chu tich )?(?:uy ban nhan dan|ubnd) (?:xa|phuong|dac khu|huyen|quan)", 1),
)  # fmt: skip
_STAFF = re.compile(
    r"(?:van phong|uy ban kiem tra|ubkt|trung tam chinh tri|ban (?!chap hanh|thuong vu|bi thu)(?:to chuc"
    r"|tuyen giao va dan van|tuyen giao|dan van|noi chinh|xay dung dang|kinh te|chi dao|can su dang)"
    r"|hoi dong|to cong tac)(?!\w)"
)
_ORGANS = (
    (re.compile(r"dai hoi"), 5), (re.compile(r"bo chinh tri"), 3), (re.compile(r"ban bi thu"), 2),
    (re.compile(r"ban thuong vu"), 2), (re.compile(r"thuong truc"), 1), (re.compile(r"ban chap hanh"), 4),
)  # fmt: skip
_COMMITTEE = 4
_LEVELS = (
    (re.compile(r"trung uong|bo chinh tri|ban bi thu|quan uy trung uong"), Level.CENTRE),
    (re.compile(r"(?:tinh|thanh) uy|dang bo (?:tinh|thanh pho)"), Level.PROVINCE),
    (re.compile(r"(?:huyen|quan|thi) uy|dang bo (?:huyen|quan|thi xa)|dang uy khoi"), Level.MIDDLE),
    (re.compile(r"dang uy|dang bo"), Level.BASE),
    (re.compile(r"chi bo|chi uy"), Level.CELL),
)
_SYMBOL_LEVELS = (
    (re.compile(r"(?:TW|BCT|BBT)"), Level.CENTRE), (re.compile(r"TU"), Level.PROVINCE),
    (re.compile(r"(?:HU|QU|ThU|ĐUK)"), Level.MIDDLE), (re.compile(r"ĐU\w*"), Level.BASE),
    (re.compile(r"CB"), Level.CELL),
)  # fmt: skip
_STAFF_SYMBOL = re.compile(r"(?P<staff>VP|BTC|UBKT|BTGDV|BTG|BDV|BNC|TTCT|BCĐ)(?=TW|TU|HU|QU|ThU|ĐU)")
_LOCAL = 4
_STATE_SYMBOLS = {"UBTVQH": 8, "QH": 9, "CP": 7, "TTg": 6, "HĐND": 2, "UBND": 1}
_PLACE = re.compile(
    r"(?<!\w)(?:dang bo|dang uy|tinh uy|thanh uy|huyen uy|quan uy|thi uy|chi bo|chi uy)(?!\w)\s*(?P<place>.*)$"
)
_STATE_PLACE = re.compile(r"(?<!\w)(?:hoi dong nhan dan|uy ban nhan dan|ubnd|bo|so)(?!\w)\s*(?P<place>.*)$")
_PROVINCE = re.compile(r"^(?:tinh|thanh pho)\s+(?=\w)")
_GENERIC = frozenset({"", "phuong", "xa", "tinh", "thanh pho", "dac khu", "huyen", "quan", "khoi", "cac co quan"})
_SUCCEEDS = {"ban tuyen giao va dan van": ("ban tuyen giao", "ban dan van")}
"""Merged in 2025: the staff body to those whose papers it may change."""


def body_of(directive: Directive) -> Body:
    """The body that issued a directive, from its name, or from the symbol of its number where no name says more."""
    return read_body(directive.issuer, number=directive.number)


def read_body(name: str | None, *, number: str | None = None) -> Body:
    """The body of this name; ``number``: of one of its papers, whose symbol says the level where the name does not."""
    return _read_body(name or "", _symbol(number))


@lru_cache(maxsize=1 << 14)
def _read_body(name: str, symbol: str) -> Body:
    words = " ".join(fold(name).split())
    for pattern, rank in _STATE:
        if re.match(rf"(?:{pattern})(?!\w)", words):
            said = _STATE_PLACE.search(words)
            organ = 1 if words.startswith("chu tich uy ban") else _COMMITTEE
            return Body(None, organ, "", said["place"].strip() if said else "", rank)
    level = next((level for pattern, level in _LEVELS if pattern.search(words)), None)
    if not words:
        return _by_symbol(symbol)
    if level is None:
        return Body(_by_symbol(symbol).level, 0, words, "")  # a board of its own
    if level is Level.PROVINCE and re.match(r"(?:HU|QU|ThU)", symbol.replace("UBKT", "")):
        level = Level.MIDDLE  # a thành ủy below a province
    place = "" if level is Level.CENTRE else _place(words)
    place = _PROVINCE.sub("", place) if level is Level.PROVINCE else place
    if staff := _STAFF.match(words):
        return Body(level, 0, staff[0].replace("ubkt", "uy ban kiem tra"), place)
    organ = next((rank for pattern, rank in _ORGANS if pattern.search(words)), _COMMITTEE)
    return Body(level, organ, "", place)


def rank_of(directive: Directive) -> int:
    """For putting higher issuers first: greater is higher; 0 where the issuer is unknown. The Party's and the State's
    bodies are not compared by it but kept apart.
    """
    body = body_of(directive)
    if not body.known:
        return 0
    return body.state * 10 if body.state else (body.level or 0) * 10 + body.organ


def is_same_or_superior(issuer: Directive, of: Directive) -> bool:
    """Whether the body that issued the first may change what the body of the second issued. Unknown: False."""
    one, other = body_of(issuer), body_of(of)
    if not (one.known and other.known) or bool(one.state) != bool(other.state):
        return False
    if one.level is other.level is Level.CELL and fold(issuer.place or "") != fold(of.place or ""):
        return False  # every ward has its khu phố 3
    return _state_above(one, other) if one.state else _party_above(one, other)


def _state_above(one: Body, other: Body) -> bool:
    local = one.state <= _LOCAL and other.state <= _LOCAL
    if one.state == other.state:
        return one.organ >= other.organ and one.place == other.place and not (local and one.place in _GENERIC)
    return one.state > other.state and (not local or _may_contain(one, other))


def _party_above(one: Body, other: Body) -> bool:
    if one.level is None or other.level is None:
        return False
    if one.level is other.level:
        if one.staff and (one.staff == other.staff or other.staff in _SUCCEEDS.get(one.staff, ())):
            return _same_place(one, other)
        return not one.staff and one.organ >= other.organ and _same_place(one, other)
    # A staff body commands no committee, nor its own like further down.
    return one.level > other.level and not one.staff and _may_contain(one, other)


def _same_place(one: Body, other: Body) -> bool:
    if one.level is Level.CENTRE and other.level is Level.CENTRE:
        return True
    return one.place == other.place and one.place not in _GENERIC


def _may_contain(one: Body, other: Body) -> bool:
    """False where the lower body's name says another province or city."""
    said = re.search(r"(?:tinh|thanh pho)\s+(?P<name>.+)$", other.place)
    mine = re.sub(r"^(?:tinh|thanh pho)\s+", "", one.place)
    return not said or not mine or mine in said["name"] or said["name"] in mine


def outranks(reference: Reference, directive: Directive) -> bool:
    """Whether a paper that is named is of a clearly higher body than the directive that names it."""
    one = read_body(reference.issuer, number=reference.number)
    by_symbol = _by_symbol(_symbol(reference.number))
    other = body_of(directive)
    level = by_symbol.level or one.level
    if level is not None and other.level is not None:
        return level > other.level
    state = one.state or by_symbol.state
    return bool(state and (other.state and state > other.state)) if not other.level else False


def _place(words: str) -> str:
    """The place of a body: what follows the last word for a committee or board."""
    found = ""
    rest = words
    while match := _PLACE.search(rest):
        found, rest = match["place"].strip(), match["place"]
    return found


def _symbol(number: str | None) -> str:
    """The issuer in the symbol of a number: behind the type in a State one (``12/QĐ-UBND``)."""
    before, _, behind = (number or "").rpartition("/")
    return behind if "-" in before else behind.partition("-")[2] or behind


def _by_symbol(symbol: str) -> Body:
    first = symbol.split("-")[0]
    for name, rank in _STATE_SYMBOLS.items():
        if first.startswith(name):
            return Body(None, _COMMITTEE, "", "", rank)
    staff = _STAFF_SYMBOL.match(first)
    rest = first[staff.end() :] if staff else first
    level = next((level for pattern, level in _SYMBOL_LEVELS if pattern.match(rest)), None)
    return Body(level, 0 if staff else _COMMITTEE, staff["staff"] if staff else "", "")
