"""A question and an open snapshot -> findings: which passages, which words of them, and whether they answer at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.findings import Findings, Hit, Passage, Quote
from index.language.numbers import canonical
from index.language.text import fold, key
from index.searching.cells import WORDS, asked_row, quotes_of_rows
from index.searching.differing import differing
from index.searching.encoder import Encoder
from index.searching.evidence import Evidence
from index.searching.expectation import Expectation, ends_another, share_met
from index.searching.items import resolve_items
from index.searching.known import known_share
from index.searching.meaning import Meaning, Rows
from index.searching.placing import opening_quotes, quotes_of_places
from index.searching.question import Question, read_question
from index.searching.quotes import distinct, make_quote
from index.searching.quoting import best_run, equal_rows, split_units
from index.searching.ranking import Ranked, Weights, combine, limit_per_directive
from index.searching.snapshot import Snapshot
from index.types import Directive, DirectiveId, Section, SectionKind

DEPTH = 200
"""Rows taken from each field before they are joined."""
JUDGED = 20
"""Passages whose words are read."""
QUOTED = 6
"""Passages from which a quote is tried."""
PER_DIRECTIVE = 5
"""Of these, so many of one directive."""
QUOTES = 3

FEW, LONE = 4, 0.26
"""So few syllables, of which no two stand side by side in the text, say nothing: they meet anything by chance."""

ANSWERS, NAMED_ANSWERS = 0.36, 0.15
"""Confidence from which there is an answer; less is asked for where the question names the directive."""

FORMAL_BOOST = 0.4
"""What a term of a formal phrase counts in the word index beside one that was typed."""

_WEIGHTS = Weights()
_EFFECT = frozenset({Expectation.EFFECT})


class Finding:
    """One question over one snapshot. ``visible``: the directives that the asker may see, None for all.

    Whatever is counted is counted over these: the answer is the one of a library that holds nothing else.
    ``within``: those of them that are meant, None for all. ``lapsed``, ``pending``: those that ordinary questions are
    not answered from, and those that are quoted behind the others (`Meaning`). ``focus``: the quote that the
    conversation stands at.
    """

    def __init__(
        self,
        text: str,
        snapshot: Snapshot,
        encoder: Encoder,
        *,
        visible: frozenset[DirectiveId] | None = None,
        within: frozenset[DirectiveId] | None = None,
        lapsed: frozenset[DirectiveId] = frozenset(),
        pending: frozenset[DirectiveId] = frozenset(),
        focus: Quote | None = None,
    ) -> None:
        snapshot = snapshot.seen_by(visible)
        self._catalog, self._vectors, self._words = snapshot.catalog, snapshot.vectors, snapshot.words
        if within is not None:
            visible = within if visible is None else within & visible
        self._visible = visible
        self._focus = self._current(focus) if focus else None
        self._question: Question = read_question(text, carried=snapshot.names.carried(text, visible=visible))
        self._meaning = Meaning(
            self._question,
            self._catalog,
            snapshot.names,
            visible=visible,
            lapsed=lapsed,
            pending=pending,
            focus=self._focus,
            chosen=within is not None,
        )
        self._evidence = Evidence(self._question, snapshot, encoder)
        self._places: dict[DirectiveId, list[Section]] = {}

    def findings(self, limit: int) -> Findings:
        """The answer: quotes with their places, or none and the directives that are nearest."""
        hits = self._hits(self._rows_asked(), limit)
        quotes = self._with_pending(self._quotes(hits))
        nearest = [*(hit.directive.id for hit in hits), *self._meaning.like()]
        if not (nearest or self._meaning.named):
            nearest = [hit.directive.id for hit in self._hits(self._meaning.rows, limit)]
        return Findings(
            answered=bool(quotes),
            quotes=tuple(quotes),
            hits=tuple(hits[:limit]),
            nearest=self._meaning.nearest(nearest),
        )

    def _quotes(self, hits: Sequence[Hit]) -> list[Quote]:
        named = self._meaning.named
        if self._is_unknown and not (hits and self._question.terms):
            return []
        about = [self._focus.directive] if self._focus and not named and not self._is_unknown else named
        if rows := self._quotes_of_rows(about, hits):
            return rows
        if self._question.items and about:
            return self._quotes_of_places(about)
        if named and not self._question.terms:
            return opening_quotes([named[0], *self._meaning.kin(named[0])], self._catalog, at_most=QUOTES)
        if not (self._question.terms or self._question.items):
            return []
        clauses = [hit for hit in hits if self._is_effect_clause(hit.passage)] if named or self._focus else []
        if clauses:
            return self._quotes_of_hits(clauses, least=0.0)
        return self._quotes_of_hits(hits, least=NAMED_ANSWERS if named else ANSWERS)

    def _quotes_of_rows(self, about: Sequence[Directive], hits: Sequence[Hit]) -> list[Quote]:
        """The row of a table that is asked for by its number, behind the place of that number where it may be meant."""
        asked = asked_row(self._question)
        if asked is None or not (about or asked.columns):
            return []
        found = {each.id: each for each in about} or {hit.directive.id: hit.directive for hit in hits}
        places = self._quotes_of_places(about) if self._question.items and about else []
        rows = quotes_of_rows(found.values(), asked, self._catalog, strict=bool(asked.columns or places))
        if not rows or (places and not asked.columns):
            return []
        return distinct([*(places if asked.columns == (WORDS,) else []), *rows])[:QUOTES]

    def _with_pending(self, quotes: list[Quote]) -> list[Quote]:
        """With what will hold only later behind what holds, where the question means no certain paper."""
        rows = self._meaning.rows_pending
        if self._meaning.named or self._is_unknown or not self._question.terms or not len(rows):
            return quotes
        later = self._quotes_of_hits(self._hits(rows, QUOTED), least=ANSWERS, rows=rows)
        if not quotes:
            return later
        fitting = [quote for quote in later if quote.score >= quotes[0].score / 2]
        return distinct([*quotes[: QUOTES - len(fitting[:1])], *fitting])[:QUOTES]

    @property
    def _is_unknown(self) -> bool:
        """The question names papers by number, and none of them is here."""
        return bool(self._question.numbers) and not self._meaning.named

    # -- which directives ----------------------------------------------------------------------------------------------

    def _current(self, quote: Quote) -> Quote | None:
        """The quote with its directive as this snapshot has it; None where it is gone or may not be seen."""
        directive = quote.directive.id
        if directive not in self._catalog or (self._visible is not None and directive not in self._visible):
            return None
        return quote.model_copy(update={"directive": self._catalog.directive(directive)})

    def _rows_asked(self) -> Rows:
        """The rows that may answer: of the directives named, else those that mention the numbers, else all."""
        named = self._meaning.named
        if self._is_unknown:
            return self._rows_that_mention(number.symbol for number in self._question.numbers if number.symbol)
        if not named:
            return self._meaning.rows
        rows = self._catalog.rows_of(frozenset(d.id for d in named))
        if Expectation.EFFECT not in self._evidence.expected:
            return rows
        # Whether a directive still holds is said by the one that came after it.
        return _fixed(np.union1d(rows, self._rows_that_mention(d.number for d in named if d.number)))

    def _rows_that_mention(self, symbols: Iterable[str]) -> NDArray[np.int64]:
        """The passages in which one of these numbers is printed, of those that may answer."""
        terms = {key(canonical(symbol)): 1.0 for symbol in symbols}
        rows, _ = self._words.search("accented", terms, DEPTH, rows=self._meaning.rows)
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
        if self._meaning.is_bygone(passage.directive):
            score += weights.bygone
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

    def _quotes_of_hits(self, hits: Sequence[Hit], *, least: float, rows: Rows = None) -> list[Quote]:
        # Names and places above a text are no answer to what it says, unless it is the one that is asked about.
        silent = (SectionKind.SIGNATURE, SectionKind.HEADER) if least >= ANSWERS else (SectionKind.SIGNATURE,)
        hits = [hit for hit in hits if hit.passage.kind not in silent]
        tried = limit_per_directive(hits, PER_DIRECTIVE)[:QUOTED]
        self._evidence.likeness([text for hit in tried for text in self._units(hit)])  # cheaper than hit by hit
        quotes = [quote for hit in tried for quote in self._quotes_of_hit(hit)]
        ranked = distinct(sorted(quotes, key=lambda quote: -quote.score))
        best = ranked[:QUOTES]
        if not best or self._confidence(hits, best, self._meaning.rows_counted if rows is None else rows) < least:
            return []
        return self._with_rival([quote for quote in ranked if quote.score >= best[0].score / 2])

    def _with_rival(self, ranked: Sequence[Quote]) -> list[Quote]:
        """The best quotes; the last makes room for one behind them that says something else than the first."""
        best = list(ranked[:QUOTES])
        rivals = [quote for quote in ranked[QUOTES:] if differing(self._question.text, [best[0], quote])]
        return [*best[: QUOTES - 1], rivals[0]] if rivals and not differing(self._question.text, best) else best

    def _units(self, hit: Hit) -> list[str]:
        text = self._catalog.printed(hit.passage.directive).text
        return [text[unit.start : unit.end] for unit in split_units(text, hit.passage.start, hit.passage.end)]

    def _quotes_of_hit(self, hit: Hit) -> list[Quote]:
        """The run that answers best, and rows of the same table that answer as well."""
        printed, passage = self._catalog.printed(hit.passage.directive), hit.passage
        run = best_run(printed, passage.start, passage.end, self._evidence.judge)
        if run is None or self._evidence.is_of_another(printed.text[run.span.start : run.span.end]):
            return []
        runs = [run, *equal_rows(printed, passage.start, passage.end, self._evidence.judge, best=run)]
        return [make_quote(hit.directive, printed, each, 0.8 * hit.score + 0.2 * each.score) for each in runs]

    def _confidence(self, hits: Sequence[Hit], quotes: Sequence[Quote], rows: Rows) -> float:
        found = max(self._evidence.of_hit(hit) for hit in hits[:QUOTES])
        if len(self._question.terms) <= FEW and found <= LONE:
            return 0.0
        _, likeness = self._vectors.search(self._evidence.vector, 1, rows=rows)
        texts = [quote.text for quote in quotes]
        return self._evidence.confidence(
            found, float(likeness[0]), texts, known=known_share(self._question, self._words, rows)
        )

    def _quotes_of_places(self, directives: Sequence[Directive]) -> list[Quote]:
        """What the named places say; where a paper has no such place, in those issued with it."""
        kin = [each for directive in directives for each in self._meaning.kin(directive) if each not in directives]
        for among in (directives, kin):
            quotes = quotes_of_places(
                among,
                self._question,
                evidence=self._evidence,
                catalog=self._catalog,
                focus=self._focus,
                at_most=QUOTES,
            )
            if quotes:
                return quotes
        return []


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
