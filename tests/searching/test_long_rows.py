"""A row that is longer than a quote is cut between words."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Library, build_library, load_encoder

WORDS = " ".join(f"từ{place}thôi" for place in range(150))
PLAN = f"""ĐẢNG ỦY PHƯỜNG BẾN THỦY

Số 15-KH/ĐU

Bến Thủy, ngày 03 tháng 9 năm 2026

KẾ HOẠCH

về chỉnh trang chợ Vườn Dừa

-----

Phân công như sau:

| STT | Nội dung | Đơn vị chủ trì | Thời hạn |
|---|---|---|---|
| 1 | {WORDS} | Công an phường | 20/9/2026 |
| 2 | Lắp thùng rác | {WORDS} | 25/9/2026 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("rows")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "kh-15.md").write_text(PLAN, encoding="utf-8")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder("built-in"))
    return Library.open(folder / "library")


@pytest.mark.parametrize("question", ["Đơn vị nào chủ trì nội dung 1?", "Đơn vị nào chủ trì nội dung 2?"])
def test_no_word_of_a_long_row_is_cut(library: Library, question: str) -> None:
    quote = library.search(question).quotes[0]
    printed = library.printed(quote.directive.id)
    assert printed is not None
    whole = set(printed.text.split())
    assert quote.text.startswith("Đơn vị chủ trì:")
    assert quote.lead is not None
    assert set(quote.text.split()) | set(quote.lead.split()) <= whole
