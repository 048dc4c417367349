"""One turn of a conversation: what the person says -> an answer, and the conversation after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering import conversation as talk
from bot.answering import courtesy, declining, fields, naming, phrases, staying
from bot.answering.answer import QUOTES, Answer, Named, ask_back, remark, word_fields, word_findings
from bot.answering.comparing import compare
from bot.answering.conversation import Conversation, Turn
from bot.answering.corpus import answer_corpus, asked_corpus
from bot.answering.implemented import answer_implemented, asked_implemented
from bot.answering.last_quote import about_last_quote
from bot.answering.outgoing import answer_outgoing, asked_outgoing
from bot.answering.related import with_related
from bot.answering.sides import of_each_side
from bot.answering.singling import singled_out, without_issuer
from bot.answering.standings import Standings, Visible
from bot.answering.validity import PROOFS, answer_validity, asked_validity
from index import Directive, DirectiveId, DocumentNumber, Findings, Printed, Quote, Span, of_type_said

if TYPE_CHECKING:
    from index import Library, Validity

LENGTH_LIMIT: Final = 2000
Numbers = tuple[DocumentNumber, ...]


def respond(
    library: Library, conversation: Conversation, text: str, *, validity: Validity, visible: Visible = None
) -> tuple[Answer, Conversation]:
    """Answers one message. Nothing of a directive outside ``visible`` reaches the answer; None means no limit.

    ``validity``: of all directives, also of those that may not be seen.
    """
    if polite := kind_word(text):
        return polite, conversation
    refused = declining.declined(text)
    if refused and refused.sure:
        return declining.decline(refused), conversation
    standings = Standings(library, validity, visible)
    conversation = _as_it_stands(library, conversation, visible=visible)
    bare: Named = {}
    if naming.may_name_bare(text):
        text, bare = naming.spelled_out(text, library.list(visible=visible), lapsed=standings.lapsed)
    if naming.numbers_in(text):
        text = naming.attached_spelled(text, library.list(visible=visible))
    typed = naming.numbers_in(text)
    if not typed and (about := about_last_quote(text, conversation.focus, standings)):
        return about, conversation
    if not typed and (listed := _of_corpus(text, conversation, standings)):
        return listed
    turn = talk.next_turn(conversation, text, typed)
    numbers = naming.numbers_in(turn.question)
    if not numbers and talk.points_at_nothing(conversation, text):
        return ask_back(texts.WHICH_DIRECTIVE), conversation
    named: Named = {**_named(library, turn, numbers, visible=visible), **bare}
    turn, named, others = _singled(turn, named)
    numbers = naming.numbers_in(turn.question)
    papers = _papers(named, standings) or (conversation.papers if not turn.stands_alone else ())
    answer = _answer_fields(standings, turn, numbers, named=named, papers=papers)
    keeps_place = answer is not None
    if answer is None and len(papers) > 1:
        answer = compare(turn.question, papers, standings, named=named)
    if answer is None:
        findings = _search(standings, turn, numbers, named=named, others=others)
        findings = _staying(standings, conversation, turn, numbers, anywhere=findings)
        if refused and not numbers and not declining.is_answered(refused, findings.quotes):
            return declining.decline(refused), conversation
        answer = with_related(
            word_findings(findings, standings, named=named, question=turn.question), findings, standings
        )
    focus = _next_focus(conversation.focus, answer, keeps_place=keeps_place)
    if named and not answer.quotes:
        focus = _header_of(standings, named)
    papers = papers if numbers or keeps_place else ()
    return answer, talk.after(conversation, turn, numbers, focus=focus, papers=papers if len(papers) > 1 else ())


def _singled(turn: Turn, named: Named) -> tuple[Turn, Named, frozenset[DirectiveId]]:
    """Of each number that several papers bear only the one whose issuer, place, year or title the turn says, without
    these words; and the others.
    """
    others: set[DirectiveId] = set()
    kept = dict(named)
    for typed, matches in named.items():
        if len({match.attached_to or match.id for match in matches}) < 2:
            continue
        paper, rest = singled_out(matches, turn.question)
        if paper is None:
            continue
        matter = paper.attached_to or paper.id
        kept[typed] = tuple(match for match in matches if (match.attached_to or match.id) == matter)
        others |= {match.id for match in matches} - {match.id for match in kept[typed]}
        turn = turn.model_copy(update={"question": rest})
    return turn, kept, frozenset(others)


def _papers(named: Named, standings: Standings) -> tuple[Directive, ...]:
    """For each number the newest directive that bears it, of those that hold where some do not."""
    papers = {meant.id: meant for matches in named.values() for meant in standings.preferred(matches)[:1]}
    return tuple(papers.values())[:QUOTES]


def _of_corpus(text: str, conversation: Conversation, standings: Standings) -> tuple[Answer, Conversation] | None:
    """The answer to a question about the corpus itself. Of one paper alone later turns may go on."""
    selection = asked_corpus(text, standings, topic=conversation.topic)
    answer = answer_corpus(selection, standings, words=text) if selection else None
    if answer is None:
        return None
    turn = Turn(question=text, stands_alone=asked_corpus(text, standings) is not None)
    return answer, talk.after(conversation, turn, (), focus=answer.quotes[0] if answer.quotes else None)


def _search(
    standings: Standings, turn: Turn, numbers: Numbers, *, named: Named, others: frozenset[DirectiveId]
) -> Findings:
    """``others``: what bears a number of the turn and is not meant."""
    library, visible = standings.library, standings.visible
    if others:
        visible = frozenset(directive.id for directive in library.list(visible=visible)) - others
    if not numbers and not turn.focus and (both := of_each_side(turn.question, standings, visible=visible)):
        return both
    found = library.search(
        turn.question,
        visible=visible,
        within=_issued_with(turn.focus.directive, standings) if turn.within and turn.focus else None,
        lapsed=standings.lapsed,
        pending=standings.pending,
        focus=turn.focus,
    )
    return found if found.answered or numbers or turn.focus else _with_lapsed(found, turn, standings)


def _staying(
    standings: Standings, conversation: Conversation, turn: Turn, numbers: Numbers, *, anywhere: Findings
) -> Findings:
    """The answer of the paper that was quoted last, unless the turn clearly leaves it."""
    focus = conversation.focus
    if focus is None or numbers or turn.within or phrases.names_item(phrases.form_of(turn.said)):
        return anywhere
    matter = _issued_with(focus.directive, standings)
    if anywhere.answered and anywhere.quotes and anywhere.quotes[0].directive.id in matter:
        return anywhere
    here = standings.library.search(turn.said, visible=standings.visible, within=matter, focus=focus)
    return here if staying.stays(turn.said, here, anywhere) else anywhere


def _with_lapsed(found: Findings, turn: Turn, standings: Standings) -> Findings:
    """What says it and holds no longer, or is a draft, is named first of the nearest, and not quoted."""
    listed = standings.library.list(visible=standings.visible)
    lapsed = frozenset(each.id for each in listed) & standings.lapsed
    if not lapsed:
        return found
    gone = standings.library.search(turn.question, visible=standings.visible, within=lapsed)
    named = {hit.directive.id: hit.directive for hit in gone.hits[:1] if gone.answered}
    nearest = {**named, **{directive.id: directive for directive in found.nearest}}
    return found.model_copy(update={"nearest": tuple(nearest.values())})


def _issued_with(directive: Directive, standings: Standings) -> frozenset[DirectiveId]:
    """The paper with the decision that it came with, or what came with the decision."""
    matter = directive.attached_to or directive.id
    listed = standings.library.list(visible=standings.visible)
    return frozenset({directive.id, *(each.id for each in listed if (each.attached_to or each.id) == matter)})


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


def _header_of(standings: Standings, named: Named) -> Quote | None:
    """The directive that was asked for in vain: later turns mean it, and never the one before it."""
    directive = next(iter(standings.preferred(match for matches in named.values() for match in matches)), None)
    printed = standings.library.printed(directive.id, visible=standings.visible) if directive else None
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
        words: tuple(
            of_type_said(
                library.find(number.symbol or f"{number.type} {number.number}", visible=visible), turn.question
            )
        )
        for words, number in typed.items()
    }


def _answer_fields(
    standings: Standings, turn: Turn, numbers: Numbers, *, named: Named, papers: tuple[Directive, ...]
) -> Answer | None:
    form = phrases.form_of(phrases.without_numbers(turn.question, numbers))
    asked = _asked(form)
    if numbers and asked and asked.subject:  # an issuer says no more than the number
        without = without_issuer(turn.question, papers)
        asked = _asked(phrases.form_of(phrases.without_numbers(without, naming.numbers_in(without)))) or asked
    if asked is None:
        return None
    if numbers:
        candidates = () if asked.subject else papers
    elif turn.focus:
        candidates = () if asked.subject else papers or (turn.focus.directive,)
    else:
        listed = standings.library.list(visible=standings.visible)
        meant = fields.named_by_title(phrases.without_opening(form), asked.subject, listed)
        named = {asked.subject[0]: meant} if meant else named
        candidates = tuple(standings.preferred(meant)[:1])
    return _word(standings, asked, candidates, named=named)


def _asked(form: str) -> fields.Asked | None:
    return asked_validity(form) or asked_implemented(form) or asked_outgoing(form) or fields.asked_fields(form)


def _word(standings: Standings, asked: fields.Asked, candidates: Sequence[Directive], *, named: Named) -> Answer | None:
    if fields.Field.RELATIONS in asked.fields:
        return _word_outgoing(standings, asked, candidates, named=named)
    if fields.Field.IMPLEMENTED in asked.fields:
        told = [answer for directive in candidates for answer in answer_implemented(directive, standings)]
        return word_fields(told, standings, named=named, used=candidates, at_most=PROOFS) if told else None
    answers = [
        answer
        for directive in candidates
        if (printed := standings.library.printed(directive.id, visible=standings.visible))
        for field in asked.fields
        for answer in (
            answer_validity(directive, printed, standings)
            if field is fields.Field.VALIDITY
            else [
                fields.answer_field(
                    field,
                    directive,
                    printed,
                    unit=asked.unit,
                    decision=_decision(directive, standings),
                    marking=partial(standings.mark_at, directive.id),
                )
            ]
        )
    ]
    at_most = PROOFS if fields.Field.VALIDITY in asked.fields else QUOTES
    return word_fields(answers, standings, named=named, used=candidates, at_most=at_most) if answers else None


def _decision(directive: Directive, standings: Standings) -> tuple[Directive, Printed] | None:
    """What it was issued with, where that may be seen."""
    decision = standings.seen(directive.attached_to) if directive.attached_to else None
    printed = standings.library.printed(decision.id) if decision else None
    return (decision, printed) if decision and printed else None


def _word_outgoing(
    standings: Standings, asked: fields.Asked, candidates: Sequence[Directive], *, named: Named
) -> Answer | None:
    """Of the paper that is named first, and what was issued with it; a second one is what it may do that to."""
    if not candidates:
        return None
    first, *others = candidates
    about = [each for other in others for each in _issued_with(other, standings)]
    told = [
        answers
        for source in sorted(_issued_with(first, standings), key=lambda each: each != first.id)
        if (directive := standings.seen(source)) and (printed := standings.library.printed(source))
        if (answers := answer_outgoing(directive, printed, standings, kinds=asked.kinds, others=about))
    ]
    known = [answers for answers in told if answers[0].known] or told[:1]
    found = [answer for answers in known for answer in answers]
    return word_fields(found, standings, named=named, used=candidates, at_most=PROOFS) if found else None
