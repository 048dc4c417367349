"""Nothing of a directive that the asker may not see shows in any reply.

Every question is asked of a library that holds hidden papers and of one without them, with the same rights: the replies
are the same to the byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import texts
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.messages import plain_text
from index import (
    Directive,
    DirectiveId,
    Library,
    RelationKind,
    SectionKind,
    Span,
    Validity,
    build_library,
    fold,
    load_encoder,
)
from tests.bot.judged import Judged, by_own_words, edge
from tests.conftest import CORPUS

pytestmark = pytest.mark.slow

_HEAD = """\
ĐẢNG BỘ THÀNH PHỐ MINH GIANG
ĐẢNG ỦY PHƯỜNG AN HÒA ĐÔNG
Số {number}
ĐẢNG CỘNG SẢN VIỆT NAM
An Hòa Đông, ngày {date} năm 2026
{kind}
{title}
-----
"""
_TAIL = """
T/M BAN THƯỜNG VỤ
BÍ THƯ
(đã ký)
Quách Thị Khuê
"""


def _paper(number: str, date: str, kind: str, title: str, body: str) -> str:
    whole = _HEAD.format(number=number, date=date, kind=kind, title=title) + body + _TAIL
    return "\n\n".join(whole.splitlines())


RARE = _paper(
    "294-KL/ĐU",
    "11 tháng 8",
    "KẾT LUẬN",
    "về phương án luân chuyển nhân sự và xử lý khoản thất thoát quỹ tại Hợp tác xã Thạch Bích",
    """\
Ban Thường vụ Đảng ủy thống nhất kết luận như sau:
1. Luân chuyển đồng chí Chủ nhiệm Hợp tác xã Thạch Bích về Trạm khuyến nông trước ngày 30 tháng 9.
2. Thu hồi 317 triệu đồng thất thoát tại kho lạnh Vịnh Sò; giao Tổ thẩm tra đặc biệt niêm phong sổ quỹ trong 05 ngày.
3. Đình chỉ sinh hoạt 90 ngày đối với đảng viên cố ý tẩu tán chứng từ, gồm:
a) Người ghi sổ quỹ đen;
b) Người ký khống hóa đơn xăng dầu;
c) Người che giấu cho Chủ nhiệm.
4. Giữ bí mật danh sách quy hoạch Trưởng ban điều phối cho đến khi có thông cáo.
Kết luận này thay thế Kết luận số 188-KL/ĐU về kho lạnh Vịnh Sò.""",
)
SAME_NUMBER = _paper(
    "46-KH/ĐU",
    "02 tháng 12",
    "KẾ HOẠCH",
    "kiểm tra dấu hiệu vi phạm trong mua sắm bình chữa cháy của các khu phố",
    """\
I- MỤC ĐÍCH
1. Làm rõ dấu hiệu nâng khống giá bình chữa cháy tại khu phố 7 và khu phố 12.
2. Thời hạn kiểm tra là 23 ngày, kể từ ngày công bố quyết định.
II- PHÂN CÔNG
1. Đồng chí Quách Thị Khuê làm trưởng đoàn kiểm tra mật.
2. Văn phòng Đảng ủy niêm phong hợp đồng phòng cháy, chữa cháy.""",
)
NEAR_DUPLICATE = _paper(
    "45-TB/ĐU",
    "03 tháng 4",
    "THÔNG BÁO",
    "lịch tiếp đảng viên và Nhân dân của đồng chí Bí thư Đảng ủy phường",
    """\
Thường trực Đảng ủy phường thông báo lịch tiếp đảng viên và Nhân dân của đồng chí Bí thư Đảng ủy như sau:
1. Thời gian: chiều thứ Sáu tuần thứ nhất hằng tháng, từ 14 giờ 15 đến 16 giờ 45.
2. Địa điểm: Phòng họp kín, tầng 3, trụ sở Đảng ủy phường An Hòa Đông.
3. Đăng ký: đảng viên và người dân đăng ký tại Văn phòng Đảng ủy trước ngày tiếp ít nhất 06 ngày làm việc.
4. Trường hợp đồng chí Bí thư đi công tác, Phó Bí thư Thường trực Đảng ủy tiếp thay và báo cáo lại ngay trong ngày.
Thông báo này thay thế Thông báo số 44-TB/ĐU.""",
)
PAPERS = {"00-ket-luan.md": RARE, "kh-46-kiem-tra.md": SAME_NUMBER, "zz-thong-bao.md": NEAR_DUPLICATE}
"""Their files stand before, among and behind the others."""

ABOUT_HIDDEN = (
    "294", "294-KL/ĐU", "294-KL/ĐU nói gì?", "kết luận 294", "ket luan 294 noi gi", "KL 294 điều 2", "294 mục 2",
    "294 do ai ký?", "kl294", "294 kl du", "294-KL/DU khoản 3 điểm b", "295-KL/ĐU", "kết luận 188", "188-KL/ĐU",
    "có kết luận nào thay thế 188-KL/ĐU không", "theo 294 mục 3", "còn 294 thì sao?", "văn bản 294 về việc gì",
    "Kết luận về phương án luân chuyển nhân sự và xử lý khoản thất thoát quỹ tại Hợp tác xã Thạch Bích",
    "kết luận về phương án luân chuyển nhân sự do ai ký?", "phuong an luan chuyen nhan su",
    "Hợp tác xã Thạch Bích", "hop tac xa thach bich", "hợp tác xã Thạch Bíck thất thoát bao nhiêu?",
    "Chủ nhiệm hợp tác xã được luân chuyển về đâu?", "thu hồi bao nhiêu tiền ở kho lạnh Vịnh Sò?",
    "kho lanh vinh so", "kho lạng vịnh sò", "niêm phong sổ quỹ trong mấy ngày?", "quỹ đen", "quy den",
    "đình chỉ sinh hoạt bao nhiêu ngày khi tẩu tán chứng từ?", "dinh chi sinh hoat 90 ngay", "hóa đơn xăng dầu",
    "ai ký khống hóa đơn", "danh sách quy hoạch Trưởng ban điều phối", "trạm khuyến nông", "tổ thẩm tra đặc biệt",
    "Quách Thị Khuê", "đồng chí Quách Thị Khuê ký văn bản nào?", "thất thoát quỹ 317 triệu đồng",
    "46-KH/ĐU", "kế hoạch 46 nói gì?", "ke hoach 46 ai ky", "46-KH/ĐU ban hành ngày nào?", "46 mục II.1",
    "có mấy kế hoạch 46?", "kế hoạch 46 ngày 02/12/2026", "kế hoạch kiểm tra dấu hiệu vi phạm",
    "Kế hoạch kiểm tra dấu hiệu vi phạm trong mua sắm bình chữa cháy của các khu phố",
    "nâng khống giá bình chữa cháy", "nang khong gia binh chua chay khu pho 7", "trưởng đoàn kiểm tra mật là ai?",
    "thời hạn kiểm tra là 23 ngày", "niêm phong hợp đồng phòng cháy, chữa cháy", "bình chữa cháy mua ở đâu",
    "45-TB/ĐU", "thông báo 45", "thong bao 45 noi gi", "45 ai ký?", "44-TB/ĐU còn hiệu lực không?",
    "44-TB/ĐU bị thay thế bởi văn bản nào?", "44-TB/ĐU và 45-TB/ĐU khác nhau thế nào?", "44-TB/ĐU và 294-KL/ĐU",
    "Bí thư tiếp dân chiều thứ mấy?", "bi thu tiep cong dan chieu thu sau", "phòng họp kín tầng 3",
    "Thông báo lịch tiếp đảng viên và Nhân dân của đồng chí Bí thư Đảng ủy phường",
    "lịch tiếp dân của bí thư từ 14 giờ 15", "đăng ký tiếp dân trước mấy ngày?", "so sánh 46-KH/ĐU với 294-KL/ĐU",
    "thất thoát quỹ và tiết kiệm, chống lãng phí", "luân chuyển cán bộ theo Nghị quyết 12-NQ/ĐU",
    "02-CTr/ĐU", "chương trình kiểm tra năm 2026 nói gì?", "118-CV/ĐU", "cong van 118", "10-NQ/CB", "07-TB/UBKTĐU",
    "nghị quyết chi bộ khu phố 3 tháng 10", "giám sát việc thu, nộp, sử dụng đảng phí", "kiểm điểm cuối năm 2026",
)  # fmt: skip
CONVERSATIONS = (
    ("294-KL/ĐU nói gì?", "ai ký?", "còn khoản 2?", "văn bản đó thay thế gì?"),
    ("Bí thư tiếp dân thứ mấy?", "ai ký?", "văn bản đó bị thay thế chưa?", "còn 45-TB/ĐU?", "khoản 2?"),
    ("kế hoạch 46 nói gì?", "mục II.1", "ai ký?", "có mấy phần?", "ban hành ngày nào?", "còn 294?"),
    ("bình chữa cháy kiểm tra khi nào?", "thế nâng khống giá thì sao?", "văn bản đó còn hiệu lực không?"),
    ("kho lạnh Vịnh Sò thất thoát bao nhiêu?", "điều đó do ai xử lý?", "còn khoản 3?", "nó nói về gì?"),
    ("thời hạn trả lời phản ánh là bao lâu?", "thế việc phức tạp thì sao?", "còn khoản 3?", "còn kết luận 294?"),
    ("44-TB/ĐU và 294-KL/ĐU", "ai ký?", "khoản 1?", "còn khoản 2?"),
    ("46-KH/ĐU và 44-TB/ĐU", "ban hành ngày nào?", "nội dung gồm những gì?"),
    ("đảng phí", "thế đảng viên vi phạm thì sao?", "văn bản này do ai ban hành?"),
)
LEFT_OUT = ("02-CTr/ĐU", "118-CV/ĐU", "10-NQ/CB", "07-TB/UBKTĐU")
"""Those of the sample papers that are for the committee, the secretaries or one cell."""


class Pair(NamedTuple):
    """Two libraries, of which ``without`` lacks what is hidden, and what may be seen.

    ``validity``: of the whole one for both. That a visible paper holds no longer is said even where a hidden one ended
    it, and is all that may be said.
    """

    whole: Library
    without: Library
    visible: frozenset[DirectiveId]
    validity: Validity


@pytest.fixture(scope="module", params=["rare words", "same number", "near duplicate", "all that is hidden"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    one = ["rare words", "same number", "near duplicate"]
    files = [list(PAPERS)[one.index(request.param)]] if request.param in one else list(PAPERS)
    folder = tmp_path_factory.mktemp("hidden")
    whole = _built(folder / "whole", hidden=files)
    if request.param in one:
        left_out: set[str] = set()
        without = _built(folder / "without", hidden=[])
    else:
        left_out = {each.file for each in whole.list() if each.number in LEFT_OUT}
        assert len(left_out) == len(LEFT_OUT)
        without = _built(folder / "without", hidden=[], left_out=left_out)
    visible = frozenset(each.id for each in whole.list() if each.file not in {*files, *left_out})
    assert {each.id for each in without.list()} == visible
    return Pair(whole, without, visible, by_own_words(whole)())


def _built(folder: Path, *, hidden: Sequence[str], left_out: set[str] | None = None) -> Library:
    shutil.copytree(CORPUS, folder / "corpus")
    for file in left_out or ():
        (folder / "corpus" / file).unlink()
        (folder / "corpus" / f"{file}.yaml").unlink()
    for file in hidden:
        (folder / "corpus" / file).write_text(PAPERS[file], encoding="utf-8")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


def _told(
    library: Library, turns: Sequence[str], visible: frozenset[DirectiveId] | None, *, validity: Validity
) -> list[str]:
    """What a person reads after each turn of one conversation."""
    conversation = Conversation()
    replies = []
    for turn in turns:
        answer, conversation = respond(library, conversation, turn, validity=validity, visible=visible)
        replies.append(plain_text(answer.reply))
    return replies


def _differences(pair: Pair, conversations: Sequence[Sequence[str]]) -> list[tuple[Sequence[str], str, str]]:
    found = []
    for turns in conversations:
        told, wanted = (
            _told(library, turns, pair.visible, validity=pair.validity) for library in (pair.whole, pair.without)
        )
        found += [(turns, *both) for both in zip(told, wanted, strict=True) if both[0] != both[1]]
    return found


def _own_questions(pair: Pair) -> list[str]:
    """What the visible papers say of themselves: titles, headings, sentences, numbers."""
    questions = [question for each in pair.without.list() for question in islice(_questions_of(pair, each), 10)]
    return list(dict.fromkeys(questions))


def _questions_of(pair: Pair, directive: Directive) -> Iterator[str]:
    if directive.number:
        yield f"{directive.number} nói gì?"
        yield f"{directive.type_name} {directive.number.split('-', 1)[0]} ai ký?"
    yield f"{directive.title} như thế nào?"
    printed = pair.without.printed(directive.id)
    assert printed
    sections = [each for each in printed.sections if each.kind not in (SectionKind.HEADER, SectionKind.SIGNATURE)]
    yield from (each.heading for each in sections[::2] if len(each.heading.split()) > 2)
    for each in sections[::3]:
        words = printed.text[each.start : each.end].split()
        yield " ".join(words[1:13])
        yield f"{' '.join(words[3:10])} bao nhiêu?"


def test_questions_about_what_is_hidden_get_the_same_replies_as_where_it_is_not(pair: Pair) -> None:
    questions = [*ABOUT_HIDDEN, *map(fold, ABOUT_HIDDEN)]
    assert len(set(ABOUT_HIDDEN)) >= 60
    assert not _differences(pair, [(question,) for question in questions])


def test_every_question_about_what_is_visible_gets_the_same_reply(pair: Pair) -> None:
    questions = _own_questions(pair)
    assert len(questions) >= 200
    assert not _differences(pair, [(question,) for question in [*questions, *map(fold, questions[::3])]])


def test_conversations_run_the_same_way(pair: Pair) -> None:
    follow_ups = ("ai ký?", "còn khoản 2?", "văn bản đó thay thế gì?", "thế kho lạnh thì sao?")
    own = [(question, *follow_ups) for question in _own_questions(pair)[::5]]
    assert not _differences(pair, [*CONVERSATIONS, *own, *([fold(turn) for turn in turns] for turns in CONVERSATIONS)])


def test_what_was_shown_before_it_was_hidden_leaves_no_trace_in_later_turns(pair: Pair) -> None:
    shown = [respond(pair.whole, Conversation(), question, validity=pair.validity)[1] for question in ABOUT_HIDDEN]
    shown = [talk for talk in shown if talk.focus and talk.focus.directive.id not in pair.visible]
    assert len(shown) >= 5
    for conversation in shown:
        for turn in ("ai ký?", "còn khoản 2?"):
            told, wanted = (
                plain_text(respond(library, conversation, turn, validity=pair.validity, visible=pair.visible)[0].reply)
                for library in (pair.whole, pair.without)
            )
            assert told == wanted


def test_the_listings_are_the_same(pair: Pair) -> None:
    whole, without = pair.whole, pair.without
    assert whole.list(visible=pair.visible) == without.list()
    for question in ABOUT_HIDDEN:
        assert whole.find(question, visible=pair.visible) == without.find(question)
    counted, wanted = whole.info(visible=pair.visible), without.info()
    assert (counted.directives, counted.passages) == (wanted.directives, wanted.passages)


def test_who_may_see_it_is_told_of_it(pair: Pair) -> None:
    """The questions do ask about what is hidden: without a limit, the replies differ."""
    told, wanted = (
        [_told(library, (question,), None, validity=pair.validity) for question in ABOUT_HIDDEN]
        for library in (pair.whole, pair.without)
    )
    assert sum(one != other for one, other in zip(told, wanted, strict=True)) >= 5


def test_a_hidden_paper_ends_a_visible_one_and_shows_in_nothing_else(pair: Pair) -> None:
    """The old wording never stands unmarked, and nothing of the paper that ended it is told."""
    hidden = next((each for each in pair.whole.list() if each.number == "45-TB/ĐU"), None)
    if hidden is None:
        pytest.skip("here nothing hidden ends a visible paper")
    ended = next(each for each in pair.whole.list() if each.number == "44-TB/ĐU")
    replaces = edge(hidden, RelationKind.REPLACES, ended, span=Span(start=0, end=10))
    turns = ("44-TB/ĐU nói gì?", "44-TB/ĐU còn hiệu lực không?", "44-TB/ĐU khoản 1", "còn khoản 2?", "ai ký?")
    told, wanted = (
        _told(library, turns, pair.visible, validity=Judged([replaces])) for library in (pair.whole, pair.without)
    )
    assert told == wanted
    assert all(texts.QUOTE_ENDED in reply for reply in told)
    assert not any("45-TB" in reply or "03/4/2026" in reply for reply in told)
