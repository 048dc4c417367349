"""Reading on from the last quote, within the rights of the moment."""

from __future__ import annotations

import pytest

from bot import texts
from tests.asking.ward import MEMBERS, PUBLIC

LETTERBOX = "hòm thư góp ý mở vào thứ mấy?"


@pytest.mark.parametrize("text", ["/xemthem", "xem thêm", "Xem them", "đọc tiếp"])
def test_behind_a_quote_that_is_a_whole_unit_the_next_one_is_shown(ward, text):
    assert "Điều 1. Hòm thư góp ý" in ward.send("an", LETTERBOX)
    shown = ward.send("an", text)
    assert "Điều 2. Thời hạn trả lời" in shown
    assert "15 ngày làm việc" in shown
    assert "Điều 1." not in shown


def test_one_reads_on_and_back(ward):
    ward.send("an", LETTERBOX)
    assert "Điều 2. Thời hạn trả lời" in ward.send("an", "/xemthem")
    assert "Điều 3. Trách nhiệm" in ward.press("an", texts.READ_AFTER)
    assert "Điều 2. Thời hạn trả lời" in ward.press("an", texts.READ_BEFORE)


def test_every_part_is_the_exact_text(ward):
    ward.send("an", LETTERBOX)
    printed = ward.library.printed(ward.directive(PUBLIC).id)
    for text in ("/xemthem", "/xemthem sau"):
        ward.send("an", text)
        assert printed is not None
        assert ward.last.blocks[0].text in printed.text


def test_the_end_is_told_and_offers_only_the_way_back(ward):
    ward.send("an", LETTERBOX)
    for _ in range(8):
        if ward.send("an", "/xemthem sau").startswith(texts.NOTHING_AFTER):
            break
    assert ward.last.blocks[0].text == texts.NOTHING_AFTER
    assert ward.labels == [texts.READ_BEFORE, texts.ORIGINAL]


def test_follow_ups_mean_what_was_read_last(ward):
    ward.send("an", LETTERBOX)
    ward.send("an", "/xemthem")
    ward.send("an", "/xemthem sau")
    assert "15 ngày làm việc" in ward.send("an", "còn khoản 2?")


def test_without_a_quote_there_is_nothing_to_read(ward):
    assert ward.send("an", "/xemthem") == texts.NOTHING_TO_READ


def test_a_quote_that_may_no_longer_be_seen_is_as_none(ward):
    ward.send("an", "chi bộ sinh hoạt định kỳ vào ngày nào?")
    ward.override(MEMBERS, audience="committee")
    for text in ("/xemthem", "/xemthem sau", "/xemthem truoc"):
        assert ward.send("an", text) == texts.NOTHING_TO_READ


def test_what_rose_above_the_ceiling_is_only_linked(ward):
    ward.send("chi", "chi bộ sinh hoạt định kỳ vào ngày nào?", channel="telegram")
    ward.override(MEMBERS, audience="committee")
    assert ward.send("chi", "/xemthem", channel="telegram").startswith(texts.ABOVE_CEILING)
