"""A library with a week's changes, and a committee that hides, opens, withdraws and answers in that week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digest.duties.confirmed import as_read, holding_duties
from bot.digest.material import Material, gather, papers_json
from bot.people.access import Asker, Ceiling
from bot.state import digests, duty_decisions, members, office_answers, overrides, questions
from bot.state.database import Database
from bot.state.duty_decisions import DutyDecision
from bot.state.members import Role
from bot.validity.register import Known, Register
from index import Directive, Library, Quote
from tests.digest.duty_papers import papers_in
from tests.validity.papers import PHUONG, TINH, Paper

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 16, 0, 30, tzinfo=UTC)
NEXT_MONDAY = MONDAY + timedelta(days=7)
PAGE = "https://tracuu.example.vn"
CEILINGS: Mapping[str, Ceiling] = {"telegram": "public"}
FIRST_CELL, SECOND_CELL = "Khu phố 1", "Khu phố 2"

BEFORE = (
    Paper("24-CT/TU", "2012-05-10", TINH, "về quản lý vỉa hè", "1. Các phường kẻ vạch vỉa hè trước tháng 6."),
    Paper(
        "19-QĐ/ĐU",
        "2025-06-02",
        PHUONG,
        "về sinh hoạt chi bộ",
        "Điều 1. Thời gian\n1. Chi bộ sinh hoạt vào ngày 03 hằng tháng.\n"
        "Điều 2. Vắng mặt\n1. Đảng viên vắng mặt phải báo cáo trước một ngày.",
    ),
    Paper(
        "12-KH/ĐU",
        "2026-01-05",
        PHUONG,
        "về thí điểm hòm thư góp ý",
        "1. Văn phòng mở hòm thư góp ý vào sáng thứ Hai.\n2. Kế hoạch này có hiệu lực đến hết ngày 20/11/2026.",
    ),
    Paper("15-HD/ĐU", "2026-02-03", PHUONG, "về mượn hội trường", "1. Khu phố đăng ký hội trường trước ba ngày."),
    Paper("16-QĐ/ĐU", "2021-01-05", PHUONG, "về kế toán các trường", "Điều 1. Kế toán luân chuyển năm năm một lần."),
    Paper("44-TB/ĐU", "2026-10-12", PHUONG, "về điểm gửi xe Khu phố 2", "1. Xe gửi tại sân nhà văn hóa Khu phố 2."),
    Paper(
        "51-QĐ/ĐU",
        "2026-09-09",
        PHUONG,
        "về giờ tiếp dân của cấp ủy",
        "Điều 1. Cấp ủy viên tiếp dân vào chiều thứ Năm hằng tuần tại trụ sở phường.",
        audience="committee",
    ),
    Paper(
        "70-KH/ĐU",
        "2026-11-02",
        PHUONG,
        "về kiểm điểm cuối năm",
        "1. Các chi bộ nộp báo cáo kiểm điểm về Văn phòng Đảng ủy trước ngày 04/12/2026.\n"
        "2. Chi bộ Khu phố 1 nộp danh sách khen thưởng trước ngày 30/11/2026.\n"
        "3. Văn phòng tổng hợp ý kiến trước ngày 25/11/2026.\n"
        "4. Ban Tổ chức nộp hồ sơ xếp loại trước ngày 20/12/2026.\n"
        "5. Ban Tuyên giáo nộp kế hoạch học tập trước ngày 28/11/2026.",
    ),
    Paper(
        "71-KH/ĐU",
        "2026-11-03",
        PHUONG,
        "về kiểm tra tài chính Đảng",
        "1. Ủy ban Kiểm tra nộp kết luận trước ngày 27/11/2026.",
        audience="committee",
    ),
)
ADDED = (
    Paper(
        "09-CT/TU",
        "2026-11-17",
        TINH,
        "về trật tự vỉa hè",
        "1. Vỉa hè là của chung.\n2. Các phường phải kiểm tra vỉa hè mỗi tuần một lần, không để tái lấn chiếm.\n"
        "3. Chỉ thị này thay thế Chỉ thị số 24-CT/TU, ngày 10/5/2012 của Ban Thường vụ Tỉnh ủy.",
    ),
    Paper(
        "30-QĐ/ĐU",
        "2026-11-18",
        PHUONG,
        "sửa đổi, bổ sung một số điều của Quy định số 19-QĐ/ĐU, ngày 02/6/2025",
        "Điều 1. Sửa đổi, bổ sung Điều 2 Quy định số 19-QĐ/ĐU, ngày 02/6/2025 như sau:\n"
        "“Điều 2. Đảng viên vắng mặt phải báo cáo trước ba ngày.”\n"
        "Điều 2. Quy định này có hiệu lực kể từ ngày ký.",
    ),
    Paper(
        "62-KH/ĐU",
        "2026-11-19",
        PHUONG,
        "về dọn kênh Bờ Đông",
        "1. Chi bộ Khu phố 1 huy động 40 đảng viên dọn kênh vào sáng ngày 29/11/2026.",
        audience="cell:Khu phố 1",
    ),
    Paper(
        "77-QĐ/ĐU",
        "2026-11-19",
        PHUONG,
        "về luân chuyển kế toán",
        "Điều 1. Kế toán phải luân chuyển ba năm một lần, không để quá hạn.\n"
        "Điều 2. Quy định này thay thế Quy định số 16-QĐ/ĐU, ngày 05/01/2021.",
        audience="committee",
    ),
    Paper(
        "80-TB/ĐU",
        "2026-11-20",
        PHUONG,
        "về lịch cúp nước",
        "1. Khu phố 1 và Khu phố 2 tạm ngừng cấp nước từ 8 giờ đến 16 giờ ngày 26/11/2026.",
        audience="public",
    ),
    Paper("81-HD/ĐU", "2026-11-20", PHUONG, "về sổ nhật ký", "1. Mỗi chi bộ phải ghi một quyển sổ nhật ký."),
    Paper(
        "82-TB/ĐU",
        "2026-11-20",
        PHUONG,
        "về giao ban bí thư",
        "1. Bí thư chi bộ dự giao ban lúc 14 giờ ngày 02/12/2026 tại phòng họp số 2.",
        audience="secretary",
    ),
)
CONFIRMED = ("Các chi bộ nộp", "Chi bộ Khu phố 1 nộp", "Văn phòng tổng hợp", "Ban Tổ chức nộp", "Ủy ban Kiểm tra nộp")
"""All but one of the duties; one of them is far away."""


class Week:
    """``material``: of the second Monday. ``last``: the digest of the first."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.database = database
        self.before = papers_in(folder / "before", BEFORE)
        self.after = papers_in(folder / "after", (*BEFORE, *ADDED))
        self._confirm()
        self.first = self.gathered(self.before, MONDAY)
        self._claim(self.first, MONDAY)
        self._live()
        self.material = self.gathered(self.after, NEXT_MONDAY)

    def gathered(self, library: Library, moment: datetime) -> Material:
        known = self.known(library, moment)
        with self.database.reading() as db:
            last = digests.last(db)
            return gather(db, library, known, ceilings=CEILINGS, zone=ZONE, until=moment, last=last)

    def known(self, library: Library, moment: datetime) -> Known:
        return Register(library, self.database, zone=ZONE, at_once=True, clock=lambda: moment).known()

    def person(self, role: str, cell: str = FIRST_CELL) -> Asker:
        code = f"{role}-{cell}"
        with self.database.transaction() as db:
            found = members.by_code(db, code) or members.add(
                db, code=code, name="Nguyễn Văn An", cell=cell, role=Role(role), now=MONDAY
            )
        return Asker(member=found)

    def override(self, number: str, *, audience: str | None = None, withdrawn: bool = False) -> None:
        directive = self.paper(number)
        with self.database.transaction() as db:
            overrides.save(
                db, directive.id, file=directive.file, audience=audience, withdrawn=withdrawn, now=NEXT_MONDAY
            )

    def paper(self, number: str) -> Directive:
        return self.after.find(number)[0]

    def _confirm(self) -> None:
        validity = self.known(self.before, MONDAY).validity
        for directive, duty in holding_duties(self.before, validity):
            printed = self.before.printed(directive.id)
            read = as_read(self.before, validity, duty=duty, of=directive)
            assert printed is not None
            assert read is not None
            if printed.text[duty.span.start :].startswith(CONFIRMED):
                decision = DutyDecision(
                    duty=duty.key,
                    directive=directive.id,
                    file=directive.file,
                    words=read.words,
                    confirmed=True,
                    who=duty.who,
                    due=duty.due,
                    decided_by="QT-1",
                    decided_at=MONDAY,
                )
                with self.database.transaction() as db:
                    duty_decisions.save(db, decision)

    def _claim(self, material: Material, moment: datetime) -> None:
        with self.database.transaction() as db:
            digests.add(
                db,
                slot=date(2026, 11, 16).isoformat(),
                since=None,
                until=moment,
                starts_at=moment,
                ends_at=moment + timedelta(hours=14),
                papers=papers_json(material),
                by="test",
                now=moment,
            )

    def _live(self) -> None:
        """What the committee does between the two Mondays."""
        self.override("15-HD/ĐU", withdrawn=True)
        self.override("81-HD/ĐU", withdrawn=True)
        self.override("44-TB/ĐU", audience=f"cell:{SECOND_CELL}")
        self.override("51-QĐ/ĐU", audience="member")
        self._answer(
            "Khi nào cúp nước ở khu phố?", "80-TB/ĐU", "tạm ngừng", "Đề nghị bà con trữ nước từ tối hôm trước."
        )
        self._answer("Kế toán trường luân chuyển mấy năm một lần?", "77-QĐ/ĐU", "ba năm", "")
        self._answer("Quyết định 77-QĐ/ĐU có nói về giờ cúp nước không?", "80-TB/ĐU", "tạm ngừng", "")
        with self.database.transaction() as db:
            for hour in range(6):
                questions.add(
                    db,
                    asker="somebody",
                    channel="telegram",
                    text="giờ tiếp dân?",
                    answered=True,
                    directives=(),
                    now=MONDAY + timedelta(days=1, hours=hour),
                )

    def _answer(self, question: str, number: str, words: str, remark: str) -> None:
        directive = self.paper(number)
        quote = self._quote(directive, words)
        moment = MONDAY + timedelta(days=2)
        with self.database.transaction() as db:
            office_answers.add(db, question=question, form=question, quote=quote, remark=remark, now=moment)

    def _quote(self, directive: Directive, words: str) -> Quote:
        found = self.after.search(f"{directive.number} {words}", visible=frozenset({directive.id}))
        return found.quotes[0]
