"""No answer over the sample documents quotes an ended text unmarked; with its edge dropped, the sweep finds some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest

from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.messages import QuoteBlock
from index import Directive, DirectiveId, Library, SectionKind, Status, Validity, fold

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)
ENDED = (Status.REPLACED, Status.REPEALED)
_SILENT = (SectionKind.HEADER, SectionKind.SIGNATURE)


def validity(library: Library, *, dropped: frozenset[str] = frozenset()) -> Validity:
    return Validity(library.list(), library.relations(), today=TODAY, decisions=dict.fromkeys(dropped, False))


def ended(library: Library, judged: Validity) -> list[Directive]:
    return [each for each in library.list() if judged.standing_of(each.id).status in ENDED]


def unmarked(library: Library, judged: Validity, directive: DirectiveId, talks: Sequence[Sequence[str]]) -> int:
    """How many quotes of a directive stand without a warning, over all turns."""
    count = 0
    for turns in talks:
        conversation = Conversation()
        for turn in turns:
            answer, conversation = respond(library, conversation, turn, validity=judged)
            blocks = (block for block in answer.reply.blocks if isinstance(block, QuoteBlock))
            count += sum(block.directive == directive and not block.warning for block in blocks)
    return count


def talks_about(library: Library, directive: Directive) -> list[tuple[str, ...]]:
    """By number, by title, by its own words, by the past, without accents, and going on from one another."""
    printed = library.printed(directive.id)
    assert printed
    own = [
        printed.text[each.start : each.end].split()
        for each in printed.sections
        if each.kind not in _SILENT and each.end - each.start > 30
    ]
    words = [" ".join(each[1:12]) for each in own][:16]
    name = directive.number or directive.title
    single = [
        f"{name} nói gì?", f"{name} điều 1", f"{name} khoản 2 điều 3", f"{name} ai ký?", f"{name} còn hiệu lực không?",
        directive.title, f"{directive.type_name} {directive.title}",
        *words, *(f"{each} bao nhiêu?" for each in words[::2]), *(f"trước đây {each} thế nào?" for each in words[1::3]),
        f"quy định cũ về {directive.title}",
    ]  # fmt: skip
    single = [*single, *map(fold, single)]
    follow = ("còn khoản 2?", "ai ký?", "văn bản đó nói gì?", "thế đảng viên dự bị thì sao?", "còn hiệu lực không?")
    return [*((each,) for each in single), *pairwise(single[:10]), (single[0], *follow), (single[1], *follow)]


def test_no_sample_that_was_ended_is_quoted_unmarked_and_the_sweep_would_see_it(sample_library: Library) -> None:
    judged = validity(sample_library)
    gone = ended(sample_library, judged)
    assert gone
    for directive in gone:
        talks = talks_about(sample_library, directive)
        assert len(talks) >= 30
        assert unmarked(sample_library, judged, directive.id, talks) == 0, directive.id
        edges = frozenset(edge.key for edge in judged.standing_of(directive.id).edges)
        believed = validity(sample_library, dropped=edges)
        assert believed.standing_of(directive.id).status not in ENDED
        assert unmarked(sample_library, believed, directive.id, talks) > 0, directive.id


def test_drafts_among_the_samples_are_never_quoted_unmarked(sample_library: Library) -> None:
    judged = validity(sample_library)
    for directive in sample_library.list():
        if directive.draft:
            assert unmarked(sample_library, judged, directive.id, talks_about(sample_library, directive)) == 0
