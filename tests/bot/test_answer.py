from datetime import date

import pytest

from bot.answering.answer import Answer, Named
from bot.answering.answer import word_findings as word
from bot.answering.citation import citation_of, name_of, place_of, spoken_date
from bot.answering.standings import Standings
from bot.messages import QuoteBlock, plain_text
from index import Findings, Quote, Span
from tests.bot.fakes import DIRECTIVE_20_NEW, DIRECTIVE_20_OLD, DIRECTIVE_24, make_library
from tests.bot.judged import by_own_words


def quote(directive=DIRECTIVE_24, **changes) -> Quote:
    plain = Quote(
        directive=directive,
        text="Lời văn.",
        span=Span(start=0, end=8),
        path=("II NHIỆM VỤ", "2 Việc"),
        page=3,
        score=0.5,
    )
    return plain.model_copy(update=changes)


def word_findings(findings: Findings, *, named: Named) -> Answer:
    library = make_library()[0]
    return word(findings, Standings(library, by_own_words(library)()), named=named)


def found(*quotes: Quote) -> Findings:
    return Findings(answered=True, quotes=quotes, hits=(), nearest=())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 8, 7), "07/8/2023"),
        (date(2026, 2, 5), "05/02/2026"),
        (date(2023, 8, 30), "30/8/2023"),
        (date(2020, 12, 30), "30/12/2020"),
    ],
)
def test_a_date_is_written_as_the_party_writes_it(day, said):
    assert spoken_date(day) == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("II NHIỆM VỤ", "2 Tuyên truyền"), ("mục II.2",)),
        (("6 Điều 6", "6.3 Cấp nào", "6.3.1 Việc", "a)"), ("mục 6.3.1", "điểm a")),
        (("Chương II QUYỀN HẠN", "Điều 5 Trách nhiệm", "2 Cấp ủy", "a)"), ("điểm a", "khoản 2", "Điều 5")),
        (("Điều 5 Trách nhiệm",), ("Điều 5",)),
        (("Chương II QUYỀN HẠN",), ("Chương II",)),
        (("Phần thứ hai GIẢI PHÁP", "I VỀ TỔ CHỨC", "1.1 Việc"), ("mục I.1.1", "Phần thứ hai")),
        (("3 Điều 4: Quyền của đảng viên",), ("mục 3",)),
        (("PHỤ LỤC", "2 Biểu"), ("mục 2", "Phụ lục")),
        (("1 Việc", "đ)", "-"), ("mục 1", "điểm đ")),
        ((), ()),
    ],
)
def test_a_place_is_named_as_members_say_it(path, said):
    assert place_of(path) == said


def test_a_citation_says_number_date_issuer_place_and_page():
    assert citation_of(quote()) == "Chỉ thị 24-CT/TU ngày 07/8/2023 của Thành ủy Hà Nội, mục II.2, trang 3"


def test_a_citation_leaves_out_what_the_paper_does_not_say():
    bare = DIRECTIVE_24.model_copy(update={"date": None, "issuer": None})
    assert citation_of(quote(bare, page=None, path=())) == "Chỉ thị 24-CT/TU"


def test_a_paper_without_a_number_is_named_by_its_title():
    report = DIRECTIVE_24.model_copy(update={"number": None, "type_name": "Báo cáo", "title": "Báo cáo kết quả quý I"})
    assert name_of(report) == "Báo cáo “kết quả quý I”"


def test_at_most_three_quotes_are_shown():
    answer = word_findings(found(*(quote(text=f"Lời {n}.") for n in range(5))), named={})
    assert [block.text for block in answer.reply.blocks if isinstance(block, QuoteBlock)] == [
        "Lời 0.",
        "Lời 1.",
        "Lời 2.",
    ]


def test_what_is_left_out_is_said_outside_the_quotation_marks():
    shown = plain_text(word_findings(found(quote(lead="Gồm các việc:", more=2, cut=True)), named={}).reply)
    assert shown.startswith("“Gồm các việc:”\n“Lời văn.…” (còn 2 ý)\n— ")


def test_an_answer_from_a_sample_ends_with_that_word():
    assert plain_text(word_findings(found(quote()), named={}).reply).endswith("(văn bản mẫu)")


def test_an_answer_from_a_real_paper_does_not_say_sample():
    assert "mẫu" not in plain_text(word_findings(found(quote(DIRECTIVE_20_NEW)), named={}).reply)


def test_nothing_found_names_the_nearest_and_quotes_nothing():
    nearest = (DIRECTIVE_24, DIRECTIVE_20_OLD, DIRECTIVE_20_NEW, DIRECTIVE_20_NEW)
    answer = word_findings(Findings(answered=False, quotes=(), hits=(), nearest=nearest), named={})
    shown = plain_text(answer.reply)
    assert (answer.answered, answer.quotes) == (False, ())
    assert shown.startswith("Tôi không tìm thấy")
    assert shown.count("•") == 3


def test_a_number_that_the_corpus_lacks_is_named():
    answer = word_findings(Findings(answered=False, quotes=(), hits=(), nearest=()), named={"99-CT/TU": ()})
    assert "Tôi không tìm thấy văn bản 99-CT/TU" in plain_text(answer.reply)


def test_of_several_papers_with_one_number_the_used_one_is_named_and_the_others_listed():
    answer = word_findings(found(quote(DIRECTIVE_20_NEW)), named={"20-CT/TU": (DIRECTIVE_20_NEW, DIRECTIVE_20_OLD)})
    first = plain_text(answer.reply).split("\n\n")[0]
    assert first.index("Thành ủy Hạ Long") < first.index("Tỉnh ủy A")
