from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.findings import Hit, Passage
from index.searching.choosing import choose
from index.searching.judging import OF_ANOTHER
from index.types import Directive, DirectiveId, Printed, Span

FIRST = "Đảng ủy họp hằng quý. Chi bộ họp vào ngày mùng 3. Nghị quyết được gửi tới đảng viên."
SECOND = "Đảng viên nộp đảng phí. Thủ quỹ thu trước ngày 10 hằng tháng."


class _Catalog:
    def printed(self, directive: str) -> Printed:
        return Printed(text={"a": FIRST, "b": SECOND}[directive])


class _Judge:
    """Takes the sentence with these words for the one that answers."""

    def __init__(self, words: str, *, stressed: str = "", other: str = "") -> None:
        self._words, self._stressed, self._other = words, stressed, other

    def of_passages(self, passages: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[float]]:
        return [[self._odds(text) for text in texts] for texts, _ in passages]

    def _odds(self, text: str) -> float:
        return OF_ANOTHER if self._other and self._other in text else 9.0 * (self._words in text)

    def answers(self, text: str) -> list[Span]:
        start = text.find(self._stressed) if self._stressed else -1
        return [Span(start=start, end=start + len(self._stressed))] if start >= 0 else []


def _hit(name: str, score: float) -> Hit:
    unknown = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    text = {"a": FIRST, "b": SECOND}[name]
    passage = Passage(directive=DirectiveId(name), start=0, end=len(text), text=text, path=(), page=None)
    return Hit(
        directive=Directive(id=DirectiveId(name), file=name, title=name, **unknown), passage=passage, score=score
    )


def _chosen(judge: _Judge) -> list[tuple[str, str, list[str]]]:
    """Directive, words and stressed words of each place."""
    found = choose([_hit("a", 0.9), _hit("b", 0.6)], _Catalog(), judge, at_most=6)  # type: ignore[arg-type]
    words = {"a": FIRST, "b": SECOND}
    return [
        (
            one.hit.directive.id,
            words[one.hit.directive.id][one.run.span.start : one.run.span.end],
            [words[one.hit.directive.id][span.start : span.end] for span in one.run.stressed],
        )
        for one in found
    ]


def test_a_passage_further_down_whose_sentence_answers_far_better_goes_first() -> None:
    assert _chosen(_Judge("Thủ quỹ thu"))[0][0] == "b"


def test_of_sentences_alike_the_better_passage_goes_first() -> None:
    assert _chosen(_Judge("không có"))[0][0] == "a"


def test_the_amount_that_answers_is_stressed() -> None:
    assert _chosen(_Judge("Thủ quỹ thu", stressed="ngày 10"))[0][2] == ["ngày 10"]


def test_where_no_amount_was_asked_for_the_sentence_that_answers_is_stressed() -> None:
    assert _chosen(_Judge("không có"))[0] == ("a", FIRST, ["Đảng ủy họp hằng quý."])


def test_a_quote_that_is_one_sentence_has_nothing_stressed() -> None:
    assert ("b", "Thủ quỹ thu trước ngày 10 hằng tháng.", []) in _chosen(_Judge("Thủ quỹ thu"))


def test_what_is_about_another_thing_is_not_quoted() -> None:
    assert "Thủ quỹ" in str(_chosen(_Judge("không có")))
    assert "Thủ quỹ" not in str(_chosen(_Judge("không có", other="Thủ quỹ")))


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_places_are_chosen_than_wanted(most: int) -> None:
    judge = _Judge("Chi bộ họp")
    assert len(choose([_hit("a", 0.9), _hit("b", 0.9)], _Catalog(), judge, at_most=most)) == most  # type: ignore[arg-type]
