"""Papers as bytes, a place where notices are kept, and a build that is scripted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.errors import BotError
from bot.messages import Reply, plain_text
from tests.programs import FONT

PAPER = """ĐẢNG ỦY PHƯỜNG BÌNH AN

Số {number}

Bình An, ngày 05 tháng 02 năm 2026

CHỈ THỊ

về giữ gìn vệ sinh đường phố

-----

1. Hộ gia đình quét dọn vỉa hè trước nhà mỗi sáng.

2. Khu phố kiểm tra vào ngày thứ Bảy hằng tuần.

Nơi nhận:

- Như trên;
"""


def paper(number: str = "31-CT/ĐU", *, mark: str = "") -> bytes:
    return (f"{mark}\n\n" + PAPER.format(number=number)).encode()


TWO_IN_ONE = """ĐẢNG ỦY PHƯỜNG BÌNH AN

Số 61-QĐ/ĐU

Bình An, ngày 12 tháng 01 năm 2026

QUYẾT ĐỊNH

ban hành Quy chế tiếp dân của Đảng ủy phường

-----

Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp dân của Đảng ủy phường.

Điều 2. Quyết định này có hiệu lực từ ngày ký.

T/M ĐẢNG ỦY

BÍ THƯ

Lê Văn Bình

QUY CHẾ

tiếp dân của Đảng ủy phường

(Ban hành kèm theo Quyết định số 61-QĐ/ĐU, ngày 12/01/2026 của Đảng ủy phường Bình An)

Điều 1. Lịch tiếp

Bí thư tiếp dân vào sáng thứ Năm hằng tuần.
""".encode()


def pictures_of(pages: Sequence[Sequence[str]]) -> list[bytes]:
    """Each page printed on a PNG."""
    pictures = []
    font = ImageFont.truetype(str(FONT), 48)
    for lines in pages:
        picture = Image.new("L", (1654, 1400), "white")
        pen = ImageDraw.Draw(picture)
        for row, line in enumerate(lines):
            pen.text((150, 150 + row * 100), line, fill="black", font=font)
        file = io.BytesIO()
        picture.save(file, "PNG")
        pictures.append(file.getvalue())
    return pictures


def zip_bomb(sample: Path) -> bytes:
    """A Word document of about a megabyte that unpacks to a gigabyte of zeros."""
    file = io.BytesIO()
    with zipfile.ZipFile(sample) as real, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in real.infolist():
            with bomb.open(part.filename, "w", force_zip64=True) as out:
                if part.filename == "word/document.xml":
                    for _ in range(1024):
                        out.write(bytes(2**20))
                else:
                    out.write(real.read(part))
    return file.getvalue()


def paragraph_bomb(sample: Path, *, paragraphs: int = 4_500_000) -> bytes:
    """One that stays below the reader's limit of bytes, and needs gigabytes as a tree of paragraphs."""
    space = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    file = io.BytesIO()
    with zipfile.ZipFile(sample) as real, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in real.infolist():
            body = space + b"<w:p/>" * paragraphs + b"</w:body></w:document>"
            bomb.writestr(part.filename, body if part.filename == "word/document.xml" else real.read(part))
    return file.getvalue()


class Board:
    """Notices as they are told; ``fails`` may raise instead."""

    def __init__(self, *, editing: frozenset[str] = frozenset({"telegram"})) -> None:
        self.told: list[tuple[str, str, str, int | None]] = []
        self.administrators: list[str] = []
        self.fails: Callable[[], BotError | None] = lambda: None
        self._editing = editing

    def edits(self, channel: str) -> bool:
        return channel in self._editing

    def tell(self, channel: str, chat: str, reply: Reply, *, replaces: int | None = None) -> int:
        if error := self.fails():
            raise error
        self.told.append((channel, chat, plain_text(reply), replaces))
        return 100 + len(self.told)

    def tell_administrators(self, reply: Reply) -> None:
        self.administrators.append(plain_text(reply))
