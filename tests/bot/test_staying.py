from __future__ import annotations

import pytest

from bot.answering.sides import sides
from bot.answering.staying import goes_on


@pytest.mark.parametrize(
    "text",
    ["rồi lắp mấy cái camera?", "roi lap may cai camera", "thế ai ký?", "nộp trễ thì sao?", "xong ai thẩm định?"],
)
def test_a_turn_that_opens_so_or_is_short_goes_on(text: str) -> None:
    assert goes_on(text)


def test_a_whole_question_may_stand_alone() -> None:
    assert not goes_on("Kế hoạch phòng chống đuối nước giao Đoàn Thanh niên mở lớp dạy bơi miễn phí ở khu phố nào")


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (
            "Nghỉ sinh hoạt chi bộ và nghỉ họp cấp ủy thì phải báo ai, khác nhau chỗ nào?",
            ("Nghỉ sinh hoạt chi bộ thì phải báo ai", "nghỉ họp cấp ủy thì phải báo ai"),
        ),
        (
            "gap bi thu thi may ngay phai tra loi, con thu phan anh thi bao lau moi phan loai",
            ("gap bi thu thi may ngay phai tra loi", "thu phan anh thi bao lau moi phan loai"),
        ),
    ],
)
def test_two_things_are_asked_for_one_by_one(text: str, both: tuple[str, str]) -> None:
    assert sides(text) == both


@pytest.mark.parametrize("text", ["Bí thư và phó bí thư khác nhau thế nào?", "Chi bộ họp và học tập lúc nào?", ""])
def test_one_matter_is_not_taken_apart(text: str) -> None:
    assert sides(text) is None
