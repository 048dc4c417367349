"""Questions about the corpus itself, counted and listed from the fields of what the asker may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot import texts
from bot.answering.answer import Answer, remark, word_fields
from bot.answering.citation import full_name_of
from bot.answering.fields import FieldAnswer, quote_line
from bot.answering.listed import listed_page
from bot.answering.selecting import Selection, State, fits, read_selection, type_label
from bot.answering.standings import Standings
from index import Directive, Span, Status, newest_first

_STATES: Final[dict[State, tuple[Status, ...]]] = {
    "lapsed": (Status.REPLACED, Status.REPEALED, Status.EXPIRED),
    "not_yet": (Status.NOT_YET,),
    "draft": (Status.DRAFT,),
}


def asked_corpus(text: str, standings: Standings, *, topic: str | None = None) -> Selection | None:
    """What the turn, which names no number, selects. ``topic``: the question that it may go on from."""
    listed, today = standings.library.list(visible=standings.visible), standings.validity.today
    if selection := read_selection(text, listed, today=today):
        return selection
    base = read_selection(topic, listed, today=today) if topic else None
    return read_selection(text, listed, today=today, base=base) if base else None


def selected(selection: Selection, standings: Standings) -> list[Directive]:
    """Newest first."""
    listed = (each for each in standings.library.list(visible=standings.visible) if fits(selection, each))
    return newest_first(each for each in listed if _is_in_state(each, selection.state, standings))


def answer_corpus(selection: Selection, standings: Standings, *, words: str, page: int = 1) -> Answer | None:
    """The count with the filter that was understood, and the list; None where nothing is found, and the question may
    ask for what papers say. ``words``: what asks for it again.
    """
    found = selected(selection, standings)
    said = filter_label(selection)
    if not found:
        return remark(texts.SELECTED_NONE.format(filter=said)) if selection.must else None
    if selection.newest and page == 1:
        return _newest(found[0], said, standings)
    gone = sum(standings.status_of(each.id) in _STATES["lapsed"] for each in found)
    lapsed = texts.SELECTED_LAPSED.format(count=gone) if gone and selection.state != "lapsed" else ""
    count = texts.SELECTED.format(filter=said, count=len(found), lapsed=lapsed)
    opening = (count, texts.SELECTED_CHOOSE)
    return listed_page(found, page, said=opening, words=words, standings=standings, answered=True)


def filter_label(selection: Selection) -> str:
    """``Nghị quyết, năm 2023, của Thành ủy``."""
    parts = [
        type_label(selection.types) or (texts.SELECTED_PAPERS if _narrows(selection) else texts.SELECTED_ALL),
        selection.period.label if selection.period else "",
        texts.SELECTED_OF.format(issuer=selection.body.label) if selection.body else "",
        texts.SELECTED_STATUS[selection.state] if selection.state else "",
        texts.SELECTED_ABOUT.format(words=selection.matter_said) if selection.matter else "",
    ]
    return ", ".join(filter(None, parts))


def _narrows(selection: Selection) -> bool:
    return any((selection.period, selection.body, selection.state, selection.matter, selection.newest))


def _is_in_state(directive: Directive, state: State | None, standings: Standings) -> bool:
    if state is None:
        return True
    if state == "holding":
        return standings.holds(directive.id)
    return standings.status_of(directive.id) in _STATES[state]


def _newest(directive: Directive, said: str, standings: Standings) -> Answer:
    mark = standings.mark_of(directive.id)
    name = f"{full_name_of(directive)} ({mark})" if mark else full_name_of(directive)
    title = f": {directive.title}" if directive.number and directive.title else ""
    sentence = texts.SELECTED_NEWEST.format(filter=said, directive=name, title=title)
    printed = standings.library.printed(directive.id, visible=standings.visible)
    lines: Sequence[Span] = (
        [printed.fields[each] for each in ("title", "number") if each in printed.fields] if printed else ()
    )
    quote = quote_line(directive, printed, lines[0]) if printed and lines else None
    told = FieldAnswer(sentence=sentence, quote=quote, named=(directive.id,), carries=True)
    return word_fields([told], standings, named={}, used=[directive])
