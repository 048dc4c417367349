from __future__ import annotations

import pytest

from index.language.shortening import Short, find_shorts


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("công tác phòng cháy, chữa cháy (PCCC) ở chợ", "pccc", "phòng cháy chữa cháy"),
        ("Ủy ban Kiểm tra (sau đây gọi tắt là UBKT) Đảng ủy", "ubkt", "ủy ban kiểm tra"),
        ("Ban Chỉ huy Quân sự (gọi tắt là BCHQS)", "bchqs", "ban chỉ huy quân sự"),
    ],
)
def test_a_short_form_stands_behind_its_words(text: str, short: str, long: str) -> None:
    assert find_shorts(text) == (Short(short, long),)


@pytest.mark.parametrize("text", ["theo mẫu (HD)", "khu phố (KPP)", "họp (Điều)", "(PCCC)", "cháy. (PCCC)"])
def test_other_brackets_are_no_short_forms(text: str) -> None:
    assert find_shorts(text) == ()
