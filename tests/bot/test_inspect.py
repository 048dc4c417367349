"""``inspect``: what was understood of one file, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.__main__ import run_command
from bot.corpus.inspecting import Inspection, listed, marked
from index import Directive, DirectiveId, Printed, Reading, Scan, Section, SectionKind
from tests.corpus.fakes import TWO_IN_ONE, paper
from tests.corpus.shelves import PAGES
from tests.reading.pdf_fixture import pdf_of

TABLE = """ĐẢNG ỦY PHƯỜNG BÌNH AN

Số 71-TB/ĐU

Bình An, ngày 05 tháng 02 năm 2026

THÔNG BÁO

phân công việc

1. Các việc:

STT | Việc | Thời hạn
1 | Quét dọn vỉa hè | 10/3/2026
2 | Kiểm tra cống | 20/3/2026

2. Thay thế Thông báo số 70-TB/ĐU, ngày 05/01/2026 của Đảng ủy phường Bình An.

Nơi nhận:
"""


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    (folder / "thang-2").mkdir(parents=True)
    (folder / "thang-2" / "ke-hoach.pdf").write_bytes(pdf_of(PAGES))
    return folder


def inspect(*arguments: str | Path) -> int:
    return run_command(["inspect", *map(str, arguments), "--corpus", "corpus"])


def facts(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def test_a_file_of_the_corpus_goes_by_its_name_there(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for way in (corpus / "thang-2" / "ke-hoach.pdf", "thang-2/ke-hoach.pdf"):
        assert inspect(way, "--json") == 0
        assert facts(capsys)["file"] == "thang-2/ke-hoach.pdf"


def test_a_file_from_elsewhere_is_read_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ngoai.txt").write_bytes(paper())
    assert inspect(tmp_path / "ngoai.txt", "--json") == 0
    read = facts(capsys)
    assert (read["file"], read["directives"][0]["fields"]["number"]) == ("ngoai.txt", "31-CT/ĐU")


def test_fields_and_sections_are_told_with_their_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect("thang-2/ke-hoach.pdf") == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"{texts.INSPECT_FIELDS['number']}: 12-KH/ĐU [trang 1]" in lines
    assert any(line.startswith("  2 Khu phố báo cáo kết quả") and line.endswith("[trang 2]") for line in lines)


def test_tables_and_relations_are_told_with_their_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bang.txt").write_text(TABLE, encoding="utf-8")
    assert inspect(tmp_path / "bang.txt") == 0
    said = capsys.readouterr().out
    assert texts.INSPECT_TABLES.format(number=1) in said
    assert "Quét dọn vỉa hè" in said[said.index(texts.INSPECT_TABLES.format(number=1)) :]
    assert "- thay thế Thông báo số 70-TB/ĐU" in said
    assert inspect(tmp_path / "bang.txt", "--json") == 0
    relation = facts(capsys)["directives"][0]["relations"][0]
    assert (relation["kind"], relation["reference"]["number"]) == ("replaces", "70-TB/ĐU")
    assert "70-TB/ĐU" in relation["clause"]


def test_a_paper_that_was_issued_with_another_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hai.txt").write_bytes(TWO_IN_ONE)
    assert inspect(tmp_path / "hai.txt") == 0
    assert f"{texts.INSPECT_FIELDS['attached_to']}: Quyết định 61-QĐ/ĐU" in capsys.readouterr().out


def test_a_file_that_is_refused_is_told_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(paper(mark="TUYỆT MẬT"))
    assert inspect(tmp_path / "a.txt", "--json") == 1
    said = capsys.readouterr()
    assert (said.out, "TUYỆT MẬT" in said.err) == ("", True)
    assert "31-CT/ĐU" not in said.err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect("khong-co.pdf") == 1
    assert "khong-co.pdf" in capsys.readouterr().err


# ------------------------------------------------------------------------------------------------------ what is shown
def reading(printed: Printed) -> Reading:
    fields = {"number": None, "type": None, "type_name": None, "issuer": None, "place": None, "date": None}
    return Reading(directive=Directive(id=DirectiveId("a"), file="a.pdf", title="A", **fields), printed=printed)


def test_doubted_words_are_marked_as_often_as_they_were_doubted_and_in_order() -> None:
    runs = marked("chi bộ họp, chi bộ bàn", ["chi", "bàn"])
    assert [(run.text, run.weak) for run in runs] == [
        ("chi", True),
        (" bộ họp, chi bộ ", False),
        ("bàn", True),
    ]
    assert "".join(run.text for run in marked("abc", ["không có", ""])) == "abc"


def test_a_word_inside_another_is_not_the_doubted_one() -> None:
    assert [run.weak for run in marked("không ông", ["ông"])] == [False, True]


def test_scans_and_unread_pages_are_told_as_trouble_and_on_their_page() -> None:
    printed = Printed(
        text="một\nhai\n",
        page_starts=(0, 4, 8),
        scans=(Scan(page=1, confidence=93.6), Scan(page=2, confidence=41.2, weak_words=("hai",))),
        unread=(3,),
    )
    read = Inspection(reading(printed))
    assert read.troubles() == (texts.INSPECT_UNREAD.format(pages="3"), texts.INSPECT_WEAK.format(pages="2"))
    states = [sheet.state for number in (1, 2, 3) if (sheet := read.sheet(number))]
    assert states == [
        texts.INSPECT_SCANNED_PAGE.format(confidence=94),
        texts.INSPECT_WEAK_PAGE.format(confidence=41),
        texts.INSPECT_UNREAD_PAGE,
    ]


def test_a_long_text_without_pages_is_shown_in_pieces_that_lose_nothing() -> None:
    text = "\n".join(f"Câu số {number} của một văn bản dài." for number in range(1000))
    sections = (Section(kind=SectionKind.NUMBER, label="1", heading="Cuối", start=len(text) - 10, end=len(text)),)
    read = Inspection(reading(Printed(text=text, sections=sections)))
    sheets = [sheet for number in range(1, len(read.starts) + 1) if (sheet := read.sheet(number))]
    assert len(sheets) > 3
    assert "".join(run.text for sheet in sheets for run in sheet.runs) == text
    assert [len(sheet.tree) for sheet in sheets] == [0] * (len(sheets) - 1) + [1]
    assert read.sheet(len(sheets) + 1) is None


def test_pages_are_listed_in_runs() -> None:
    assert listed([9, 3, 4, 5, 1, 3]) == "1, 3–5, 9"


def test_a_cell_is_shown_without_the_head_that_stands_above_it() -> None:
    text = "STT | Việc\nSTT: 1 | Việc: Quét dọn: vỉa hè\nSTT: 2 | Kiểm tra cống\n"
    (table,) = Inspection(reading(Printed(text=text))).tables()
    assert table.rows == (("STT", "Việc"), ("1", "Quét dọn: vỉa hè"), ("2", "Kiểm tra cống"))
