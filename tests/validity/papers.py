"""Invented papers that replace, change, carry out and doubt one another, and people who ask about them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TINH = "Tỉnh ủy Lâm Giang"
PHUONG = "Đảng ủy phường Bình An"
KINDS = {"CT": "CHỈ THỊ", "QĐ": "QUY ĐỊNH", "HD": "HƯỚNG DẪN", "NQ": "NGHỊ QUYẾT", "KH": "KẾ HOẠCH", "TB": "THÔNG BÁO"}


class Paper(NamedTuple):
    number: str
    date: str
    issuer: str
    title: str
    body: str
    audience: str = "member"
    draft: bool = False
    grounds: str = ""


OLDEST = Paper("05-CT/TU", "2006-02-03", TINH, "về giữ gìn vỉa hè", "1. Các xã giữ vỉa hè thông thoáng.")
OLDER = Paper(
    "24-CT/TU",
    "2012-05-10",
    TINH,
    "về quản lý vỉa hè",
    "1. Các phường kẻ vạch vỉa hè trước ngày 30 tháng 6.\n"
    "2. Chỉ thị này thay thế Chỉ thị số 05-CT/TU, ngày 03/02/2006 của Ban Thường vụ Tỉnh ủy.",
)
NEWEST = Paper(
    "09-CT/TU",
    "2018-03-12",
    TINH,
    "về trật tự vỉa hè",
    "1. Các phường kiểm tra vỉa hè mỗi tuần một lần.\n"
    "2. Chỉ thị này thay thế Chỉ thị số 24-CT/TU, ngày 10/5/2012 của Ban Thường vụ Tỉnh ủy.",
)
CARRIES_OUT = Paper(
    "60-KH/ĐU",
    "2019-04-15",
    PHUONG,
    "thực hiện Chỉ thị số 09-CT/TU, ngày 12/3/2018 của Ban Thường vụ Tỉnh ủy về trật tự vỉa hè",
    "1. Mỗi khu phố lập một tổ kiểm tra vỉa hè.",
)
AMENDED = Paper(
    "19-QĐ/ĐU",
    "2020-06-01",
    PHUONG,
    "về sinh hoạt chi bộ",
    "Điều 1. Thời gian\n1. Chi bộ sinh hoạt vào ngày 03 hằng tháng.\n"
    "Điều 2. Vắng mặt\n1. Đảng viên vắng mặt phải báo cáo trước một ngày.",
)
AMENDING = Paper(
    "30-QĐ/ĐU",
    "2023-08-20",
    PHUONG,
    "sửa đổi, bổ sung một số điều của Quy định số 19-QĐ/ĐU, ngày 01/6/2020",
    "Điều 1. Sửa đổi, bổ sung Điều 2 Quy định số 19-QĐ/ĐU, ngày 01/6/2020 như sau:\n"
    "“Điều 2. Đảng viên vắng mặt phải báo cáo trước ba ngày.”\n"
    "Điều 2. Quy định này có hiệu lực kể từ ngày ký.",
)
DOUBTFUL = Paper(
    "41-QĐ/ĐU",
    "2024-02-02",
    PHUONG,
    "về tổ kiểm tra vỉa hè",
    "Điều 1. Tổ kiểm tra có năm người.\n"
    "Điều 2. Quy định này thay thế Chỉ thị số 09-CT/TU, ngày 12/3/2018 của Ban Thường vụ Tỉnh ủy.",
)
ENDED_UNSEEN = Paper(
    "15-HD/ĐU", "2021-01-05", PHUONG, "về luân chuyển kế toán", "1. Kế toán luân chuyển năm năm một lần."
)
UNSEEN = Paper(
    "77-QĐ/ĐU",
    "2022-09-20",
    PHUONG,
    "về luân chuyển kế toán các trường",
    "Điều 1. Kế toán luân chuyển ba năm một lần.\n"
    "Điều 2. Quy định này thay thế Hướng dẫn số 15-HD/ĐU, ngày 05/01/2021.",
    audience="committee",
)
STILL = Paper("12-QĐ/ĐU", "2019-07-01", PHUONG, "về thu đảng phí", "Điều 1. Đảng phí thu vào ngày 05 hằng tháng.")
COMING = Paper(
    "50-QĐ/ĐU",
    "2026-04-20",
    PHUONG,
    "về thu, nộp đảng phí",
    "Điều 1. Đảng phí thu vào ngày 10 hằng tháng.\n"
    "Điều 2. Quy định này có hiệu lực kể từ ngày 01 tháng 7 năm 2026 và thay thế Quy định số 12-QĐ/ĐU, ngày 01/7/2019.",
)
DRAFT = Paper(
    "55-QĐ/ĐU",
    "2026-04-25",
    PHUONG,
    "về thu đảng phí (dự thảo)",
    "Điều 1. Đảng phí thu hằng quý.\nĐiều 2. Quy định này thay thế Quy định số 19-QĐ/ĐU, ngày 01/6/2020.",
    draft=True,
)
TWIN_OLD = Paper("20-CT/TU", "2015-01-05", TINH, "về thu gom rác", "1. Rác được thu gom hằng ngày.")
TWIN_NEW = Paper("20-CT/TU", "2021-05-16", TINH, "về phân loại rác", "1. Rác được phân loại thành ba nhóm.")
OF_TWINS = Paper(
    "35-CT/TU",
    "2023-01-09",
    TINH,
    "về rác thải",
    "1. Rác được cân trước khi thu gom.\n2. Chỉ thị này thay thế Chỉ thị số 20-CT/TU.",
)
NAMES_MISSING = Paper(
    "70-KH/ĐU",
    "2024-03-03",
    PHUONG,
    "thực hiện Nghị quyết số 99-NQ/TU, ngày 01/10/2023 của Tỉnh ủy về đọc sách",
    "1. Mỗi chi bộ lập một tủ sách.\n2. Kế hoạch này thay thế Kế hoạch số 11-KH/ĐU, ngày 02/02/2022.",
)
NAMES_IT_TOO = Paper(
    "71-KH/ĐU",
    "2024-05-03",
    PHUONG,
    "thực hiện Nghị quyết số 99-NQ/TU, ngày 01/10/2023 của Tỉnh ủy về thư viện",
    "1. Thư viện mở cửa hằng ngày.",
)
PAPERS = (
    OLDEST, OLDER, NEWEST, CARRIES_OUT, AMENDED, AMENDING, DOUBTFUL, ENDED_UNSEEN, UNSEEN, STILL, COMING, DRAFT,
    TWIN_OLD, TWIN_NEW, OF_TWINS, NAMES_MISSING, NAMES_IT_TOO,
)  # fmt: skip


def write_papers(folder: Path, papers: tuple[Paper, ...] = PAPERS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for paper in papers:
        year, month, day = paper.date.split("-")
        head = [paper.issuer.upper(), f"Số {paper.number}", f"Bình An, ngày {day} tháng {month} năm {year}"]
        kind = KINDS[paper.number.partition("-")[2].partition("/")[0]]
        lines = [*head, kind, paper.title, "-----", *paper.body.splitlines(), "Nơi nhận:", "- Như trên;"]
        name = file_of(paper)
        (folder / name).write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        fields = {"number": paper.number, "issuer": paper.issuer, "title": paper.title, "audience": paper.audience}
        sidecar = "".join(f'{key}: "{value}"\n' for key, value in fields.items())
        draft = "draft: true\n" if paper.draft else ""
        (folder / f"{name}.yaml").write_text(f"{sidecar}date: {paper.date}\n{draft}", encoding="utf-8")


def file_of(paper: Paper) -> str:
    return f"{paper.number.replace('/', '-').replace('Đ', 'D').lower()}-{paper.date[:4]}.md"
