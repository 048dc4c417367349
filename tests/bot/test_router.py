import asyncio
import logging

import pytest

from bot import texts
from bot.messages import Incoming, plain_text
from bot.router import ConversationsInMemory, Router
from index.errors import LibraryDamaged
from tests.bot.fakes import DIRECTIVE_24, LINES_24, make_library, make_reading


def incoming(text: str, chat: str = "one") -> Incoming:
    return Incoming(channel="test", sender="someone", chat=chat, message="1", text=text)


def said(router: Router, text: str, chat: str = "one") -> str:
    return plain_text(asyncio.run(router.handle(incoming(text, chat))))


@pytest.fixture
def router() -> Router:
    return Router(make_library()[0], ConversationsInMemory())


def test_a_question_is_answered_with_a_quote(router):
    assert "“1. Các cấp ủy quán triệt kỷ cương hành chính" in said(router, "kỷ cương hành chính")


def test_a_follow_up_about_a_field_refers_to_the_last_paper(router):
    said(router, "kỷ cương hành chính")
    assert "do đồng chí Đinh Văn Mẫu ký" in said(router, "ai ký?")


def test_conversations_do_not_mix(router):
    said(router, "kỷ cương hành chính")
    assert "Đinh Văn Mẫu" not in said(router, "ai ký?", chat="two")


def test_a_new_start_forgets_the_last_paper(router):
    said(router, "kỷ cương hành chính")
    assert said(router, "/moi") == texts.NEW_CONVERSATION
    assert "Đinh Văn Mẫu" not in said(router, "ai ký?")


def test_a_field_question_keeps_the_place_for_the_next_follow_up():
    library, shelf = make_library()
    router = Router(library, ConversationsInMemory())
    for text in ("kỷ cương hành chính", "ai ký?", "còn khoản 2?"):
        said(router, text)
    focus = shelf.asked[-1][1]
    assert focus is not None
    assert focus.text.startswith("1. Các cấp ủy")


def test_a_turn_that_found_nothing_leaves_the_older_focus(router):
    for text in ("kỷ cương hành chính", "giá vàng thế giới tăng mạnh"):
        said(router, text)
    assert "Đinh Văn Mẫu" in said(router, "ai ký?")


def test_a_paper_that_was_named_in_vain_is_meant_by_the_next_turn(router):
    for text in ("kỷ cương hành chính", "20-CT/TU quy định mức đóng đảng phí bao nhiêu"):
        said(router, text)
    assert "16/5/2023" in said(router, "ban hành ngày nào?")


def test_after_a_number_that_is_not_there_nothing_is_meant(router):
    for text in ("kỷ cương hành chính", "99-CT/TU ai ký?"):
        said(router, text)
    assert "Đinh Văn Mẫu" not in said(router, "ban hành ngày nào?")


def test_a_field_of_the_newest_paper_is_told_and_the_others_are_listed(router):
    shown = said(router, "20-CT/TU ban hành ngày nào?")
    assert "ban hành ngày 16/5/2023" in shown
    assert "Tỉnh ủy A" in shown


def test_a_number_that_is_not_there_is_said_so(router):
    assert "không tìm thấy văn bản 99-CT/TU" in said(router, "99-CT/TU ai ký?")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("xin chào", texts.GREETING),
        ("cảm ơn nhé", texts.THANKS),
        ("/trogiup", texts.HELP),
        ("/TroGiup", texts.HELP),
        ("/trợgiúp", texts.HELP),
        ("bạn là ai", texts.HELP),
        ("   ", texts.EMPTY_MESSAGE),
        ("???", texts.EMPTY_MESSAGE),
        ("/bay", texts.UNKNOWN_COMMAND.format(command="/bay")),
        ("a" * 2001, texts.TOO_LONG.format(length=2001, limit=2000)),
    ],
)
def test_what_is_no_question_gets_a_kind_word(router, text, reply):
    assert said(router, text) == reply


def test_a_known_error_becomes_its_vietnamese_line():
    router = Router(make_library(error=LibraryDamaged(folder="kho", detail="mất tệp"))[0], ConversationsInMemory())
    assert said(router, "kỷ cương hành chính") == texts.ERRORS["library_damaged"].format(folder="kho", detail="mất tệp")


def test_an_unknown_error_becomes_one_polite_line_and_a_traceback_in_the_log(caplog):
    router = Router(make_library(error=RuntimeError("boom"))[0], ConversationsInMemory())
    with caplog.at_level(logging.ERROR):
        assert said(router, "kỷ cương hành chính") == texts.UNEXPECTED
    assert "boom" in caplog.text


@pytest.mark.parametrize(
    "text", ["ai ký?", "còn khoản 2?", "khoản 2", "văn bản đó ban hành ngày nào?", "co hieu luc tu khi nao"]
)
def test_a_first_turn_that_points_at_nothing_is_asked_back(router, text):
    assert said(router, text) == texts.WHICH_DIRECTIVE


@pytest.mark.parametrize("text", ["24 ai ký", "cho hỏi 24 ai ký", "24 đồng chí nào ký", "vb 24 ai kí"])
def test_a_bare_number_that_a_directive_bears_names_it(router, text):
    assert "Chỉ thị 24-CT/TU do đồng chí Đinh Văn Mẫu ký" in said(router, text)


def test_a_bare_number_takes_the_last_question_over(router):
    said(router, "Chỉ thị 20-CT/TU ban hành ngày nào?")
    assert "Chỉ thị 24-CT/TU ban hành ngày 07/8/2023" in said(router, "còn 24?")


@pytest.mark.parametrize("text", ["trong 24 ngày phải làm gì", "24 đảng viên thì bầu mấy người", "77 ai chủ trì"])
def test_an_amount_or_a_number_that_nothing_bears_names_none(text):
    library, shelf = make_library()
    said(Router(library, ConversationsInMemory()), text)
    assert [question for question, _ in shelf.asked] == [text]


def test_a_bare_number_of_several_directives_names_the_newest_and_lists_the_others(router):
    shown = said(router, "20 ban hành ngày nào?")
    assert ("16/5/2023" in shown, "Tỉnh ủy A" in shown) == (True, True)


def test_the_page_of_the_last_quote_is_told_with_the_quote(router):
    said(router, "kỷ cương hành chính")
    assert said(router, "ở trang mấy?") == (
        "Trích dẫn vừa rồi ở trang 1.\n\n“1. Các cấp ủy quán triệt kỷ cương hành chính đến từng đảng viên.”\n"
        "— Chỉ thị 24-CT/TU ngày 07/8/2023 của Thành ủy Hà Nội, mục 1, trang 1 (văn bản mẫu)"
    )


def test_what_was_quoted_is_not_said_again_once_its_directive_is_gone():
    library, shelf = make_library()
    router = Router(library, ConversationsInMemory())
    said(router, "kỷ cương hành chính")
    shelf.readings.clear()
    assert said(router, "ở trang mấy?") == texts.WHICH_DIRECTIVE
    assert said(router, "ai ký?") == texts.WHICH_DIRECTIVE


def test_a_last_quote_without_pages_is_said_to_have_none():
    router = Router(make_library([make_reading(DIRECTIVE_24, LINES_24, paged=False)])[0], ConversationsInMemory())
    said(router, "kỷ cương hành chính")
    assert "không chia trang" in said(router, "ở trang mấy?")


@pytest.mark.parametrize("text", ["văn bản nào quy định?", "theo văn bản nào", "cái này quy định ở văn bản nào vậy"])
def test_the_directive_of_the_last_quote_is_named_with_its_citation(router, text):
    said(router, "kỷ cương hành chính")
    shown = said(router, text)
    assert shown.startswith("Trích dẫn vừa rồi là của Chỉ thị 24-CT/TU")
    assert "\n— Chỉ thị 24-CT/TU ngày 07/8/2023" in shown


@pytest.mark.parametrize("text", ["ở trang mấy?", "văn bản nào quy định?"])
def test_of_no_last_quote_is_asked_back(router, text):
    assert said(router, text) == texts.WHICH_DIRECTIVE


def test_a_field_is_told_of_each_paper_that_is_named(router):
    shown = said(router, "24-CT/TU và 20-CT/TU ban hành ngày nào?")
    assert ("07/8/2023" in shown, "16/5/2023" in shown) == (True, True)


def test_a_follow_up_to_several_papers_means_each(router):
    said(router, "24-CT/TU và 20-CT/TU")
    shown = said(router, "ban hành ngày nào?")
    assert ("ban hành ngày 07/8/2023" in shown, "ban hành ngày 16/5/2023" in shown) == (True, True)


@pytest.mark.parametrize("text", ["24-CT/TU và 20-CT/TU", "so sánh 24-CT/TU với 20-CT/TU"])
def test_of_several_papers_and_nothing_else_each_is_asked_for(text):
    library, shelf = make_library()
    said(Router(library, ConversationsInMemory()), text)
    assert [question for question, _ in shelf.asked] == ["24-CT/TU", "20-CT/TU"]


def test_letters_that_cannot_be_printed_are_cleaned_first():
    assert incoming("ch\udce0o \ud800").text.encode("utf-8")
