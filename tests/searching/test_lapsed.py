"""Directives that hold no longer, or not yet, answer only where they are meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.findings import Findings
from index.language.text import fold
from index.library import Library
from index.searching.catalog import Entry
from index.searching.names import Names
from index.types import Directive, DirectiveId
from tests.searching.fakes import FIRE, PAPERS, entry_of, make_library, read_paper

_OLDER = {
    "Số 25-CT/TU": "Số 12-CT/TU",
    "ba tháng một lần": "mười tháng một lần",
    "về tăng cường công tác phòng cháy, chữa cháy": "về phòng cháy và cứu hộ trong mùa khô hanh",
    "cơ sở karaoke": "lò gạch thủ công",
    "ngày 13 tháng 9 năm 2023": "ngày 02 tháng 4 năm 2015",
    "thay thế Chỉ thị số 12-CT/TU về phòng cháy năm 2015": "giao Công an thành phố theo dõi",
}
OLD_FIRE = FIRE
for _words, _older in _OLDER.items():
    OLD_FIRE = OLD_FIRE.replace(_words, _older)
EXTINGUISHER = "Chi bộ tổ dân phố kiểm tra bình chữa cháy của từng hộ gia đình bao lâu một lần?"
KILNS = "Công an phường lập danh sách lò gạch thủ công có nguy cơ cháy nổ"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("lapsed") / "library", {"12-CT.md": OLD_FIRE, **PAPERS})


@pytest.fixture(scope="module")
def old(library: Library) -> DirectiveId:
    return next(directive.id for directive in library.list() if directive.number == "12-CT/TU")


def quoted(found: Findings) -> list[str | None]:
    return [quote.directive.number for quote in found.quotes]


def shown(found: Findings) -> Iterator[DirectiveId]:
    yield from (quote.directive.id for quote in found.quotes)
    yield from (hit.directive.id for hit in found.hits)


@pytest.mark.parametrize("question", [EXTINGUISHER, fold(EXTINGUISHER), KILNS])
def test_what_lapsed_answers_no_ordinary_question(library: Library, old: DirectiveId, question: str) -> None:
    assert old in shown(library.search(question))
    assert old not in shown(library.search(question, lapsed=frozenset({old})))


@pytest.mark.parametrize(
    "question",
    [
        "12-CT/TU nói gì",
        "chỉ thị 12 mục 1",
        "Chỉ thị về phòng cháy và cứu hộ trong mùa khô hanh kiểm tra bình chữa cháy bao lâu một lần",
        f"Trước đây {EXTINGUISHER}",
        fold(f"Trước đây {EXTINGUISHER}"),
    ],
)
def test_what_lapsed_answers_where_it_is_named_or_the_past_is_asked(
    library: Library, old: DirectiveId, question: str
) -> None:
    assert quoted(library.search(question, lapsed=frozenset({old})))[:1] == ["12-CT/TU"]


def test_what_lapsed_answers_where_the_conversation_stands_in_it(library: Library, old: DirectiveId) -> None:
    lapsed = frozenset({old})
    focus = library.search("12-CT/TU mục 1", lapsed=lapsed).quotes[0]
    assert old in shown(library.search(KILNS, lapsed=lapsed, focus=focus))
    assert quoted(library.search("mục 2", lapsed=lapsed, within=lapsed, focus=focus)) == ["12-CT/TU"]


def test_scores_of_the_others_are_those_of_the_whole_library(library: Library, old: DirectiveId) -> None:
    """What is rare is counted with what lapsed: the best passage keeps its score, whoever is left out behind it."""
    question = "Bí thư tiếp công dân vào sáng thứ mấy?"
    whole, held = library.search(question), library.search(question, lapsed=frozenset({old}))
    assert [(quote.text, quote.score) for quote in whole.quotes[:1]] == [(q.text, q.score) for q in held.quotes[:1]]


def test_what_holds_only_later_stands_behind_what_holds(library: Library, old: DirectiveId) -> None:
    found = quoted(library.search(EXTINGUISHER, pending=frozenset({old})))
    assert found[0] == "25-CT/TU"
    assert found[-1] == "12-CT/TU"


def test_the_nearest_are_those_that_hold(library: Library, old: DirectiveId) -> None:
    found = library.search("13-CT/TU giá vàng", lapsed=frozenset({old}))
    assert not found.answered
    held = [directive.id != old for directive in found.nearest]
    assert held == sorted(held, reverse=True)


# -- a decision and what was issued with it ----------------------------------------------------------------------------

_DECISION = """\
ĐẢNG ỦY PHƯỜNG MẪU ĐẢNG CỘNG SẢN VIỆT NAM
* Hà Nội, ngày 15 tháng 5 năm 2025
Số 44-QĐ/ĐU
QUYẾT ĐỊNH
ban hành Quy chế thi đua
Điều 1. Ban hành kèm theo Quyết định này Quy chế thi đua của Đảng bộ phường.
Điều 2. Các chi bộ chịu trách nhiệm thi hành Quyết định này.
T/M ĐẢNG ỦY
BÍ THƯ
Trần Thị Ví Dụ
"""
_RULES = """\
ĐẢNG ỦY PHƯỜNG MẪU
Số 44-QĐ/ĐU
Hà Nội, ngày 15 tháng 5 năm 2025
QUY CHẾ
thi đua của Đảng bộ phường
Điều 1. Phạm vi
Quy chế này nêu việc thi đua của các chi bộ.
Điều 2. Nguyên tắc
Việc thi đua tự nguyện, công khai.
Điều 3. Mức thưởng
Chi bộ nhất được thưởng một lá cờ thêu chỉ vàng.
"""


def _pair() -> tuple[Entry, Entry]:
    decision = entry_of(_DECISION, file="44-quyet-dinh.md")
    rules = entry_of(_RULES, file="44-quy-che.md")
    directive = rules.reading.directive.model_copy(update={"attached_to": decision.reading.directive.id})
    return decision, rules._replace(reading=rules.reading.model_copy(update={"directive": directive}))


def test_a_decision_and_what_was_issued_with_it_know_each_other() -> None:
    decision, rules = (entry.reading.directive for entry in _pair())
    alone: Directive = read_paper(FIRE).directive
    names = Names([decision, rules, alone])
    assert names.issued_with(decision) == [rules]
    assert names.issued_with(rules) == [decision]
    assert names.issued_with(alone) == []


def test_a_place_is_looked_for_in_both(tmp_path: Path) -> None:
    from index.build import write_library
    from tests.fakes import WordHashes

    write_library(tmp_path / "library", list(_pair()), encoder=WordHashes())
    library = Library(tmp_path / "library", WordHashes())
    found = library.search("44-QĐ/ĐU điều 3")
    assert "cờ thêu chỉ vàng" in found.quotes[0].text
    decision = next(each for each in library.list() if each.attached_to is None)
    focus = library.search("44-QĐ/ĐU điều 2", within=frozenset({decision.id})).quotes[0]
    assert "cờ thêu chỉ vàng" in library.search("điều 3", focus=focus).quotes[0].text
