import asyncio
import logging

import pytest

from bot import texts
from bot.messages import Incoming, plain_text
from bot.router import ConversationsInMemory, Router
from index.errors import LibraryDamaged
from tests.bot.fakes import make_library


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
