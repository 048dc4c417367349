from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.searching.rewording import reword
from index.searching.rows import SeenRows
from index.searching.vocabulary import FOLDER, Vocabulary, open_vocabulary, write_vocabulary
from index.searching.words import WordRow

ROWS = [
    WordRow("Chi bộ xã Vũ Đường lập danh sách hộ trồng khoai môn.", "I- VIỆC", ""),
    WordRow("Tổ vệ sinh môi trường (VSMT) họp ở nhà văn hóa.", "II- VIỆC", ""),
    WordRow("Chi bộ họp mỗi tháng.", "", ""),
]


def _vocabulary(folder: Path, rows: list[WordRow]) -> Vocabulary:
    folder.mkdir(exist_ok=True)
    write_vocabulary(folder, rows)
    return open_vocabulary(folder)


@pytest.fixture
def whole(tmp_path: Path) -> Vocabulary:
    return _vocabulary(tmp_path / "whole", ROWS)


def test_rows_are_counted_not_repetitions(tmp_path: Path) -> None:
    assert _vocabulary(tmp_path / "one", [WordRow("họp họp họp", "", "")]).rows(["họp"]) == [1]


def test_what_may_not_be_seen_does_not_count(whole: Vocabulary, tmp_path: Path) -> None:
    for left in ([0, 1], [1, 2], [0, 2], [1], []):
        seen = whole.among(SeenRows(np.array(left, dtype=np.int64), len(ROWS)))
        alone = _vocabulary(tmp_path / f"of {left}", [ROWS[row] for row in left])
        assert seen.total == alone.total
        assert seen.shorts == alone.shorts
        assert seen.folded_words == alone.folded_words
        assert seen.words(["chi", "khoai", "họp"]) == alone.words(["chi", "khoai", "họp"])
        pairs = [("chi", "bộ"), ("khoai", "môn"), ("bộ", "họp")]
        assert seen.pairs(pairs) == alone.pairs(pairs)
        for text in ("vsmt hop o dau", "chi bo vu duong", "khoaii mon", "danhh sachh", "truongf hop"):
            assert reword(text, seen) == reword(text, alone)


def test_short_forms_of_the_papers_are_written_out(whole: Vocabulary) -> None:
    assert "vệ sinh môi trường" in reword("tổ VSMT họp ở đâu", whole).text


def test_chat_is_read_step_by_step(whole: Vocabulary) -> None:
    read = reword("kp5 hop t10 dduwocj bn ng", whole)
    assert read.text == "khu phố 5 họp tháng 10 được bao nhiêu người"
    assert [step.kind for step in read.steps] == ["chat", "chat", "keys", "short", "short", "accents"]


@pytest.mark.parametrize("text", ["ngày t7 làm gì", "sáng t7 họp"])
def test_the_seventh_beside_a_day_is_saturday(whole: Vocabulary, text: str) -> None:
    assert "thứ bảy" in reword(text, whole).text


def test_numbers_are_never_changed(whole: Vocabulary) -> None:
    text = "họp lúc 24567 và 09/11/2026 số 12"
    assert reword(text, whole).text == text


def test_an_empty_library_has_a_vocabulary(tmp_path: Path) -> None:
    assert reword("chi bo hop", _vocabulary(tmp_path / "none", [])).text == "chi bộ họp"


def test_a_damaged_vocabulary_is_said(tmp_path: Path) -> None:
    _vocabulary(tmp_path / "damaged", ROWS)
    np.save(tmp_path / "damaged" / FOLDER / "starts.npy", np.zeros(1, np.int64))
    with pytest.raises(ValueError, match="fit together"):
        open_vocabulary(tmp_path / "damaged")
