from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.findings import Findings, Quote
from index.library import Library
from index.types import Directive, DirectiveId, SectionKind
from tests.searching.fakes import FIRE, GUIDE, MEETING, PAPERS, RULES, make_library

EXTINGUISHER = "Chi bộ tổ dân phố kiểm tra bình chữa cháy của từng hộ gia đình bao lâu một lần?"
QUESTIONS = (
    EXTINGUISHER,
    "bi thu tiep cong dan vao sang thu may",
    "25-CT/TU có hiệu lực từ khi nào?",
    "Chỉ thị 25-CT/TU điều 3 nói gì",
    "Chỉ thị 12-CT/TU về phòng cháy",
    "Đảng viên vắng mặt hai kỳ phải làm gì?",
    "Trần Thị Ví Dụ",
    "theo 25 mục 3",
    "Chỉ thị về tăng cường công tác phòng cháy, chữa cháy",
)
ODD = (
    "",
    "   ",
    "???",
    "🙂🙂🙂",
    "gì vậy",
    "ạ",
    "-" * 50,
    "đảng viên " * 200,
    "x" * 2000,
    "24-CT/TU " * 200,
    "a) b) c)",
    "0",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("finding") / "library", PAPERS)


def _directive(library: Library, number: str) -> Directive:
    return next(directive for directive in library.list() if directive.number == number)


def _texts(found: Findings) -> str:
    return "\n".join(quote.text for quote in found.quotes)


def _all_shown(found: Findings) -> Iterator[DirectiveId]:
    yield from (quote.directive.id for quote in found.quotes)
    yield from (hit.directive.id for hit in found.hits)
    yield from (hit.passage.directive for hit in found.hits)
    yield from (directive.id for directive in found.nearest)


def _quote_of(library: Library, question: str) -> Quote:
    return library.search(question).quotes[0]


# -- answers


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (EXTINGUISHER, "ba tháng một lần"),
        ("Chi bo to dan pho kiem tra binh chua chay cua tung ho gia dinh bao lau mot lan", "ba tháng một lần"),
        ("Đảng viên vắng mặt hai kỳ liên tiếp phải làm gì?", "giải trình bằng văn bản"),
        ("Văn phòng bố trí phòng tiếp công dân có gì", "có nước uống"),
    ],
)
def test_the_quote_holds_the_answer(library: Library, question: str, words: str) -> None:
    found = library.search(question)
    assert found.answered
    assert words in _texts(found)


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_every_quote_is_printed_where_it_says(library: Library, question: str) -> None:
    for quote in library.search(question).quotes:
        printed = library.printed(quote.directive.id)
        assert printed
        assert printed.text[quote.span.start : quote.span.end] == quote.text
        assert len(quote.text) <= 400
        assert quote.lead is None or quote.lead in printed.text
        assert (quote.path, quote.page) == (printed.path_at(quote.span.start), printed.page_at(quote.span.start))


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_findings_keep_their_form(library: Library, question: str) -> None:
    found = library.search(question)
    assert found.answered == bool(found.quotes)
    assert len(found.quotes) <= 3
    assert len(found.nearest) <= 3
    assert all(0 <= scored.score <= 1 for scored in (*found.quotes, *found.hits))
    assert len({quote.text for quote in found.quotes}) == len(found.quotes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_come_best_first(library: Library, question: str) -> None:
    scores = [hit.score for hit in library.search(question).hits]
    assert scores == sorted(scores, reverse=True)


def test_quotes_do_not_overlap(library: Library) -> None:
    for question in QUESTIONS:
        spans = sorted((q.directive.id, q.span.start, q.span.end) for q in library.search(question).quotes)
        assert all(one[0] != other[0] or one[2] <= other[1] for one, other in pairwise(spans))


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_a_question_is_answered_alike_twice(library: Library, question: str) -> None:
    assert library.search(question).model_dump_json() == library.search(question).model_dump_json()


def test_as_many_hits_are_given_as_asked(library: Library) -> None:
    assert [len(library.search(EXTINGUISHER, limit=limit).hits) for limit in (1, 2, 5)] == [1, 2, 5]


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=120))
def test_any_text_may_be_asked(library: Library, text: str) -> None:
    found = library.search(text)
    assert found.answered == bool(found.quotes)


@pytest.mark.parametrize("question", ["", "   ", "???", "🙂🙂🙂", "-" * 50])
def test_what_asks_nothing_is_not_answered(library: Library, question: str) -> None:
    assert not library.search(question).answered


def test_a_strange_subject_is_not_answered(library: Library) -> None:
    assert not library.search("Giá vàng hôm nay").answered


def test_a_signature_is_not_quoted(library: Library) -> None:
    quotes = library.search("Đảng ủy bí thư Trần Thị Ví Dụ").quotes
    for quote in quotes:
        printed = library.printed(quote.directive.id)
        position = printed.section_at(quote.span.start) if printed else None
        assert printed is None or position is None or printed.sections[position].kind is not SectionKind.SIGNATURE


# -- how surely


def _with_threshold(library: Library, threshold: float) -> Library:
    return Library(library._folder, library._encoder, threshold=threshold)


def test_the_threshold_decides_what_is_answered(library: Library) -> None:
    found = library.search(EXTINGUISHER)
    assert found.answered
    assert found.confidence is not None
    for threshold, answered in ((found.confidence - 0.01, True), (found.confidence + 0.01, False)):
        again = _with_threshold(library, threshold).search(EXTINGUISHER)
        assert (again.answered, again.confidence, again.signs) == (answered, found.confidence, found.signs)


def test_what_is_not_sure_enough_is_related_and_not_quoted(library: Library) -> None:
    found = _with_threshold(library, 1.0).search(EXTINGUISHER)
    assert not found.quotes
    assert 0 < len(found.related) <= 3
    assert found.related[0] == found.hits[0]
    headings = [(hit.directive.id, hit.passage.path) for hit in found.related]
    assert len(set(headings)) == len(headings)


def test_what_is_answered_names_nothing_related(library: Library) -> None:
    assert library.search(EXTINGUISHER).related == ()


def test_another_subject_names_nothing_related(library: Library) -> None:
    found = library.search("Giá vàng miếng hôm nay lên hay xuống?")
    assert (found.quotes, found.related) == ((), ())


def test_a_place_that_is_named_is_not_a_matter_of_confidence(library: Library) -> None:
    found = _with_threshold(library, 1.0).search("Chỉ thị 25-CT/TU mục 1")
    assert found.answered
    assert (found.confidence, found.signs) == (None, None)


# -- directives that are named


@pytest.mark.parametrize("number", ["08-NQ/ĐU", "nghị quyết 08", "nq 8", "nghi quyet so 08-nq/du"])
def test_a_number_outranks_everything(library: Library, number: str) -> None:
    found = library.search(f"{number} kiểm tra bình chữa cháy của từng hộ gia đình")
    assert {hit.directive.number for hit in found.hits} == {"08-NQ/ĐU"}
    assert {quote.directive.number for quote in found.quotes} <= {"08-NQ/ĐU"}
    assert [directive.number for directive in found.nearest] == ["08-NQ/ĐU"]


def test_a_whole_title_names_its_directive(library: Library) -> None:
    found = library.search("Quy định về tiếp công dân của cấp ủy có nước uống không?")
    assert {hit.directive.number for hit in found.hits} == {"03-QĐ/ĐU"}


@pytest.mark.parametrize("question", ["03-QĐ/ĐU", "Quy định 03-QĐ/ĐU", "quy định số 03-QĐ/ĐU nói gì?"])
def test_a_number_alone_is_answered_by_title_and_opening(library: Library, question: str) -> None:
    found = library.search(question)
    assert found.quotes[0].text.endswith("về tiếp công dân của cấp ủy")
    assert found.quotes[1].text.startswith("Chương I\n")


@pytest.mark.parametrize("question", ["99-KL/TW", "Chỉ thị 99 về bình chữa cháy", "99-KL/TW kiểm tra bình chữa cháy"])
def test_a_number_that_nothing_carries_or_mentions_is_not_answered(library: Library, question: str) -> None:
    found = library.search(question)
    assert (found.answered, found.hits) == (False, ())
    assert found.nearest


def test_a_number_that_is_only_mentioned_is_answered_by_that_passage(library: Library) -> None:
    found = library.search("12-CT/TU về phòng cháy")
    assert found.answered
    assert all("12-CT/TU" in quote.text for quote in found.quotes)


def test_a_number_that_is_only_mentioned_needs_words(library: Library) -> None:
    assert not library.search("12-CT/TU").answered


def test_an_unknown_number_is_not_answered_from_the_focus(library: Library) -> None:
    focus = _quote_of(library, "03-QĐ/ĐU")
    assert not library.search("99-KL/TW điều 2", focus=focus).answered


@pytest.mark.parametrize(
    "question",
    ["25-CT/TU có hiệu lực từ khi nào?", "chi thi 25 co hieu luc tu khi nao", "Chỉ thị 25-CT/TU thay thế văn bản nào?"],
)
def test_the_closing_clause_says_from_when_a_directive_holds(library: Library, question: str) -> None:
    assert library.search(question).quotes[0].text.startswith("Chỉ thị này có hiệu lực từ ngày ký")


# -- places that are named


def test_a_named_place_is_quoted_from_its_beginning(library: Library) -> None:
    found = library.search("03-QĐ/ĐU khoản 1 Điều 3 nói gì?")
    assert found.quotes[0].text == "1. Văn phòng bố trí phòng tiếp công dân có nước uống."
    assert found.quotes[0].path[-2:] == ("Điều 3 Trách nhiệm", "1")


def test_a_place_that_a_directive_lacks_is_not_answered(library: Library) -> None:
    found = library.search("03-QĐ/ĐU Điều 9 nói gì?")
    assert (found.answered, [directive.number for directive in found.nearest]) == (False, ["03-QĐ/ĐU"])


def test_a_bare_number_beside_a_place_names_a_directive(library: Library) -> None:
    assert library.search("25 mục 2").quotes[0].directive.number == "25-CT/TU"


# -- follow-ups


def test_a_place_is_looked_for_in_the_directive_in_focus(library: Library) -> None:
    focus = _quote_of(library, "03-QĐ/ĐU khoản 1 Điều 3")
    found = library.search("còn khoản 2?", focus=focus)
    assert found.quotes[0].text.endswith("2. Công an phường bảo đảm trật tự nơi tiếp công dân.")


def test_a_number_leaves_the_focus(library: Library) -> None:
    focus = _quote_of(library, "03-QĐ/ĐU Điều 3")
    assert library.search("25-CT/TU mục 2", focus=focus).quotes[0].directive.number == "25-CT/TU"


@pytest.mark.parametrize("question", ["còn khoản 2?", EXTINGUISHER])
def test_the_focus_of_a_directive_that_is_gone_is_ignored(library: Library, tmp_path: Path, question: str) -> None:
    focus = _quote_of(library, "03-QĐ/ĐU Điều 3")
    other = make_library(tmp_path / "library", {"25-CT.md": FIRE, "08-NQ.md": MEETING})
    assert other.search(question, focus=focus) == other.search(question)


@pytest.mark.parametrize("question", ["còn khoản 2?", EXTINGUISHER])
def test_the_focus_of_a_directive_that_may_not_be_seen_is_ignored(library: Library, question: str) -> None:
    focus = _quote_of(library, "03-QĐ/ĐU Điều 3")
    visible = frozenset(directive.id for directive in library.list()) - {focus.directive.id}
    assert library.search(question, visible=visible, focus=focus) == library.search(question, visible=visible)


# -- what may be seen


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_nothing_of_an_invisible_directive_is_shown(library: Library, question: str) -> None:
    every = frozenset(directive.id for directive in library.list())
    for hidden in every:
        assert hidden not in set(_all_shown(library.search(question, visible=every - {hidden})))


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_who_may_see_nothing_finds_nothing(library: Library, question: str) -> None:
    found = library.search(question, visible=frozenset())
    assert found == Findings(answered=False, quotes=(), hits=(), nearest=())


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_may_see_all_finds_what_has_no_limit(library: Library, question: str) -> None:
    every = frozenset(directive.id for directive in library.list())
    limited, whole = library.search(question, visible=every), library.search(question)
    assert (limited.quotes, limited.nearest) == (whole.quotes, whole.nearest)
    assert [hit.passage for hit in limited.hits] == [hit.passage for hit in whole.hits]
    assert [hit.score for hit in limited.hits] == pytest.approx([hit.score for hit in whole.hits], rel=1e-5)


def test_what_a_question_means_narrows_the_search_and_not_what_is_counted(library: Library) -> None:
    meant = frozenset({_directive(library, "03-QĐ/ĐU").id})
    found = library.search("tiếp công dân", within=meant)
    assert {hit.directive.id for hit in found.hits} == meant
    alone = library.search("tiếp công dân", visible=meant)
    assert [hit.score for hit in found.hits] != [hit.score for hit in alone.hits]


def test_what_a_question_means_lets_nothing_be_seen(library: Library) -> None:
    hidden = frozenset({_directive(library, "03-QĐ/ĐU").id})
    visible = frozenset(directive.id for directive in library.list()) - hidden
    found = library.search("03-QĐ/ĐU điều 2", visible=visible, within=hidden)
    assert found == Findings(answered=False, quotes=(), hits=(), nearest=())


def test_an_invisible_directive_is_as_unknown_as_its_number(library: Library) -> None:
    hidden = _directive(library, "03-QĐ/ĐU").id
    visible = frozenset(directive.id for directive in library.list()) - {hidden}
    assert not library.search("03-QĐ/ĐU điều 2", visible=visible).answered


def test_a_mention_in_an_invisible_directive_is_not_found(library: Library) -> None:
    visible = frozenset({_directive(library, "08-NQ/ĐU").id})
    found = library.search("12-CT/TU về phòng cháy", visible=visible)
    assert (found.answered, found.hits) == (False, ())


# -- libraries at the edge


@pytest.mark.parametrize("question", [*QUESTIONS, *ODD])
def test_an_empty_library_finds_nothing(tmp_path: Path, question: str) -> None:
    empty = make_library(tmp_path / "library", {})
    assert empty.search(question) == Findings(answered=False, quotes=(), hits=(), nearest=())


def test_an_encoder_that_knows_no_word_leaves_the_words(tmp_path: Path) -> None:
    class Blank:
        is_quick = True
        name = fingerprint = "blank"
        dimension = 4

        def encode_passages(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            return np.zeros((len(texts), 4), np.float32)

        def encode_question(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
            return np.zeros(4, np.float32)

    library = make_library(tmp_path / "library", {"03-QĐ.md": RULES, "11-HD.md": GUIDE}, encoder=Blank())  # type: ignore[arg-type]
    assert library.search("bí thư tiếp công dân vào sáng thứ mấy?").hits[0].directive.number == "03-QĐ/ĐU"
