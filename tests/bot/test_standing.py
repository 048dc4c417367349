"""Answers from what is in force; what is not is quoted only when it is asked for, and never unmarked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest

from bot import texts
from bot.answering.answer import Answer, quote_block
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.answering.standings import Standings
from bot.commands.ask import ask
from bot.messages import QuoteBlock, plain_text
from index import DirectiveId, Library, RelationKind, Scan, Standing, Status, Validity, fold
from tests.bot.chain import (
    CHANGING,
    COMING,
    DRAFT,
    HIGHER,
    NEW,
    OLD,
    build_chain,
    changing,
    judged,
    of,
    replacing,
)
from tests.bot.judged import Judged, edge

WHEN = "Chi bộ sinh hoạt thường kỳ vào ngày nào?"
ABSENT = "Đảng viên vắng mặt sinh hoạt phải báo cáo trước mấy ngày?"
ANSWERING = "Thời hạn trả lời phản ánh của Nhân dân là bao lâu?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return build_chain(tmp_path_factory.mktemp("chain"))


@pytest.fixture
def validity(library: Library) -> Judged:
    return judged(library)


def asked(library: Library, validity: Validity, *turns: str, visible: frozenset[DirectiveId] | None = None) -> Answer:
    """The answer to the last turn of one conversation."""
    conversation = Conversation()
    for turn in turns:
        answer, conversation = respond(library, conversation, turn, validity=validity, visible=visible)
    return answer


def blocks(answer: Answer) -> list[QuoteBlock]:
    return [block for block in answer.reply.blocks if isinstance(block, QuoteBlock)]


def quoted(answer: Answer) -> list[str]:
    """The files of the quotes, in order."""
    return [quote.directive.file for quote in answer.quotes]


def all_but(library: Library, *files: str) -> frozenset[DirectiveId]:
    return frozenset(each.id for each in library.list() if each.file not in files)


# -- what ordinary questions are answered from -------------------------------------------------------------------------


@pytest.mark.parametrize("question", [WHEN, fold(WHEN)])
def test_an_ordinary_question_is_answered_from_what_is_in_force(library, validity, question):
    answer = asked(library, validity, question)
    assert quoted(answer)[0] == NEW
    assert OLD not in quoted(answer)


@pytest.mark.parametrize("question", ["biên bản viết tay bằng bút mực tím", "bien ban viet tay but muc tim"])
def test_what_only_a_replaced_paper_says_is_not_found(library, validity, question):
    assert OLD in quoted(asked(library, Judged(), question))
    answer = asked(library, validity, question)
    assert OLD not in quoted(answer)
    assert "mực tím" not in plain_text(answer.reply)


@pytest.mark.parametrize(
    "question",
    ["05-QĐ/ĐU nói gì?", "QD 05 điều 1", "05-QĐ/ĐU quy định sinh hoạt vào ngày nào?", "Quy định 05 vắng mặt thì sao?"],
)
def test_a_replaced_paper_is_quoted_by_its_number_under_what_replaced_it(library, validity, question):
    answer = asked(library, validity, question)
    assert set(quoted(answer)) == {OLD}
    expected = texts.QUOTE_REPLACED.format(
        by="Quy định 19-QĐ/ĐU ngày 10/3/2026 của Đảng ủy phường Bình An từ ngày 10/3/2026"
    )
    assert {block.warning for block in blocks(answer)} == {expected}
    assert expected in plain_text(answer.reply)


@pytest.mark.parametrize(
    "question",
    [
        "Trước đây biên bản sinh hoạt viết bằng gì?",
        "truoc day bien ban sinh hoat viet bang gi",
        "quy định cũ ghi biên bản sinh hoạt thế nào?",
        "Quy định về nền nếp sinh hoạt chi bộ ghi biên bản thế nào?",
    ],
)
def test_the_past_and_the_whole_title_let_a_replaced_paper_speak_marked(library, validity, question):
    answer = asked(library, validity, question)
    assert quoted(answer)[0] == OLD
    assert all(block.warning for block in blocks(answer) if block.directive == of(library, OLD).id)


def test_a_conversation_that_stands_in_a_replaced_paper_goes_on_in_it_marked(library, validity):
    answer = asked(library, validity, "05-QĐ/ĐU nói gì?", "còn điều 2?")
    assert quoted(answer) == [OLD]
    assert blocks(answer)[0].warning


def test_fields_of_a_replaced_paper_are_marked_too(library, validity):
    answer = asked(library, validity, "05-QĐ/ĐU ban hành ngày nào?")
    assert [bool(block.warning) for block in blocks(answer)] == [True]


@pytest.mark.parametrize("question", ["thế trước đây thì sao?", "truoc day the nao?"])
def test_the_past_of_what_was_asked_is_asked_in_the_next_turn(library, validity, question):
    answer = asked(library, validity, WHEN, question)
    assert OLD in quoted(answer)
    assert all(block.warning for block in blocks(answer) if block.directive == of(library, OLD).id)


@pytest.mark.parametrize("question", ["nuôi ong lấy mật tại công viên", "mỗi khu phố nuôi bao nhiêu thùng ong?"])
def test_a_draft_answers_nothing_unless_it_is_asked_for(library, validity, question):
    assert DRAFT in quoted(asked(library, Judged(), question))
    assert DRAFT not in quoted(asked(library, validity, question))
    answer = asked(library, validity, f"trong dự thảo nghị quyết {question}")
    assert quoted(answer)[0] == DRAFT
    assert blocks(answer)[0].warning == texts.QUOTE_DRAFT


def test_the_past_lets_no_draft_speak(library, validity):
    assert DRAFT not in quoted(asked(library, validity, "trước đây nuôi ong lấy mật tại công viên thế nào?"))


def test_what_holds_only_later_stands_behind_what_holds_and_says_from_when(library, validity):
    answer = asked(library, validity, WHEN)
    assert quoted(answer)[-1] == COMING
    assert NEW in quoted(answer)[:-1]
    assert blocks(answer)[-1].warning == texts.QUOTE_NOT_YET_SINCE.format(date="01/01/2027")


def test_what_nothing_else_answers_is_quoted_from_what_holds_later(library, validity):
    answer = asked(library, validity, "Văn phòng bố trí xe đưa đón đảng viên cao tuổi thế nào?")
    assert quoted(answer)[0] == COMING
    assert all(block.warning for block in blocks(answer))


def test_nearest_papers_say_what_holds_no_longer(library, validity):
    answer = asked(library, validity, "05-QĐ/ĐU quy định gì về bảo hiểm xe máy điện?")
    if not answer.answered:
        assert f"({texts.STANDING_MARKS['replaced']})" in plain_text(answer.reply)


# -- amended places ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [ANSWERING, fold(ANSWERING), "19-QĐ/ĐU khoản 2 điều 2", "QĐ 19 điều 2"])
def test_an_amended_clause_is_marked_and_the_new_words_stand_behind_it(library, validity, question):
    answer = asked(library, validity, question)
    shown = blocks(answer)
    at = next(at for at, block in enumerate(shown) if "15 ngày làm việc" in block.text)
    assert shown[at].warning.startswith("Khoản 2 Điều 2 đã được sửa đổi, bổ sung bởi Quy định 22-QĐ/ĐU ngày 01/6/2026")
    assert "10 ngày làm việc" in shown[at + 1].text
    assert shown[at + 1].directive == of(library, CHANGING).id
    assert quoted(answer) == [next(d.file for d in library.list() if d.id == block.directive) for block in shown]


def test_a_quote_that_holds_an_amended_clause_is_marked_though_it_begins_before_it(library, validity):
    printed = library.printed(of(library, NEW).id)
    article = next(section for section in printed.sections if section.label == "Điều 2")
    standings = Standings(library, validity)
    assert standings.warning_at(of(library, NEW).id, article)
    first = next(section for section in printed.sections if section.label == "Điều 1")
    assert not standings.warning_at(of(library, NEW).id, first)


def test_another_place_of_an_amended_paper_bears_no_warning(library, validity):
    answer = asked(library, validity, "19-QĐ/ĐU điều 1")
    assert quoted(answer) == [NEW] * len(answer.quotes)
    assert not any(block.warning for block in blocks(answer))


def test_new_words_longer_than_a_quote_are_cut_and_that_is_marked(library):
    printed = library.printed(of(library, CHANGING).id)
    whole = edge(
        of(library, CHANGING),
        RelationKind.AMENDS,
        of(library, NEW),
        span=type(changing(library).relation.span)(start=0, end=len(printed.text)),
    )
    answer = asked(library, Judged([whole]), "19-QĐ/ĐU điều 1")
    new_words = next(block for block in blocks(answer) if block.directive == of(library, CHANGING).id)
    assert len(new_words.text) <= 400
    assert new_words.cut == (len(printed.text) > 400)
    assert blocks(answer)[0].warning.startswith(texts.THIS_PAPER)


# -- for programs ------------------------------------------------------------------------------------------------------


def citations(library, capsys, question, *, validity, visible=None):
    assert ask(library, question, as_json=True, visible=lambda: visible, validity=lambda: validity)
    return json.loads(capsys.readouterr().out)["citations"]


def test_json_says_of_each_citation_whether_its_paper_holds_and_by_what_it_was_replaced(library, validity, capsys):
    (old,) = citations(library, capsys, "05-QĐ/ĐU khoản 1 điều 2", validity=validity)
    assert (old["status"], old["replaced_by"]) == ("replaced", ["19-QĐ/ĐU"])
    assert old["warning"].startswith("Đã được thay thế bởi Quy định 19-QĐ/ĐU")
    new, words = citations(library, capsys, "19-QĐ/ĐU khoản 2 điều 2", validity=validity)
    assert (new["status"], new["replaced_by"], words["status"]) == ("amended", [], "in_force")
    (coming,) = citations(library, capsys, "40-QĐ/ĐU mục 2", validity=validity)
    assert coming["status"] == "not_yet"


def test_json_names_no_hidden_paper(library, validity, capsys):
    seen = all_but(library, NEW)
    (old,) = citations(library, capsys, "05-QĐ/ĐU khoản 1 điều 2", validity=validity, visible=seen)
    assert (old["status"], old["replaced_by"], old["warning"]) == ("replaced", [], texts.QUOTE_ENDED)


# -- who may not see what changed it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["05-QĐ/ĐU nói gì?", "Trước đây biên bản sinh hoạt viết bằng gì?"])
def test_what_a_hidden_paper_ended_is_marked_without_naming_it(library, validity, question):
    answer = asked(library, validity, question, visible=all_but(library, NEW))
    assert quoted(answer)[0] == OLD
    assert {block.warning for block in blocks(answer) if block.directive == of(library, OLD).id} == {texts.QUOTE_ENDED}
    assert "19-QĐ/ĐU" not in plain_text(answer.reply)
    assert "10/3/2026" not in plain_text(answer.reply)


def test_what_a_hidden_paper_ended_answers_no_ordinary_question(library, validity):
    assert OLD not in quoted(asked(library, validity, WHEN, visible=all_but(library, NEW)))


def test_what_a_hidden_paper_amended_is_marked_without_naming_it(library, validity):
    answer = asked(library, validity, ANSWERING, visible=all_but(library, CHANGING))
    shown = next(block for block in blocks(answer) if "15 ngày" in block.text)
    assert shown.warning == texts.QUOTE_CHANGED_SOMEHOW
    assert "22-QĐ/ĐU" not in plain_text(answer.reply)
    assert CHANGING not in quoted(answer)


# -- is it in force? ---------------------------------------------------------------------------------------------------

STILL = (
    "05-QĐ/ĐU còn hiệu lực không?",
    "Quy định 05 bị thay thế chưa?",
    "05-QĐ/ĐU đã hết hiệu lực chưa",
    "văn bản nào thay thế 05-QĐ/ĐU?",
    "05-QĐ/ĐU được thay thế bởi văn bản nào?",
    "05-QĐ/ĐU có còn áp dụng không ạ?",
)


@pytest.mark.parametrize("question", [*STILL, *map(fold, STILL)])
def test_whether_a_paper_holds_is_said_with_the_clause_that_ended_it(library, validity, question):
    answer = asked(library, validity, question)
    said = plain_text(answer.reply)
    assert said.startswith("Quy định 05-QĐ/ĐU ngày 01/3/2024 không còn hiệu lực")
    assert "Quy định 19-QĐ/ĐU ngày 10/3/2026, từ ngày 10/3/2026" in said
    assert quoted(answer) == [OLD, NEW]
    assert blocks(answer)[0].warning
    assert blocks(answer)[1].text.startswith("Quy định này thay thế Quy định số 05-QĐ/ĐU")


@pytest.mark.parametrize(
    "question", ["văn bản đó còn hiệu lực không?", "văn bản này bị thay thế chưa?", "còn hiệu lực không?"]
)
def test_the_paper_that_the_conversation_stands_at_is_meant(library, validity, question):
    assert "không còn hiệu lực" in plain_text(asked(library, validity, "05-QĐ/ĐU ai ký?", question).reply)


def test_who_amended_a_paper_is_said_with_the_clause(library, validity):
    answer = asked(library, validity, "Quy định 19 được sửa đổi bởi văn bản nào?")
    said = plain_text(answer.reply)
    assert "còn hiệu lực, nhưng đã được sửa đổi, bổ sung khoản 2 Điều 2 bởi Quy định 22-QĐ/ĐU" in said
    assert "Sửa đổi khoản 2 Điều 2 như sau" in said


def test_nothing_known_is_said_as_that_and_no_more(library, validity):
    answer = asked(library, validity, "07-CT/TU còn hiệu lực không?")
    assert answer.answered
    assert "tôi không thấy văn bản nào thay thế, bãi bỏ hay sửa đổi" in plain_text(answer.reply)
    assert quoted(answer) == [HIGHER]


@pytest.mark.parametrize(
    ("file", "question", "words"),
    [
        (DRAFT, "31-NQ/ĐU còn hiệu lực không?", "là dự thảo"),
        (COMING, "40-QĐ/ĐU có hiệu lực chưa?", "chưa có hiệu lực. Ngày bắt đầu có hiệu lực: 01/01/2027"),
    ],
)
def test_drafts_and_what_holds_later_are_said_to_be_that(library, validity, file, question, words):
    answer = asked(library, validity, question)
    assert words in plain_text(answer.reply)
    assert quoted(answer) == [file]


def test_a_last_day_is_said(library):
    validity = Judged(others={of(library, OLD).id: Standing(status=Status.EXPIRED, until=date(2025, 12, 31))})
    answer = asked(library, validity, "05-QĐ/ĐU còn hiệu lực không?")
    assert "ngày cuối cùng có hiệu lực là 31/12/2025" in plain_text(answer.reply)
    assert blocks(answer)[0].warning == texts.QUOTE_EXPIRED.format(date="31/12/2025")


def test_an_end_that_nobody_has_confirmed_is_told_with_its_clause_and_ends_nothing(library):
    waiting = replacing(library).model_copy(update={"stands": False, "proposed": True})
    validity = Judged([waiting])
    answer = asked(library, validity, "05-QĐ/ĐU còn hiệu lực không?")
    assert "05-QĐ/ĐU ngày 01/3/2024 còn hiệu lực. Lưu ý: Quy định 19-QĐ/ĐU" in plain_text(answer.reply)
    assert "chưa được quản trị viên xác nhận" in plain_text(answer.reply)
    assert quoted(answer) == [OLD, NEW]
    assert not any(block.warning for block in blocks(answer))


def test_a_hidden_end_is_told_without_its_paper(library, validity):
    answer = asked(library, validity, "05-QĐ/ĐU còn hiệu lực không?", visible=all_but(library, NEW))
    assert "05-QĐ/ĐU ngày 01/3/2024 không còn hiệu lực." in plain_text(answer.reply)
    assert "19-QĐ/ĐU" not in plain_text(answer.reply)
    assert quoted(answer) == [OLD]


@pytest.mark.parametrize("question", ["Điều kiện để biên bản có hiệu lực là gì?", "Ai sửa đổi lịch sinh hoạt chi bộ?"])
def test_questions_about_other_things_are_none_about_validity(library, validity, question):
    assert "thay thế, bãi bỏ hay sửa đổi" not in plain_text(asked(library, validity, question).reply)


# -- two papers in force -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [ABSENT, fold(ABSENT)])
def test_two_papers_in_force_that_differ_are_shown_as_such_the_higher_issuers_first(library, validity, question):
    answer = asked(library, validity, question)
    assert texts.QUOTES_DIFFER in plain_text(answer.reply)
    assert quoted(answer)[:2] == [HIGHER, NEW]


def test_papers_that_speak_of_each_other_are_no_contradiction(library, validity):
    related = edge(of(library, NEW), RelationKind.IMPLEMENTS, of(library, HIGHER))
    answer = asked(library, Judged([*validity.edges, related], others=validity.others), ABSENT)
    assert texts.QUOTES_DIFFER not in plain_text(answer.reply)


def test_an_ended_paper_contradicts_nothing(library, validity):
    assert texts.QUOTES_DIFFER not in plain_text(asked(library, validity, "Trước đây " + WHEN).reply)
    assert texts.QUOTES_DIFFER in plain_text(asked(library, Judged(), WHEN).reply)


# -- marks behind a citation -------------------------------------------------------------------------------------------


def test_scanned_words_and_the_circulation_are_marked_behind_the_citation(library):
    quote = asked(library, Judged(), "07-CT/TU nói gì?").quotes[0]
    paper = quote.directive.model_copy(update={"circulation": "LƯU HÀNH NỘI BỘ"})
    weak, strong = (
        quote_block(
            quote.model_copy(update={"directive": paper, "scan": Scan(page=1, confidence=confidence)}),
            Standings(library, Judged()),
        )
        for confidence in (60, 95)
    )
    assert weak.marks == ("Lưu hành nội bộ", texts.SCANNED_WEAK)
    assert strong.marks == ("Lưu hành nội bộ", texts.SCANNED)


# -- nothing ended is ever quoted unmarked -----------------------------------------------------------------------------


def unmarked(library: Library, validity: Validity, ended: DirectiveId, conversations: Sequence[Sequence[str]]) -> int:
    """How many quotes of a paper that holds no longer stand without a warning, over all turns."""
    count = 0
    for turns in conversations:
        conversation = Conversation()
        for turn in turns:
            answer, conversation = respond(library, conversation, turn, validity=validity)
            count += sum(block.directive == ended and not block.warning for block in blocks(answer))
    return count


def conversations_about(library: Library, file: str) -> list[tuple[str, ...]]:
    """By number, by title, by its own words, without accents, and going on from one another."""
    directive = of(library, file)
    printed = library.printed(directive.id)
    assert printed
    own = [printed.text[section.start : section.end].split() for section in printed.sections]
    words = [" ".join(each[1:12]) for each in own if len(each) > 5]
    single = [
        f"{directive.number} nói gì?", f"{directive.number} điều 1", f"{directive.number} ai ký?", directive.title,
        f"{directive.type_name} {directive.title}", f"{directive.number} còn hiệu lực không?",
        f"trước đây {words[-1]} thế nào?", *words, *(f"{each} bao nhiêu?" for each in words[::2]),
    ]  # fmt: skip
    single = [*single, *map(fold, single)]
    chained = [tuple(pair) for pair in pairwise(single[:12])]
    return [*((each,) for each in single), *chained, (single[0], "còn điều 2?", "ai ký?", "văn bản đó nói gì?")]


def test_no_answer_quotes_a_replaced_text_unmarked_and_the_sweep_would_see_it(library, validity):
    """The mutation: with its edge dropped, the same questions do find unmarked words."""
    ended, sweep = of(library, OLD).id, conversations_about(library, OLD)
    assert len(sweep) >= 30
    assert unmarked(library, validity, ended, sweep) == 0
    assert unmarked(library, validity.without(replacing(library)), ended, sweep) > 0
