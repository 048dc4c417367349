from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from index.searching.concepts import FORMAL, Concepts, Worth, concepts_of, covered, present_in, scores_in, weigh
from index.searching.postings import Tally
from index.searching.question import Term

SIZE = 100


def _terms(*words: str, formal: dict[str, tuple[str, ...]] | None = None) -> list[Term]:
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return [
        Term(form=word, folded=word, pair=pair, folded_pair=pair, formal=(formal or {}).get(word, ()))
        for word, pair in zip(words, [*pairs, None], strict=True)
    ]


def _weighed(concepts: Concepts, **frequencies: int) -> Worth:
    return weigh(concepts, np.array([frequencies.get(term, 0) for term in concepts.terms], dtype=np.float64), SIZE)


def _share(concepts: Concepts, worth: Worth, *held: str) -> float:
    column = np.array([[term in held] for term in concepts.terms], dtype=bool)
    return float(covered(worth, present_in(concepts, worth, column))[0])


def _score(concepts: Concepts, worth: Worth, *held: str) -> float:
    counts = np.array([[float(term in held)] for term in concepts.terms])
    return float(scores_in(concepts, worth, Tally(counts, np.array([10.0])), mean=10.0)[0])


# -- what was typed


def test_a_text_that_holds_every_word_and_pair_covers_the_question() -> None:
    concepts = concepts_of(_terms("đảng", "viên"), folded=False)
    worth = _weighed(concepts, đảng=10, viên=10, đảng_viên=5)
    assert _share(concepts, worth, "đảng", "viên", "đảng_viên") == pytest.approx(1)
    assert _share(concepts, worth) == 0


def test_words_apart_cover_less_than_neighbours() -> None:
    concepts = concepts_of(_terms("đảng", "viên"), folded=False)
    worth = _weighed(concepts, đảng=10, viên=10, đảng_viên=5)
    assert 0 < _share(concepts, worth, "đảng", "viên") < _share(concepts, worth, "đảng", "viên", "đảng_viên")


def test_a_rare_word_covers_more() -> None:
    concepts = concepts_of(_terms("hiếm", "quen"), folded=False)
    worth = _weighed(concepts, hiếm=1, quen=60)
    assert _share(concepts, worth, "hiếm") > _share(concepts, worth, "quen")


def test_without_words_nothing_is_covered() -> None:
    concepts = concepts_of((), folded=False)
    worth = _weighed(concepts)
    assert covered(worth, present_in(concepts, worth, np.zeros((0, 3), dtype=bool))).tolist() == [0, 0, 0]


# -- formal words


def test_a_formal_phrase_counts_in_place_of_the_typed_word() -> None:
    concepts = concepts_of(_terms("trốn", formal={"trốn": ("vắng mặt",)}), folded=False)
    worth = _weighed(concepts, vắng=9, mặt=9, vắng_mặt=5)
    assert _share(concepts, worth, "vắng", "mặt", "vắng_mặt") == pytest.approx(FORMAL)
    assert _share(concepts, worth, "mặt") == 0


def test_many_formal_phrases_count_no_more_than_the_best_of_them() -> None:
    said = ("vắng mặt", "không dự", "bỏ họp")
    one, many = (concepts_of(_terms("trốn", formal={"trốn": phrases}), folded=False) for phrases in (said[:1], said))
    frequencies = {term: 9 for phrase in said for term in (*phrase.split(), phrase.replace(" ", "_"))}
    held = [term for phrase in said for term in (*phrase.split(), phrase.replace(" ", "_"))]
    assert _score(many, _weighed(many, **frequencies, trốn=4), *held) == pytest.approx(
        _score(one, _weighed(one, **frequencies, trốn=4), *held)
    )


def test_a_formal_phrase_outweighs_no_typed_word() -> None:
    concepts = concepts_of(_terms("nghỉ", formal={"nghỉ": ("vắng mặt không có lý do",)}), folded=False)
    known = dict.fromkeys(concepts.terms, 3)
    worth = _weighed(concepts, **known)
    phrase = [term for term in concepts.terms if term != "nghỉ"]
    assert _score(concepts, worth, *phrase) < _score(concepts, worth, "nghỉ")


def test_an_everyday_word_that_no_paper_holds_is_not_rare_where_its_formal_words_are_common() -> None:
    terms = _terms("trốn", "phí", formal={"trốn": ("họp",)})
    concepts = concepts_of([term._replace(pair=None) for term in terms], folded=False)
    worth = _weighed(concepts, họp=60, phí=10)
    assert worth.counts[0] < worth.counts[1]
    assert worth.known.tolist() == [True, True]


def test_a_word_that_stands_nowhere_under_any_name_is_unknown() -> None:
    concepts = concepts_of([_terms("karaoke")[0]], folded=False)
    worth = _weighed(concepts)
    assert worth.known.tolist() == [False]
    assert worth.counts[0] > _weighed(concepts, karaoke=5).counts[0]


def test_phrases_of_no_typed_word_find_and_count_nothing() -> None:
    concepts = concepts_of(_terms("phí"), folded=False, further=("có hiệu lực", "thay thế"))
    frequencies = dict.fromkeys(concepts.terms, 5)
    worth = _weighed(concepts, **frequencies)
    assert worth.counts[1] == 0
    assert _score(concepts, worth, "thay", "thế", "thay_thế") > 0


def test_the_unaccented_question_is_looked_for_without_accents() -> None:
    term = Term(form="đảng", folded="dang", pair="đảng phí", folded_pair="dang phi", formal=("nộp phí",))
    assert concepts_of([term], folded=True).terms == ("dang", "nop", "phi", "nop_phi", "dang_phi")
