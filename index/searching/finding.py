"""A question and an open snapshot -> findings: which passages, which words of them, and whether they answer at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.language.numbers import canonical
from index.language.text import fold, key
from index.searching.encoder import Encoder
from index.searching.evidence import Evidence
from index.searching.expectation import Expectation, ends_another, share_met
from index.searching.items import resolve_items
from index.searching.names import newest_first
from index.searching.question import Question, read_question
from index.searching.quotes import distinct, make_quote, runs_in_order
from index.searching.quoting import best_run, opening_run, split_units
from index.searching.ranking import Ranked, Weights, combine, limit_per_directive
from index.searching.snapshot import Snapshot
from index.types import Directive, DirectiveId, Findings, Hit, Passage, Quote, Section, SectionKind

DEPTH = 200
"""Rows taken from each field before they are joined."""
JUDGED = 20
"""Passages whose words are read."""
QUOTED = 6
"""Passages from which a quote is tried."""
PER_DIRECTIVE = 5
"""Of these, so many of one directive."""
QUOTES = 3
_NEAREST = 3

FEW, LONE = 4, 0.26
"""So few syllables, of which no two stand side by side in the text, say nothing: they meet anything by chance."""

ANSWERS, NAMED_ANSWERS = 0.36, 0.15
"""Confidence from which there is an answer; less is asked for where the question names the directive."""

PLACE_ANSWERS = 0.35
"""Score from which the words asked for inside a named place are quoted before its beginning."""

FORMAL_BOOST = 0.4
"""What a term of a formal phrase counts in the word index beside one that was typed."""

_WEIGHTS = Weights()
_EFFECT = frozenset({Expectation.EFFECT})
Rows = NDArray[np.int64] | None


class Finding:
    """One question over one snapshot. ``visible``: the directives that the asker may see, None for all.

    Whatever is counted is counted over these: the answer is the one of a library that holds nothing else.
    ``within``: those of them that are meant, None for all. ``focus``: the quote that the conversation stands at.
    """

    def __init__(
        self,
        text: str,
        snapshot: Snapshot,
        encoder: Encoder,
        *,
        visible: frozenset[DirectiveId] | None = None,
        within: frozenset[DirectiveId] | None = None,
        focus: Quote | None = None,
    ) -> None:
        snapshot = snapshot.seen_by(visible)
        self._catalog, self._vectors, self._words = snapshot.catalog, snapshot.vectors, snapshot.words
        self._names = snapshot.names
        if within is not None:
            visible = within if visible is None else within & visible
        self._visible = visible
        self._visible_rows = None if within is None or visible is None else self._catalog.rows_of(visible)
        """The only rows that count; None means all that the stores hold."""
        self._focus = self._current(focus) if focus else None
        self._question: Question = read_question(text, carried=self._names.carried(text, visible=visible))
        self._evidence = Evidence(self._question, snapshot, encoder)
        self._places: dict[DirectiveId, list[Section]] = {}

    def findings(self, limit: int) -> Findings:
        """The answer: quotes with their places, or none and the directives that are nearest."""
        named = self._named()
        hits = self._hits(self._rows_asked(named), limit)
        quotes = self._quotes(hits, named)
        nearest = dict.fromkeys([*(d.id for d in named), *(hit.directive.id for hit in hits), *self._like()])
        nearest = nearest or dict.fromkeys(hit.directive.id for hit in self._hits(self._visible_rows, limit))
        return Findings(
            answered=bool(quotes),
            quotes=tuple(quotes),
            hits=tuple(hits[:limit]),
            nearest=tuple(self._catalog.directive(directive) for directive in list(nearest)[:_NEAREST]),
        )

    def _like(self) -> list[DirectiveId]:
        """What may have been meant by the numbers of the question."""
        found = [self._names.like(number, visible=self._visible) for number in self._question.numbers]
        return [directive.id for directives in found for directive in directives[:_NEAREST]]

    def _quotes(self, hits: Sequence[Hit], named: Sequence[Directive]) -> list[Quote]:
        is_unknown = bool(self._question.numbers) and not named
        if is_unknown and not (hits and self._question.terms):
            return []
        about = [self._focus.directive] if self._focus and not named and not is_unknown else named
        if self._question.items and about:
            return self._quotes_of_places(about)
        if named and not self._question.terms:
            return self._opening_quotes(named[0])
        if not (self._question.terms or self._question.items):
            return []
        clauses = [hit for hit in hits if self._is_effect_clause(hit.passage)] if named or self._focus else []
        if clauses:
            return self._quotes_of_hits(clauses, least=0.0)
        return self._quotes_of_hits(hits, least=NAMED_ANSWERS if named else ANSWERS)

    # -- which directives ----------------------------------------------------------------------------------------------

    def _named(self) -> list[Directive]:
        """The directives that the question names by number or by their whole title, newest first."""
        question, names, visible = self._question, self._names, self._visible
        by_number = names.numbered(question.numbers, visible=visible)
        by_bare = [d for bare in set(question.bare) for d in names.beginning_with(bare, visible=visible)]
        by_title = [] if question.numbers else names.titled(question.text, visible=visible)
        return newest_first(by_number or by_bare or by_title)

    def _current(self, quote: Quote) -> Quote | None:
        """The quote with its directive as this snapshot has it; None where it is gone or may not be seen."""
        directive = quote.directive.id
        if directive not in self._catalog or (self._visible is not None and directive not in self._visible):
            return None
        return quote.model_copy(update={"directive": self._catalog.directive(directive)})

    def _rows_asked(self, named: Sequence[Directive]) -> Rows:
        """The rows that may answer: of the directives named, else those that mention the numbers, else all."""
        if self._question.numbers and not named:
            return self._rows_that_mention(number.symbol for number in self._question.numbers if number.symbol)
        if not named:
            return self._visible_rows
        rows = self._catalog.rows_of(frozenset(d.id for d in named))
        if Expectation.EFFECT not in self._evidence.expected:
            return rows
        # Whether a directive still holds is said by the one that came after it.
        return _fixed(np.union1d(rows, self._rows_that_mention(d.number for d in named if d.number)))

    def _rows_that_mention(self, symbols: Iterable[str]) -> NDArray[np.int64]:
        """The visible passages in which one of these numbers is printed."""
        terms = {key(canonical(symbol)): 1.0 for symbol in symbols}
        rows, _ = self._words.search("accented", terms, DEPTH, rows=self._visible_rows)
        return _fixed(np.sort(rows))

    # -- ranking -------------------------------------------------------------------------------------------------------

    def _hits(self, rows: Rows, limit: int) -> list[Hit]:
        """The best passages among these rows, best first."""
        ranked = self._ranked(rows)[: max(limit, JUDGED)]
        passages = self._catalog.passages([row for row, _ in ranked])
        hits = [
            Hit(directive=self._catalog.directive(passage.directive), passage=passage, score=score)
            for passage, (_, score) in zip(passages, ranked, strict=True)
        ]
        judged = [hit.model_copy(update={"score": self._judged(hit)}) for hit in hits[:JUDGED]]
        return sorted(judged, key=lambda hit: -hit.score) + hits[JUDGED:]

    def _formal(self) -> list[str]:
        """The phrases that documents use for what is asked."""
        if Expectation.EFFECT not in self._evidence.expected:
            return list(self._question.formal)
        return [*self._question.formal, *("có hiệu lực", "thay thế", "bãi bỏ")]

    def _ranked(self, rows: Rows) -> list[tuple[int, float]]:
        terms = self._question.terms
        formal = self._formal()
        folded = _counted(
            [t.folded for t in terms], [t.folded_pair for t in terms], [fold(phrase) for phrase in formal]
        )
        typed = _counted([t.form for t in terms], [t.pair for t in terms], formal) if self._question.marked else folded
        by_folded = self._words.search("folded", folded, DEPTH, rows=rows)
        rankings: dict[str, Ranked] = {
            "accented": by_folded if typed is folded else self._words.search("accented", typed, DEPTH, rows=rows),
            "folded": by_folded,
            "heading": self._words.search("heading", typed, DEPTH, rows=rows),
            "title": self._words.search("title", typed, DEPTH, rows=rows),
            "dense": self._vectors.search(self._evidence.vector, DEPTH, rows=rows),
        }
        return combine(rankings, _WEIGHTS)

    def _judged(self, hit: Hit) -> float:
        """The score of a passage when its words have been read."""
        weights, passage = _WEIGHTS, hit.passage
        score = (
            weights.joined * hit.score
            + weights.words * self._evidence.of_words(passage.text)
            + weights.expected * share_met(self._evidence.expected, passage.text)
        )
        if self._is_effect_clause(passage):
            score += weights.effect
        if self._focus and passage.directive == self._focus.directive.id:
            score += weights.focus
        if self._question.items and self._is_at_place(passage):
            score += weights.place
        return min(score, 1.0)

    def _is_effect_clause(self, passage: Passage) -> bool:
        """The question asks what holds, and this passage says it: a closing clause, or one that ends another paper."""
        if Expectation.EFFECT not in self._evidence.expected:
            return False
        is_closing = passage.kind is SectionKind.CLOSING or "hieu luc" in fold(" ".join(passage.path))
        return ends_another(passage.text) or (is_closing and share_met(_EFFECT, passage.text) > 0)

    def _is_at_place(self, passage: Passage) -> bool:
        if passage.directive not in self._places:
            printed = self._catalog.printed(passage.directive)
            positions = resolve_items(self._question.items, printed)
            self._places[passage.directive] = [printed.sections[position] for position in positions]
        return any(place.start < passage.end and passage.start < place.end for place in self._places[passage.directive])

    # -- quoting -------------------------------------------------------------------------------------------------------

    def _quotes_of_hits(self, hits: Sequence[Hit], *, least: float) -> list[Quote]:
        # Names and places above a text are no answer to what it says, unless it is the one that is asked about.
        silent = (SectionKind.SIGNATURE, SectionKind.HEADER) if least >= ANSWERS else (SectionKind.SIGNATURE,)
        hits = [hit for hit in hits if hit.passage.kind not in silent]
        tried = limit_per_directive(hits, PER_DIRECTIVE)[:QUOTED]
        self._evidence.likeness([text for hit in tried for text in self._units(hit)])  # cheaper than hit by hit
        quotes = [quote for hit in tried if (quote := self._quote_of_hit(hit))]
        best = distinct(sorted(quotes, key=lambda quote: -quote.score))[:QUOTES]
        if not best or self._confidence(hits, best) < least:
            return []
        return [quote for quote in best if quote.score >= best[0].score / 2]

    def _units(self, hit: Hit) -> list[str]:
        text = self._catalog.printed(hit.passage.directive).text
        return [text[unit.start : unit.end] for unit in split_units(text, hit.passage.start, hit.passage.end)]

    def _quote_of_hit(self, hit: Hit) -> Quote | None:
        printed = self._catalog.printed(hit.passage.directive)
        run = best_run(printed, hit.passage.start, hit.passage.end, self._evidence.judge)
        return make_quote(hit.directive, printed, run, 0.8 * hit.score + 0.2 * run.score) if run else None

    def _confidence(self, hits: Sequence[Hit], quotes: Sequence[Quote]) -> float:
        found = max(self._evidence.of_hit(hit) for hit in hits[:QUOTES])
        if len(self._question.terms) <= FEW and found <= LONE:
            return 0.0
        _, likeness = self._vectors.search(self._evidence.vector, 1, rows=self._visible_rows)
        texts = [quote.text for quote in quotes]
        return self._evidence.confidence(found, float(likeness[0]), texts, known=self._known_share())

    def _known_share(self) -> float:
        """Share of the question's pairs of syllables, or their formal words, that any visible passage holds."""
        pairs = [(term.pair, *term.formal) for term in self._question.terms if term.pair]
        return sum(any(map(self._is_known, phrases)) for phrases in pairs) / len(pairs) if pairs else 1.0

    def _is_known(self, phrase: str) -> bool:
        words = phrase.split()
        if len(words) != 2:
            return False
        field = "accented" if self._question.marked else "folded"
        rows, _ = self._words.search(field, {"_".join(words): 1.0}, 1, rows=self._visible_rows)
        return len(rows) > 0

    def _quotes_of_places(self, directives: Iterable[Directive]) -> list[Quote]:
        """What the named places say: the words asked for inside them, else how they begin."""
        quotes: list[Quote] = []
        for directive in directives:
            printed = self._catalog.printed(directive.id)
            near = (
                printed.section_at(self._focus.span.start)
                if self._focus and self._focus.directive.id == directive.id
                else None
            )
            for position in resolve_items(self._question.items, printed, near=near):
                section = printed.sections[position]
                asked = (
                    best_run(printed, section.start, section.end, self._evidence.judge)
                    if self._question.terms
                    else None
                )
                runs = [asked] if asked and asked.score > PLACE_ANSWERS else []
                runs += runs_in_order(printed, position, at_most=QUOTES)
                quotes += [make_quote(directive, printed, run, 1.0) for run in runs]
        return distinct(quotes)[:QUOTES]

    def _opening_quotes(self, directive: Directive) -> list[Quote]:
        """What a directive is about, when its number is all that was typed: its title and how its body begins."""
        printed = self._catalog.printed(directive.id)
        title = printed.fields.get("title")
        body = next((section.end for section in printed.sections if section.kind is SectionKind.HEADER), 0)
        runs = [
            opening_run(printed, title.start, title.end) if title else None,
            opening_run(printed, body, len(printed.text)),
        ]
        return distinct([make_quote(directive, printed, run, 1.0) for run in runs if run])


def _fixed(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """These rows, not to be written to: the stores keep what they make of such ones (`index.searching.rows`)."""
    rows.setflags(write=False)
    return rows


def _counted(syllables: Sequence[str], pairs: Sequence[str | None], formal: Sequence[str]) -> dict[str, float]:
    """Terms of the word index with how often they are asked; those of formal phrases count `FORMAL_BOOST`."""
    asked = Counter[str]((*syllables, *(pair.replace(" ", "_") for pair in pairs if pair)))
    terms = {term: float(count) for term, count in asked.items()}
    for phrase in formal:
        words = phrase.split()
        for term in (*words, *(f"{left}_{right}" for left, right in pairwise(words))):
            terms.setdefault(term, FORMAL_BOOST)
    return terms
