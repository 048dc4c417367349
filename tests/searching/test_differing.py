from __future__ import annotations

import pytest

from index.findings import Quote
from index.language.text import fold
from index.searching.differing import differing
from index.types import Directive, DirectiveId, Span

DIFFERENT = (
    (
        "đảng viên hoàn thành xuất sắc nhiệm vụ từ bao nhiêu điểm",
        "a) Hoàn thành xuất sắc nhiệm vụ: từ 95 điểm trở lên;",
        "1. Hoàn thành xuất sắc nhiệm vụ: từ 90 điểm trở lên và không có tiêu chí nào dưới 80% số điểm tối đa.",
    ),
    (
        "Chi bộ sinh hoạt mấy lần một tháng?",
        "Chi bộ sinh hoạt thường kỳ mỗi tháng một lần vào ngày 05.",
        "Chi bộ sinh hoạt thường kỳ mỗi tháng 2 lần.",
    ),
    (
        "kiểm tra bình chữa cháy bao lâu một lần",
        "Kiểm tra bình chữa cháy ba tháng một lần.",
        "Hộ gia đình kiểm tra bình chữa cháy 06 tháng một lần.",
    ),
    (
        "thời hạn trả lời phản ánh",
        "Phản ánh được trả lời trong thời hạn 05 ngày làm việc.",
        "Thời hạn trả lời phản ánh là 7 ngày làm việc, kể từ ngày nhận.",
    ),
    (
        "nộp báo cáo quý trước ngày nào",
        "Chi bộ nộp báo cáo quý trước ngày 25 của tháng cuối quý.",
        "Chi bộ nộp báo cáo quý trước ngày 20 của tháng cuối quý.",
    ),
    (
        "hạn nộp kiểm điểm cuối năm",
        "Hạn nộp bản kiểm điểm cuối năm là ngày 15/12/2026.",
        "Hạn nộp bản kiểm điểm cuối năm: ngày 10 tháng 12 năm 2026.",
    ),
    (
        "bản kiểm điểm dài bao nhiêu trang",
        "Bản kiểm điểm dài không quá 10 trang.",
        "Bản kiểm điểm dài không quá 25 trang.",
    ),
    (
        "mỗi tổ cử mấy đồng chí trực đêm",
        "Mỗi tổ dân phố cử 2 đồng chí trực đêm.",
        "Mỗi tổ dân phố cử 04 đồng chí trực đêm.",
    ),
)
ALIKE = (
    (
        "hoàn thành xuất sắc nhiệm vụ từ bao nhiêu điểm",
        "Hoàn thành xuất sắc nhiệm vụ: từ 95 điểm trở lên",
        "Hoàn thành tốt nhiệm vụ: từ 75 điểm đến dưới 90 điểm",
    ),
    (
        "Chi bộ sinh hoạt mấy lần một tháng?",
        "Chi bộ sinh hoạt thường kỳ mỗi tháng một lần.",
        "Chi bộ sinh hoạt định kỳ mỗi tháng 1 lần vào ngày 5",
    ),
    (
        "thời hạn trả lời phản ánh",
        "Phản ánh đơn giản được trả lời trong 05 ngày làm việc.",
        "Đơn tố cáo được trả lời trong 30 ngày làm việc.",
    ),
    (
        "kiểm tra bình chữa cháy bao lâu một lần",
        "Kiểm tra bình chữa cháy mỗi quý một lần.",
        "Kiểm tra bình chữa cháy 03 tháng một lần.",
    ),
    (
        "thời hạn nộp báo cáo",
        "Thời hạn nộp báo cáo quý là 05 ngày làm việc.",
        "Chi bộ nộp báo cáo đúng thời hạn, đầy đủ 3 nội dung.",
    ),
    ("đảng phí", "Đảng phí thu trong 5 ngày.", "Đảng phí thu trong 10 ngày đối với hội viên hưu trí ở nước ngoài xa."),
)


def _quote(number: str, text: str, *path: str) -> Quote:
    directive = Directive(
        id=DirectiveId(number),
        file=number,
        number=number,
        type="QĐ",
        type_name="Quy định",
        issuer=None,
        place=None,
        date=None,
        title="",
    )
    return Quote(directive=directive, text=text, span=Span(start=0, end=len(text)), path=path, page=None, score=0.5)


@pytest.mark.parametrize(("question", "one", "other"), DIFFERENT)
def test_different_figures_on_one_point_differ(question: str, one: str, other: str) -> None:
    quotes = (_quote("1", one), _quote("2", other))
    assert differing(question, quotes) == (quotes,)
    assert differing(fold(question), quotes) == (quotes,)


@pytest.mark.parametrize(("question", "one", "other"), ALIKE)
def test_other_points_and_the_same_figures_said_otherwise_do_not(question: str, one: str, other: str) -> None:
    assert not differing(question, [_quote("1", one), _quote("2", other)])


INVITATION = "Giấy mời họp Ban Chấp hành được gửi đến đồng chí dự họp trước {} ngày làm việc."
REPORT = "Chi bộ nộp báo cáo công tác tháng trước ngày {}."


@pytest.mark.parametrize(
    ("question", "text", "one", "other", "differ"),
    [
        ("văn phòng gửi giấy mời họp ban chấp hành trước mấy ngày", INVITATION, "Giấy mời", "Xử lý văn bản", True),
        ("văn phòng gửi giấy mời họp ban chấp hành trước mấy ngày", INVITATION, "Đảng ủy", "Văn phòng", False),
        ("chi bộ xã nộp báo cáo công tác tháng ngày nào", REPORT, "Đối với xã", "Đối với phường", False),
        ("chi bộ trường học nộp báo cáo công tác tháng ngày nào", REPORT, "Trường học", "Khu phố", False),
    ],
)
def test_half_a_word_in_a_heading_keeps_no_two_clauses_apart_but_a_whole_one_does(
    question: str, text: str, one: str, other: str, differ: bool
) -> None:
    quotes = (_quote("1", text.format(12), one), _quote("2", text.format(5), other))
    assert bool(differing(question, quotes)) is differ


def test_one_paper_never_contradicts_itself() -> None:
    question, one, other = DIFFERENT[0]
    assert not differing(question, [_quote("1", one), _quote("1", other)])
