"""A digest of which not all may be shown."""

from __future__ import annotations

from bot import texts
from bot.digest.partly import partly
from bot.messages import Block, QuoteBlock, Text

DUE = Text(text="VIỆC SẮP ĐẾN HẠN (1)")
ADDED = Text(text="VĂN BẢN MỚI (12)")
DUTY = Text(text="• Hạn 27/11/2026", directives=("a",))
FIRST, SECOND = Text(text="• Kế hoạch 1-KH/ĐU", directives=("b",)), Text(text="• Kế hoạch 2-KH/ĐU", directives=("c",))
REST = Text(text=texts.DIGEST_REST_ADDED.format(count=10))
ASKED = Text(text=texts.DIGEST_ASKED.format(count=7))
QUOTE = QuoteBlock(text="Các chi bộ nộp danh sách.", citation="Kế hoạch 2-KH/ĐU", directive="c")
WHOLE: tuple[Block, ...] = (DUE, DUTY, ADDED, FIRST, SECOND, QUOTE, REST, ASKED)


def said(left: tuple[Block, ...]) -> list[str]:
    return [block.text for block in partly(left, WHOLE) if isinstance(block, Text | QuoteBlock)]


def test_what_may_be_shown_whole_stays_as_it_was() -> None:
    warned = QUOTE.model_copy(update={"warning": "Đã được thay thế."})
    left = (DUE, DUTY, ADDED, FIRST, SECOND, warned, REST, ASKED)
    assert partly(left, WHOLE) == left


def test_no_heading_stands_over_nothing_and_nothing_is_counted_that_is_not_shown() -> None:
    assert said((DUE, ADDED, SECOND, QUOTE, REST, ASKED)) == [
        "VĂN BẢN MỚI",
        SECOND.text,
        QUOTE.text,
        "… và một số văn bản khác; đồng chí gõ /vanban để xem danh sách.",
        ASKED.text,
    ]


def test_what_stands_for_something_withdrawn_keeps_its_heading() -> None:
    instead = Text(text=texts.NO_LONGER_SHOWN)
    assert said((DUE, instead, ADDED, FIRST, SECOND, QUOTE, REST, ASKED))[:3] == [
        "VIỆC SẮP ĐẾN HẠN",
        texts.NO_LONGER_SHOWN,
        "VĂN BẢN MỚI",
    ]


def test_a_heading_at_the_end_goes() -> None:
    assert said((ADDED, FIRST, DUE)) == ["VĂN BẢN MỚI", FIRST.text]
