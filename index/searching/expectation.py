"""What kind of answer a question waits for (a time, an amount, a body), and whether words hold one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from index.language.text import fold, key


class Expectation(StrEnum):
    TIME = "time"
    AMOUNT = "amount"
    BODY = "body"
    EFFECT = "effect"
    PLACE = "place"
    REASON = "reason"
    CONDITION = "condition"
    LIST = "list"
    PROCEDURE = "procedure"
    LEAVE = "leave"  # whether something may or must be


_TELLING: Final = (
    Expectation.TIME,
    Expectation.AMOUNT,
    Expectation.BODY,
    Expectation.EFFECT,
    Expectation.PLACE,
    Expectation.REASON,
)
"""Kinds whose answers stand in few passages, so that holding one tells a passage from others."""

_WHICH: Final = r"(?:nao|gi)"
_HOW_MANY: Final = r"(?:bao nhieu|may|bn|bnhieu|nhieu nhat la|so luong)"
_ASKED: Final = {
    Expectation.TIME: re.compile(
        r"\bbao lau|\bbao h\b|\bbh\b|\bkhi (?:nao|mo)|\bbao gio|\bluc (?:nao|may)|\bchung nao|\bthoi han"
        r"|\bhan (?:chot|cuoi|la)"
        r"|\bthoi (?:gian|diem) (?:nao|bao|la)|\bcham nhat|\btre nhat|\bdinh ky|\b(?:may|bao nhieu|bn) lan\b"
        r"|\b(?:ngay|hom|bua|buoi|thang|nam|quy|tuan|dot) (?:nao|may)\b|\bthu may\b|\bmung may\b"
        r"|\b(?:may|bao nhieu|bn|nhieu) (?:ngay|thang|nam|tuan|gio|h|phut|hom|bua|buoi|quy|hoc ky|ky|nhiem ky)\b"
        r"|\btu (?:hom|ngay|dau|bao)\b|\bden (?:hom|ngay) nao"
    ),
    Expectation.AMOUNT: re.compile(
        rf"\b{_HOW_MANY}\b(?! (?:ngay|thang|nam|lan|cai gi|thu)\b)|\bbao nhieu|\bnhieu (?=\d)"
        r"|\bty le|\bphan tram|\bmuc (?:nao|dong|chi|thuong|phat)|\btoi da|\btoi thieu|\bit nhat|\bnhieu nhat"
        r"|\btu may|\bdo tuoi|\bcao nhat|\bthap nhat|\bco nao\b|\bdiem so|\bkinh phi"
    ),
    Expectation.BODY: re.compile(
        r"\bai\b|\b(?:co quan|cap|don vi|to chuc|noi|phong ban|phong|ban|ben|ong|ba|bac|anh|chi|nguoi|dong chi"
        r"|khoa|hoi|to"
        r"|doan|chi bo|dang bo|can bo|lanh dao|bo phan|ban nganh) nao\b|\btham quyen|\bgui (?:cho|len|ve) dau|\bo dau"
        r"|\bai\b|\bchu tri|\bphu trach\b.*\bnao\b"
    ),
    Expectation.EFFECT: re.compile(
        r"\bhieu luc|\bap dung (?:tu|khi|bao|ke)"
        r"|\bthay (?:the|cho)\b.*\b(?:van ban|nao|gi|huong dan|quy dinh|chi thi|nghi quyet)|\bbi thay the|\bbai bo"
        r"|\bthi hanh tu|\bcon (?:dung|gia tri|hieu luc)"
    ),
    Expectation.PLACE: re.compile(
        r"\bo dau|\btai dau|\b(?:cho|noi|phong|hoi truong|dia diem|khu|khu vuc|tuyen|dia ban) nao\b"
        r"|\bdia diem\b|\bdi dau"
        r"|\bcho mo\b|\bden dau\b|\bve dau\b"
    ),
    Expectation.REASON: re.compile(
        r"\b(?:vi|tai|do|boi|co) sao\b|\b(?:do|vi) dau\b|\bsao (?:lai|con|chua|khong|ko|k|phai|bi)\b|\bly do"
        r"|\bnguyen nhan|\bli do"
        r"|\bde lam gi|\bnham (?:muc dich )?gi|\bmuc dich"
    ),
    Expectation.CONDITION: re.compile(
        r"\bdieu kien|\btieu chuan|\btieu chi|\btruong hop nao|\bkhi nao (?:thi )?(?:duoc|bi|phai|moi)"
        r"|\bdoi tuong nao"
        r"|\bthe nao (?:thi|la|moi)|\bra sao (?:thi|moi)|\bnhung ai"
    ),
    Expectation.LIST: re.compile(
        r"\bnhung (?:gi|ai|\w+(?: \w+){0,3} nao)\b|\bcac (?:\w+ ){1,4}nao\b|\bgom\b|\bnhung\b.*\b(?:nao|gi)\b"
        r"|\bliet ke"
        r"|\b(?:may|bao nhieu) (?:loai|muc|hinh thuc|buoc|cap|nhom|bac|nhiem vu|noi dung|tieu chi|truong hop)\b"
        r"|\b(?:cai|thu|giay to|viec|ho so|dieu) gi\b|\bmay cai (?:gi|j)\b"
    ),
    Expectation.PROCEDURE: re.compile(
        r"\blam (?:the nao|sao|gi|ntn)\b|\bthe nao|\bnhu nao|\bntn\b|\bcach (?:nao|tinh|xu|lam|thuc)|\bthu tuc"
        r"|\bquy trinh"
        r"|\bra sao|\bkieu gi|\bxu (?:ly|li)\b|\bthi sao\b|\bbang cach"
    ),
    Expectation.LEAVE: re.compile(
        r"\b(?:co|duoc|dc|phai|bi|can)\b.*\b(?:khong|ko|k|hong|hok|hong|chua|ha|a)\s*[?.!]*\s*$"
        r"|\bco (?:duoc|dc|phai|can|bi)\b|\bduoc phep|\b(?:duoc|dc) (?:khong|ko|k|hok|hong)\b|\bhay khong"
    ),
}
"""On folded text."""
_MARKED: Final = frozenset({"mấy", "bao", "ai", "nào", "đâu", "gì", "sao"})
"""The interrogatives with their marks: where marks are typed, "máy" asks nothing, nor "ái"."""
_INTERROGATIVE: Final = re.compile(r"[^\W\d_]+")
_ASKING: Final = frozenset(fold(word) for word in _MARKED)

_NUMERAL: Final = r"(?:\d[\d.,/]*|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)"
_HELD: Final = {
    Expectation.TIME: re.compile(
        rf"\b{_NUMERAL}\s*(?:(?:-|den)\s*{_NUMERAL}\s*)?(?:ngay|thang|nam|tuan|gio|phut|lan|buoi|quy|hoc ky"
        rf"|nhiem ky)\b"
        r"(?:\s+(?:lam viec|\d{1,2}\b))*|\bngay\s+(?:\d[\d/.-]*|lam viec|cuoi|dau|ky|ban hanh)"
        r"|\b\d{1,2}/\d{1,4}(?:/\d{4})?\b"
        r"|\bthang\s+(?:\d[\d/]*|\w+ hang nam)|\bnam\s+\d{4}|\bquy\s+(?:[ivx]+|\d)\b|\bdinh ky|\b(?:hang"
        r"|moi)\s+(?:nam|thang|quy|tuan|ngay)"
        r"|\bkip thoi|\bngay (?:sau )?khi|\bke tu|\b(?:cuoi|dau|giua)\s+(?:nam|quy|thang|tuan|khoa|hoc ky)|\bnhiem ky"
        r"|\bthu\s+(?:hai|ba|tu|nam|sau|bay)\b|\bchu nhat|\b(?:truoc|sau|trong)\s+khi\b|\b\d{1,2}\s*(?:h"
        r"|g)\d{0,2}\b|\bhoc ky\s+\w+"
    ),
    Expectation.AMOUNT: re.compile(
        rf"\b{_NUMERAL}\s*(?:%|phan|tuoi|dang vien|nguoi|dong|trieu|uy vien|thanh vien|can bo|lan|thang|ngay|nam)"
        rf"|\bmot nua|\bkhong qua\b|\d[\d.,/]*(?:\s*(?:%|(?:trieu|ty|nghin|tram)?\s*dong|[a-z]+(?: [a-z]+)?))?"
    ),
    Expectation.BODY: re.compile(
        r"\b(?:cap uy|chi bo|chi uy|dang uy|dang bo|bo chinh tri|(?:pho )?bi thu|uy ban|co quan|tinh uy"
        r"|thanh uy|van phong"
        r"|cong an|dang vien|ban (?:to chuc|thuong vu|bi thu|chap hanh|tuyen giao|xay dung|chi dao|chi huy"
        r"|cong tac|quan ly)"
        r"|phong (?:kinh te|van hoa|[a-z]+)|mat tran|doan thanh nien|hoi (?:phu nu|cuu chien binh|nong dan"
        r"|dong)|dong chi"
        r"|chu tich|truong (?:ban|phong|doan|khoa)|hieu truong|giam doc|nguoi dung dau|to (?:truong|dang"
        r"|cong tac|dan pho)"
        r"|ubnd|hdnd|ubkt|chu nhiem|trung tam|truong|don vi|khoa|bo)\b"
    ),
    Expectation.EFFECT: re.compile(r"\bco hieu luc|\bthay the\b|\bbai bo\b|\bhet hieu luc"),
    Expectation.PLACE: re.compile(
        r"\b(?:tai|dia diem|tru so|hoi truong|phong (?:hop|tiep)|nha van hoa|trung tam|khu pho|so nha|so \d+)\b"
    ),
    Expectation.REASON: re.compile(
        r"\b(?:do|vi|boi|nham|nguyen nhan|ly do|tranh|de (?:bao dam|phuc vu|nang cao|tao|giup|kip)|thieu"
        r"|chua (?:co|du|kip)|vuong)\b"
    ),
    Expectation.CONDITION: re.compile(
        r"\b(?:neu|khi|truong hop|dieu kien|sau day|dap ung|co du|phai|tro len|tro xuong|doi voi|khong thuoc)\b"
    ),
    Expectation.LIST: re.compile(r":|;|\bgom\b|\bsau day\b|\bva\b.*,|,.*\bva\b|\bcac loai\b|,[^,]+,"),
    Expectation.PROCEDURE: re.compile(
        r"\b(?:nop|gui|lap|thuc hien|tien hanh|theo (?:quy trinh|mau|quy dinh)|trinh|xem xet|bao cao|thong bao"
        r"|tinh|xu ly|dang ky)\b"
    ),
    Expectation.LEAVE: re.compile(
        r"\b(?:khong|duoc|phai|nghiem cam|cam|bat buoc|mien|chi (?:duoc|xem xet)|co the|tru|co quyen|bi)\b"
    ),
}
_COUNTED_AS: Final[Mapping[str, str]] = {
    "hom": "ngay|buoi", "bua": "ngay|buoi|lan", "buoi": "buoi|lan", "h": "gio|phut", "gio": "gio|phut",
    "phut": "phut|gio", "lan": "lan|buoi", "nguoi": "nguoi|dang vien|dong chi|can bo|thanh vien|quan chung|doan vien",
    "ban": "nguoi|dang vien|doan vien", "cu": "nguoi|dang vien|cu", "dang": "dang vien", "nha": "ho|nha|can",
    "phan": "%|phan tram|phan", "tien": "dong|trieu|ty|nghin|suat", "dong": "dong|trieu|ty|nghin", "ti": "ty",
    "cho": "diem|noi|cho|cai|co so", "noi": "diem|noi|chi bo|don vi|co so", "cai": "diem|cai|bo|chiec|may|camera|don",
    "viec": "viec|nhiem vu|noi dung|cong trinh", "tin": "tin chi", "quyen": "quyen|cuon|so",
}  # fmt: skip
"""Units as they are asked for, and as papers count."""
_ASKED_UNIT: Final = re.compile(r"\b(?:bao nhieu|may|bn|nhieu nhat) (?:cai |con |cho )?([a-z]+)\b")
_LASTING: Final = re.compile(r"\bbao lau\b|\bthoi (?:gian|han) (?:bao|la bao|toi)")
_DATED: Final = re.compile(
    r"\b(?:ngay|hom|bua|thang|nam|quy) nao\b|\bkhi nao|\bbao gio|\bbao h\b|\bchung nao|\bhan (?:chot|cuoi)|\bthu may"
)
_DATE: Final = (
    r"\bngay\s+\d[\d/]*|\b\d{1,2}/\d{1,4}(?:/\d{4})?|\bthang\s+\d+|\bquy\s+[ivx]+\b"
    r"|\bthu\s+(?:hai|ba|tu|nam|sau|bay)\b|\bnam\s+\d{4}"
)


class Awaited(NamedTuple):
    """``kinds``: of answers. ``unit``: what counted things must look like on folded text, None where none are."""

    kinds: frozenset[Expectation]
    unit: re.Pattern[str] | None

    def counts(self, folded: str) -> bool:
        """Whether what is counted in the question is counted in this folded text."""
        return self.unit is not None and self.unit.search(folded) is not None

    def answers(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where words of the awaited kind stand in a folded text, those in the unit that is asked for first."""
        yield from self.units(folded)
        yield from self._of(_TELLING, folded)

    def units(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a folded text counts what the question counts."""
        if self.unit:
            yield from (match.span() for match in self.unit.finditer(folded))

    def amounts(self, folded: str) -> Iterator[tuple[int, int]]:
        """Where a folded text says a time or an amount, if such is awaited."""
        yield from self._of((Expectation.TIME, Expectation.AMOUNT), folded)

    def _of(self, kinds: Iterable[Expectation], folded: str) -> Iterator[tuple[int, int]]:
        for kind in kinds:
            if kind in self.kinds:
                yield from (match.span() for match in _HELD[kind].finditer(folded))


@lru_cache(64)
def awaited(question: str) -> Awaited:
    """What an answer to this question has to look like."""
    folded, keyed = fold(question), key(question)
    marked = keyed != folded
    kinds = frozenset(kind for kind, pattern in _ASKED.items() if _finds(pattern, folded, keyed, marked=marked))
    return Awaited(kinds, _unit(folded, keyed, marked=marked))


def _finds(pattern: re.Pattern[str], folded: str, keyed: str, *, marked: bool) -> bool:
    return any(
        not marked or _is_spelled(folded[slice(*m.span())], keyed[slice(*m.span())]) for m in pattern.finditer(folded)
    )


def _is_spelled(folded: str, keyed: str) -> bool:
    """Whether what looks like interrogatives are such with their marks."""
    pairs = zip(_INTERROGATIVE.findall(folded), _INTERROGATIVE.findall(keyed), strict=False)
    return all(plain not in _ASKING or said == plain or said in _MARKED for plain, said in pairs)


def _unit(folded: str, keyed: str, *, marked: bool) -> re.Pattern[str] | None:
    ways = []
    for match in _ASKED_UNIT.finditer(folded):
        if marked and not _is_spelled(match[0], keyed[slice(*match.span())]):
            continue
        ways.append(rf"\b{_NUMERAL}\s*(?:[a-z]+\s+)?(?:{_COUNTED_AS.get(match[1], match[1])})(?!\w)")
    if _LASTING.search(folded):
        ways.append(rf"\b{_NUMERAL}\s*(?:ngay|thang|nam|tuan|gio|phut|quy|hoc ky)\b(?:\s+lam viec)?")
    if _DATED.search(folded):
        ways.append(_DATE)
    return re.compile("|".join(ways)) if ways else None


def expected(question: str) -> frozenset[Expectation]:
    """The kinds of answer that this question waits for, of those that tell a passage from others; empty for most."""
    return awaited(question).kinds.intersection(_TELLING)


def share_met(kinds: frozenset[Expectation], text: str) -> float:
    """Share (0-1) of the kinds that these words hold an answer of; 0 where nothing is expected."""
    return _share(kinds, fold(text))


def share_told(kinds: frozenset[Expectation], folded: str) -> float:
    """The same of a folded text, for the kinds whose answers stand in few places."""
    return _share(kinds.intersection(_TELLING), folded)


def share_hinted(kinds: frozenset[Expectation], folded: str) -> float:
    """The same for the other kinds, which are known by common words."""
    return _share(kinds.difference(_TELLING), folded)


def _share(kinds: frozenset[Expectation], folded: str) -> float:
    return sum(_HELD[kind].search(folded) is not None for kind in kinds) / len(kinds) if kinds else 0.0


_ENDS_ANOTHER = re.compile(r"\b(?:thay the|bai bo|huy bo|het hieu luc)\b[^.;\n]{0,80}?\b(?:so\s+\d|\d+\s?-\s?[a-z])")


def ends_another(text: str) -> bool:
    """Whether a clause of this text replaces or repeals a paper that it names by its number."""
    return _ENDS_ANOTHER.search(fold(text)) is not None
