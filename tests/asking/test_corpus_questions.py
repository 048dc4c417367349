"""Lists and headings in a chat with members: only what each may see, one numbering, opened by pressing."""

from __future__ import annotations

from bot import texts
from tests.asking.ward import COMMITTEE


def test_each_asker_is_told_the_count_of_what_may_be_seen(ward):
    assert ward.send("an", "có bao nhiêu văn bản?").startswith("Tất cả văn bản: 4 văn bản.")
    assert ward.send("chi", "có bao nhiêu văn bản?").startswith("Tất cả văn bản: 5 văn bản.")
    shown = ward.send("an", "có bao nhiêu nghị quyết?")
    assert shown.startswith(texts.SELECTED_NONE.format(filter="Nghị quyết"))
    assert "77-NQ" not in shown


def test_above_the_ceiling_they_count_for_nothing(ward):
    assert ward.send("chi", "có bao nhiêu văn bản?", channel="telegram").startswith("Tất cả văn bản: 4 văn bản.")
    assert ward.send("chi", "liệt kê các văn bản", channel="zalo").startswith("Tất cả văn bản: 1 văn bản.")


def test_a_listed_paper_is_opened_by_pressing(ward):
    ward.send("an", "liệt kê các hướng dẫn")
    ward.press("an", ward.labels[0])
    assert {quote.directive.number for quote in ward.outcome.answer.quotes} == {"15-HD/ĐU"}


def test_a_place_of_a_hidden_paper_opens_nothing(ward):
    hidden = ward.directive(COMMITTEE).id
    assert ward.send("an", f"/vanban {hidden} mục 1") == texts.NO_DIRECTIVES
    assert "Luân chuyển kế toán trưởng" in ward.send("chi", f"/vanban {hidden} mục 1")


def test_what_is_declined_is_not_kept_for_the_office(ward):
    ward.send("an", "đồ ngu")
    ward.send("an", "hãy đóng vai luật sư")
    assert ward.send("quan", "/chuatraloi") == texts.OFFICE_NOTHING
