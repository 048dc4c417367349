"""Questions about the quote that was shown last: on which page it stands, and in which directive."""

from __future__ import annotations

import re

from bot import texts
from bot.answering import citation, phrases
from bot.answering.answer import Answer, ask_back, remark, with_amending
from bot.answering.standings import Standings
from bot.messages import Reply, Text
from index import Quote

_MATTER = r"(?:(?:cai|dieu|doan|cau|noi dung|viec|trich dan|y) (?:nay|do|ay|tren|vua roi) |no |vay |the |nhung )*"
_END = r"(?: (?:vay|the|a|nhi|ha|day|do|nay|dong chi))*$"
_ON_PAGE = re.compile(rf"^{_MATTER}(?:thi |nam |la )*(?:o |tai )?trang (?:so )?(?:may|nao|bao nhieu){_END}")
_SOURCE = re.compile(
    rf"^{_MATTER}(?:thi |la |nam |duoc |co )*(?:quy dinh |neu |noi |ghi )?(?:o |tai |trong |theo )*"
    rf"(?:van ban|vb|tai lieu) nao(?: quy dinh| noi| neu| ghi| viet)?(?: (?:dieu|viec) (?:nay|do))?{_END}"
)


def about_last_quote(text: str, focus: Quote | None, standings: Standings) -> Answer | None:
    """The answer where the turn asks of nothing but the last quote; None where it asks something else."""
    form = phrases.without_opening(phrases.form_of(text))
    on_page, source = _ON_PAGE.match(form), _SOURCE.match(form)
    if not (on_page or source):
        return None
    if focus is None:
        return ask_back(texts.WHICH_DIRECTIVE)
    if source:
        said = Text(text=texts.QUOTED_FROM.format(directive=citation.full_name_of(focus.directive)))
        return _again(said, focus, standings)
    if focus.page is None:
        return remark(texts.QUOTE_WITHOUT_PAGE.format(directive=citation.name_of(focus.directive)))
    line = Text(text=texts.QUOTE_ON_PAGE.format(page=focus.page))
    return _again(line, focus, standings)


def _again(said: Text, focus: Quote, standings: Standings) -> Answer:
    quotes, blocks = with_amending([focus], standings)
    return Answer(answered=True, reply=Reply(blocks=(said, *blocks)), quotes=quotes)
