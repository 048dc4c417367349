"""Pictures of pages -> lines: real pages drawn with real letters, read by the real program."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

from index.errors import DamagedFile, EmptyFile, NoTextLayer, TooLarge, TooManyPages, TooManyScans
from index.reading.form import read_directives, read_form
from index.reading.readers import LARGEST_FILE, pdf, read_pages
from index.reading.readers.ocr import PageWords, Word
from index.reading.readers.reading_order import lines_of
from index.reading.readers.scans import read_scans
from index.reading.scanned_labels import with_right_labels
from index.reading.tools import NO_TOOLS, Tools, find_tools
from index.types import Pages, Scan
from tests.programs import needs
from tests.reading.drawing import jpeg, page_of, pdf_of_pictures, png, spoilt, stamped
from tests.reading.pdf_fixture import pdf_of

HEAD = (
    ("ĐẢNG BỘ PHƯỜNG AN HÒA", "ĐẢNG CỘNG SẢN VIỆT NAM"),
    ("BAN THƯỜNG VỤ", ""),
    ("*", ""),
    ("Số 05-KL/ĐU", "An Hòa, ngày 12 tháng 6 năm 2026"),
    "",
    ">KẾT LUẬN",
    ">về công tác phát triển đảng viên năm 2026",
    "",
)
BODY = (
    "      Chi bộ giao đồng chí phó bí thư theo dõi quần chúng",
    "ưu tú, mỗi quý báo cáo một lần trước ngày 25 tháng cuối.",
    "      1. Mỗi tổ đảng giới thiệu ít nhất một quần chúng trong",
    "sáu tháng đầu năm, kèm nhận xét bằng văn bản.",
)
FOOT = (
    "",
    ("Nơi nhận:", "T/M BAN THƯỜNG VỤ"),
    ("- Các chi bộ;", "BÍ THƯ"),
    ("- Lưu Văn phòng.", ""),
    ("", ""),
    ("", "Trần Văn Hòa"),
)


class Kept(dict[str, bytes]):
    """A cache of pages in memory."""

    def put(self, key: str, body: bytes) -> None:
        self[key] = body


def read(tmp_path: Path, name: str, data: bytes, tools: Tools = NO_TOOLS) -> Pages:
    (tmp_path / name).write_bytes(data)
    return read_pages(tmp_path / name, name=name, tools=tools)


def flat(pages: Pages) -> str:
    return " ".join(line for page in pages.pages for line in page if line)


@pytest.mark.slow
class TestReadFromPictures:
    @pytest.fixture(autouse=True)
    def _programs(self) -> None:
        needs("tesseract", "DejaVu")

    @pytest.mark.parametrize(
        "spoil",
        [
            partial(spoilt, tilt=3, noise=8),
            partial(spoilt, tilt=-3, blur=0.8),
            partial(spoilt, ink=190, noise=4),
            partial(spoilt, turn=90),
            partial(spoilt, turn=180),
            partial(spoilt, turn=270),
        ],
        ids=["leaning left", "leaning right and blurred", "faint", "on its left side", "on its head", "on its right"],
    )
    def test_a_spoilt_page_keeps_its_fields_and_its_order(self, tmp_path: Path, spoil: partial[object]) -> None:
        page = spoil(page_of((*HEAD, *BODY, *FOOT), size=34))
        path = tmp_path / "scan.jpg"
        path.write_bytes(jpeg(page))
        (reading,) = read_directives(path, name=path.name, tools=find_tools())
        directive, printed = reading.directive, reading.printed
        assert (directive.number, str(directive.date), directive.signer) == ("05-KL/ĐU", "2026-06-12", "Trần Văn Hòa")
        assert "giới thiệu ít nhất một quần chúng trong sáu tháng đầu năm" in printed.text
        assert printed.text.index("05-KL/ĐU") < printed.text.index("VIỆT NAM") < printed.text.index("KẾT LUẬN")
        assert [section.label for section in printed.sections if section.kind == "number"] == ["1"]
        assert printed.scans[0].confidence > 80

    def test_only_the_pages_that_are_pictures_are_read_from_them(self, tmp_path: Path) -> None:
        from pypdfium2 import PdfDocument

        text = [BODY[0].strip(), BODY[1]]
        with (
            PdfDocument(pdf_of([text, ["Trang này có ít chữ."], []])) as whole,
            PdfDocument(pdf_of_pictures([page_of(BODY), page_of([])])) as scanned,
        ):
            whole.import_pages(scanned)
            file = BytesIO()
            whole.save(file)
        steps: list[tuple[int, int]] = []
        tools = find_tools(watch=lambda done, total: steps.append((done, total)))
        pages = read(tmp_path, "mixed.pdf", file.getvalue(), tools)
        assert pages.pages[0] == tuple(text)
        assert pages.pages[1:3] == (("Trang này có ít chữ.",), ())
        assert any("kèm nhận xét bằng văn bản." in line for line in pages.pages[3])
        assert pages.pages[4] == ()  # a blank sheet between two written ones is empty, not unread
        assert [scan.page for scan in pages.scans] == [4]
        assert pages.unread == ()
        assert steps == [(1, 2), (2, 2)]

    def test_a_page_is_read_once(self, tmp_path: Path) -> None:
        kept = Kept()
        data = png(page_of(BODY))
        first = read(tmp_path, "one.png", data, find_tools(pages=kept))
        away = Tools(tesseract=tmp_path / "gone", version=find_tools().version, pages=kept)
        assert read(tmp_path, "two.png", data, away) == first

    @pytest.mark.parametrize("tilt", [0, 7, -9])
    def test_a_framed_stamp_is_a_line_of_its_own(self, tmp_path: Path, tilt: float) -> None:
        page = stamped(page_of((*HEAD, *BODY), size=34), "TỐI MẬT", at=(280, 30), tilt=tilt)
        pages = read(tmp_path, "stamped.png", png(page), find_tools())
        assert "TỐI MẬT" in pages.pages[0]


class TestWithoutTheProgram:
    def test_a_file_of_pictures_says_what_to_do(self, tmp_path: Path) -> None:
        needs("DejaVu")
        with pytest.raises(NoTextLayer, match="tesseract-ocr-vie"):
            read(tmp_path, "scan.pdf", pdf_of_pictures([page_of(BODY)]))
        with pytest.raises(NoTextLayer):
            read(tmp_path, "scan.png", png(page_of(BODY)))

    def test_a_page_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        needs("DejaVu")
        from pypdfium2 import PdfDocument

        with PdfDocument(pdf_of([BODY])) as whole, PdfDocument(pdf_of_pictures([page_of(BODY)])) as scanned:
            whole.import_pages(scanned)
            file = BytesIO()
            whole.save(file)
        pages = read(tmp_path, "mixed.pdf", file.getvalue())
        assert (pages.unread, pages.pages[1], pages.scans) == ((2,), (), ())

    def test_letters_that_are_no_vietnamese_are_not_taken_for_text(self, tmp_path: Path) -> None:
        garbage = [line.encode().decode("latin-1") for line in BODY]
        pages = read(tmp_path, "x.pdf", pdf_of([[BODY[0], BODY[1]], garbage]))
        assert (pages.unread, pages.pages[1]) == ((2,), ())


class TestLimits:
    def test_a_file_above_the_limit_is_refused_unread(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.pdf"
        with path.open("wb") as file:
            file.truncate(LARGEST_FILE + 2**20)
        with pytest.raises(TooLarge) as refused:
            read_pages(path, name="huge.pdf")
        assert refused.value.facts == {"path": "huge.pdf", "size": "101", "limit": "100"}

    def test_more_pages_than_the_limit_are_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "MOST_PAGES", 2)
        with pytest.raises(TooManyPages):
            read(tmp_path, "long.pdf", pdf_of([[BODY[0]]] * 3))

    def test_more_pictures_than_the_limit_are_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        needs("DejaVu")
        monkeypatch.setattr(pdf, "MOST_SCANS", 1)
        with pytest.raises(TooManyScans):
            read(tmp_path, "scans.pdf", pdf_of_pictures([page_of(BODY[:1])] * 2))

    def test_a_picture_of_too_many_points_is_refused(self, tmp_path: Path) -> None:
        from PIL import Image

        file = BytesIO()
        Image.new("1", (12_001, 10_001)).save(file, "PNG")
        with pytest.raises(DamagedFile, match="pixels"):
            read(tmp_path, "bomb.png", file.getvalue())

    def test_a_blank_picture_is_an_empty_file(self, tmp_path: Path) -> None:
        from PIL import Image

        with pytest.raises(EmptyFile):  # nothing is asked of the program: there is no ink
            read(tmp_path, "blank.png", png(Image.new("L", (600, 800), 250)), Tools(tesseract=tmp_path / "unused"))

    def test_few_pictures_are_in_memory_at_a_time(self, tmp_path: Path) -> None:
        from PIL import Image

        events: list[tuple[str, int]] = []

        def draw(number: int) -> Image.Image:
            events.append(("drawn", number))
            return Image.new("L", (60, 80), 255)

        tools = Tools(tesseract=tmp_path / "unused", watch=lambda done, _total: events.append(("done", done)))
        read_scans(((number, partial(draw, number)) for number in range(1, 41)), 40, tools)
        ahead = [
            number - sum(kind == "done" for kind, _ in events[:position])
            for position, (kind, number) in enumerate(events)
            if kind == "drawn"
        ]
        assert max(ahead) <= 6

    @pytest.mark.slow
    def test_two_thousand_pages_of_text_are_read(self, tmp_path: Path) -> None:
        pages = read(tmp_path, "long.pdf", pdf_of([[f"Trang {number}: {BODY[1]}"] for number in range(1, 2001)]))
        assert [page[0].split(":")[0] for page in pages.pages] == [f"Trang {number}" for number in range(1, 2001)]


def words_of(*lines: tuple[int, int, str], letter: int = 20) -> PageWords:
    """Words of ``letter`` pixels a sign, set at these places (left, top)."""
    words = []
    for count, (left, top, text) in enumerate(lines):
        for word in text.split():
            right = left + letter * len(word)
            box = {"left": left, "top": top, "right": right, "bottom": top + 36}
            words.append(Word(text=word, confidence=90, line=(1, 1, count), **box))
            left = right + 14
    return PageWords(words=tuple(words), width=1600, height=2200)


def test_a_table_row_is_one_line() -> None:
    page = words_of((100, 100, "Nội dung việc"), (700, 100, "Thời hạn"), (100, 160, "Họp tổ"), (700, 160, "Quý I"))
    assert [line for line in lines_of(page) if line] == ["Nội dung việc Thời hạn", "Họp tổ Quý I"]


def test_a_wide_step_down_ends_the_paragraph() -> None:
    page = words_of((100, 100, "Một câu."), (100, 150, "Hai câu."), (100, 200, "Ba câu."), (100, 290, "Đoạn mới."))
    assert lines_of(page) == ("Một câu.", "Hai câu.", "Ba câu.", "", "Đoạn mới.")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["a) x", "b) x", "e) x", "d) x"], ["a) x", "b) x", "c) x", "d) x"]),
        (["c) x", "đ) x", "đ) x", "e) x", "ø) x"], ["c) x", "d) x", "đ) x", "e) x", "g) x"]),
        (["c) x", "đ) x", "e) x"], ["c) x", "đ) x", "e) x"]),
        (["31.2.1. x", "31.22. x", "31.2.3. x"], ["31.2.1. x", "31.2.2. x", "31.2.3. x"]),
        (["8. x", "8.1. x", "§.2. x", "9, Điều x"], ["8. x", "8.1. x", "8.2. x", "9. Điều x"]),
        (["10.4.2. x", "10.4.3 Các x"], ["10.4.2. x", "10.4.3. Các x"]),
        (["31.2.1. x", "31.242. x"], ["31.2.1. x", "31.2.2. x"]),
        (["6. x", "6.1. x", "1. Điều x", "7.1. x"], ["6. x", "6.1. x", "7. Điều x", "7.1. x"]),
        (["6. x", "6.1. x", "1. x", "2. x"], ["6. x", "6.1. x", "1. x", "2. x"]),
        (["4) x", "b) x"], ["a) x", "b) x"]),
        (["11.1. x", "1 1.2. x"], ["11.1. x", "11.2. x"]),
        (["1.1. x", "2.500 đảng viên"], ["1.1. x", "2.500 đảng viên"]),
        (["2) x", "3) x", "b) x"], ["2) x", "3) x", "b) x"]),
        (["a) x", "b) x", "e) x", "g) x"], ["a) x", "b) x", "e) x", "g) x"]),
        (["a) x", "b) x", "e) x"], ["a) x", "b) x", "c) x"]),
        (["c) x", "đ) x"], ["c) x", "đ) x"]),
        (["6.1. x", "1. x", "2. x", "7.1. x"], ["6.1. x", "1. x", "2. x", "7.1. x"]),
    ],
)  # fmt: skip
def test_a_label_is_read_by_its_place_in_the_row(read: list[str], right: list[str]) -> None:
    assert with_right_labels([tuple(read)], frozenset({1})) == (tuple(right),)


def test_the_tree_has_the_right_label_and_the_text_the_one_that_was_read() -> None:
    lines = ("1. Nhiệm vụ của chi bộ", "a) Họp đúng kỳ;", "b) Ghi biên bản;", "e) Báo cáo cấp trên;", "d) Lưu hồ sơ.")
    pages = Pages(pages=(lines,), physical=True, wrapped=True, scans=(Scan(page=1, confidence=90),))
    printed = read_form(pages, file="a.pdf").printed
    assert printed.text == "\n".join(lines)
    points = [section for section in printed.sections if section.kind == "point"]
    assert [point.label for point in points] == ["a)", "b)", "c)", "d)"]
    assert printed.text[points[2].start : points[2].end].strip() == "e) Báo cáo cấp trên;"


def test_an_accent_read_as_a_word_is_read_once() -> None:
    page = words_of((100, 100, "Đảng ủ ủy"))
    over = page.words[1].model_copy(update={"left": page.words[2].left + 3, "right": page.words[2].left + 8})
    assert lines_of(page.model_copy(update={"words": (page.words[0], over, page.words[2])})) == ("Đảng ủy",)
    assert lines_of(page) == ("Đảng ủ ủy",)


def test_a_printed_label_stays() -> None:
    assert with_right_labels([("a) x", "b) x", "e) x")], frozenset()) == (("a) x", "b) x", "e) x"),)
