"""One turn of a conversation: what the person says -> an answer, and the conversation after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import conversation as talk
from bot.answering import courtesy, fields, naming, phrases
from bot.answering.answer import QUOTES, Answer, Named, ask_back, remark, word_fields, word_findings
from bot.answering.conversation import Conversation, Turn
from bot.answering.last_quote import about_last_quote
from index import Directive, DirectiveId, DocumentNumber, Findings, Quote, Span, newest_first

if TYPE_CHECKING:
    from index import Library

LENGTH_LIMIT: Final = 2000
Visible = frozenset[DirectiveId] | None
Numbers = tuple[DocumentNumber, ...]


def respond(
    library: Library, conversation: Conversation, text: str, *, visible: Visible = None
) -> tuple[Answer, Conversation]:
    """Answers one message. Nothing of a directive outside ``visible`` reaches the answer; None means no limit."""
    if polite := kind_word(text):
        return polite, conversation
    conversation = _as_it_stands(library, conversation, visible=visible)
    bare: Named = {}
    if naming.may_name_bare(text):
        text, bare = naming.spelled_out(text, library.list(visible=visible))
    typed = naming.numbers_in(text)
    if not typed and (about := about_last_quote(text, conversation.focus)):
        return about, conversation
    turn = talk.next_turn(conversation, text, typed)
    numbers = naming.numbers_in(turn.question)
    if not numbers and talk.points_at_nothing(conversation, text):
        return ask_back(texts.WHICH_DIRECTIVE), conversation
    named = {**_named(library, turn, numbers, visible=visible), **bare}
    papers = _papers(named) or (conversation.papers if not turn.stands_alone else ())
    answer = _answer_fields(library, turn, numbers, named=named, papers=papers, visible=visible)
    keeps_place = answer is not None
    if answer is None:
        answer = word_findings(_search(library, turn, numbers, named=named, visible=visible), named=named)
    focus = _next_focus(conversation.focus, answer, keeps_place=keeps_place)
    if named and not answer.quotes:
        focus = _header_of(library, named, visible=visible)
    papers = papers if numbers or keeps_place else ()
    return answer, talk.after(conversation, turn, numbers, focus=focus, papers=papers if len(papers) > 1 else ())


def _papers(named: Named) -> tuple[Directive, ...]:
    """For each number the newest directive that bears it."""
    papers = {newest.id: newest for matches in named.values() for newest in newest_first(matches)[:1]}
    return tuple(papers.values())[:QUOTES]


def _search(library: Library, turn: Turn, numbers: Numbers, *, named: Named, visible: Visible) -> Findings:
    papers = _papers(named)
    rest = phrases.form_of(phrases.without_numbers(turn.question, numbers))
    if len(papers) < 2 or not phrases.names_nothing_else(rest):
        within = frozenset({turn.focus.directive.id}) if turn.within and turn.focus else None
        return library.search(turn.question, visible=visible, within=within, focus=turn.focus)
    each = [
        library.search(paper.number or "", visible=visible, within=frozenset({paper.id}), limit=1) for paper in papers
    ]
    quotes = tuple(quote for findings in each for quote in findings.quotes[:1])
    return Findings(
        answered=bool(quotes), quotes=quotes, hits=tuple(hit for one in each for hit in one.hits), nearest=papers
    )


def _as_it_stands(library: Library, conversation: Conversation, *, visible: Visible) -> Conversation:
    """Without what was shown before and is gone since, reads otherwise now, or may no longer be seen."""
    focus = conversation.focus
    printed = library.printed(focus.directive.id, visible=visible) if focus else None
    if focus and (printed is None or printed.text[focus.span.start : focus.span.end] != focus.text):
        focus = None
    papers = tuple(paper for paper in conversation.papers if library.printed(paper.id, visible=visible) is not None)
    return conversation.model_copy(update={"focus": focus, "papers": papers})


def _next_focus(focus: Quote | None, answer: Answer, *, keeps_place: bool) -> Quote | None:
    """What was quoted first; a question about fields keeps the place in the same directive, no answer the old one."""
    if not answer.quotes:
        return focus
    first = answer.quotes[0]
    return focus if keeps_place and focus and focus.directive.id == first.directive.id else first


def _header_of(library: Library, named: Named, *, visible: Visible) -> Quote | None:
    """The directive that was asked for in vain: later turns mean it, and never the one before it."""
    directive = next(iter(newest_first(match for matches in named.values() for match in matches)), None)
    printed = library.printed(directive.id, visible=visible) if directive else None
    if directive is None or printed is None:
        return None
    return fields.quote_line(directive, printed, printed.fields.get("number", Span(start=0, end=1)))


def kind_word(text: str) -> Answer | None:
    """The answer to a turn that asks nothing of the library: a greeting, thanks, nothing at all, too much."""
    if len(text) > LENGTH_LIMIT:
        return remark(texts.TOO_LONG.format(length=len(text), limit=LENGTH_LIMIT))
    form = phrases.form_of(text)
    if not form:
        return remark(texts.EMPTY_MESSAGE)
    if courtesy.is_greeting(form):
        return remark(texts.GREETING)
    if courtesy.is_thanks(form):
        return remark(texts.THANKS)
    return remark(texts.HELP) if courtesy.is_cry_for_help(form) else None


def _named(library: Library, turn: Turn, numbers: Numbers, *, visible: Visible) -> Named:
    typed = {turn.question[number.span.start : number.span.end]: number for number in numbers}
    return {
        words: tuple(library.find(number.symbol or f"{number.type} {number.number}", visible=visible))
        for words, number in typed.items()
    }


def _answer_fields(
    library: Library, turn: Turn, numbers: Numbers, *, named: Named, papers: tuple[Directive, ...], visible: Visible
) -> Answer | None:
    form = phrases.form_of(phrases.without_numbers(turn.question, numbers))
    asked = fields.asked_fields(form)
    if asked is None:
        return None
    if numbers:
        candidates = () if asked.subject else papers
    elif turn.focus:
        candidates = () if asked.subject else papers or (turn.focus.directive,)
    else:
        meant = fields.named_by_title(phrases.without_opening(form), asked.subject, library.list(visible=visible))
        named = {asked.subject[0]: meant} if meant else named
        candidates = tuple(newest_first(meant)[:1])
    return _word(library, asked, candidates, named=named, visible=visible)


def _word(
    library: Library, asked: fields.Asked, candidates: Sequence[Directive], *, named: Named, visible: Visible
) -> Answer | None:
    answers = [
        fields.answer_field(field, directive, printed, unit=asked.unit)
        for directive in candidates
        if (printed := library.printed(directive.id, visible=visible))
        for field in asked.fields
    ]
    return word_fields(answers, named=named, used=candidates) if answers else None
