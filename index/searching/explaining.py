"""What was made of a question, for people who look into an answer: typed -> read -> looked for."""

from __future__ import annotations

from index.searching.expectation import Expectation, expected
from index.searching.filters import Filters
from index.searching.question import read_question
from index.searching.rewording import Step
from index.searching.snapshot import Snapshot
from index.types import DirectiveId, Frozen


class Sought(Frozen):
    """A syllable that is looked for, and the phrases of documents that say the same."""

    word: str
    formal: tuple[str, ...]


class Explained(Frozen):
    """``steps``: what was read otherwise than typed, in order. ``wording``: the question as it was read, numbers and
    places cut out. ``numbers``, ``places``: as they were found. ``expected``: the kinds of answer that it waits for.
    """

    steps: tuple[Step, ...]
    wording: str
    numbers: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[Sought, ...]
    filters: Filters
    expected: tuple[Expectation, ...]
    past: bool
    draft: bool


def explain(text: str, snapshot: Snapshot, *, visible: frozenset[DirectiveId] | None) -> Explained:
    """How a search reads this question, by the words that may be seen alone."""
    seen = snapshot.seen_by(visible)
    question = read_question(text, carried=snapshot.names.carried(text, visible=visible), words=seen.vocabulary)
    return Explained(
        steps=question.steps,
        wording=question.wording,
        numbers=(*(number.symbol or f"{number.type} {number.number}" for number in question.numbers), *question.bare),
        places=tuple(question.text[item.span.start : item.span.end] for item in question.items),
        terms=tuple(Sought(word=term.form, formal=term.formal) for term in question.terms),
        filters=question.filters,
        expected=tuple(sorted(expected(question.wording))),
        past=question.past,
        draft=question.draft,
    )
