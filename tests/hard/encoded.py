"""Vietnamese from before Unicode, and the two ways of writing it since."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from tests.hard.paper import ISSUER, docx_of, font, paper, paragraph, run, text_of
from tests.hard.traps import Converted, Shelf, Traps, has_fields, stands_at
from tests.language.legacy_encodings import cp1258, tcvn3, viqr, vni

TRAPS: Final = Traps()


def lines_of(number: str, thing: str) -> list[str]:
    return paper(
        number,
        "05/3/2026",
        "KẾ HOẠCH",
        f"về việc gìn giữ {thing}",
        "1. Người đứng đầu chi bộ chịu trách nhiệm trước Đảng ủy phường về những việc đã được giao.",
        f"2. Các trường hợp lấn chiếm {thing} được xử lý nghiêm, không nể nang, đùn đẩy, né tránh.",
        "a) Ủy ban Mặt trận Tổ quốc phường vận động Nhân dân cùng tham gia giữ gìn.",
    )


def is_whole(shelf: Shelf, file: str, number: str, thing: str) -> None:
    reading = shelf.one(file)
    has_fields(
        reading,
        number=number,
        type="KH",
        issuer=ISSUER,
        date="2026-03-05",
        title=f"về việc gìn giữ {thing}",
        signer="Lê Văn Sậy",
    )
    stands_at(reading, "Người đứng đầu chi bộ chịu trách nhiệm trước Đảng ủy phường", "1")
    stands_at(reading, f"Các trường hợp lấn chiếm {thing} được xử lý nghiêm", "2")
    stands_at(reading, "Ủy ban Mặt trận Tổ quốc phường vận động Nhân dân", "2", "a)")


def in_tcvn3(lines: Sequence[str]) -> bytes:
    """Capitals by the H font, as typists did: small letters that the font draws large."""
    return docx_of(
        "".join(
            paragraph(run(tcvn3(line.lower()), font(".VnTimeH")))
            if line.isupper() and "/" not in line
            else paragraph(*_pieces(line))
            for line in lines
        )
    )


def _pieces(line: str) -> list[str]:
    """A capital that TCVN3 lacks stands in the H font, alone."""
    runs, plain = [], ""
    for sign in line:
        if sign.isupper() and ord(sign) > 127 and sign not in "ĂÂÊÔƠƯĐ":
            runs += [run(tcvn3(plain), font(".VnTime")), run(tcvn3(sign.lower()), font(".VnTimeH"))]
            plain = ""
        else:
            plain += sign
    return [*runs, run(tcvn3(plain), font(".VnTime"))]


def in_vni(lines: Sequence[str]) -> bytes:
    return docx_of("".join(paragraph(run(vni(line), font("VNI-Times"))) for line in lines))


def in_both(lines: Sequence[str]) -> bytes:
    """Every second paragraph was typed later, in Unicode; some paragraphs are half of each."""
    made = []
    for place, line in enumerate(lines):
        half = line.rfind(" ", 0, len(line) // 2) + 1
        old = run(tcvn3(line[:half]), font(".VnTime"))
        mixed = half and not line.isupper() and all(ord(sign) < 128 or sign.islower() for sign in line[:half])
        made.append(paragraph(old, run(line[half:], font("Arial"))) if mixed and place % 2 else paragraph(run(line)))
    return docx_of("".join(made))


_DOCX: dict[str, tuple[str, str, str, Callable[[Sequence[str]], bytes]]] = {
    "TCVN3 in Word with capitals of the H font": ("tcvn3.docx", "51-KH/ĐU", "bờ đê", in_tcvn3),
    "VNI in Word": ("vni.docx", "52-KH/ĐU", "hàng cây", in_vni),
    "TCVN3 and Unicode side by side": ("mixed-fonts.docx", "53-KH/ĐU", "đường ống", in_both),
    "letters and their marks apart": (
        *("decomposed.docx", "54-KH/ĐU", "sân đình"),
        lambda lines: docx_of([unicodedata.normalize("NFD", line) for line in lines]),
    ),
    "plain text in UTF-16": (
        *("utf-16.txt", "55-KH/ĐU", "khu mộ cổ"),
        lambda lines: "\r\n\r\n".join(lines).encode("utf-16"),
    ),
    "plain text in CP1258": (
        *("cp1258.txt", "56-KH/ĐU", "nguồn nước"),
        lambda lines: cp1258("\r\n\r\n".join(lines)),
    ),
    "VNI in plain text": (
        *("vni.txt", "57-KH/ĐU", "hồ điều hòa"),
        lambda lines: vni("\n\n".join(lines)).encode("latin-1"),
    ),
    "VIQR in plain text": (
        *("viqr.txt", "58-KH/ĐU", "thảm cỏ"),
        lambda lines: viqr("\n\n".join(lines)).encode("ascii"),
    ),
}


def _set_text(trap: str, file: str, number: str, thing: str, encode: Callable[[Sequence[str]], bytes]) -> None:
    @TRAPS.set(trap, {file: lambda: encode(lines_of(number, thing))})
    def check(shelf: Shelf) -> None:
        is_whole(shelf, file, number, thing)


for _trap, _text in _DOCX.items():
    _set_text(_trap, *_text)


@TRAPS.set(
    "TCVN3 in plain text",
    {"tcvn3.txt": lambda: tcvn3("\n\n".join(lines_of("59-KH/ĐU", "vỉa hè"))).encode("latin-1")},
)
def _(shelf: Shelf) -> None:
    """Capitals with a tone are lost with the font; number, date, words and their places are not."""
    reading = shelf.one("tcvn3.txt")
    has_fields(reading, number="59-KH/ĐU", type="KH", date="2026-03-05")
    stands_at(reading, "Người đứng đầu chi bộ chịu trách nhiệm trước Đảng ủy phường", "1")
    stands_at(reading, "Các trường hợp lấn chiếm vỉa hè được xử lý nghiêm, không nể nang, đùn đẩy", "2")


@TRAPS.set(
    "TCVN3 in Word 97",
    {"word-97.doc": lambda: Converted(in_tcvn3(lines_of("60-KH/ĐU", "bến thuyền")))},
    needs=("LibreOffice",),
)
def _(shelf: Shelf) -> None:
    """The ư of TCVN3 is the soft hyphen of Word."""
    is_whole(shelf, "word-97.doc", "60-KH/ĐU", "bến thuyền")
    assert "\xad" not in shelf.one("word-97.doc").printed.text


def rich_text(lines: Sequence[str]) -> bytes:
    def escaped(line: str) -> str:
        return "".join(sign if ord(sign) < 128 else rf"\u{ord(sign)}?" for sign in line)

    fonts = r"{\fonttbl{\f0\froman Times New Roman;}}"
    body = "".join(rf"\pard {escaped(line)}\par " for line in lines)
    body = "".join(rf"\pard {escaped(line)}\par " for line in lines)
    return (r"{\rtf1\ansi\ansicpg1258\deff0" + fonts + body + "}").encode()


@TRAPS.set("rich text", {"rich-text.rtf": lambda: rich_text(lines_of("61-KH/ĐU", "mái chùa"))}, needs=("LibreOffice",))
def _(shelf: Shelf) -> None:
    is_whole(shelf, "rich-text.rtf", "61-KH/ĐU", "mái chùa")


@TRAPS.set("a new document under an old suffix", {"really-new.doc": lambda: docx_of(lines_of("62-KH/ĐU", "cổng làng"))})
def _(shelf: Shelf) -> None:
    is_whole(shelf, "really-new.doc", "62-KH/ĐU", "cổng làng")


def from_windows() -> bytes:
    return b"\xef\xbb\xbf" + text_of(lines_of("63-KH/ĐU", "rặng tre")).replace(b"\n", b"\r\n")


@TRAPS.set("text with carriage returns and a byte order mark", {"windows.txt": from_windows})
def _(shelf: Shelf) -> None:
    is_whole(shelf, "windows.txt", "63-KH/ĐU", "rặng tre")
