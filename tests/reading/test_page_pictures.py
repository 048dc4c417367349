"""Pages as pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from index import LibraryError, page_picture
from tests.reading.pdf_fixture import pdf_of

RED = b"1 0 0 rg 0 0 300 200 re f"


def red_below(width: int, height: int) -> bytes:
    """Two pages: the first is empty, the lower half of the second red."""
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 5 0 R>>" % (width, height)] * 2
    pages[0] = pages[0].replace(b"/Contents 5 0 R", b"")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        *pages,
        b"<</Length %d>>stream\n%s\nendstream" % (len(RED), RED),
    ]
    body, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return body + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(body))
    )


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    return Image.open(BytesIO(data)).convert("RGB")


def test_the_page_that_was_asked_for_is_drawn_as_wide_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(red_below(300, 400))
    first, second = (opened(page_picture(path, page, width=600)) for page in (1, 2))
    assert first.size == second.size == (600, 800)
    assert (first.getpixel((300, 700)), second.getpixel((300, 100))) == ((255, 255, 255), (255, 255, 255))
    assert second.getpixel((300, 700)) == (255, 0, 0)
    assert page_picture(path, 0, width=600) is None
    assert page_picture(path, 3, width=600) is None


def test_a_page_without_end_is_drawn_small(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(red_below(10, 14000))
    drawn = opened(page_picture(path, 1, width=500))
    assert drawn.height <= 2001
    assert drawn.width <= 500


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_photo_is_its_only_page_and_stands_upright(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    photo = Image.new("RGB", (800, 400), "white")
    photo.paste((255, 0, 0), (0, 0, 400, 400))
    turned = photo.getexif()
    turned[0x0112] = 6  # taken with the camera on its side: to be turned clockwise
    photo.save(path, exif=turned)
    drawn = opened(page_picture(path, 1, width=200))
    assert drawn.size == (200, 400)
    above, below = drawn.getpixel((100, 100)), drawn.getpixel((100, 300))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert (above[0] > 240, above[1] < 40, below[1] > 240) == (True, True, True)
    assert page_picture(path, 2, width=200) is None


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"no pdf", "damaged"),
        ("a.pdf", pdf_of([["x"]], locked=True), "password"),
        ("a.png", b"no picture", "damaged"),
        ("a.docx", b"", "unknown_suffix"),
    ],
)
def test_what_cannot_be_drawn_is_a_library_error(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LibraryError) as caught:
        page_picture(tmp_path / name, 1, width=100)
    assert caught.value.code == code
