"""Invented papers of one ward, of which some hold no longer, not yet, or only in part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from index import Directive, Edge, Library, RelationKind, Span, Standing, Status, build_library, load_encoder
from tests.bot.judged import Judged, edge

OLD, NEW, CHANGING, HIGHER, DRAFT, COMING = "old.md", "new.md", "changing.md", "higher.md", "draft.md", "coming.md"
_WARD = "Đảng ủy phường Bình An"
_PAPERS = {
    OLD: (
        ("05-QĐ/ĐU", "2024-03-01", _WARD, "QUY ĐỊNH", "về nền nếp sinh hoạt chi bộ"),
        """Điều 1. Thời gian sinh hoạt
1. Chi bộ sinh hoạt thường kỳ vào ngày 15 hằng tháng tại nhà riêng của bí thư.
2. Đảng viên vắng mặt sinh hoạt phải nộp lệ phí vắng mặt bằng tem phiếu.
Điều 2. Ghi chép
1. Biên bản sinh hoạt viết tay bằng bút mực tím, lưu trong hòm gỗ.
Điều 3. Hiệu lực
Quy định này có hiệu lực kể từ ngày ký.""",
    ),
    NEW: (
        ("19-QĐ/ĐU", "2026-03-10", _WARD, "QUY ĐỊNH", "về sinh hoạt chi bộ và xử lý phản ánh"),
        """Điều 1. Thời gian sinh hoạt
1. Chi bộ sinh hoạt thường kỳ vào ngày 03 hằng tháng tại nhà văn hóa khu phố.
2. Đảng viên vắng mặt sinh hoạt phải báo cáo bí thư chi bộ trước một ngày.
Điều 2. Xử lý phản ánh
1. Phản ánh của Nhân dân được ghi sổ ngay khi nhận.
2. Thời hạn trả lời phản ánh của Nhân dân là 15 ngày làm việc, kể từ ngày nhận.
Điều 3. Hiệu lực
Quy định này thay thế Quy định số 05-QĐ/ĐU, ngày 01/3/2024 về nền nếp sinh hoạt chi bộ.""",
    ),
    CHANGING: (
        ("22-QĐ/ĐU", "2026-06-01", _WARD, "QUY ĐỊNH", "sửa đổi, bổ sung một số điều của Quy định số 19-QĐ/ĐU"),
        """Điều 1. Nội dung sửa đổi
1. Sửa đổi khoản 2 Điều 2 như sau: "2. Việc hồi âm người dân làm xong trong 10 ngày làm việc."
Điều 2. Thi hành
Văn phòng Đảng ủy đôn đốc việc thi hành.""",
    ),
    HIGHER: (
        ("07-CT/TU", "2025-01-05", "Ban Thường vụ Tỉnh ủy Lâm Giang", "CHỈ THỊ", "về trật tự vỉa hè và nền nếp chi bộ"),
        """1. Công an phường kiểm tra vỉa hè lòng đường mỗi tuần một lần.
2. Đảng viên vắng mặt sinh hoạt phải báo cáo bí thư chi bộ trước ba ngày.""",
    ),
    DRAFT: (
        ("31-NQ/ĐU", "2026-08-01", _WARD, "NGHỊ QUYẾT", "về nuôi ong lấy mật tại công viên"),
        """1. Mỗi khu phố nuôi ong lấy mật tại công viên, không quá bốn mươi thùng ong.
2. Tiền bán mật ong góp vào quỹ khuyến học.""",
    ),
    COMING: (
        ("40-QĐ/ĐU", "2026-09-01", _WARD, "QUY ĐỊNH", "về thời gian sinh hoạt chi bộ từ năm 2027"),
        """1. Chi bộ sinh hoạt thường kỳ vào ngày 28 hằng tháng tại hội trường mới.
2. Văn phòng bố trí xe đưa đón đảng viên cao tuổi tới hội trường mới.""",
    ),
}  # fmt: skip


def write_chain(folder: Path) -> None:
    folder.mkdir(parents=True)
    for file, ((number, day, issuer, kind, title), body) in _PAPERS.items():
        year, month, date_ = day.split("-")
        head = (issuer.upper(), f"Số {number}", f"Bình An, ngày {date_} tháng {month} năm {year}", kind, title, "-----")
        lines = (*head, *body.splitlines(), "Nơi nhận:", "- Như trên;")
        (folder / file).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        fields = f'number: "{number}"\nissuer: "{issuer}"\ntitle: "{title}"\ndate: {day}\naudience: member\n'
        fields += "draft: true\n" if file == DRAFT else ""
        (folder / f"{file}.yaml").write_text(fields, encoding="utf-8")


def build_chain(folder: Path) -> Library:
    write_chain(folder / "corpus")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


def of(library: Library, file: str) -> Directive:
    return next(directive for directive in library.list() if directive.file == file)


def span_of(library: Library, file: str, words: str) -> Span:
    printed = library.printed(of(library, file).id)
    assert printed
    start = printed.text.index(words)
    return Span(start=start, end=start + len(words))


def replacing(library: Library) -> Edge:
    """The new paper ends the old one."""
    words = "Quy định này thay thế Quy định số 05-QĐ/ĐU, ngày 01/3/2024 về nền nếp sinh hoạt chi bộ."
    span = span_of(library, NEW, words)
    return edge(of(library, NEW), RelationKind.REPLACES, of(library, OLD), span=span)


def changing(library: Library) -> Edge:
    """One clause of the new paper reads otherwise since."""
    words = '"2. Việc hồi âm người dân làm xong trong 10 ngày làm việc."'
    return edge(
        of(library, CHANGING),
        RelationKind.AMENDS,
        of(library, NEW),
        articles=("khoản 2 Điều 2",),
        span=span_of(library, CHANGING, "1. Sửa đổi khoản 2 Điều 2 như sau: " + words),
        words=span_of(library, CHANGING, words),
    )


def judged(library: Library) -> Judged:
    """All that is so of these papers."""
    others = {
        of(library, DRAFT).id: Standing(status=Status.DRAFT),
        of(library, COMING).id: Standing(status=Status.NOT_YET, since=date(2027, 1, 1)),
    }
    return Judged((replacing(library), changing(library)), others=others)
