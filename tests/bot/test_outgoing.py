"""What papers do to others, and what was issued with a decision: asked by number, by type, by part of a title."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import texts
from bot.answering.answer import Answer
from bot.answering.conversation import Conversation
from bot.answering.dialogue import respond
from bot.answering.outgoing import asked_outgoing
from bot.answering.phrases import form_of
from bot.messages import plain_text
from index import DirectiveId, Library, Validity, build_library, fold, load_encoder

_WARD = "ĐẢNG ỦY PHƯỜNG BÌNH AN"
_PAPERS = {
    "08.txt": ("08-QĐ/ĐU", "20", "9", "2024", "QUY ĐỊNH", "về giữ gìn hòm thư", "Điều 1. Hòm thư\nHòm thư sơn xanh."),
    "24.txt": (
        *("24-QĐ/ĐU", "20", "10", "2025", "QUY ĐỊNH", "về hòm thư góp ý"),
        "Điều 1. Hòm thư\nHòm thư sơn đỏ, mở mỗi tuần.\nĐiều 2. Hiệu lực\n"
        "Quy định này có hiệu lực từ ngày 01/11/2025 và thay thế Quy định số 08-QĐ/ĐU, ngày 20/9/2024 của Đảng ủy "
        "phường; thay thế Quy định số 03-QĐ/ĐU, ngày 02/3/2023 của Đảng ủy phường.",
    ),
    "26.txt": (
        *("26-QĐ/ĐU", "05", "12", "2025", "QUY ĐỊNH", "sửa đổi, bổ sung một số điều của Quy định số 24-QĐ/ĐU"),
        'Điều 1. Nội dung\n1. Sửa đổi Điều 1 của Quy định số 24-QĐ/ĐU như sau: "Điều 1. Hòm thư sơn vàng."\n'
        "Điều 2. Thi hành\nVăn phòng theo dõi.",
    ),
    "33.txt": (
        *("33-QĐ/ĐU", "12", "01", "2026", "QUYẾT ĐỊNH", "ban hành Quy chế làm việc của Văn phòng Đảng ủy phường"),
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Văn phòng.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
        "Nơi nhận:\n- Như trên,\nT/M ĐẢNG ỦY\nBÍ THƯ\n(đã ký)\nTrần Thị Ví Dụ\n"
        "QUY CHẾ\nlàm việc của Văn phòng Đảng ủy phường\n"
        "(Ban hành kèm theo Quyết định số 33-QĐ/ĐU, ngày 12/01/2026 của Đảng ủy phường)\n-----\n"
        "Điều 1. Phạm vi\nQuy chế này áp dụng với cán bộ văn phòng.\n"
        "Điều 2. Giờ làm việc\nVăn phòng mở cửa lúc 7 giờ 30 phút.",
    ),
    "40.txt": (
        *("40-QC/ĐU", "12", "02", "2026", "QUY CHẾ", "tiếp nhận phản ánh của Nhân dân"),
        "Điều 1. Tiếp nhận\nPhản ánh được ghi sổ.\nĐiều 2. Trả lời\nPhản ánh được trả lời trong 10 ngày.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("outgoing")
    _write(folder / "corpus")
    build_library(folder / "corpus", folder / "library", encoder=load_encoder())
    return Library.open(folder / "library")


def _write(folder: Path) -> None:
    folder.mkdir()
    for file, (number, day, month, year, kind, title, body) in _PAPERS.items():
        head = (_WARD, "*", f"Số {number}", f"Bình An, ngày {day} tháng {month} năm {year}", kind, title, "-----")
        signed = () if "T/M" in body else ("Nơi nhận:", "- Như trên,", "T/M ĐẢNG ỦY", "BÍ THƯ", "(đã ký)", "Lê Văn Mẫu")
        (folder / file).write_text("\n".join((*head, *body.splitlines(), *signed)) + "\n", encoding="utf-8")


def asked(library: Library, *turns: str, hidden: str = "", rejected: str = "") -> Answer:
    visible = frozenset(each.id for each in library.list() if each.file != hidden) if hidden else None
    conversation, validity = Conversation(), judged(library, rejected=rejected)
    for turn in turns:
        answer, conversation = respond(library, conversation, turn, validity=validity, visible=visible)
    return answer


def judged(library: Library, *, rejected: str = "") -> Validity:
    whole = Validity(library.list(), library.relations(), today=date(2026, 6, 1))
    edges = (edge for each in library.list() for edge in whole.edges_from(each.id))
    decisions = {edge.key: False for edge in edges if rejected and rejected in edge.target}
    return Validity(library.list(), library.relations(), today=date(2026, 6, 1), decisions=decisions)


def said(answer: Answer) -> str:
    return plain_text(answer.reply)


def quoted(answer: Answer) -> list[DirectiveId]:
    return [quote.directive.id for quote in answer.quotes]


# -- what a paper does to others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["Quy định 24 thay thế văn bản nào?", "24-QĐ/ĐU thay thế những gì", "qd 24 thay the quy dinh nao"]
)
def test_what_a_paper_replaces_is_said_with_the_clause(library, question):
    answer = asked(library, question)
    assert "Quy định 24-QĐ/ĐU ngày 20/10/2025 thay thế Quy định 08-QĐ/ĐU ngày 20/9/2024 (từ ngày 01/11/2025)" in said(
        answer
    )
    assert {quote.directive.number for quote in answer.quotes} == {"24-QĐ/ĐU"}
    assert "thay thế Quy định số 08-QĐ/ĐU" in answer.quotes[0].text


def test_what_is_not_here_is_named_as_not_being_here(library):
    assert f"Quy định số 03-QĐ/ĐU, ngày 02/3/2023 của Đảng ủy phường {texts.RELATION_MISSING}" in said(
        asked(library, "Quy định 24 thay thế văn bản nào?")
    )


def test_a_hidden_target_looks_as_one_that_is_not_here(library):
    answer = asked(library, "Quy định 24 thay thế văn bản nào?", hidden="08.txt")
    assert f"Quy định số 08-QĐ/ĐU, ngày 20/9/2024 của Đảng ủy phường {texts.RELATION_MISSING}" in said(answer)


def test_what_an_administrator_turned_down_is_not_told(library):
    answer = asked(library, "Quy định 24 thay thế văn bản nào?", rejected="08-qd")
    sentence = said(answer).split("“")[0]
    assert ("03-QĐ/ĐU" in sentence, "08-QĐ/ĐU" in sentence) == (True, False)


def test_the_parts_that_are_amended_are_said(library):
    answer = asked(library, "26-QĐ/ĐU sửa đổi những gì?")
    assert "sửa đổi, bổ sung Điều 1 của Quy định 24-QĐ/ĐU ngày 20/10/2025" in said(answer)
    assert "Hòm thư sơn vàng" in said(answer)


def test_the_paper_that_the_conversation_stands_at_is_asked(library):
    assert "thay thế Quy định 08-QĐ/ĐU" in said(asked(library, "24-QĐ/ĐU ai ký?", "nó thay thế văn bản nào?"))


def test_nothing_said_is_told_as_that(library):
    answer = asked(library, "Quy định 08 thay thế văn bản nào?")
    assert "tôi không thấy câu nào nói văn bản này thay thế văn bản khác" in said(answer)
    assert not answer.quotes


@pytest.mark.parametrize(
    "question",
    [
        "bị thay thế bởi văn bản nào",
        "được sửa đổi những gì",
        "thực hiện những gì",
        "sửa đổi điều 3 thế nào",
        "bổ sung đảng viên",
    ],
)
def test_other_questions_are_none_of_what_it_does(question):
    assert asked_outgoing(form_of(question)) is None


def test_an_end_that_is_to_come_is_told_and_none_is_denied(library):
    validity = Validity(library.list(), library.relations(), today=date(2025, 10, 25))
    answer, _ = respond(library, Conversation(), "08-QĐ/ĐU còn hiệu lực không?", validity=validity)
    coming = "Từ ngày 01/11/2025 sẽ được thay thế bởi Quy định 24-QĐ/ĐU ngày 20/10/2025."
    assert said(answer).startswith(f"Quy định 08-QĐ/ĐU ngày 20/9/2024 còn hiệu lực. {coming}\n")
    assert {quote.directive.number for quote in answer.quotes} == {"08-QĐ/ĐU", "24-QĐ/ĐU"}


# -- what was issued with a decision -----------------------------------------------------------------------------------

ATTACHED = "Quy chế kèm theo Quyết định 33-QĐ/ĐU ngày 12/01/2026"


@pytest.mark.parametrize(
    "question",
    [
        "quy chế kèm theo quyết định 33-QĐ/ĐU điều 2",
        "điều 2 quy chế 33-QĐ/ĐU",
        "quy chế 33 điều 2",
        "điều 2 quy chế làm việc của văn phòng đảng ủy",
        "điều 2 quy chế của văn phòng",
    ],
)
def test_the_paper_that_is_called_by_its_type_is_quoted_first(library, question):
    for spelled in (question, fold(question)):
        answer = asked(library, spelled)
        assert answer.quotes[0].text.startswith("Điều 2. Giờ làm việc"), spelled
        assert "7 giờ 30 phút" in said(answer)
        assert f"— {ATTACHED} của" in said(answer)


def test_a_number_alone_means_both(library):
    assert len(set(quoted(asked(library, "33-QĐ/ĐU điều 2")))) == 2


def test_what_the_decision_issues_is_asked_of_the_decision(library):
    first = asked(library, "quyết định 33-QĐ/ĐU ban hành quy chế gì?").quotes[0]
    assert first.directive.attached_to is None


@pytest.mark.parametrize(
    "question", ["33-QĐ/ĐU ai ký?", "quy chế 33-QĐ/ĐU ai ký?", "ai ký quy chế làm việc của văn phòng đảng ủy?"]
)
def test_who_signed_is_answered_from_the_decision_and_not_asked_back(library, question):
    answer = asked(library, question)
    assert "Trần Thị Ví Dụ ký." in said(answer)
    assert texts.FIELD_FROM_SIDECAR not in said(answer)
    assert [quote.directive.attached_to for quote in answer.quotes] == [None]


def test_it_holds_by_the_clause_of_its_decision(library):
    answer = asked(library, "quy chế kèm theo quyết định 33 còn hiệu lực không?")
    assert f"{ATTACHED} còn hiệu lực" in said(answer)
    assert "Quyết định này có hiệu lực kể từ ngày ký" in said(answer)


# -- what holds no longer, where nothing else answers ------------------------------------------------------------------


def test_what_only_a_lapsed_paper_says_is_not_quoted_but_named_first(library):
    answer = asked(library, "sơn xanh")
    assert not answer.answered
    assert said(answer).splitlines()[3] == "• Quy định 08-QĐ/ĐU: về giữ gìn hòm thư (hết hiệu lực)"
