from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.findings import Hit, Passage
from index.searching.ranking import FieldWeights, PassageWeights, Ranked, combine, idf, learned, limit_per_directive
from index.types import Directive, DirectiveId

ONLY_TWO = FieldWeights(accented=0.75, folded=0, heading=0, title=0, dense=0.25)
FIELDS = ("accented", "folded", "heading", "title", "dense")


def _ranked(*pairs: tuple[int, float]) -> Ranked:
    return np.array([row for row, _ in pairs], np.int64), np.array([score for _, score in pairs], np.float32)


def _hit(directive: str, score: float) -> Hit:
    unknown = dict.fromkeys(("number", "type", "type_name", "issuer", "place", "date"))
    named = DirectiveId(directive)
    return Hit(
        directive=Directive(id=named, file=directive, title=directive, **unknown),
        passage=Passage(directive=named, start=0, end=1, text="x", path=(), page=None),
        score=score,
    )


# -- joining the fields


def test_scores_are_scaled_by_their_best_and_weighed() -> None:
    found = combine({"accented": _ranked((3, 8.0), (1, 4.0)), "dense": _ranked((1, 0.5), (2, 0.25))}, ONLY_TWO)
    assert found == [(3, pytest.approx(0.75)), (1, pytest.approx(0.75 / 2 + 0.25)), (2, pytest.approx(0.25 / 2))]


def test_a_field_that_found_nothing_has_no_share() -> None:
    found = combine({"accented": _ranked(), "dense": _ranked((1, 0.5), (2, 0.25))}, ONLY_TWO)
    assert found == [(1, pytest.approx(1)), (2, pytest.approx(0.5))]


def test_a_field_without_weight_finds_nothing() -> None:
    assert combine({"folded": _ranked((1, 2.0))}, ONLY_TWO) == []


def test_negative_likeness_counts_nothing() -> None:
    assert combine({"dense": _ranked((1, -0.5), (2, -0.7))}, ONLY_TWO) == []


def test_equal_scores_come_in_the_order_of_their_rows() -> None:
    found = combine({"accented": _ranked((9, 1.0), (2, 1.0), (5, 1.0))}, ONLY_TWO)
    assert [row for row, _ in found] == [2, 5, 9]


@given(st.dictionaries(st.sampled_from(FIELDS), st.dictionaries(st.integers(0, 30), st.floats(-1, 50), max_size=12)))
def test_joined_scores_fall_and_stay_between_0_and_1(fields: dict[str, dict[int, float]]) -> None:
    rankings = {name: _ranked(*sorted(rows.items(), key=lambda pair: -pair[1])) for name, rows in fields.items()}
    scores = [score for _, score in combine(rankings, FieldWeights())]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-6 for score in scores)


def test_the_weights_of_the_package_are_shares() -> None:
    weights = learned()
    assert sum(getattr(weights.fields, field) for field in FIELDS) == pytest.approx(1)
    assert sum(getattr(weights.passage, mark) for mark in PassageWeights.model_fields) == pytest.approx(1, abs=0.01)
    assert 0 < weights.related < weights.threshold < 1


# -- hits of one directive


def test_at_most_so_many_hits_of_a_directive_are_kept_in_order() -> None:
    hits = [_hit("a", 0.9), _hit("b", 0.8), _hit("a", 0.7), _hit("a", 0.6), _hit("b", 0.5)]
    assert limit_per_directive(hits, 2) == [hits[0], hits[1], hits[2], hits[4]]


# -- rarity


@given(st.integers(1, 10_000), st.data())
def test_idf_falls_with_frequency_and_is_never_negative(size: int, data: st.DataObject) -> None:
    frequency = data.draw(st.integers(1, size))
    assert idf(frequency - 1, size) > idf(frequency, size) > 0


def test_idf_is_that_of_bm25() -> None:
    assert idf(3, 10) == pytest.approx(math.log(1 + 7.5 / 3.5))
