from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from index.counting import FORMAL, SAID, SPOKEN, Counted, count, write
from index.language import usage as counts
from index.language.accents import NUMBER, START
from index.language.wording import everyday_phrases, spoken_phrases


def test_words_are_counted_in_their_order() -> None:
    counted = Counted()
    counted.add("Chi bộ họp ngày 05.\nxyz họp", 2)
    assert counted.words["họp"] == 4
    assert counted.pairs[START, "chi"] == counted.pairs["ngày", NUMBER] == 2
    assert ("bộ", "ngày") not in counted.pairs
    assert "xyz" not in counted.words


def test_what_is_counted_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "laws").mkdir()
    with gzip.open(tmp_path / "laws" / "articles.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"title": "Điều 1", "text": "khoai lang nướng\n" * 400}, ensure_ascii=False))
    write(count(tmp_path), tmp_path / "usage.npz")
    monkeypatch.setattr(counts, "FILE", tmp_path / "usage.npz")
    read = counts.usage.__wrapped__()
    assert read.words(["nướng"]) == pytest.approx([800], rel=0.05)
    assert read.pairs([("khoai", "lang"), ("lang", "khoai")]) == [pytest.approx(800, rel=0.05), 0]
    assert "nướng" in read.spellings("nuong")


def test_what_people_say_counts_more_than_what_is_printed() -> None:
    assert SPOKEN > SAID > FORMAL
    assert all(phrase == phrase.lower().strip() for phrase in spoken_phrases())
    assert all(said and formal for said, formal in everyday_phrases())
