"""What a turn refers to: the state of one conversation, and the search that the next turn asks for.

Three kinds of turn follow on. One that points at a place or paper (``còn khoản 2?``, ``văn bản đó thay thế gì?``) is
searched as it is, near the last quote. One without a subject of its own (``thế đảng viên dự bị thì sao?``) is searched
together with the words of the last question. One that swaps the paper (``còn chỉ thị 25?``) repeats the last question
with the other number. Everything else stands alone: to miss a follow-up costs one more question, to see one where there
is none gives a wrong paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.answering import phrases
from bot.answering.fields import asked_fields
from bot.messages import Frozen
from index import Directive, DocumentNumber, Quote, fold


class Conversation(Frozen):
    """``topic``: the last question that stood alone. ``asked``: the last one searched, without its document numbers.

    ``focus``: the last quote that was shown. ``papers``: the several directives that were asked for together.
    """

    topic: str | None = None
    asked: str = ""
    focus: Quote | None = None
    papers: tuple[Directive, ...] = ()


class Turn(Frozen):
    """``question``: the words to search. ``focus``: the quote they refer to; ``within``: only its directive is meant.

    ``stands_alone``: it becomes the topic. ``said``: the words of this turn alone.
    """

    question: str
    said: str = ""
    focus: Quote | None = None
    within: bool = False
    stands_alone: bool = True


_MATTER = r"(?:dieu|viec|van de|cai|truong hop|noi dung|y|chuyen)"
_POINTING = (
    r"(?:nay|do|ay|kia|tren(?! (?:dia|toan|moi|cac|co so|khap|tinh than))|vua roi|vua neu|noi tren|neu tren|o tren)"
)
_POINTS_AT_PAPER = re.compile(
    rf"\b(?:{phrases.TYPES}|khoan|diem|muc|phan|chuong|phu luc|no) {_POINTING}(?=\s|$)|^no(?=\s)"
)
_POINTS_AT_MATTER = re.compile(rf"\b{_MATTER} {_POINTING}(?=\s|$)")
_BY_WHOM = re.compile(r"\bdo(?= (?:ai|co quan|don vi|cap|to chuc|ban|dang uy|chi bo|bo|nguoi|dong chi)\b)")
_OTHER_PAPER = re.compile(
    r"\b(?:dieu le|luat|hien phap|nghi dinh|thong tu|bo luat)\b|\b(?:cua|so|van ban|vb) \d{1,4}\b(?!\.)"
)
_OF_THE_PAPER = re.compile(
    r"\b(?:co )?(?:con |het )?(?:hieu luc(?: thi hanh)?|ap dung (?:ke )?tu|thay (?:the|cho)"
    r"|bai bo|huy bo|sua doi|bo sung|pham vi(?: dieu chinh)?|doi tuong(?: ap dung| dieu chinh)?"
    r"|noi nhan|muc dich|can cu|phu luc|ban hanh|ky)\b"
)
_OPENING = re.compile(
    r"^(?:(?:vay|the|roi|a|u|ma|nhung)\s+)*(?:con|the(?! (?:nao|he|che|gioi|luc|duc|tran|ky))|vay)\b(?!~)\s*"
    r"(?:thi\b\s*)?(?:neu\b\s*)?"
)
_TAIL = re.compile(
    r"\s*\b(?:(?:thi|la) (?:sao|the nao|nhu the nao|ntn|ra sao)|ra sao|(?:nhu )?the nao)"
    r"(?: (?:a|vay|nhi|ha|dong chi|nhe))*$"
)
_ASKS = re.compile(r"\b(?:ai|gi|nao|may|bao|sao|dau|the nao|khong|cu the|ro hon|chi tiet)\b")
_BARE_PLACE = re.compile(r"(?<![\w.])\d+(?:\.\d+)+(?![\w.]*\w)")
_BEFORE = re.compile(rf"\b(?:{phrases.BEFORE})\b")
_CONDITION = re.compile(r"\b(?:khong|chua|neu)\b")

MOST_SYLLABLES: Final = 6
"""Content syllables of a turn that may still lack a subject of its own."""


def next_turn(conversation: Conversation, text: str, numbers: Sequence[DocumentNumber]) -> Turn:
    """What to search for this turn. ``numbers``: the document numbers found in ``text``."""
    return _meant(conversation, text, numbers).model_copy(update={"said": text.strip()})


def _meant(conversation: Conversation, text: str, numbers: Sequence[DocumentNumber]) -> Turn:
    text = _with_place(text.strip()) if conversation.focus and not numbers else text.strip()
    form = _BY_WHOM.sub("do~", phrases.without_opening(phrases.form_of(phrases.without_numbers(text, numbers))))
    if conversation.topic is None:
        return Turn(question=text)
    if numbers:
        return _swapped(conversation, text, form) or Turn(question=text)
    if _BEFORE.search(form) and not (phrases.content_of(form) or phrases.names_item(form)):
        return Turn(question=_joined(conversation.topic, text), focus=conversation.focus, stands_alone=False)
    if conversation.focus and (_points_at_paper(form) or phrases.names_item(form)) and not _names_other_paper(form):
        question = phrases.cut(text, _POINTS_AT_PAPER) or text
        return Turn(
            question=question, focus=conversation.focus, within=not phrases.names_item(form), stands_alone=False
        )
    if _lacks_subject(form):
        return Turn(question=_joined(conversation.topic, text), focus=conversation.focus, stands_alone=False)
    return Turn(question=text)


def _with_place(text: str) -> str:
    """``còn 9.1?`` as ``còn mục 9.1?``."""
    if not _BARE_PLACE.search(text) or phrases.content_of(phrases.form_of(_BARE_PLACE.sub(" ", text))):
        return text
    if phrases.names_item(phrases.form_of(text)):
        return text
    return _BARE_PLACE.sub(rf"{'muc' if fold(text) == text.lower() else 'mục'} \g<0>", text)


def points_at_nothing(conversation: Conversation, text: str) -> bool:
    """The turn is about a paper or a place in it ("ai ký?", "khoản 2?"), and nothing says of which."""
    form = phrases.without_opening(phrases.form_of(text))
    points = _points_at_paper(form) and not phrases.content_of(_POINTS_AT_PAPER.sub(" ", form))
    return conversation.focus is None and (
        points or _asks_of_paper(form) or (phrases.names_item(form) and not phrases.content_of(form))
    )


def _joined(topic: str, text: str) -> str:
    new = phrases.cut(text, _OPENING, _TAIL, _POINTS_AT_MATTER) or text
    return f"{topic.rstrip(' ?.!')}, {new}, {new}"  # twice: what is new counts more than what is carried along


def after(
    conversation: Conversation,
    turn: Turn,
    numbers: Sequence[DocumentNumber],
    *,
    focus: Quote | None,
    papers: tuple[Directive, ...] = (),
) -> Conversation:
    """The state after a turn that left the conversation at ``focus``."""
    return Conversation(
        topic=turn.question if turn.stands_alone else conversation.topic,
        asked=phrases.without_numbers(turn.question, numbers),
        focus=focus,
        papers=papers,
    )


def _swapped(conversation: Conversation, text: str, form: str) -> Turn | None:
    """``còn chỉ thị 25?``: the last question about another paper."""
    rest = _TAIL.sub("", form)
    asks_nothing = not (phrases.content_of(rest) or phrases.names_item(form) or _ASKS.search(rest))
    if not (_OPENING.match(form) and asks_nothing and conversation.asked):
        return None
    return Turn(question=f"{conversation.asked.rstrip(' ?.!')} {text}")


def _names_other_paper(form: str) -> bool:
    return bool(_OTHER_PAPER.search(form)) and not _POINTS_AT_PAPER.search(form)


def _points_at_paper(form: str) -> bool:
    return bool(_POINTS_AT_PAPER.search(form)) or _asks_of_paper(form)


def _asks_of_paper(form: str) -> bool:
    """Asks for a field or the effect of a paper, and for nothing else."""
    asked = asked_fields(form)
    if asked is not None and not asked.subject:
        return True
    return bool(_OF_THE_PAPER.search(form)) and not phrases.content_of(_OF_THE_PAPER.sub(" ", form))


def _lacks_subject(form: str) -> bool:
    opening, tail = _OPENING.match(form), _TAIL.search(form)
    rest = _TAIL.sub("", _OPENING.sub("", form))
    size = len(phrases.content_of(rest))
    if opening:
        return size <= (2 * MOST_SYLLABLES if tail else MOST_SYLLABLES)
    if _POINTS_AT_MATTER.search(form):
        return size <= MOST_SYLLABLES
    if tail and tail[0].strip().startswith("thi"):
        return size <= (2 if _CONDITION.search(rest) else 4)
    return not phrases.content_of(form) and bool(_ASKS.search(form))
