"""What becomes of a page when the program that reads it fails, and pictures that are not as they seem."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.errors import NoTextLayer
from index.reading.readers import ocr, read_pages
from index.reading.readers.ocr import Unreadable, read_words
from index.reading.tools import NO_TOOLS, Tools, find_tools
from index.types import Pages
from tests.programs import FONT, needs
from tests.reading.drawing import jpeg, page_of, pdf_of_pictures, png
from tests.reading.pdf_fixture import pdf_of

if TYPE_CHECKING:
    from PIL.Image import Image

LINES = (
    "Chi bộ họp định kỳ mỗi tháng một lần vào ngày mồng năm.",
    "Đảng viên vắng mặt phải báo cáo lý do bằng văn bản.",
)
INK = b"P5 4 2 255\n" + bytes(8)
RUBBISH = "printf 'level\\tpage\\n5\\tone\\ttwo\\n\\377\\376\\000 no table\\n'"


def program(folder: Path, says: str) -> Path:
    """A program that does this, whatever it is asked."""
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\ncat > /dev/null\n{says}\n")
    path.chmod(0o755)
    return path


def read(tmp_path: Path, name: str, data: bytes, tools: Tools = NO_TOOLS) -> Pages:
    (tmp_path / name).write_bytes(data)
    return read_pages(tmp_path / name, name=name, tools=tools)


class TestAProgramThatFails:
    def test_one_that_hangs_is_given_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "_PATIENCE", 0.2)
        with pytest.raises(Unreadable):
            read_words(INK, program(tmp_path, "exec sleep 30"))

    @pytest.mark.parametrize("says", ["exit 1", "kill -9 $$"])
    def test_one_that_breaks_off_has_read_nothing(self, tmp_path: Path, says: str) -> None:
        with pytest.raises(Unreadable):
            read_words(INK, program(tmp_path, says))

    @pytest.mark.parametrize(
        "row",
        [f"5\t1\t1\t1\t1\t1\t{bad}\tĐảng" for bad in ("x\t0\t9\t9\t90", "0\t0\t9\t9\thigh", "0\t0\t9\t9\tnan")],
    )  # fmt: skip
    def test_a_table_with_words_for_numbers_is_no_reading(self, tmp_path: Path, row: str) -> None:
        with pytest.raises(Unreadable):
            read_words(INK, program(tmp_path, f"printf 'head\\n%s\\n' '{row}'"))

    def test_rubbish_holds_no_words(self, tmp_path: Path) -> None:
        assert read_words(INK, program(tmp_path, RUBBISH)).words == ()

    @pytest.mark.parametrize("says", ["exit 1", "printf 'head\\n5\\t1\\t1\\t1\\t1\\t1\\tx\\t0\\t9\\t9\\t90\\tA\\n'"])
    def test_the_page_is_named_as_unread(self, tmp_path: Path, says: str) -> None:
        needs("DejaVu")
        from pypdfium2 import PdfDocument

        with PdfDocument(pdf_of([LINES])) as whole, PdfDocument(pdf_of_pictures([page_of(LINES)])) as scanned:
            whole.import_pages(scanned)
            file = BytesIO()
            whole.save(file)
        pages = read(tmp_path, "mixed.pdf", file.getvalue(), Tools(tesseract=program(tmp_path, says)))
        assert (pages.unread, pages.pages[1], pages.scans) == ((2,), (), ())

    def test_a_photograph_then_says_what_to_do(self, tmp_path: Path) -> None:
        needs("DejaVu")
        with pytest.raises(NoTextLayer):
            read(tmp_path, "photo.png", png(page_of(LINES)), Tools(tesseract=program(tmp_path, "exit 1")))


class TestWhatIsInstalled:
    @pytest.mark.parametrize(("languages", "counts"), [("eng\\nosd", False), ("eng\\nvie", True)])
    def test_tesseract_counts_only_with_vietnamese(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, languages: str, counts: bool
    ) -> None:
        program(tmp_path, f"printf '{languages}\\n'")
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        tools = find_tools()
        assert (tools.tesseract is not None) == counts
        assert tools.turns == ("osd" in languages)


@pytest.mark.slow
class TestPictures:
    @pytest.fixture(autouse=True)
    def _programs(self) -> None:
        needs("tesseract", "DejaVu")

    def test_a_photograph_stands_as_its_camera_was_held(self, tmp_path: Path) -> None:
        from PIL import Image

        page = page_of(LINES).transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned clockwise
        file = BytesIO()
        page.save(file, "JPEG", quality=80, exif=exif)
        assert LINES[1] in read(tmp_path, "photo.jpg", file.getvalue(), find_tools()).pages[0]

    def test_words_that_are_no_vietnamese_give_way_to_the_picture_below(self, tmp_path: Path) -> None:
        garbage = [line.encode().decode("latin-1") for line in LINES]
        pages = read(tmp_path, "layer.pdf", over(pdf_of([garbage]), page_of(LINES)), find_tools())
        assert LINES[0] in pages.pages[0]
        assert [scan.page for scan in pages.scans] == [1]
        assert pages.unread == ()

    @pytest.mark.parametrize(("ink", "print_on"), [((205, 30, 40), "RGB"), ((95, 95, 95), "L")], ids=["red", "grey"])
    @pytest.mark.parametrize("tilt", [0, -8])
    def test_a_stamp_over_the_lines_is_seen(
        self, tmp_path: Path, ink: tuple[int, int, int], print_on: str, tilt: int
    ) -> None:
        from index.reading.classified import mark_of_pages

        page = inked(page_of([*LINES] * 3), "TỐI MẬT", ink=ink, at=(500, 190), tilt=tilt).convert(print_on)
        pages = read(tmp_path, "stamped.jpg", jpeg(page), find_tools())
        assert mark_of_pages(pages) == "TỐI MẬT"
        assert not any("TỐI" in line for line in pages.pages[0])

    def test_a_coloured_title_is_text_and_no_stamp(self, tmp_path: Path) -> None:
        page = inked(page_of(["", "", *LINES]), "NGƯỜI TỐT VIỆC TỐT", ink=(205, 30, 40), at=(500, 60), tilt=0)
        pages = read(tmp_path, "titled.jpg", jpeg(page), find_tools())
        assert any("VIỆC TỐT" in line for line in pages.pages[0])
        assert pages.furniture == ()


def over(pdf: bytes, picture: Image) -> bytes:
    """The PDF with the picture under the words of its first page."""
    from pypdfium2 import PdfBitmap, PdfDocument, PdfImage, PdfMatrix

    with PdfDocument(pdf) as document:
        page = document[0]
        image = PdfImage.new(document)
        image.set_bitmap(PdfBitmap.from_pil(picture.convert("RGB")))
        image.set_matrix(PdfMatrix().scale(*page.get_size()))
        page.insert_obj(image)
        page.gen_content()
        file = BytesIO()
        document.save(file)
        return file.getvalue()


def inked(page: Image, text: str, *, ink: tuple[int, int, int], at: tuple[int, int], tilt: int) -> Image:
    """The page with these words in ink of this colour, which lets the print show through."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    font = ImageFont.truetype(str(FONT), 64)
    stamp = Image.new("RGB", (int(font.getlength(text)) + 60, 110), "white")
    ImageDraw.Draw(stamp).text((30, 10), text, ink, font, stroke_width=2)
    layer = Image.new("RGB", page.size, "white")
    layer.paste(stamp.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white"), at)
    return ImageChops.multiply(page.convert("RGB"), layer)
