"""Who must do what by when: the rules, over sentences and over whole papers."""

from __future__ import annotations

from datetime import date as Date

import pytest

from index.reading.deadlines import duties_in
from index.reading.form import read_form
from index.types import Due, Duty, Pages, Reading, Recurrence

ISSUED = Date(2026, 3, 10)  # a Tuesday
HEAD = [
    "ĐẢNG ỦY PHƯỜNG BÃI LAU",
    "*",
    "Số 18-{kind}/ĐU",
    "Bãi Lau, ngày 10 tháng 3 năm 2026",
    "{name}",
    "{title}",
    "-----",
]
FOOT = ["Nơi nhận:", "- Các chi bộ (để thực hiện trước ngày 20/4/2026),", "T/M BAN THƯỜNG VỤ", "Hà Văn Mộc"]


def dues(text: str, *, heading: str = "", title: str = "") -> list[Due | None]:
    return [duty.due for duty in duties_in(text, issued=ISSUED, heading=heading, title=title)]


def only(text: str, *, heading: str = "") -> Duty:
    (duty,) = duties_in(text, issued=ISSUED, heading=heading)
    return duty


def words(text: str, duty: Duty) -> str:
    return text[duty.words.start : duty.words.end]


def paper(*body: str, kind: str = "KH", name: str = "KẾ HOẠCH", title: str = "ra quân mùa hè") -> Reading:
    head = [line.format(kind=kind, name=name, title=title) for line in HEAD]
    lines = "\n\n".join([*head, *body, *FOOT]).split("\n")
    return read_form(Pages(pages=(tuple(lines),), physical=False, wrapped=True), file="paper.txt")


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("trước ngày 15/12/2026", "2026-12-15"),
        ("chậm nhất là 15-12-2026", "2026-12-15"),
        ("muộn nhất ngày 15 tháng 12 năm 2026", "2026-12-15"),
        ("trước 17 giờ ngày 15.12.2026", "2026-12-15"),
        ("chậm nhất 10 giờ ngày 15/12/2026", "2026-12-15"),  # an hour and no period
        ("trước 11h30' ngày 15/12/2026", "2026-12-15"),
        ("trước ngày l5 / 12 / 2026", "2026-12-15"),  # as a scan is read
        ("trong quý II/2026", "2026-06-30"),
        ("trong quý III năm 2026", "2026-09-30"),
        ("trong 6 tháng đầu năm 2027", "2027-06-30"),
        ("xong trong tháng 4", "2026-04-30"),
        ("xong trong tháng 2", "2027-02-28"),  # the next February
        ("trước ngày 05/01", "2027-01-05"),
        ("vào cuối tháng 9/2026", "2026-09-30"),
        ("vào giữa tháng 9/2026", "2026-09-15"),
        ("trong tuần đầu tháng 7/2026", "2026-07-07"),
        ("trong tháng này", "2026-03-31"),
        ("đến hết năm 2027", "2027-12-31"),
        ("từ ngày 01/5 đến ngày 30/6/2026", "2026-06-30"),
        ("trong vòng 10 ngày kể từ ngày ban hành Kế hoạch này", "2026-03-20"),
        ("chậm nhất 5 ngày làm việc kể từ ngày ký Công văn", "2026-03-17"),
    ],
)
def test_a_date_is_the_last_day_that_is_named(time: str, day: str) -> None:
    text = f"Các chi bộ hoàn chỉnh hồ sơ, gửi Ban Xây dựng Đảng {time}."
    duty = only(text)
    assert duty.due == Due(date=Date.fromisoformat(day))
    assert duty.who == "Các chi bộ"
    assert words(text, duty) in time


@pytest.mark.parametrize(
    ("time", "every", "on"),
    [
        ("hằng tháng", Recurrence.MONTH, ()),
        ("trước ngày 25 hằng tháng", Recurrence.MONTH, ("25",)),
        ("vào chiều thứ Sáu hằng tuần", Recurrence.WEEK, ("thứ Sáu",)),
        ("ngày 20 của tháng cuối quý", Recurrence.QUARTER, ("20",)),
        ("6 tháng một lần", Recurrence.HALF_YEAR, ()),
        ("vào tuần cuối của tháng", Recurrence.MONTH, ()),
        ("vào tuần đầu tiên của quý", Recurrence.QUARTER, ()),
        ("trước ngày 15/6 và 15/12 hằng năm", Recurrence.YEAR, ("15/6", "15/12")),
    ],
)
def test_what_comes_again_keeps_the_days_that_are_named(time: str, every: Recurrence, on: tuple[str, ...]) -> None:
    assert only(f"Các chi bộ báo cáo Thường trực Đảng ủy {time}.").due == Due(every=every, on=on)


def test_a_day_apart_from_its_month_belongs_to_it() -> None:
    duty = only("Hằng tháng, bí thư chi bộ gửi báo cáo về Văn phòng Đảng ủy trước ngày 25.")
    assert duty.due == Due(every=Recurrence.MONTH, on=("25",))


def test_reports_of_several_periods_are_several_duties() -> None:
    text = "Báo cáo quý gửi trước ngày 20 của tháng cuối quý; báo cáo 6 tháng trước ngày 10/6; báo cáo năm trước 30/11."
    assert dues(text, heading="Điều 4. Chế độ báo cáo của các chi bộ") == [
        Due(every=Recurrence.QUARTER, on=("20",)),
        Due(every=Recurrence.HALF_YEAR, on=("10/6",)),
        Due(every=Recurrence.YEAR, on=("30/11",)),
    ]


def test_a_period_from_an_event_without_a_day_stays_in_its_words() -> None:
    duty = only("Chi ủy phải trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận đơn.")
    assert duty.due == Due(after="05 ngày làm việc kể từ ngày nhận đơn")


def test_a_number_of_days_before_something_is_a_period() -> None:
    assert only("Đảng viên vắng họp phải báo cáo người chủ trì trước 02 ngày.").due == Due(after="trước 02 ngày")


def test_reports_named_by_their_periods_come_again_though_no_word_says_so() -> None:
    text = "Các chi bộ gửi báo cáo sơ kết 6 tháng trước ngày 10/6, báo cáo tổng kết năm trước ngày 10/12."
    assert dues(text) == [
        Due(every=Recurrence.HALF_YEAR, on=("10/6",)),
        Due(every=Recurrence.YEAR, on=("10/12",)),
    ]


def test_each_actor_of_a_sentence_has_the_own_time() -> None:
    text = "Các chi bộ báo cáo trước ngày 15/12/2026; Văn phòng Đảng ủy tổng hợp chậm nhất ngày 20/12/2026."
    found = [(duty.who, str(duty.due.date)) for duty in duties_in(text, issued=ISSUED) if duty.due]
    assert found == [("Các chi bộ", "2026-12-15"), ("Văn phòng Đảng ủy", "2026-12-20")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Giao Ban Xây dựng Đảng chủ trì, phối hợp với Đoàn phường tham mưu.", "Ban Xây dựng Đảng"),
        ("Ban Thường vụ yêu cầu Chi bộ Chợ Lau nộp bù trước ngày 20/4/2026.", "Chi bộ Chợ Lau"),
        ("Danh sách được Bí thư chi đoàn chốt trước ngày 20/4/2026.", "Bí thư chi đoàn"),
        ("Đồng chí Hà Văn Mộc, Phó Bí thư, hoàn thiện đề án trước ngày 20/4/2026.", "Đồng chí Hà Văn Mộc"),
        ("Đoàn kiểm tra gửi kế hoạch trước ngày 20/4/2026.", "Đoàn kiểm tra"),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị lắp biển báo xong trước ngày 20/4/2026.",
            "Phòng Kinh tế, Hạ tầng và Đô thị",
        ),
        ("Trước ngày 20/4/2026, cơ quan soạn thảo gửi hồ sơ về Văn phòng Đảng ủy.", "cơ quan soạn thảo"),
    ],
)
def test_who_acts_is_named_as_printed(text: str, who: str) -> None:
    assert only(text).who == who


def test_a_body_that_only_receives_is_nobody_who_acts() -> None:
    assert only("Hồ sơ gửi về Ban Xây dựng Đảng trước ngày 20/4/2026.").who == ""


def test_the_last_of_several_that_receive_is_nobody_who_acts() -> None:
    text = "Hằng năm kiểm tra danh sách và báo cáo lên tỉnh ủy, thành ủy, đảng ủy về các biến động theo mẫu báo cáo."
    assert [duty.who for duty in duties_in(text, issued=ISSUED)] == [""]


def test_the_heading_names_who_acts_where_the_items_do_not() -> None:
    text = "- Lập danh sách, gửi Thường trực Hội đồng trước ngày 20/6/2026."
    assert only(text, heading="2. Đối với các chi bộ trực thuộc").who == "các chi bộ trực thuộc"


def test_the_lead_of_a_list_gives_its_items_to_somebody() -> None:
    text = "Giao Ủy ban nhân dân phường:\n- Phê duyệt phương án trong quý IV/2026;\n- Bố trí kinh phí sửa chữa."
    found = [(duty.who, duty.due) for duty in duties_in(text, issued=ISSUED)]
    assert found == [("Ủy ban nhân dân phường", Due(date=Date(2026, 12, 31))), ("Ủy ban nhân dân phường", None)]


def test_a_charge_without_a_time_is_shown_by_its_verb() -> None:
    text = "Ủy ban Kiểm tra Đảng ủy có trách nhiệm theo dõi, đôn đốc việc thực hiện."
    duty = only(text)
    assert duty.due is None
    assert words(text, duty).startswith("có trách nhiệm theo dõi, đôn đốc")


def test_a_row_gives_its_work_to_whom_its_column_names() -> None:
    row = "STT: 3 | Nội dung: Rà soát hồ sơ đến 31/3/2026 | Chủ trì: Ban Xây dựng Đảng | Thời hạn: Quý II/2026"
    duty = only(row)
    assert (duty.who, duty.due) == ("Ban Xây dựng Đảng", Due(date=Date(2026, 6, 30)))
    assert row[duty.span.start : duty.span.end] == row


def test_a_calendar_of_talks_charges_nobody_but_one_of_work_does() -> None:
    place = "Thời gian: Quý III/2026 | Địa điểm: Hội trường"
    assert dues(f"TT: 3 | Nội dung: Học tập Nghị quyết | Báo cáo viên: Đ/c Hà Sơn | {place}") == []
    assert only(f"TT: 3 | Nội dung: Tập huấn | Cơ quan thực hiện: Đoàn phường | {place}").who == "Đoàn phường"


def test_of_two_columns_the_one_in_which_work_ends_counts() -> None:
    row = "Nội dung: Mở lớp | Chủ trì: Văn phòng | Thời hạn – Bắt đầu: 15/4/2026 | Thời hạn – Hoàn thành: 19/4/2026"
    assert only(row).due == Due(date=Date(2026, 4, 19))


@pytest.mark.parametrize(
    "text",
    [
        "STT: 5 | Họ và tên: Lò Văn Pan | Ngày sinh: 14/02/1991 | Ngày hết hạn kỷ luật: 30/8/2026",
        "Quy định này có hiệu lực từ ngày 01/4/2026 và thay thế Quy định số 21-QĐ/ĐU, ngày 17/6/2024.",
        "Kế hoạch này có giá trị thực hiện đến hết ngày 31/8/2026.",
        "Thực hiện Nghị quyết số 12-NQ/ĐU ngày 05/6/2026 của Đảng ủy về nhiệm vụ năm 2026.",
        "Đến ngày 28/02/2026, đã có 12 chi bộ gửi báo cáo về Ban Xây dựng Đảng.",
        "Phấn đấu đến năm 2030 đạt 100% chi bộ khu phố có chi ủy.",
        "Hằng quý có trên 90% chi bộ tổ chức sinh hoạt chuyên đề.",
        "Đảng viên được nghỉ phép 12 ngày làm việc hằng năm.",
        "Thời gian dự bị của đảng viên là 12 tháng, tính từ ngày kết nạp.",
        "Ban Chấp hành Đảng bộ nhiệm kỳ 2025 - 2030 gồm 27 đồng chí.",
        "Kế hoạch cũ yêu cầu các chi bộ báo cáo trước ngày 10 hằng tháng, nay được bãi bỏ.",
        "Hội nghị (dự kiến ngày 22/9/2026) bàn về công tác cán bộ.",
        "Đồng chí bí thư kể: “Các chi bộ nộp báo cáo trước ngày 20/4/2026”.",
        "Người được cấp thẻ trước ngày 01/4/2026 thì dùng thẻ cũ.",
        "Theo Công văn số 7-CV/ĐU, hạn nộp báo cáo trước đây là ngày 30/4/2026.",
        "Phấn đấu trước năm 2028, phường đạt chuẩn đô thị văn minh.",
        "Năm 2025, Văn phòng Đảng ủy tham mưu ban hành nhiều văn bản.",
        "Tại hội nghị, đồng chí Bí thư yêu cầu các đại biểu làm rõ nguyên nhân.",
        "Văn phòng Đảng ủy có chức năng tham mưu, tổng hợp cho Ban Thường vụ.",
        "Mỗi đảng viên có trách nhiệm gương mẫu chấp hành pháp luật.",
        "Trường hợp chi bộ kết nạp trong thời hạn 30 ngày kể từ ngày nhận quyết định thì báo cáo cấp ủy.",
        "Chi bộ đưa việc này vào hồ sơ, bổ sung vào nội dung đánh giá đảng viên hằng năm.",
        "Cần phát huy tinh thần đoàn kết, quyết tâm thực hiện thắng lợi Nghị quyết.",
        "Chi bộ hoàn thành việc thu, nộp đảng phí trước ngày 31/12/2025.",  # before the paper's own day
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert dues(text) == []


def test_a_term_of_office_is_no_deadline_but_its_congress_may_have_one() -> None:
    assert dues("Đại hội chi bộ nhiệm kỳ 2027 - 2030 được tổ chức xong trước ngày 31/3/2027.") != []
    assert dues("Chi bộ nhiệm kỳ 2025 - 2030 gồm 27 đồng chí.") == []


def test_a_report_gives_no_duties_but_what_it_plans_does() -> None:
    assert dues("Chi bộ sinh hoạt chuyên đề hằng quý.", title="Báo cáo kết quả năm 2025") == []
    assert dues("Chi bộ sinh hoạt chuyên đề hằng quý.", heading="II- NHIỆM VỤ", title="Báo cáo kết quả năm 2025") != []


def test_what_is_given_to_somebody_at_a_meeting_is_still_to_be_done() -> None:
    text = "Tại hội nghị, Ban Thường vụ giao Đoàn phường chủ trì xây dựng đề án."
    assert [(duty.who, duty.due) for duty in duties_in(text, issued=ISSUED)] == [("Đoàn phường", None)]


@pytest.mark.parametrize("issued", [Date.max, Date.min, None])
def test_a_misread_date_of_the_paper_breaks_nothing(issued: Date | None) -> None:
    text = "Các chi bộ nộp báo cáo trước ngày 05/01, bổ sung trong 10 ngày kể từ ngày ban hành Kế hoạch này."
    assert all(duty.who == "Các chi bộ" for duty in duties_in(text, issued=issued))


def test_a_year_is_not_guessed_where_the_paper_has_no_date() -> None:
    text = "Các chi bộ gửi báo cáo trước ngày 20/4, bổ sung trước ngày 25/4/2026."
    assert [duty.due for duty in duties_in(text, issued=None)] == [Due(date=Date(2026, 4, 25))]


def test_a_paper_gives_the_whole_sentence_and_nothing_of_its_head_or_foot() -> None:
    reading = paper(
        "Căn cứ Kế hoạch số 5-KH/TU ngày 20/6/2026 của Thành ủy,",
        "1. Các chi bộ ra quân. Các chi bộ gửi danh sách về Đoàn phường trước ngày 20/4/2026, kèm ảnh.",
        "2. Kế hoạch này có hiệu lực đến hết ngày 31/8/2026.",
    )
    (duty,) = reading.duties
    text = reading.printed.text
    quoted = text[duty.span.start : duty.span.end]
    assert quoted == "Các chi bộ gửi danh sách về Đoàn phường trước ngày 20/4/2026, kèm ảnh."
    assert words(text, duty) == "trước ngày 20/4/2026"


def test_rows_of_an_annex_are_read() -> None:
    row = "STT: 1 | Nội dung: Mở lớp bơi | Chủ trì: Đoàn phường | Thời hạn: 15/6/2026"
    reading = paper("1. Các chi bộ vận động thiếu nhi tham gia.", *FOOT, "PHỤ LỤC", "Bảng phân công", row)
    assert [duty.due for duty in reading.duties] == [Due(date=Date(2026, 6, 15))]


def test_general_rules_are_no_charges_but_their_closing_is() -> None:
    rules = "Điều 1. Chi bộ lãnh đạo, phân công đảng viên theo dõi, giúp đỡ quần chúng ưu tú."
    closing = "Điều 2. Tổ chức thực hiện\nVăn phòng Đảng ủy có trách nhiệm theo dõi, đôn đốc."
    reading = paper(rules, closing, kind="QĐ", name="QUY ĐỊNH", title="về công tác đảng viên")
    assert [duty.who for duty in reading.duties] == ["Văn phòng Đảng ủy"]


def test_keys_stay_when_other_clauses_change() -> None:
    item = "2. Các chi bộ nộp báo cáo trước ngày 20/4/2026."
    before, after = paper("1. Mở đầu.", item), paper("1. Mở đầu đợt ra quân, xong trước ngày 05/4/2026.", item)
    assert before.duties[-1].key == after.duties[-1].key
    assert before.duties[-1].span != after.duties[-1].span


def test_equal_clauses_have_keys_of_their_own() -> None:
    reading = paper("1. Các chi bộ nộp báo cáo trước 20/4/2026.", "2. Các chi bộ nộp báo cáo trước 20/4/2026.")
    assert len({duty.key for duty in reading.duties}) == len(reading.duties) == 2
