"""A question and an open snapshot -> findings: which passages, which words of them, and whether they answer at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.language.numbers import canonical, matches
from index.language.text import fold, key
from index.searching.encoder import Encoder
from index.searching.evidence import Evidence
from index.searching.expectation import Expectation, ends_another, share_met
from index.searching.items import resolve_items
from index.searching.question import Question, read_question
from index.searching.quoting import Run, best_run, opening_run, split_units
from index.searching.ranking import Ranked, Weights, combine, limit_per_directive
from index.searching.snapshot import Snapshot
from index.types import Directive, DirectiveId, Findings, Hit, Passage, Printed, Quote, Section, SectionKind

DEPTH = 200
"""Rows taken from each field before they are joined."""
JUDGED = 20
"""Passages whose words are read."""
QUOTED = 6
"""Passages from which a quote is tried."""
QUOTES = 3
_NEAREST = 3
PER_DIRECTIVE = 3

ANSWERS, NAMED_ANSWERS = 0.33, 0.15
"""Confidence from which there is an answer; less is asked for where the question names the directive."""

PLACE_ANSWERS = 0.35
"""Score from which the words asked for inside a named place are quoted before its beginning."""

FORMAL_BOOST = 0.4
"""What a term of a formal phrase counts in the word index beside one that was typed."""

_EFFECT = frozenset({Expectation.EFFECT})
Rows = NDArray[np.int64] | None


class Finding:
    """One question over one snapshot. ``visible``: the directives that the asker may see, None for all.

    ``focus``: the quote that the conversation stands at.
    """

    def __init__(
        self,
        text: str,
        snapshot: Snapshot,
        encoder: Encoder,
        *,
        visible: frozenset[DirectiveId] | None = None,
        focus: Quote | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.weights = weights or Weights()
        self._visible = visible
        self._seen = {d.id: d for d in snapshot.catalog.directives() if visible is None or d.id in visible}
        self._numbered = [(d, d.number, _count(d.number)) for d in self._seen.values() if d.number]
        self.focus = focus if focus and focus.directive.id in self._seen else None
        self.question: Question = read_question(text, carried={count for _, _, count in self._numbered if count})
        self.evidence = Evidence(self.question, snapshot, encoder)
        self._places: dict[DirectiveId, list[Section]] = {}

    def findings(self, limit: int) -> Findings:
        """The answer: quotes with their places, or none and the directives that are nearest."""
        named = self.named()
        hits = self.hits(self._rows_asked(named), limit)
        quotes = self._quotes(hits, named)
        nearby = hits or self.hits(self._rows(()), limit)
        nearest = dict.fromkeys([*(d.id for d in named), *(hit.directive.id for hit in nearby)])
        return Findings(
            answered=bool(quotes),
            quotes=tuple(quotes),
            hits=tuple(hits[:limit]),
            nearest=tuple(self._seen[directive] for directive in list(nearest)[:_NEAREST]),
        )

    def _quotes(self, hits: Sequence[Hit], named: Sequence[Directive]) -> list[Quote]:
        is_unknown = bool(self.question.numbers) and not named
        if is_unknown and not (hits and self.question.terms):
            return []
        about = [self._seen[self.focus.directive.id]] if self.focus and not named and not is_unknown else named
        if self.question.items and about:
            return self._quotes_of_places(about)
        if named and not self.question.terms:
            return self._opening_quotes(named[0])
        if not (self.question.terms or self.question.items):
            return []
        clauses = [hit for hit in hits if self._is_effect_clause(hit.passage)] if named or self.focus else []
        if clauses:
            return self._quotes_of_hits(clauses, least=0.0)
        return self._quotes_of_hits(hits, least=NAMED_ANSWERS if named else ANSWERS)

    # -- which directives ----------------------------------------------------------------------------------------------

    def named(self) -> list[Directive]:
        """The directives that the question names by number or by their whole title, newest first."""
        numbers, bare = self.question.numbers, self.question.bare
        asked = [(number, _count(number.number)) for number in numbers]
        by_number = [
            directive
            for directive, number, count in self._numbered
            if any(count == asked_count and matches(one, number) for one, asked_count in asked)
        ]
        by_bare = [directive for directive, _, count in self._numbered if count in bare]
        return newest_first(by_number or by_bare or ([] if numbers else self._titled()))

    def _titled(self) -> list[Directive]:
        asked = f" {_syllables(self.question.text)} "
        titles = ((d, _syllables(f"{d.type_name or ''} {d.title}")) for d in self._seen.values())
        return [d for d, title in titles if title.count(" ") >= 4 and f" {title} " in asked]

    def _rows_asked(self, named: Sequence[Directive]) -> Rows:
        """The rows that may answer: of the directives named, else those that mention the numbers, else all."""
        if self.question.numbers and not named:
            return self._rows_that_mention(number.symbol for number in self.question.numbers if number.symbol)
        rows = self._rows(named)
        if rows is None or not named or Expectation.EFFECT not in self.evidence.expected:
            return rows
        # Whether a directive still holds is said by the one that came after it.
        return np.union1d(rows, self._rows_that_mention(d.number for d in named if d.number))

    def _rows(self, named: Sequence[Directive]) -> Rows:
        if named:
            return self.snapshot.catalog.rows_of(frozenset(d.id for d in named))
        return None if self._visible is None else self.snapshot.catalog.rows_of(self._visible)

    def _rows_that_mention(self, symbols: Iterable[str]) -> NDArray[np.int64]:
        """The visible passages in which one of these numbers is printed."""
        terms = {key(canonical(symbol)): 1.0 for symbol in symbols}
        rows, _ = self.snapshot.words.search("accented", terms, DEPTH, rows=self._rows(()))
        return np.sort(rows)

    # -- ranking -------------------------------------------------------------------------------------------------------

    def hits(self, rows: Rows, limit: int) -> list[Hit]:
        """The best passages among these rows, best first."""
        ranked = self._ranked(rows)[: max(limit, JUDGED)]
        passages = self.snapshot.catalog.passages([row for row, _ in ranked])
        hits = [
            Hit(directive=self.snapshot.catalog.directive(passage.directive), passage=passage, score=score)
            for passage, (_, score) in zip(passages, ranked, strict=True)
        ]
        judged = [hit.model_copy(update={"score": self._judged(hit)}) for hit in hits[:JUDGED]]
        return sorted(judged, key=lambda hit: -hit.score) + hits[JUDGED:]

    def _formal(self) -> list[str]:
        """The phrases that documents use for what is asked."""
        if Expectation.EFFECT not in self.evidence.expected:
            return list(self.question.formal)
        return [*self.question.formal, *("có hiệu lực", "thay thế", "bãi bỏ")]

    def _ranked(self, rows: Rows) -> list[tuple[int, float]]:
        terms = self.question.terms
        formal = self._formal()
        folded = _counted(
            [t.folded for t in terms], [t.folded_pair for t in terms], [fold(phrase) for phrase in formal]
        )
        typed = _counted([t.form for t in terms], [t.pair for t in terms], formal) if self.question.marked else folded
        words = self.snapshot.words
        by_folded = words.search("folded", folded, DEPTH, rows=rows)
        rankings: dict[str, Ranked] = {
            "accented": by_folded if typed is folded else words.search("accented", typed, DEPTH, rows=rows),
            "folded": by_folded,
            "heading": words.search("heading", typed, DEPTH, rows=rows),
            "title": words.search("title", typed, DEPTH, rows=rows),
            "dense": self.snapshot.vectors.search(self.evidence.vector, DEPTH, rows=rows),
        }
        return combine(rankings, self.weights)

    def _judged(self, hit: Hit) -> float:
        """The score of a passage when its words have been read."""
        weights, passage = self.weights, hit.passage
        score = (
            weights.joined * hit.score
            + weights.words * self.evidence.of_words(passage.text)
            + weights.expected * share_met(self.evidence.expected, passage.text)
        )
        if self._is_effect_clause(passage):
            score += weights.effect
        if self.focus and passage.directive == self.focus.directive.id:
            score += weights.focus
        if self.question.items and self._is_at_place(passage):
            score += weights.place
        return min(score, 1.0)

    def _is_effect_clause(self, passage: Passage) -> bool:
        """The question asks what holds, and this passage says it: a closing clause, or one that ends another paper."""
        if Expectation.EFFECT not in self.evidence.expected:
            return False
        is_closing = passage.kind is SectionKind.CLOSING or "hieu luc" in fold(" ".join(passage.path))
        return ends_another(passage.text) or (is_closing and share_met(_EFFECT, passage.text) > 0)

    def _is_at_place(self, passage: Passage) -> bool:
        if passage.directive not in self._places:
            printed = self.snapshot.catalog.printed(passage.directive)
            positions = resolve_items(self.question.items, printed)
            self._places[passage.directive] = [printed.sections[position] for position in positions]
        return any(place.start < passage.end and passage.start < place.end for place in self._places[passage.directive])

    # -- quoting -------------------------------------------------------------------------------------------------------

    def _quotes_of_hits(self, hits: Sequence[Hit], *, least: float) -> list[Quote]:
        hits = [hit for hit in hits if hit.passage.kind is not SectionKind.SIGNATURE]
        tried = limit_per_directive(hits, PER_DIRECTIVE + 2)[:QUOTED]
        self.evidence.likeness([text for hit in tried for text in self._units(hit)])  # cheaper than hit by hit
        quotes = [quote for hit in tried if (quote := self._quote_of_hit(hit))]
        best = _distinct(sorted(quotes, key=lambda quote: -quote.score))[:QUOTES]
        if not best or self._confidence(hits, best) < least:
            return []
        return [quote for quote in best if quote.score >= best[0].score / 2]

    def _units(self, hit: Hit) -> list[str]:
        text = self.snapshot.catalog.printed(hit.passage.directive).text
        return [text[unit.start : unit.end] for unit in split_units(text, hit.passage.start, hit.passage.end)]

    def _quote_of_hit(self, hit: Hit) -> Quote | None:
        printed = self.snapshot.catalog.printed(hit.passage.directive)
        run = best_run(printed, hit.passage.start, hit.passage.end, self.evidence.judge)
        return make_quote(hit.directive, printed, run, 0.8 * hit.score + 0.2 * run.score) if run else None

    def _confidence(self, hits: Sequence[Hit], quotes: Sequence[Quote]) -> float:
        found = max(self.evidence.of_hit(hit) for hit in hits[:QUOTES])
        _, likeness = self.snapshot.vectors.search(self.evidence.vector, 1, rows=self._rows(()))
        texts = [quote.text for quote in quotes]
        return self.evidence.confidence(found, float(likeness[0]), texts, known=self._known_share())

    def _known_share(self) -> float:
        """Share of the question's pairs of syllables, or their formal words, that any visible passage holds."""
        pairs = [(term.pair, *term.formal) for term in self.question.terms if term.pair]
        return sum(any(map(self._is_known, phrases)) for phrases in pairs) / len(pairs) if pairs else 1.0

    def _is_known(self, phrase: str) -> bool:
        words = phrase.split()
        if len(words) != 2:
            return False
        field = "accented" if self.question.marked else "folded"
        rows, _ = self.snapshot.words.search(field, {"_".join(words): 1.0}, 1, rows=self._rows(()))
        return len(rows) > 0

    def _quotes_of_places(self, directives: Iterable[Directive]) -> list[Quote]:
        """What the named places say: the words asked for inside them, else how they begin."""
        quotes: list[Quote] = []
        for directive in directives:
            printed = self.snapshot.catalog.printed(directive.id)
            near = (
                printed.section_at(self.focus.span.start)
                if self.focus and self.focus.directive.id == directive.id
                else None
            )
            for position in resolve_items(self.question.items, printed, near=near):
                section = printed.sections[position]
                asked = (
                    best_run(printed, section.start, section.end, self.evidence.judge) if self.question.terms else None
                )
                runs = [asked] if asked and asked.score > PLACE_ANSWERS else []
                runs += _runs_in_order(printed, position)
                quotes += [make_quote(directive, printed, run, 1.0) for run in runs]
        return _distinct(quotes)[:QUOTES]

    def _opening_quotes(self, directive: Directive) -> list[Quote]:
        """What a directive is about, when its number is all that was typed: its title and how its body begins."""
        printed = self.snapshot.catalog.printed(directive.id)
        title = printed.fields.get("title")
        body = next((section.end for section in printed.sections if section.kind is SectionKind.HEADER), 0)
        runs = [
            opening_run(printed, title.start, title.end) if title else None,
            opening_run(printed, body, len(printed.text)),
        ]
        return _distinct([make_quote(directive, printed, run, 1.0) for run in runs if run])


def _runs_in_order(printed: Printed, position: int) -> list[Run]:
    """A section as runs one behind the other; the last says how many of its items are left."""
    section = printed.sections[position]
    runs: list[Run] = []
    start = section.start
    while len(runs) < QUOTES and (run := opening_run(printed, start, section.end)):
        runs.append(run._replace(more=0))
        start = run.span.end
    left = sum(inner.parent == position and inner.start >= start for inner in printed.sections)
    return [*runs[:-1], *(run._replace(more=left) for run in runs[-1:])]


def make_quote(directive: Directive, printed: Printed, run: Run, score: float) -> Quote:
    """The run with its words and where they stand."""
    return Quote(
        directive=directive,
        text=printed.text[run.span.start : run.span.end],
        span=run.span,
        path=printed.path_at(run.span.start),
        page=printed.page_at(run.span.start),
        score=round(min(max(score, 0.0), 1.0), 4),
        lead=printed.text[run.lead.start : run.lead.end] if run.lead else None,
        more=run.more,
        cut=run.cut,
    )


def newest_first(directives: Iterable[Directive]) -> list[Directive]:
    """By date, those without one last."""
    return sorted(directives, key=lambda d: (d.date is None, -(d.date.toordinal() if d.date else 0), d.id))


def _count(number: str) -> str:
    """The digits that a number begins with, without leading zeros; empty where there are none."""
    return re.split(r"\D", number, maxsplit=1)[0].lstrip("0")


@lru_cache(1 << 12)  # the titles of a library
def _syllables(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _counted(syllables: Sequence[str], pairs: Sequence[str | None], formal: Sequence[str]) -> dict[str, float]:
    """Terms of the word index with how often they are asked; those of formal phrases count `FORMAL_BOOST`."""
    asked = Counter[str]((*syllables, *(pair.replace(" ", "_") for pair in pairs if pair)))
    terms = {term: float(count) for term, count in asked.items()}
    for phrase in formal:
        words = phrase.split()
        for term in (*words, *(f"{left}_{right}" for left, right in pairwise(words))):
            terms.setdefault(term, FORMAL_BOOST)
    return terms


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """Without quotes that overlap an earlier one or repeat its words."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(_overlap(quote, other) or quote.text == other.text for other in kept):
            kept.append(quote)
    return kept


def _overlap(one: Quote, other: Quote) -> bool:
    return (
        one.directive.id == other.directive.id and one.span.start < other.span.end and other.span.start < one.span.end
    )
