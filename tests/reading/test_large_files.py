"""Files of an uncommon size are read or refused within bounded memory, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.reading.pdf_fixture import pdf_of

GIBIBYTE: Final = 2**20  # KiB, as /proc counts; what getrusage says begins with the memory of the process that forked
REPOSITORY: Final = Path(__file__).resolve().parents[2]
_CHILD: Final = """
import re, sys
from pathlib import Path
from index import ReadError, read_directives
from index.reading.tools import Tools

path = Path(sys.argv[1])
try:
    (reading,) = read_directives(path, name=path.name, tools=Tools(tesseract=Path(sys.argv[2])))
    said = f"{len(reading.printed.page_starts)} {len(reading.printed.text)}"
except ReadError as error:
    said = error.code
print(said, re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""
PARAGRAPH: Final = (
    "Chi bộ khu phố lập sổ theo dõi việc giữ gìn bờ đê, mỗi quý báo cáo Đảng ủy",
    "phường một lần, kèm theo danh sách các hộ còn lấn chiếm và biện pháp xử lý.",
)

pytestmark = pytest.mark.slow


def read(path: Path) -> tuple[str, int]:
    """What became of it, and the largest memory in KiB."""
    ended = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), str(path.with_name("no-tesseract"))],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    said, _, memory = ended.stdout.strip().rpartition(" ")
    return said, int(memory)


def test_two_thousand_pages_are_read(tmp_path: Path) -> None:
    pages = [[f"{number}. Trang {number}.", *(PARAGRAPH * 3)] for number in range(1, 2001)]
    (tmp_path / "long.pdf").write_bytes(pdf_of(pages))
    said, memory = read(tmp_path / "long.pdf")
    assert said.split()[0] == "2000"
    assert int(said.split()[1]) > 800_000
    assert memory < GIBIBYTE


def test_more_pages_than_are_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "longer.pdf").write_bytes(pdf_of([["Một dòng."]] * 3001))
    said, memory = read(tmp_path / "longer.pdf")
    assert said == "too_many_pages"
    assert memory < GIBIBYTE


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".txt", ".html", ".jpg", ".doc"])
def test_two_hundred_megabytes_are_refused_unread(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"huge{suffix}"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # takes no room on the disk
    said, memory = read(path)
    assert said == "too_large"
    assert memory < GIBIBYTE // 4


def test_a_long_text_is_read(tmp_path: Path) -> None:
    line = (" ".join(PARAGRAPH) + "\n\n").encode()
    (tmp_path / "long.txt").write_bytes(line * (3 * 2**20 // len(line)))
    said, memory = read(tmp_path / "long.txt")
    assert int(said.split()[1]) > 2_000_000
    assert memory < GIBIBYTE // 2


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_what_swells_when_unpacked_is_refused(suffix: str, tmp_path: Path) -> None:
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile

    from tests.reading.mutating import small_files

    part = {".docx": "word/document.xml", ".xlsx": "xl/worksheets/sheet1.xml"}[suffix]
    with (
        ZipFile(BytesIO(small_files()[suffix])) as given,
        ZipFile(tmp_path / f"bomb{suffix}", "w", ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, content + b" " * (300 * 2**20 if name == part else 0))
    said, memory = read(tmp_path / f"bomb{suffix}")
    assert said == "damaged"
    assert memory < GIBIBYTE


def test_a_picture_of_too_many_points_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (30_000, 20_000)).save(tmp_path / "bomb.png")
    said, memory = read(tmp_path / "bomb.png")
    assert said == "damaged"
    assert memory < GIBIBYTE


def test_many_pages_that_are_pictures_are_drawn_one_after_another(tmp_path: Path) -> None:
    from PIL import Image

    from tests.reading.drawing import pdf_of_pictures

    page = Image.new("1", (1654, 2339), 1)
    (tmp_path / "scans.pdf").write_bytes(pdf_of_pictures([page] * 40))
    said, memory = read(tmp_path / "scans.pdf")
    assert said in ("no_text_layer", "empty")
    assert memory < GIBIBYTE
