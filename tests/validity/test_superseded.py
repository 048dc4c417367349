"""Words that changed another paper are marked once that paper is over, or was changed there again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot import texts
from bot.answering.standings import Standings
from bot.state import overrides
from bot.validity.register import Register
from index import Span
from tests.administration.office import ADMINISTRATOR
from tests.validity.conftest import built
from tests.validity.papers import AMENDED, AMENDING, PHUONG, Paper, write_papers

AGAIN = Paper(
    "33-QĐ/ĐU",
    "2024-08-20",
    PHUONG,
    "sửa đổi Điều 2 Quy định số 19-QĐ/ĐU, ngày 01/6/2020",
    "Điều 1. Sửa đổi Điều 2 Quy định số 19-QĐ/ĐU, ngày 01/6/2020 như sau:\n"
    "“Điều 2. Đảng viên vắng mặt phải báo cáo trước năm ngày.”\n"
    "Điều 2. Quy định này có hiệu lực kể từ ngày ký.",
)
INSTEAD = Paper(
    "36-QĐ/ĐU",
    "2025-01-10",
    PHUONG,
    "về nền nếp sinh hoạt chi bộ",
    "Điều 1. Chi bộ sinh hoạt vào ngày 05 hằng tháng.\n"
    "Điều 2. Quy định này thay thế Quy định số 19-QĐ/ĐU, ngày 01/6/2020.",
)


def warnings(tmp_path, *papers: Paper, words: str) -> list[str]:
    """Above these words of each paper that holds them."""
    write_papers(tmp_path / "corpus", papers)
    library = built(tmp_path)
    validity = Register(library, None, zone=ZoneInfo("Asia/Ho_Chi_Minh"), at_once=True).now()
    standings, found = Standings(library, validity), []
    for directive in sorted(library.list(), key=lambda each: each.number or ""):
        printed = library.printed(directive.id)
        start = printed.text.find(words) if printed else -1
        if start >= 0:
            found.append(standings.warning_at(directive.id, Span(start=start, end=start + len(words))))
    return found


def test_the_earlier_of_two_amendments_of_one_article_is_marked(tmp_path):
    earlier, later = warnings(tmp_path, AMENDED, AMENDING, AGAIN, words="Đảng viên vắng mặt phải báo cáo trước")[1:]
    assert earlier.startswith(texts.QUOTE_SUPERSEDED.split("{")[0])
    assert "33-QĐ/ĐU" in earlier
    assert later == ""


def test_an_amending_paper_is_marked_with_what_replaced_the_amended_one(tmp_path):
    (said,) = warnings(tmp_path, AMENDED, AMENDING, INSTEAD, words="báo cáo trước ba ngày")
    assert said.startswith(texts.QUOTE_BASE_ENDED["replaced"].split("{")[0])
    assert "36-QĐ/ĐU" in said


def test_the_edges_of_a_withdrawn_paper_are_still_listed_for_administrators(office, library):
    newest = library.find("09-CT/TU")[0]
    with office.database.transaction() as db:
        overrides.save(db, newest.id, file=newest.file, audience=None, withdrawn=True, now=office.now)
    assert "24-CT/TU" in office.send(ADMINISTRATOR, "/dexuat 09-CT/TU")
