from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.searching.quoting import LIMIT, Run, best_run, opening_run, split_units
from index.types import Printed, Section, SectionKind
from tests.searching.fakes import FIRE, PAPERS, RULES, printed_of

LETTERS = st.text(st.sampled_from('aăđĐÀ gồm:;.,!?…()"\n0123456789-+ '), max_size=1500)
LONG_LIST = "1. Chi bộ thực hiện các việc sau:\n" + "\n".join(
    f"{letter}) Việc {letter}, {'làm cho xong trong quý ' * 3}của năm nay;" for letter in "abcdđegh"
)


def _judge_of(*wanted: str) -> object:
    """Takes the text that holds most of these words for the one that answers."""

    def judge(texts: Sequence[str], headings: Sequence[str]) -> Sequence[float]:
        return [8 * sum(word in text for word in wanted) / max(len(wanted), 1) for text in texts]

    return judge


def _best(printed: Printed, *wanted: str) -> Run:
    run = best_run(printed, 0, len(printed.text), _judge_of(*wanted))  # type: ignore[arg-type]
    assert run
    return run


def _words(printed: Printed, run: Run) -> str:
    return printed.text[run.span.start : run.span.end]


def _item(printed: Printed, label: str) -> Section:
    return next(section for section in printed.sections if section.label == label)


def _opening(printed: Printed, section: Section) -> Run:
    run = opening_run(printed, section.start, section.end)
    assert run
    return run


# -- units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Một câu. Hai câu! Ba câu?", ["Một câu.", "Hai câu!", "Ba câu?"]),
        ("6.3.1. Chuyển sinh hoạt. Hồ sơ gồm đơn.", ["6.3.1. Chuyển sinh hoạt.", "Hồ sơ gồm đơn."]),
        ("Điều 4. Thẩm quyền", ["Điều 4. Thẩm quyền"]),
        ("Ông V.I. Lênin viết. Sách dày.", ["Ông V.I. Lênin viết.", "Sách dày."]),
        ("Thành ủy TP. Hồ Chí Minh họp.", ["Thành ủy TP. Hồ Chí Minh họp."]),
        ("Theo 24-CT/TW. Các chi bộ làm.", ["Theo 24-CT/TW.", "Các chi bộ làm."]),
        ("Nộp v.v. đủ cả", ["Nộp v.v. đủ cả"]),
        ("Nộp (Đơn. Ảnh. Giấy) đủ. Xong.", ["Nộp (Đơn. Ảnh. Giấy) đủ.", "Xong."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("  lùi vào \n\n hai ", ["lùi vào", "hai"]),
        (" \n ", []),
        ("một; hai; ba.", ["một; hai; ba."]),
    ],
)
def test_units_are_whole_sentences(text: str, units: list[str]) -> None:
    assert [text[unit.start : unit.end] for unit in split_units(text, 0, len(text))] == units


def test_a_long_sentence_is_split_into_its_clauses() -> None:
    clauses = [f"mệnh đề thứ {number} {'nói dài ' * 14}".strip() for number in range(3)]
    text = "; ".join(clauses) + "."
    assert [text[unit.start : unit.end] for unit in split_units(text, 0, len(text))] == [
        f"{clauses[0]};",
        f"{clauses[1]};",
        f"{clauses[2]}.",
    ]


# -- what every quote keeps


@given(LETTERS, st.integers(0, 1500), st.integers(0, 1500))
def test_any_range_of_any_text_gives_words_inside_it(text: str, start: int, length: int) -> None:
    printed = Printed(text=text)
    end = min(start + length, len(text))
    for run in (opening_run(printed, start, end), best_run(printed, start, end, _judge_of("gồm"))):  # type: ignore[arg-type]
        if run is None:
            assert not any(map(str.isalnum, text[start:end]))
            continue
        assert start <= run.span.start < run.span.end <= end
        assert run.span.end - run.span.start <= LIMIT
        words = text[run.span.start : run.span.end]
        assert words == words.strip()


@given(st.lists(st.text("abcđ", min_size=1, max_size=60), min_size=1, max_size=60), st.sampled_from([" ", ". ", "; "]))
def test_a_quote_of_a_whole_passage_ends_where_a_word_ends(words: list[str], joint: str) -> None:
    text = joint.join(word.capitalize() for word in words)
    run = _opening(Printed(text=text), Section(kind=SectionKind.NUMBER, label="", heading="", start=0, end=len(text)))
    assert not text[run.span.end : run.span.end + 1].isalnum()


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_only_the_lead_line_reaches_out_of_the_range(paper: str) -> None:
    printed = printed_of(paper)
    for section in printed.sections:
        run = _opening(printed, section)
        assert run.span.end <= section.end
        assert run.span.start == section.start or printed.text[run.span.start : section.start].split("\n")[0].endswith(
            ":"
        )


def test_a_word_longer_than_the_limit_is_cut_at_the_limit() -> None:
    printed = Printed(text="x" * 3 * LIMIT)
    run = opening_run(printed, 0, 3 * LIMIT)
    assert run
    assert (run.span.start, run.span.end, run.cut) == (0, LIMIT, True)


def test_a_sentence_longer_than_the_limit_is_cut_at_its_last_clause() -> None:
    text = ", ".join(f"phần {number} của câu" for number in range(60)) + "."
    run = opening_run(Printed(text=text), 0, len(text))
    assert run
    assert run.cut
    assert text[: run.span.end].endswith(",")
    assert len(text[run.span.end :].lstrip().partition(",")[0]) + run.span.end + 2 > LIMIT


def test_a_sentence_without_clauses_is_cut_behind_a_word() -> None:
    text = "từ " * 300
    run = opening_run(Printed(text=text), 0, len(text))
    assert run
    assert run.cut
    assert text[run.span.start : run.span.end].split() == ["từ"] * 133


def test_a_long_sentence_that_goes_on_behind_a_clause_is_marked_as_cut() -> None:
    text = "; ".join(f"mệnh đề {number} {'nói dài ' * 20}".strip() for number in range(4)) + "."
    run = opening_run(Printed(text=text), 0, len(text))
    assert run
    assert run.cut
    assert text[: run.span.end].endswith(";")


@pytest.mark.parametrize("text", ["Một câu ngắn.", "Câu một. " + "Câu hai. " * 80, "Dòng một;\nDòng hai;\n" * 40])
def test_whole_sentences_are_not_marked_as_cut(text: str) -> None:
    run = opening_run(Printed(text=text), 0, len(text))
    assert run
    assert not run.cut


# -- which words


def test_the_sentence_that_the_judge_likes_is_in_the_quote() -> None:
    printed = Printed(text="\n".join(f"Câu số {number} nói về việc {'khác ' * 40}." for number in range(9)))
    assert "Câu số 6 " in _words(printed, _best(printed, "Câu số 6 "))


def test_the_first_of_equal_sentences_is_quoted() -> None:
    printed = Printed(text="\n".join(f"{'Luật chung. ' * 30}{number}." for number in range(3)))
    assert _best(printed, "Luật chung").span.start == 0


def test_a_quote_stays_in_its_section() -> None:
    printed = printed_of(RULES)
    assert _words(printed, _best(printed, "sáng thứ năm")) == "1. Bí thư tiếp công dân vào sáng thứ năm hằng tuần."


# -- lists


def test_the_lead_of_a_list_brings_its_items() -> None:
    printed = printed_of(FIRE)
    lines = _words(printed, _best(printed, "cơ sở karaoke")).split("\n")
    assert [line[:2] for line in lines] == ["3.", "a)", "b)", "c)"]


def test_the_lead_stands_inside_a_quote_that_begins_at_a_later_item_where_both_fit() -> None:
    printed = printed_of(FIRE)
    run = _best(printed, "vật liệu dễ cháy")
    assert run.lead is None
    assert re.fullmatch(r"3\. .*gồm:\na\) .*;\nb\) .*;", _words(printed, run), re.DOTALL)


def test_the_lead_of_a_list_without_a_number_is_the_line_before_it() -> None:
    printed = printed_of(FIRE)
    assert _words(printed, _opening(printed, _item(printed, "2"))).startswith("Ban Thường vụ Thành ủy yêu cầu")


def test_the_lead_is_given_beside_a_quote_too_far_from_it() -> None:
    printed = printed_of(LONG_LIST)
    run = _opening(printed, _item(printed, "g)"))
    assert run.lead
    assert printed.text[run.lead.start : run.lead.end] == "1. Chi bộ thực hiện các việc sau:"
    assert _words(printed, run).startswith("g) Việc g")


def test_capitals_before_a_list_are_no_lead() -> None:
    printed = printed_of("BAN THƯỜNG VỤ YÊU CẦU:\n1. Chi bộ họp.\n2. Đảng ủy họp.")
    assert _words(printed, _opening(printed, _item(printed, "2"))) == "2. Đảng ủy họp."


def test_a_list_has_the_lead_before_it_and_not_that_of_an_earlier_list() -> None:
    printed = printed_of(
        "1. Hồ sơ gồm:\n- Đơn viết tay;\n- Lý lịch.\nThời hạn gồm:\n- Ba ngày ở chi bộ;\n- Năm ngày ở đảng ủy."
    )
    run = _opening(printed, printed.sections[-1])
    assert _words(printed, run) == "Thời hạn gồm:\n- Ba ngày ở chi bộ;\n- Năm ngày ở đảng ủy."


def test_a_long_list_is_cut_behind_a_whole_item_and_counts_the_rest() -> None:
    printed = printed_of(LONG_LIST)
    run = _opening(printed, printed.sections[0])
    shown = _words(printed, run).split("\n")[1:]
    assert all(line.endswith(";") for line in shown)
    assert (len(shown) + run.more, run.cut) == (8, False)


def test_an_item_of_several_sentences_is_not_shown_in_part() -> None:
    items = [f"{letter}) Việc {letter} phải làm. {'Làm cho kỹ càng. ' * 6}" for letter in "abcd"]
    printed = printed_of("\n".join(["1. Các việc sau:", *items]))
    run = _opening(printed, printed.sections[0])
    behind = printed.text[run.span.end :].lstrip()
    assert re.match(r"[bcd]\) ", behind)
    assert run.more == len(re.findall(r"^[abcd]\)", behind, re.MULTILINE))


def test_one_item_alone_counts_nothing_left() -> None:
    printed = printed_of(LONG_LIST)
    section = _item(printed, "g)")
    run = opening_run(printed, section.start, section.end)
    assert run
    assert run.more == 0


# -- a list inside one sentence

NAMES = ("một", "hai", "ba", "bốn")
ENUMERATED = (
    "Chi bộ được đề nghị khen thưởng nếu thỏa mãn các điều kiện sau: "
    + ", ".join(f"Điều kiện {name} về {'việc làm tốt trong năm ' * 4}của chi bộ" for name in NAMES)
    + "."
)


def test_a_list_inside_a_long_sentence_is_taken_item_by_item() -> None:
    units = [ENUMERATED[unit.start : unit.end] for unit in split_units(ENUMERATED, 0, len(ENUMERATED))]
    assert units[0] == "Chi bộ được đề nghị khen thưởng nếu thỏa mãn các điều kiện sau:"
    assert [unit[:14] for unit in units[1:]] == [f"Điều kiện {name}"[:14] for name in ("một ", "hai ", "ba v", "bốn ")]


def test_names_behind_commas_are_no_items() -> None:
    text = f"Nơi nhận: {'các ban của Đảng ủy, ' * 12}Ủy ban nhân dân, Hội Cựu chiến binh, Hội Phụ nữ cùng thực hiện."
    assert all(unit.end - unit.start >= 40 for unit in split_units(text, 0, len(text)))


def test_a_later_item_of_such_a_list_has_its_lead_and_goes_on_to_the_end_of_the_sentence() -> None:
    run = _best(Printed(text=ENUMERATED), "Điều kiện ba ")
    assert run.lead
    assert ENUMERATED[run.lead.start : run.lead.end].endswith("các điều kiện sau:")
    assert ENUMERATED[run.span.start : run.span.end].startswith("Điều kiện ba ")
    assert (run.span.end, run.cut) == (len(ENUMERATED), False)


def test_an_earlier_item_of_it_says_that_the_sentence_goes_on() -> None:
    run = _best(Printed(text=ENUMERATED), "Điều kiện một ")
    assert (run.span.start, run.lead, run.cut) == (0, None, True)
    assert ENUMERATED[run.span.end - 1] == ","


def test_sentences_that_say_nothing_of_it_are_left_out() -> None:
    printed = Printed(text="Trời nắng đẹp cả tuần. Chi bộ họp ngày mùng 3. Cây trong vườn xanh tốt.")
    assert _words(printed, _best(printed, "Chi bộ họp")) == "Chi bộ họp ngày mùng 3."


def test_the_sentence_that_answers_best_is_told() -> None:
    printed = Printed(text="Đảng ủy họp hằng quý. Chi bộ họp ngày mùng 3.")
    run = _best(printed, "Chi bộ họp")
    assert run.best
    assert printed.text[run.best.start : run.best.end] == "Chi bộ họp ngày mùng 3."
