"""A question and an open snapshot -> findings: which passages, which words of them, and whether they answer at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.findings import Findings, Hit, Passage, Quote, Signs
from index.language.numbers import canonical
from index.language.text import fold, key
from index.searching.cells import WORDS, asked_row, quotes_of_rows
from index.searching.choosing import choose
from index.searching.concepts import Floats
from index.searching.differing import differing
from index.searching.encoder import Encoder
from index.searching.evidence import Evidence, confidence_of
from index.searching.expectation import Expectation, ends_another, share_met
from index.searching.items import resolve_items
from index.searching.judging import Judge
from index.searching.leading import DEPTH, Leading
from index.searching.meaning import Meaning, Rows
from index.searching.placing import opening_quotes, quotes_of_places
from index.searching.question import Question, read_question
from index.searching.quotes import distinct, make_quote
from index.searching.quoting import split_units
from index.searching.ranking import learned, limit_per_directive
from index.searching.snapshot import Snapshot
from index.types import Directive, DirectiveId, Section, SectionKind

JUDGED = 20
"""Passages whose words are read."""
QUOTED = 6
"""Passages from which a quote is tried."""
PER_DIRECTIVE = 5
"""Of these, so many of one directive."""
QUOTES = 3

RELATED = 3
"""Passages named where nothing answers."""

_EFFECT = frozenset({Expectation.EFFECT})
_SILENT = (SectionKind.SIGNATURE, SectionKind.HEADER)


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
        threshold: float | None = None,
    ) -> None:
        snapshot = snapshot.seen_by(visible)
        self._catalog, self._vectors, self._words = snapshot.catalog, snapshot.vectors, snapshot.words
        if within is not None:
            visible = within if visible is None else within & visible
        self._visible = visible
        self._focus = self._current(focus) if focus else None
        self._question: Question = read_question(
            text, carried=snapshot.names.carried(text, visible=visible), words=snapshot.vocabulary
        )
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
        self._learned = learned()
        self._leading = Leading(self._evidence, self._words, self._vectors, learned=self._learned)
        self._threshold = self._learned.threshold if threshold is None else threshold
        self._signs: Signs | None = None
        self._settled = 0.0
        self._places: dict[DirectiveId, list[Section]] = {}

    def looked_at(self) -> tuple[list[Passage], Floats]:
        """The passages that are looked at and their marks ``(passages, MARKS and expected)``: what is fitted on."""
        led = self._leading.lead(self._rows_asked())
        passages = list(self._catalog.passages(led.rows[: len(led.marks)].tolist()))
        expected = [share_met(self._evidence.expected, passage.text) for passage in passages]
        return passages, np.column_stack([led.marks, np.array(expected)])

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
            related=() if quotes else self._related(hits[:JUDGED]),
            confidence=confidence_of(self._signs, self._learned.signs) if self._signs else None,
            signs=self._signs,
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
            return self._quotes_of_hits(clauses, threshold=0.0)
        return self._quotes_of_hits(hits, threshold=self._threshold)

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
        later = self._quotes_of_hits(self._hits(rows, QUOTED), threshold=self._threshold, rows=rows)
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
        led, most = self._leading.lead(rows), max(limit, JUDGED)
        passages = self._catalog.passages(led.rows[:most].tolist())
        hits = [
            Hit(directive=self._catalog.directive(passage.directive), passage=passage, score=score)
            for passage, score in zip(passages, led.scores[:most].tolist(), strict=True)
        ]
        judged = [hit.model_copy(update={"score": self._judged(hit)}) for hit in hits[:JUDGED]]
        return sorted(judged, key=lambda hit: -hit.score) + hits[JUDGED:]

    def _judged(self, hit: Hit) -> float:
        """The score of a passage when its words have been read."""
        weights, passage = self._learned.added, hit.passage
        score = hit.score + self._learned.passage.expected * share_met(self._evidence.expected, passage.text)
        if self._is_effect_clause(passage):
            score += weights.effect
        if self._focus and passage.directive == self._focus.directive.id:
            score += weights.focus
        if self._meaning.is_bygone(passage.directive):
            score += weights.bygone
        if self._question.items and self._is_at_place(passage):
            score += weights.place
        if not self._meaning.named and (fitting := self._question.filters.share(hit.directive)):
            is_plainly_meant = self._question.filters.is_plain and fitting == 1
            score += weights.fits_plainly if is_plainly_meant else weights.fits * fitting
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

    def _quotes_of_hits(self, hits: Sequence[Hit], *, threshold: float, rows: Rows = None) -> list[Quote]:
        # Names and places above a text are no answer to what it says, unless it is the one that is asked about.
        silent = (SectionKind.SIGNATURE,) if self._meaning.named or not threshold else _SILENT
        hits = [hit for hit in hits if hit.passage.kind not in silent]
        tried = limit_per_directive(hits, PER_DIRECTIVE)[:QUOTED]
        self._evidence.likeness([text for hit in tried for text in self._units(hit)])  # cheaper than hit by hit
        ranked = distinct(self._chosen(tried))
        best = ranked[:QUOTES]
        if not best or self._confidence(hits, best, self._meaning.rows_counted if rows is None else rows) < threshold:
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

    def _chosen(self, hits: Sequence[Hit]) -> list[Quote]:
        """The places of these passages that answer, best first."""
        chosen = choose(hits, self._catalog, Judge(self._evidence), at_most=2 * QUOTES)
        self._settled = sum(each.run.score for each in chosen[:QUOTES])
        read = [(self._catalog.printed(hit.passage.directive), hit, run) for hit, run in chosen]
        words = [printed.text[run.span.start : run.span.end] for printed, _, run in read]
        own = self._evidence.judge(words, [" ".join(printed.path_at(run.span.start)[-2:]) for printed, _, run in read])
        share = self._learned.quote
        return [
            make_quote(hit.directive, printed, run, (1 - share) * hit.score + share * score)
            for (printed, hit, run), score in zip(read, own, strict=True)
        ]

    def _confidence(self, hits: Sequence[Hit], quotes: Sequence[Quote], rows: Rows) -> float:
        _, likeness = self._vectors.search(self._evidence.vector, 1, rows=rows)
        signs = self._evidence.signs(
            hits[:QUOTES],
            [(quote.text, quote.lead or "", *quote.path[-2:]) for quote in quotes],
            likeness=float(likeness[0]),
            settled=self._settled,
            named=bool(self._meaning.named or self._focus),
        )
        self._signs = self._signs or signs
        return confidence_of(signs, self._learned.signs)

    def _related(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """What may concern a question that was not answered: the passages that are nearest, one of each heading."""
        if not self._signs or confidence_of(self._signs, self._learned.signs) < self._learned.related:
            return ()
        headings = {
            (hit.directive.id, hit.passage.path): hit for hit in reversed(hits) if hit.passage.kind not in _SILENT
        }
        return tuple(sorted(headings.values(), key=lambda hit: -hit.score)[:RELATED])

    def _quotes_of_places(self, directives: Sequence[Directive]) -> list[Quote]:
        """What the named places say, of a paper and those issued with it: the words asked for in any of them, or those
        of the paper itself where it has such a place.
        """
        kin = [each for directive in directives for each in self._meaning.kin(directive) if each not in directives]
        for among in ([*directives, *kin],) if self._question.terms else (directives, kin):
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
