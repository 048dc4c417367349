"""Small papers, read as real ones are, and libraries of them."""

from __future__ import annotations

from pathlib import Path

from index.build import write_library
from index.library import Library
from index.reading.form import read_form
from index.reading.passages import cut_passages
from index.searching.catalog import Entry
from index.searching.encoder import Encoder
from index.types import Pages, Printed, Reading
from tests.fakes import WordHashes

FIRE = """\
THÀNH ỦY HÀ NỘI ĐẢNG CỘNG SẢN VIỆT NAM
* Hà Nội, ngày 13 tháng 9 năm 2023
Số 25-CT/TU
CHỈ THỊ
về tăng cường công tác phòng cháy, chữa cháy
Ban Thường vụ Thành ủy yêu cầu các cấp ủy thực hiện tốt các nhiệm vụ sau:
1. Chi bộ tổ dân phố kiểm tra bình chữa cháy của từng hộ gia đình ba tháng một lần.
2. Đảng ủy phường tổ chức diễn tập chữa cháy tại chung cư cao tầng mỗi năm hai lần.
3. Công an phường lập danh sách cơ sở karaoke có nguy cơ cháy nổ, gồm:
a) Cơ sở không có lối thoát nạn thứ hai;
b) Cơ sở dùng vật liệu dễ cháy để cách âm;
c) Cơ sở chưa tập huấn nhân viên.
Chỉ thị này có hiệu lực từ ngày ký và thay thế Chỉ thị số 12-CT/TU về phòng cháy năm 2015.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Đinh Văn Mẫu
"""

MEETING = """\
ĐẢNG ỦY PHƯỜNG MẪU ĐẢNG CỘNG SẢN VIỆT NAM
* Hà Nội, ngày 02 tháng 3 năm 2024
Số 08-NQ/ĐU
NGHỊ QUYẾT
về nâng cao chất lượng sinh hoạt chi bộ
I- TÌNH HÌNH
1. Một số chi bộ họp chưa đều, đảng viên phát biểu ít.
2. Sổ biên bản ghi chưa đủ ý kiến đảng viên.
II- NHIỆM VỤ
1. Chi bộ họp thường kỳ vào ngày 05 hằng tháng.
2. Bí thư chi bộ gửi dự thảo nghị quyết trước khi họp ba ngày.
3. Đảng viên vắng mặt hai kỳ liên tiếp phải giải trình bằng văn bản.
T/M ĐẢNG ỦY
BÍ THƯ
Trần Thị Ví Dụ
"""

RULES = """\
ĐẢNG ỦY PHƯỜNG MẪU ĐẢNG CỘNG SẢN VIỆT NAM
* Hà Nội, ngày 15 tháng 5 năm 2025
Số 03-QĐ/ĐU
QUY ĐỊNH
về tiếp công dân của cấp ủy
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy định này nêu việc tiếp công dân của bí thư đảng ủy phường.
Điều 2. Lịch tiếp công dân
1. Bí thư tiếp công dân vào sáng thứ năm hằng tuần.
2. Khi vắng mặt, bí thư phân công phó bí thư tiếp thay và báo cáo:
a) Ban thường vụ đảng ủy;
b) Văn phòng cấp ủy;
c) Ủy ban kiểm tra;
d) Ban tuyên giáo phường;
đ) Mặt trận Tổ quốc phường.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 3. Trách nhiệm
1. Văn phòng bố trí phòng tiếp công dân có nước uống.
2. Công an phường bảo đảm trật tự nơi tiếp công dân.
T/M ĐẢNG ỦY
BÍ THƯ
Trần Thị Ví Dụ
"""

GUIDE = """\
BAN TỔ CHỨC TRUNG ƯƠNG ĐẢNG CỘNG SẢN VIỆT NAM
* Hà Nội, ngày 10 tháng 6 năm 2024
Số 11-HD/BTCTW
HƯỚNG DẪN
thi hành Điều lệ về tổ chức đảng
1. Điều 4 (Khoản 1): Thủ tục kết nạp đảng viên
1.1. Người vào Đảng nộp đơn viết tay cho chi bộ.
1.2. Chi bộ thẩm tra lý lịch của người vào Đảng.
2. Điều 4 (Khoản 2): Thời gian dự bị
2.1. Thời gian dự bị là mười hai tháng.
3. Điều 9: Hệ thống tổ chức
3.1. Tổ chức đảng lập theo địa bàn dân cư.
T/M BAN TỔ CHỨC
TRƯỞNG BAN
Lê Văn Thử
"""

PAPERS = {"25-CT.md": FIRE, "08-NQ.md": MEETING, "03-QĐ.md": RULES, "11-HD.md": GUIDE}


def read_paper(text: str, *, file: str = "paper.md") -> Reading:
    """The directive of a text, each line a paragraph."""
    return read_form(Pages(pages=(tuple(text.splitlines()),), physical=True, wrapped=False), file=file)


def printed_of(text: str) -> Printed:
    return read_paper(text).printed


def entry_of(text: str, *, file: str) -> Entry:
    reading = read_paper(text, file=file)
    return Entry(file, reading, cut_passages(reading))


def make_library(folder: Path, papers: dict[str, str], *, encoder: Encoder | None = None) -> Library:
    """An open library of these papers, file -> text."""
    encoder = encoder or WordHashes()
    write_library(folder, [entry_of(text, file=file) for file, text in papers.items()], encoder=encoder)
    return Library(folder, encoder)
