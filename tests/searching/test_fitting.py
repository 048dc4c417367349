from __future__ import annotations

import numpy as np
import pytest

from index.findings import Signs
from index.fitting import (
    ALL_MARKS,
    Judged,
    Ranked,
    area,
    confidences,
    costs,
    cross_validated,
    fit_confidence,
    fit_ranking,
    reciprocal_ranks,
)
from index.searching.evidence import confidence_of
from index.searching.ranking import PassageWeights, SignWeights

NOTHING = Signs(**dict.fromkeys(Signs.model_fields, 0.0))


def _questions(count: int, *, telling: str) -> list[Ranked]:
    """Questions of five passages, of which the one that answers has most of one mark; the others say nothing."""
    random = np.random.default_rng(0)
    marks = random.uniform(size=(count, 5, len(ALL_MARKS)))
    gold = marks[:, :, ALL_MARKS.index(telling)]
    return [Ranked(f"q{row}", "set", marks[row], gold[row] == gold[row].max()) for row in range(count)]


def _judged(count: int) -> list[Judged]:
    """Answerable where much is found; the gap says nothing."""
    random = np.random.default_rng(1)
    return [
        Judged(f"q{row}", "set", NOTHING.model_copy(update={"found": found, "gap": gap}), bool(found > 0.5))
        for row, (found, gap) in enumerate(random.uniform(size=(count, 2)).tolist())
    ]


# -- the ranking


def test_the_mark_that_tells_gets_the_weight() -> None:
    weights = fit_ranking(_questions(60, telling="covered"))
    assert weights.covered > 0.7
    assert sum(getattr(weights, name) for name in ALL_MARKS) == pytest.approx(1, abs=1e-3)


def test_a_mark_that_is_left_out_weighs_nothing_and_is_missed() -> None:
    questions = _questions(60, telling="covered")
    assert fit_ranking(questions, without=["covered"]).covered == 0
    assert cross_validated(questions)["set"] > cross_validated(questions, without=["covered"])["set"] + 0.2


def test_the_rank_of_the_first_passage_that_answers_counts() -> None:
    marks = np.zeros((12, len(ALL_MARKS)))
    marks[:, ALL_MARKS.index("text")] = np.linspace(1, 0, 12)
    only = PassageWeights(**{name: float(name == "text") for name in ALL_MARKS})
    questions = [Ranked("q", "set", marks, np.arange(12) == place) for place in (0, 2, 9, 10)]
    assert reciprocal_ranks(questions, only) == pytest.approx([1, 1 / 3, 1 / 10, 0])


# -- the confidence


def test_the_sign_that_tells_decides() -> None:
    questions = _judged(120)
    weights = fit_confidence(questions)
    assert weights.found > 1
    assert area(confidences(questions, confidence_of)) > 0.95


def test_no_sign_counts_against_what_it_means() -> None:
    turned = [each._replace(answerable=not each.answerable) for each in _judged(120)]
    weights = fit_confidence(turned)
    assert weights.found == 0
    assert weights.gap <= 0


def test_a_threshold_costs_wrong_answers_below_and_wrong_refusals_above() -> None:
    judged = [
        (Judged(str(value), "set", NOTHING, answerable), value)
        for value, answerable in ((0.1, False), (0.4, False), (0.3, True), (0.6, True), (0.9, True))
    ]
    table = list(costs(judged, [0.0, 0.35, 1.0]))
    assert [(one.wrong_answers, one.wrong_refusals) for one in table] == [
        (1, 0),
        (0.5, pytest.approx(1 / 3)),
        (0, 1),
    ]


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    judged = [
        (Judged(str(value), "set", NOTHING, answerable), value)
        for value, answerable in ((0.1, False), (0.4, False), (0.3, True), (0.6, True))
    ]
    assert area(judged) == pytest.approx(3 / 4)


def test_confidence_is_a_logistic_of_the_signs() -> None:
    weights = SignWeights(bias=-1.0, found=2.0, gap=-4.0)
    sure = confidence_of(NOTHING.model_copy(update={"found": 1.0, "gap": 0.25}), weights)
    assert sure == pytest.approx(0.5)
