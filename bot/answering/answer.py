"""What the library found -> a reply in its own words, or an honest "không tìm thấy"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot import texts
from bot.answering.citation import citation_of, full_name_of, name_of, shorten
from bot.answering.fields import FieldAnswer
from bot.answering.standings import Standings, marks_of_paper
from bot.messages import Block, Frozen, QuoteBlock, Reply, Text, say
from index import Directive, DirectiveId, Findings, Quote, Status

QUOTES: Final = 3
_NEAREST: Final = 3
_OTHERS: Final = 4
_TITLE_LIMIT: Final = 160
_AMENDING: Final = 3

Named = Mapping[str, tuple[Directive, ...]]
"""Each document number of the question, as typed, and the directives that it may mean."""


class Answer(Frozen):
    """``quotes``: those that the reply shows. ``error``: the code of what went wrong. ``asks_back``: the reply asks
    what was meant. ``declined``: surely nothing was asked that the office could
    answer.
    """

    answered: bool
    reply: Reply
    quotes: tuple[Quote, ...] = ()
    error: str | None = None
    asks_back: bool = False
    declined: bool = False


def ask_back(*paragraphs: str) -> Answer:
    """A question to the person, without which theirs cannot be answered."""
    return Answer(answered=False, reply=say(*paragraphs), asks_back=True)


def remark(*paragraphs: str, error: str | None = None) -> Answer:
    """A word that is no answer: a greeting, help, an error."""
    return Answer(answered=False, reply=say(*paragraphs), error=error)


def word_findings(findings: Findings, standings: Standings, *, named: Named, question: str = "") -> Answer:
    """At most three quotes, each with its citation and with the words that changed it; or the nearest directives, and
    no quote. Where two papers say different things on what is asked, that is said.
    """
    if not findings.answered or not findings.quotes:
        missing = [typed for typed, matches in named.items() if not matches]
        return _not_found(findings, standings, missing=missing)
    found = sorted(
        findings.quotes[:QUOTES], key=lambda quote: standings.status_of(quote.directive.id) is Status.NOT_YET
    )
    disputed = standings.disputed(question, found)
    found = [*disputed, *(quote for quote in found if quote not in disputed)]
    quotes, blocks = with_amending(found, standings)
    notes = notes_on(named, standings, used=[quote.directive for quote in found])
    notes += [Text(text=texts.QUOTES_DIFFER)] if disputed else []
    return Answer(answered=True, reply=Reply(blocks=(*notes, *blocks)), quotes=quotes)


def word_fields(
    answers: Sequence[FieldAnswer],
    standings: Standings,
    *,
    named: Named,
    used: Sequence[Directive],
    at_most: int = QUOTES,
) -> Answer:
    """The sentences, then the lines of the paper that they rest on. Before the words of a paper that does not hold,
    that is said.
    """
    lines = {(answer.quote.directive.id, answer.quote.span): answer.quote for answer in answers if answer.quote}
    quotes = tuple(lines.values())[:at_most]
    sentences = [_sentence(answer, standings) for answer in answers if answer.sentence]
    notes = notes_on(named, standings, used=used)
    said = (*sentences, *notes) if any(answer.carries for answer in answers) else (*notes, *sentences)
    blocks: tuple[Block, ...] = (*said, *quote_blocks(quotes, standings))
    answered = any(answer.known for answer in answers)
    return Answer(answered=answered, reply=Reply(blocks=blocks), quotes=quotes if answered else ())


def _sentence(answer: FieldAnswer, standings: Standings) -> Text:
    """``named`` begins with the paper whose words it carries."""
    if not (answer.carries and answer.named and (notice := standings.notice_of(answer.named[0]))):
        return Text(text=answer.sentence, directives=answer.named)
    named = dict.fromkeys([*answer.named, *standings.warned_by(answer.named[0])])
    return Text(text=f"{notice}\n{answer.sentence}", directives=tuple(named))


def with_amending(quotes: Sequence[Quote], standings: Standings) -> tuple[tuple[Quote, ...], tuple[Block, ...]]:
    """Each quote, and right behind it the words that changed it, at most three such in all and none of them twice;
    last how many more there are. The same as blocks.
    """
    shown: list[Quote] = []
    amending: list[Quote] = []
    left: list[Quote] = []
    for quote in quotes:
        if any(_holds_all(other, quote) for other in amending):
            continue
        shown.append(quote)
        known = (*shown, *left)
        new = [each for each in standings.amending_quotes(quote) if not any(_holds_all(one, each) for one in known)]
        room = _AMENDING - len(amending)
        shown += new[:room]
        amending += new[:room]
        left += new[room:]
    told = [Text(text=_left_text(left, shown))] if left else []
    return tuple(shown), (*quote_blocks(shown, standings), *told)


def _left_text(left: Sequence[Quote], shown: Sequence[Quote]) -> str:
    papers = {quote.directive.id for quote in left} - {quote.directive.id for quote in shown}
    if papers:
        return texts.AMENDING_PAPERS_LEFT.format(count=len(papers))
    return texts.AMENDING_PLACES_LEFT.format(count=len(left))


def _holds_all(one: Quote, other: Quote) -> bool:
    return (
        one.directive.id == other.directive.id and one.span.start <= other.span.start and other.span.end <= one.span.end
    )


def quote_blocks(quotes: Sequence[Quote], standings: Standings) -> tuple[QuoteBlock, ...]:
    return tuple(quote_block(quote, standings) for quote in quotes)


def quote_block(quote: Quote, standings: Standings) -> QuoteBlock:
    """The one way in which words leave: with what no longer holds marked."""
    warning = standings.warning_of(quote)
    return QuoteBlock(
        text=quote.text,
        citation=citation_of(quote),
        lead=quote.lead,
        more=quote.more,
        cut=quote.cut,
        sample=quote.directive.sample,
        directive=quote.directive.id,
        page=quote.page,
        warning=warning,
        warned_by=standings.warned_by(quote.directive.id) if warning else (),
        marks=marks_of_paper(quote),
        stressed=tuple((span.start, span.end) for span in quote.stressed),
    )


def _not_found(findings: Findings, standings: Standings, *, missing: Sequence[str]) -> Answer:
    opening = texts.NUMBER_NOT_FOUND.format(numbers=", ".join(missing)) if missing else texts.NOT_FOUND
    listed = [f"• {_titled(directive, standings)}" for directive in findings.nearest[:_NEAREST]]
    return remark(opening, "\n".join([texts.NEAREST, *listed]) if listed else "", texts.TRY_AGAIN)


def _titled(directive: Directive, standings: Standings) -> str:
    title = f": {shorten(directive.title, _TITLE_LIMIT)}" if directive.number and directive.title else ""
    sample = f" {texts.SAMPLE}" if directive.sample else ""
    mark = standings.mark_of(directive.id)
    return f"{name_of(directive)}{title}{f' ({mark})' if mark else ''}{sample}"


def notes_on(named: Named, standings: Standings, *, used: Sequence[Directive]) -> list[Text]:
    """Which of several directives of one number is meant, and which numbers the corpus lacks."""
    notes = [Text(text=note) for matches in named.values() if (note := _ambiguity(matches, standings, used=used))]
    missing = [typed for typed, matches in named.items() if not matches]
    if missing:
        notes.append(Text(text=texts.ALSO_MISSING.format(numbers=", ".join(missing))))
    return notes


def _ambiguity(matches: Sequence[Directive], standings: Standings, *, used: Sequence[Directive]) -> str:
    """A decision and what was issued with it are one matter."""
    ids: set[DirectiveId] = {_matter(directive) for directive in used}
    others = standings.preferred(directive for directive in matches if _matter(directive) not in ids)
    meant = [directive for directive in matches if directive.id in {each.id for each in used}]
    if not others or not meant:
        return ""
    shown = "; ".join(standings.marked_name(directive) for directive in others[:_OTHERS])
    if len(others) > _OTHERS:
        shown = texts.SEVERAL_MATCH_REST.format(shown=shown, count=len(others) - _OTHERS)
    return texts.SEVERAL_MATCH.format(used="; ".join(map(full_name_of, meant)), others=shown)


def _matter(directive: Directive) -> DirectiveId:
    return directive.attached_to or directive.id
