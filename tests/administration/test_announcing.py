from __future__ import annotations

import pytest

from bot import texts
from bot.administration.announcing import Announcing
from bot.messages import Text, plain_text, say
from bot.state import members
from tests.administration.office import ADMINISTRATOR

WORDS = "Mời các đồng chí họp lúc 19 giờ.\nTại nhà văn hóa."


@pytest.fixture
def office(make_office, database):
    """Cell Khu phố 1: the administrator and DV-1, both linked. Chi bộ Khu phố 2: two linked, one of them out of reach,
    and one not linked.
    """
    office = make_office(Announcing(database).department())
    for code in ("DV-2", "DV-3", "DV-4"):
        member = office.add(code, cell="Chi bộ Khu phố 2")
        if code != "DV-4":
            office.link(member, active=code == "DV-2")
    return office


def compose(office, to: str = "chi bộ khu phố 2", text: str = WORDS) -> str:
    office.send(ADMINISTRATOR, f"/thongbao {to}")
    return office.send(ADMINISTRATOR, text)


def test_an_announcement_reaches_the_cell_and_nobody_else(office):
    compose(office)
    office.press(ADMINISTRATOR, texts.ANNOUNCE_YES)
    assert office.pushed() == {"telegram-DV-2": [texts.ANNOUNCEMENT.format(text=WORDS)]}


def test_an_announcement_to_all_reaches_everybody_who_can_be_reached(office):
    office.send(ADMINISTRATOR, "/thongbao")
    office.press(ADMINISTRATOR, texts.ANNOUNCE_ALL)
    office.send(ADMINISTRATOR, WORDS)
    office.send(ADMINISTRATOR, "gửi")
    assert set(office.pushed()) == {f"telegram-{ADMINISTRATOR}", "telegram-DV-1", "telegram-DV-2"}


def test_the_preview_shows_what_is_sent_block_for_block(office):
    compose(office)
    heading, *shown, _ = office.last.blocks
    office.press(ADMINISTRATOR, texts.ANNOUNCE_YES)
    assert isinstance(heading, Text)
    assert shown == list(say(texts.ANNOUNCEMENT.format(text=WORDS)).blocks)
    assert [plain_text(office.last.model_copy(update={"blocks": tuple(shown)}))] == office.pushed()["telegram-DV-2"]


def test_the_preview_counts_whom_it_reaches(office):
    assert compose(office).startswith("Xem trước. Thông báo gửi chi bộ “Khu phố 2”: 1 người nhận được (trong 3 người")


def test_somebody_with_two_accounts_hears_once_in_the_chat_and_not_on_the_web_page(office):
    office.link(office.people()["DV-2"], "web")
    compose(office)
    office.send(ADMINISTRATOR, "gửi")
    assert list(office.pushed()) == ["telegram-DV-2"]


@pytest.mark.parametrize("stumble", ["batch", "crash"])
def test_nothing_is_sent_twice_when_the_confirmation_is_answered_again(office, stumble):
    compose(office)
    office.press(ADMINISTRATOR, texts.ANNOUNCE_YES, stumble=stumble)
    assert [len(said) for said in office.pushed().values()] == [1]
    assert [entry.action for entry in office.audited()] == ["announce"]


def test_a_button_that_is_pressed_twice_sends_once(office):
    compose(office)
    preview = office.last
    office.press(ADMINISTRATOR, texts.ANNOUNCE_YES, of=preview)
    assert office.press(ADMINISTRATOR, texts.ANNOUNCE_YES, of=preview) == texts.ANNOUNCE_NOT_WAITING
    assert [len(said) for said in office.pushed().values()] == [1]


def test_the_button_of_an_older_preview_does_not_send_the_newer_announcement(office):
    compose(office, text="Bản cũ")
    old = office.last
    compose(office, to="tất cả", text="Bản mới")
    assert office.press(ADMINISTRATOR, texts.ANNOUNCE_YES, of=old) == texts.ANNOUNCE_NOT_WAITING
    assert office.pushed() == {}
    office.send(ADMINISTRATOR, "gửi")
    assert office.pushed()["telegram-DV-2"] == [texts.ANNOUNCEMENT.format(text="Bản mới")]


@pytest.mark.parametrize("word", ["bỏ", "Thôi", "không", "dừng", "đừng gửi"])
def test_a_no_sends_nothing(office, word):
    compose(office)
    office.send(ADMINISTRATOR, word)
    assert office.pushed() == {}


@pytest.mark.parametrize("word", ["dung", "Dung.", "xóa"])
def test_a_word_that_may_mean_both_is_neither_and_is_asked_again_with_the_choices(office, word):
    compose(office)
    assert office.send(ADMINISTRATOR, word).startswith(texts.ANNOUNCE_WAITS)
    assert office.labels == [texts.ANNOUNCE_YES, texts.ANNOUNCE_NO]
    assert office.pushed() == {}


@pytest.mark.parametrize("word", ["Đúng", "vâng", "có", "đồng ý", "gửi", "dong y"])
def test_a_yes_sends(office, word):
    compose(office)
    office.send(ADMINISTRATOR, word)
    assert list(office.pushed()) == ["telegram-DV-2"]


@pytest.mark.parametrize("word", ["dừng", "bỏ"])
def test_after_a_no_a_yes_is_no_announcement_any_more(office, word):
    compose(office)
    office.send(ADMINISTRATOR, word)
    assert office.send(ADMINISTRATOR, "gửi") == "asked: gửi"


def test_what_is_neither_yes_nor_no_is_asked_back_and_the_announcement_waits_on(office):
    compose(office)
    assert office.send(ADMINISTRATOR, "hình như sai giờ").startswith(texts.ANNOUNCE_WAITS)
    office.press(ADMINISTRATOR, texts.ANNOUNCE_YES)
    assert list(office.pushed()) == ["telegram-DV-2"]


def test_an_announcement_that_nobody_confirmed_for_an_hour_is_not_sent(office):
    compose(office)
    preview = office.last
    office.wait(minutes=61)
    assert office.press(ADMINISTRATOR, texts.ANNOUNCE_YES, of=preview) == texts.ANNOUNCE_NOT_WAITING
    assert office.pushed() == {}


@pytest.mark.parametrize("text", ["", "x" * 3001])
def test_a_text_of_the_wrong_length_is_asked_for_again(office, text):
    assert "cần từ 1 đến 3000" in compose(office, text=text)
    assert office.send(ADMINISTRATOR, WORDS).startswith("Xem trước")


def test_a_cell_that_is_not_on_the_roll_is_not_guessed(office):
    assert office.send(ADMINISTRATOR, "/thongbao Khu phố 9") == texts.ANNOUNCE_NO_CELL.format(
        cell="Khu phố 9", cells="Chi bộ Khu phố 2, Khu phố 1"
    )


def test_somebody_who_is_no_administrator_any_more_does_not_send(office):
    office.add("QT-2", "administrator")
    compose(office)
    with office.database.transaction() as db:
        members.change(db, office.people()[ADMINISTRATOR].id, role="member")
    assert office.send(ADMINISTRATOR, "gửi") == "asked: gửi"
    assert office.pushed() == {}


def test_the_audit_log_tells_who_said_what_to_whom(office):
    compose(office)
    office.send(ADMINISTRATOR, "gửi")
    (entry,) = office.audited()
    assert (entry.actor, entry.facts) == (ADMINISTRATOR, {"cell": "Chi bộ Khu phố 2", "reached": "1", "text": WORDS})
