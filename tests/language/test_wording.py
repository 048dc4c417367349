from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.language import wording
from index.language.text import fold, key
from index.language.wording import formal_words, is_typed_with_marks, written_out

LEXICON = wording._LEXICON


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("đv dự bị dc biểu quyết ko", "đảng viên dự bị được biểu quyết không"),
        ("dv du bi dc bieu quyet ko", "dang vien du bi duoc bieu quyet khong"),
        ("cb công chức vào đảng", "cán bộ công chức vào đảng"),
        ("họp cb khu phố", "họp chi bộ khu phố"),
        ("kt-xh của phường", "kinh tế - xã hội của phường"),
        ("đ/c bí thư", "đồng chí bí thư"),
        ("điểm e mục 6.3.1", "điểm e mục 6.3.1"),
        ("chi bộ khu phố họp", "chi bộ khu phố họp"),
    ],
)
def test_short_forms_are_written_out(typed: str, full: str) -> None:
    assert written_out(typed).text == full


def test_a_short_form_stays_known_beside_its_long_one() -> None:
    written = written_out("kế hoạch về PCCC")
    assert [(written.text[run.start : run.end], run.phrases) for run in written.shorts] == [
        ("phòng cháy, chữa cháy", ("pccc",))
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("đảng viên dự bị", True),
        ("dang vien du bi", False),
        ("đv dang sinh hoat tam thoi", False),
        ("theo quy trinh nao, thưa đồng chí", True),
        ("", False),
    ],
)
def test_accents_count_where_enough_syllables_carry_them(text: str, marked: bool) -> None:
    assert is_typed_with_marks(text) is marked


def test_everyday_words_are_met_by_formal_ones_with_and_without_accents() -> None:
    asked = "bị đuổi ra khỏi đảng thì sao"
    assert "khai trừ" in formal_words(asked)[0].phrases
    assert "khai tru" in formal_words(fold(asked))[0].phrases


def test_the_longer_everyday_phrase_wins_where_two_overlap() -> None:
    runs = formal_words("tôi muốn vào đảng")
    assert all(one.end <= other.start for one, other in pairwise(runs))


@given(st.text())
def test_any_text_can_be_written_out_and_its_runs_lie_inside(text: str) -> None:
    written = written_out(text)
    for run in (*written.shorts, *formal_words(written.text)):
        assert 0 <= run.start < run.end <= len(written.text)


def test_the_tables_hold_keys_in_search_form_and_no_empty_row() -> None:
    table = yaml.safe_load((LEXICON / "abbreviations.yaml").read_text(encoding="utf-8"))
    assert [short for short in table["plain"] if short != key(short)] == []
    rows = yaml.safe_load((LEXICON / "everyday.yaml").read_text(encoding="utf-8"))
    assert [row for row in rows if not (row["said"] and row["formal"])] == []
