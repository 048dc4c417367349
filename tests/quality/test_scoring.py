"""What of an answer counts as right, with quotes of an invented paper."""

from __future__ import annotations

from bot.answering.answer import Answer, ask_back, remark
from bot.messages import Reply
from bot.quality.questions import Question
from bot.quality.scoring import is_named, scores_of
from index import Directive, DirectiveId, Printed, Quote, Section, SectionKind, Span

TEXT = "1. Chi bộ họp mỗi tháng\nmột lần.\n2. Vắng mặt phải báo trước hai ngày."
PRINTED = Printed(
    text=TEXT,
    sections=(
        Section(kind=SectionKind.NUMBER, label="1", heading="", start=0, end=TEXT.index("2.")),
        Section(kind=SectionKind.NUMBER, label="2", heading="", start=TEXT.index("2."), end=len(TEXT)),
    ),
)


class Shelf:
    """Every directive has the same text."""

    def printed(self, directive: str) -> Printed:
        return PRINTED


def paper(number: str | None, file: str = "a.md") -> Directive:
    unknown = dict.fromkeys(("type", "type_name", "issuer", "place", "date"))
    return Directive(id=DirectiveId(f"{file}.id"), file=file, number=number, title="Họp", **unknown)


def quote(number: str, item: int) -> Quote:
    start, end = (0, TEXT.index("\n2.")) if item == 1 else (TEXT.index("2."), len(TEXT))
    span = Span(start=start, end=end)
    return Quote(directive=paper(number), text=TEXT[start:end], span=span, path=(str(item),), page=None, score=1)


def answer(*quotes: Quote) -> Answer:
    return Answer(answered=bool(quotes), reply=Reply(blocks=()), quotes=quotes)


def asked(**said: object) -> Question:
    known = {
        "id": "q",
        "kind": "plain",
        "question": "Họp mấy lần?",
        "directive": "4-HD/ĐU",
        "words": "mỗi tháng một lần",
    }
    return Question(**(known | said))


def score(question: Question, given: Answer) -> dict[str, float]:
    return scores_of(question, given, Shelf())


def test_all_is_right_where_the_first_quote_is_the_place_and_holds_the_words_over_a_line_break():
    scores = score(asked(place="1"), answer(quote("04-HD/ĐU", 1)))
    assert scores.pop("refused") == 0
    assert set(scores.values()) == {1.0}


def test_what_only_the_third_quote_holds_counts_for_three_alone():
    others = [quote("5-QĐ/ĐU", 2), quote("04-HD/ĐU", 2)]
    scores = score(asked(place="1"), answer(*others, quote("04-HD/ĐU", 1)))
    measures = ("directive", "place", "words")
    assert [scores[f"{measure}@1"] for measure in measures] == [0, 0, 0]
    assert [scores[f"{measure}@3"] for measure in measures] == [1, 1, 1]
    fourth = score(asked(place="1"), answer(*others, quote("5-QĐ/ĐU", 2), quote("04-HD/ĐU", 1)))
    assert (fourth["directive@3"], fourth["place@3"], fourth["words@3"]) == (1, 0, 0)


def test_all_words_are_needed_and_the_place_of_another_paper_is_none():
    both = asked(place="1", words=["mỗi tháng", "hai ngày"])
    scores = score(both, answer(quote("4-HD/ĐU", 1), quote("4-HD/ĐU", 2)))
    assert (scores["words@1"], scores["words@3"]) == (0, 1)
    assert score(asked(place="1"), answer(quote("5-QĐ/ĐU", 1)))["place@1"] == 0


def test_a_place_that_is_not_said_does_not_count():
    assert not [measure for measure in score(asked(), answer(quote("4-HD/ĐU", 1))) if measure.startswith("place")]


def test_a_comparison_needs_of_each_paper_its_own_words_at_its_own_place():
    both = asked(
        kind="compare", directive=["4-HD/ĐU", "5-QĐ/ĐU"], place=["1", "2"], words=["mỗi tháng một lần", "hai ngày"]
    )
    right = score(both, answer(quote("4-HD/ĐU", 1), quote("5-QĐ/ĐU", 2)))
    assert {measure for measure, value in right.items() if not value} == {"refused"}
    crossed = score(both, answer(quote("4-HD/ĐU", 2), quote("5-QĐ/ĐU", 1)))
    assert (crossed["directive@1"], crossed["directive@3"], crossed["words@1"], crossed["place@1"]) == (1, 1, 0, 0)
    alone = score(both, answer(quote("4-HD/ĐU", 1)))
    assert (alone["directive@1"], alone["directive@3"], alone["words@1"]) == (1, 0, 0)


def test_a_refusal_is_right_where_nothing_is_quoted_and_nothing_answered():
    refusal = Question(id="r", kind="refuse_other", question="Mai có mưa không?")
    assert score(refusal, remark("Tôi không tìm thấy.")) == {"refused": 1}
    assert score(refusal, ask_back("Văn bản nào?")) == {"refused": 1}
    assert score(refusal, answer(quote("4-HD/ĐU", 1))) == {"refused": 0}
    assert score(refusal, Answer(answered=True, reply=Reply(blocks=()))) == {"refused": 0}


def test_a_wrong_refusal_has_nothing_right():
    scores = score(asked(place="1"), remark("Tôi không tìm thấy."))
    assert scores.pop("refused") == 1
    assert set(scores.values()) == {0.0}


def test_a_paper_is_named_by_its_number_in_any_spelling_its_file_or_its_id():
    assert is_named(paper("04-HD/ĐU"), "4-hd/đu")
    assert is_named(paper(None, "sub/lich-tiep-dan.txt"), "lich-tiep-dan")
    assert is_named(paper(None), "a.md.id")
    assert not is_named(paper("04-HD/ĐU"), "14-HD/ĐU")
    assert not is_named(paper(None), "")
