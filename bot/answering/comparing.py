"""Two or three papers named in one question: the words of each are looked for within it alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot import texts
from bot.answering import naming, phrases
from bot.answering.answer import QUOTES, Answer, Named, notes_on, with_amending, word_findings
from bot.answering.citation import full_name_of
from bot.answering.singling import without_issuer
from bot.answering.standings import Standings
from bot.messages import Block, Reply, Text
from index import Directive, DirectiveId, Findings, Quote

_LEAST_SHARE: Final = 0.8
"""Of its paper's best quote, for a second one of the same paper."""


def compare(question: str, papers: Sequence[Directive], standings: Standings, *, named: Named) -> Answer | None:
    """A quote of each of these papers under its own name; of two, one more where it says as much. None where none of
    them has any, and more than the papers was said.
    """
    numbers = naming.numbers_in(question)
    without = without_issuer(question, papers)
    words = phrases.without_numbers(without, naming.numbers_in(without)) if numbers else question
    nothing_else = phrases.names_nothing_else(phrases.form_of(words))
    asked = [""] if nothing_else else [phrases.without_comparing(words), words]
    found = {paper.id: _first(paper, asked, standings) for paper in papers}
    if not any(found.values()):
        nothing = Findings(answered=False, quotes=(), hits=(), nearest=tuple(papers))
        return word_findings(nothing, standings, named=named) if nothing_else else None
    most = 1 if nothing_else or len(papers) >= QUOTES else 2
    blocks: list[Block] = [Text(text=texts.COMPARED), *notes_on(named, standings, used=papers)]
    quotes: list[Quote] = []
    for paper in papers:
        best = found[paper.id][:most]
        best = [quote for quote in best if quote.score >= _LEAST_SHARE * best[0].score]
        shown, told = with_amending(best, standings)
        lead = texts.COMPARED_PAPER if shown else texts.COMPARED_NOTHING
        blocks += [Text(text=lead.format(directive=full_name_of(paper)), directives=(paper.id,)), *told]
        quotes += shown
    return Answer(answered=True, reply=Reply(blocks=tuple(blocks)), quotes=tuple(quotes))


def _first(paper: Directive, asked: Sequence[str], standings: Standings) -> list[Quote]:
    """What it says to the first of these wordings that it says anything to."""
    return next((quotes for words in asked if (quotes := _within(paper, words, standings))), [])


def _within(paper: Directive, words: str, standings: Standings) -> list[Quote]:
    """What the paper, or what was issued with it, says to these words; to none of them how it begins."""
    asked = f"{paper.number or ''} {words}".strip()  # in front: no word before it is read as its type
    only: frozenset[DirectiveId] = frozenset({paper.id}) if not words else _issued_with(paper, standings)
    return list(standings.library.search(asked, visible=standings.visible, within=only).quotes)


def _issued_with(paper: Directive, standings: Standings) -> frozenset[DirectiveId]:
    matter = paper.attached_to or paper.id
    listed = standings.library.list(visible=standings.visible)
    return frozenset({paper.id, *(each.id for each in listed if (each.attached_to or each.id) == matter)})
