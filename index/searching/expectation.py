"""What kind of answer a question waits for (a time, an amount, a body), and whether words hold one."""

from __future__ import annotations

import re
from enum import StrEnum

from index.language.text import fold


class Expectation(StrEnum):
    TIME = "time"
    AMOUNT = "amount"
    BODY = "body"
    EFFECT = "effect"


_NUMERAL = r"(?:\d[\d.,/]*|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua)"
_ASKED = {
    Expectation.TIME: re.compile(
        r"\bbao lau|\b(?:may|bao nhieu) (?:ngay|thang|nam|tuan|gio)|\bkhi nao|\bbao gio|\bluc nao|\bthoi han"
        r"|\bthoi gian (?:nao|bao)|\bngay nao|\bcham nhat|\bnam nao"
        r"|\bdinh ky|\bmay lan"
    ),
    Expectation.AMOUNT: re.compile(
        r"\bbao nhieu|\bmay (?!ngay|thang|nam\b)|\bty le|\bphan tram|\bmuc (?:nao|dong|chi|thuong)|\bso luong"
        r"|\btoi da|\btoi thieu|\bit nhat|\btu may|\bdo tuoi"
    ),
    Expectation.BODY: re.compile(
        r"\bai\b|\b(?:co quan|cap|don vi|to chuc|noi|ban) nao|\btham quyen|\bgui (?:cho|len) dau|\bo dau"
    ),
    Expectation.EFFECT: re.compile(
        r"\bhieu luc|\bap dung (?:tu|khi|bao|ke)"
        r"|\bthay (?:the|cho)\b.*\b(?:van ban|nao|gi|huong dan|quy dinh|chi thi|nghi quyet)|\bbi thay the|\bbai bo"
        r"|\bthi hanh tu|\bcon (?:dung|gia tri|hieu luc)"
    ),
}
_HELD = {
    Expectation.TIME: re.compile(
        rf"\b{_NUMERAL}\s*(?:ngay|thang|nam|tuan|gio|lan)\b|\bngay \d|\bdinh ky|\bhang (?:nam|thang|quy|tuan)"
        rf"|\bkip thoi|\bngay sau khi|\bke tu|\bcuoi (?:nam|quy)|\bnhiem ky"
    ),
    Expectation.AMOUNT: re.compile(
        rf"\b{_NUMERAL}\s*(?:%|phan|tuoi|dang vien|nguoi|dong|trieu|uy vien|thanh vien|can bo|lan|thang|ngay|nam)"
        rf"|\bmot nua|\bkhong qua\b|\d"
    ),
    Expectation.BODY: re.compile(
        r"\b(?:cap uy|chi bo|chi uy|dang uy|ban (?:to chuc|thuong vu|bi thu|chap hanh|tuyen giao)|bo chinh tri|bi thu"
        r"|uy ban|co quan|tinh uy|thanh uy|van phong|cong an|dang vien)\b"
    ),
    Expectation.EFFECT: re.compile(r"\bco hieu luc|\bthay the\b|\bbai bo\b|\bhet hieu luc"),
}


def expected(question: str) -> frozenset[Expectation]:
    """The kinds of answer that this question waits for; empty for most."""
    folded = fold(question)
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(folded))


def share_met(kinds: frozenset[Expectation], text: str) -> float:
    """Share (0-1) of the kinds that these words hold an answer of; 0 where nothing is expected."""
    if not kinds:
        return 0.0
    folded = fold(text)
    return sum(_HELD[kind].search(folded) is not None for kind in kinds) / len(kinds)


_ENDS_ANOTHER = re.compile(r"\b(?:thay the|bai bo|huy bo|het hieu luc)\b[^.;\n]{0,80}?\b(?:so\s+\d|\d+\s?-\s?[a-z])")


def ends_another(text: str) -> bool:
    """Whether a clause of this text replaces or repeals a paper that it names by its number."""
    return _ENDS_ANOTHER.search(fold(text)) is not None
