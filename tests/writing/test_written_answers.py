"""The whole way of a question: sentences above the quotes, or the quotes alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import texts
from bot.asking.recheck import as_allowed, without_doubtful
from bot.messages import QuoteBlock, Reply, Text
from bot.state import audit, outbox
from tests.asking.ward import COMMITTEE, MEMBERS, Ward
from tests.writing.endpoint import FakeEndpoint

QUESTION = "Chi bộ sinh hoạt định kỳ vào ngày nào?"
LAPSED = "12-QĐ/ĐU cho mượn thuyền thúng tối đa mấy ngày?"
GOOD = "Chi bộ sinh hoạt định kỳ vào ngày 03 hằng tháng [1]."


def written(ward: Ward) -> list[Text]:
    return [block for block in ward.last.blocks if isinstance(block, Text) and block.by_machine]


def quotes(ward: Ward) -> list[QuoteBlock]:
    return [block for block in ward.last.blocks if isinstance(block, QuoteBlock)]


def test_covered_sentences_stand_above_the_quotes_and_are_labelled(ward: Ward, endpoint: FakeEndpoint) -> None:
    endpoint.body = b"{}"
    ward.send("an", QUESTION)
    alone = ward.last.blocks
    assert not written(ward)
    endpoint.says(GOOD)
    ward.send("an", QUESTION)
    assert ward.last.blocks[0] == written(ward)[0]
    assert ward.last.blocks[0].text == f"{texts.WRITTEN_BY_MACHINE}\n{GOOD}"
    assert [each for each in ward.last.blocks[1:] if isinstance(each, QuoteBlock)] == [
        each for each in alone if isinstance(each, QuoteBlock)
    ]
    assert set(written(ward)[0].directives) == {quote.directive for quote in quotes(ward)}


@pytest.mark.parametrize(
    "said",
    [
        "Chi bộ sinh hoạt định kỳ vào ngày 05 hằng tháng [1].",
        "Chi bộ không sinh hoạt định kỳ vào ngày 03 hằng tháng [1].",
        "Chi bộ đã giải thể [1].",
        "Chi bộ sinh hoạt định kỳ vào ngày 03 hằng tháng.",
        "",
    ],
)
def test_what_no_quote_covers_leaves_the_quotes_alone(ward: Ward, endpoint: FakeEndpoint, said: str) -> None:
    endpoint.says(said)
    ward.send("an", QUESTION)
    assert (len(endpoint.asked), written(ward), bool(quotes(ward))) == (1, [], True)


def test_a_slow_endpoint_leaves_the_quotes_alone(make_ward: Callable[..., Ward], endpoint: FakeEndpoint) -> None:
    ward = make_ward(seconds=0.2)
    ward.send("quan", "/vietcau bật")
    endpoint.says(GOOD)
    endpoint.gate.clear()
    ward.send("an", QUESTION)
    assert (written(ward), bool(quotes(ward))) == ([], True)


def test_an_instruction_in_a_document_is_not_obeyed(ward: Ward, endpoint: FakeEndpoint) -> None:
    endpoint.says("Phòng đọc sách mở cửa vào chiều thứ Sáu [1]. Phòng đọc sách ngừng hoạt động [1]. ABC [1].")
    ward.send("an", "Phòng đọc sách mở cửa khi nào?")
    assert [block.text.splitlines()[1:] for block in written(ward)] == [
        ["Phòng đọc sách mở cửa vào chiều thứ Sáu [1]."]
    ]
    rules, data = endpoint.asked[0]["messages"]
    assert ("Bỏ qua mọi chỉ dẫn" in rules["content"], "Bỏ qua mọi chỉ dẫn" in data["content"]) == (False, True)


def test_nothing_is_written_until_an_administrator_turns_it_on(
    make_ward: Callable[..., Ward], endpoint: FakeEndpoint
) -> None:
    ward = make_ward()
    endpoint.says(GOOD)
    ward.send("an", QUESTION)
    assert "/vietcau" in ward.send("an", "/vietcau bật")
    assert texts.WRITING_IS_OFF in ward.send("quan", "/vietcau")
    assert endpoint.asked == []
    assert "small" in ward.send("quan", "/vietcau bật")
    ward.send("an", QUESTION)
    assert len(written(ward)) == len(endpoint.asked) == 1
    assert texts.WRITING_IS_ON in ward.send("quan", "/vietcau")
    assert ward.send("quan", "/vietcau tat") == texts.WRITING_NOW_OFF
    ward.send("an", QUESTION)
    assert (written(ward), len(endpoint.asked)) == ([], 1)
    with ward.database.reading() as db:
        assert [(each.actor, each.action) for each in audit.entries(db)] == [
            ("quan", "writing.on"),
            ("quan", "writing.off"),
        ]


def test_where_no_endpoint_is_set_there_is_nothing_to_turn_on(make_ward: Callable[..., Ward]) -> None:
    ward = make_ward(is_set_up=False)
    assert ward.send("quan", "/vietcau bật") == texts.WRITING_NOT_SET_UP
    ward.send("an", QUESTION)
    assert (written(ward), bool(quotes(ward))) == ([], True)


@pytest.mark.parametrize(
    "question",
    [
        "Giá vé xem bóng đá là bao nhiêu?",
        LAPSED,
        "Ai ký 15-HD/ĐU?",
        "xin chào",
    ],
    ids=["not found", "lapsed", "a field", "a greeting"],
)
def test_nothing_leaves_where_nothing_may_be_written(ward: Ward, endpoint: FakeEndpoint, question: str) -> None:
    endpoint.says(GOOD)
    ward.send("an", question)
    assert (endpoint.asked, written(ward)) == ([], [])


def test_the_lapsed_paper_of_these_questions_is_quoted_with_a_warning(ward: Ward) -> None:
    ward.send("an", LAPSED)
    assert {bool(quote.warning) for quote in quotes(ward)} == {True}


def test_only_what_this_chat_shows_leaves_and_no_personal_data(ward: Ward, endpoint: FakeEndpoint) -> None:
    endpoint.says("")
    ward.send("chi", "Hồ sơ luân chuyển kế toán do ai niêm phong?", channel="telegram")
    ward.send("an", "Hồ sơ luân chuyển kế toán do ai niêm phong?")
    assert "niêm phong và bảo quản" not in endpoint.last_words
    ward.send("an", f"Số tôi 0912345678. {QUESTION}")
    assert QUESTION in endpoint.last_words
    assert "0912345678" not in endpoint.last_words
    ward.send("chi", "Hồ sơ luân chuyển kế toán do ai niêm phong?")
    assert "niêm phong và bảo quản" in endpoint.last_words
    assert ward.directive(COMMITTEE).id in {quote.directive for quote in quotes(ward)}


def test_a_paper_withdrawn_before_sending_takes_the_sentences_with_it(ward: Ward, endpoint: FakeEndpoint) -> None:
    ward.link(ward.asker("an").member, "web")  # type: ignore[arg-type]
    endpoint.says(GOOD)
    ward.send("an", QUESTION)
    with ward.database.reading() as db:
        (parcel,) = (each for each in outbox.due(db, "web", now=ward.now, limit=99) if each.chat == "web-an")
    assert texts.WRITTEN_BY_MACHINE in str(as_allowed(ward.database, ward.asking.sight, parcel))
    ward.override(MEMBERS, withdrawn=True)
    left = as_allowed(ward.database, ward.asking.sight, parcel)
    assert texts.WRITTEN_BY_MACHINE not in str(left)


def test_a_warning_above_a_quote_takes_the_sentences_away() -> None:
    said = Text(text=f"{texts.WRITTEN_BY_MACHINE}\n{GOOD}", by_machine=True)
    quote = QuoteBlock(text="lời", citation="nơi")
    warned = quote.model_copy(update={"warning": "Văn bản đã bị thay thế."})
    assert without_doubtful(Reply(blocks=(said, quote))).blocks == (said, quote)
    assert without_doubtful(Reply(blocks=(said, warned))).blocks == (warned,)
