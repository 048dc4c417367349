"""How the weights of the ranking and of the confidence are learned (``index/searching/weights.json``).

The ranking: a weighted sum of a passage's marks, fitted by the listwise loss of ListNet (Cao et al. 2007) for the
passages that answer. The confidence: a logistic regression over the signs of a question, answerable or not. Both have
weights of known direction only, and are judged on questions that they were not fitted on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.findings import Signs
from index.searching.concepts import Floats
from index.searching.leading import MARKS
from index.searching.ranking import PassageWeights, SignWeights

ALL_MARKS = (*MARKS, "expected")
FOLDS = 5
_SHARPNESS = 20.0
"""Of the softmax over scores between 0 and 1."""
_RANKING_DECAY, _CONFIDENCE_DECAY = 0.02, 0.002
_STEPS, _RATE = 400, 0.05
_FOR = ("gained", "settled", "found", "likeness", "near", "margin", "together", "named")
"""Signs that speak for an answer; the others speak against it."""


class Ranked(NamedTuple):
    """One question: the marks of the passages that were looked at ``(passages, ALL_MARKS)``, and which answer it."""

    id: str
    group: str
    marks: Floats
    gold: NDArray[np.bool_]


class Judged(NamedTuple):
    """One question with its signs, and whether the library can answer it. ``weight``: what it counts beside others."""

    id: str
    group: str
    signs: Signs
    answerable: bool
    weight: float = 1.0


Asked = TypeVar("Asked", Ranked, Judged)


class Cost(NamedTuple):
    """What a threshold costs: shares of questions without an answer that get one, and of answerable ones refused."""

    threshold: float
    wrong_answers: float
    wrong_refusals: float


# -- the ranking ---------------------------------------------------------------------------------------------------


def fit_ranking(questions: Sequence[Ranked], *, without: Sequence[str] = ()) -> PassageWeights:
    """The weights under which the passages that answer lead. ``without``: marks that count nothing."""
    usable = [each for each in questions if each.gold.any() and not each.gold.all()]
    shares = _shares_of([each.group for each in usable])
    width = max(len(each.marks) for each in usable)
    marks = np.zeros((len(usable), width, len(ALL_MARKS)))
    out, gold = np.full((len(usable), width), -np.inf), np.full((len(usable), width), -np.inf)
    for row, each in enumerate(usable):
        marks[row, : len(each.marks)] = each.marks
        out[row, : len(each.marks)] = 0
        gold[row, : len(each.marks)][each.gold] = 0
    kept = np.array([name not in without for name in ALL_MARKS])

    def slope(weights: Floats) -> Floats:
        scores = _SHARPNESS * (marks @ weights)
        pull = _softmax(scores + out) - _softmax(scores + gold)
        slopes: Floats = _SHARPNESS * np.einsum("q,qp,qpm->m", shares, pull, marks) + 2 * _RANKING_DECAY * weights
        return slopes

    found = _descend(slope, np.where(kept, 0.1, 0.0), lowest=np.zeros(len(kept)), highest=np.where(kept, np.inf, 0.0))
    found /= found.sum()
    return PassageWeights(**dict(zip(ALL_MARKS, np.round(found, 4).tolist(), strict=True)))


def reciprocal_ranks(questions: Sequence[Ranked], weights: PassageWeights) -> list[float]:
    """Of the first passage that answers each question; 0 behind the tenth."""
    weighed = np.array([getattr(weights, name) for name in ALL_MARKS])
    return [_reciprocal_rank(each, each.marks @ weighed) for each in questions]


def _reciprocal_rank(question: Ranked, scores: Floats) -> float:
    found = np.flatnonzero(question.gold[np.argsort(-scores, kind="stable")])
    return 1 / (found[0] + 1) if len(found) and found[0] < 10 else 0.0


def cross_validated(questions: Sequence[Ranked], *, without: Sequence[str] = ()) -> Mapping[str, float]:
    """MRR@10 by group, each question under weights that were fitted on the other folds."""
    found: dict[str, list[float]] = {}
    for train, held in _folds(questions):
        weights = fit_ranking(train, without=without)
        for each, value in zip(held, reciprocal_ranks(held, weights), strict=True):
            found.setdefault(each.group, []).append(value)
    return {group: float(np.mean(values)) for group, values in found.items()}


# -- the confidence ------------------------------------------------------------------------------------------------


def fit_confidence(questions: Sequence[Judged], *, without: Sequence[str] = ()) -> SignWeights:
    """``without``: signs that count nothing."""
    names = list(Signs.model_fields)
    signs = np.array([[getattr(each.signs, name) for name in names] for each in questions])
    answerable = np.array([each.answerable for each in questions], dtype=np.float64)
    shares = _shares_of([f"{each.group} {each.answerable}" for each in questions])
    for side in (0.0, 1.0):  # as many with an answer as without one
        shares[answerable == side] /= max(float(shares[answerable == side].sum()), 1e-9)
    shares *= np.array([each.weight for each in questions])
    scale = np.maximum(signs.std(axis=0), 1e-3)
    columns = np.column_stack([np.ones(len(signs)), signs / scale])
    lowest = np.array([-np.inf, *(0.0 if name in _FOR else -np.inf for name in names)])
    highest = np.array([np.inf, *(np.inf if name in _FOR else 0.0 for name in names)])
    for position, name in enumerate(names, start=1):
        if name in without:
            lowest[position] = highest[position] = 0.0
    decay = np.array([0.0, *[_CONFIDENCE_DECAY] * len(names)])

    def slope(weights: Floats) -> Floats:
        likely = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slopes: Floats = columns.T @ (shares * (likely - answerable)) + 2 * decay * weights
        return slopes

    found = _descend(slope, np.zeros(len(lowest)), lowest=lowest, highest=highest)
    found[1:] /= scale
    return SignWeights(**dict(zip(("bias", *names), np.round(found, 3).tolist(), strict=True)))


def confidences(
    questions: Sequence[Judged], judge: Callable[[Signs, SignWeights], float], *, without: Sequence[str] = ()
) -> list[tuple[Judged, float]]:
    """Each question with its confidence under weights that were fitted on the other folds."""
    found = []
    for train, held in _folds(questions):
        weights = fit_confidence(train, without=without)
        found += [(each, judge(each.signs, weights)) for each in held]
    return found


def costs(judged: Sequence[tuple[Judged, float]], thresholds: Sequence[float]) -> Iterator[Cost]:
    """What each of these thresholds costs."""
    with_answer = np.array([value for each, value in judged if each.answerable])
    without = np.array([value for each, value in judged if not each.answerable])
    for threshold in thresholds:
        yield Cost(threshold, float((without >= threshold).mean()), float((with_answer < threshold).mean()))


def area(judged: Sequence[tuple[Judged, float]]) -> float:
    """The chance (0.5-1) that an answerable question has more confidence than one without an answer."""
    with_answer = np.sort([value for each, value in judged if each.answerable])
    below = [np.searchsorted(with_answer, value, side="right") for each, value in judged if not each.answerable]
    return float(1 - np.mean(below) / len(with_answer))


# -- both ----------------------------------------------------------------------------------------------------------


def _shares_of(groups: Sequence[str]) -> Floats:
    """What each question counts: a group of many more than one of few, but not by as much."""
    sizes = {group: groups.count(group) for group in set(groups)}
    shares: Floats = np.array([sizes[group] ** -0.5 for group in groups])
    shares /= shares.sum()
    return shares


def _folds(questions: Sequence[Asked]) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """By the id of the question, so that it is in one fold with and without its accents."""
    fold_of = {each.id: int(sha256(each.id.encode()).hexdigest(), 16) // 2 % FOLDS for each in questions}
    for fold in range(FOLDS):
        held = [each for each in questions if fold_of[each.id] == fold]
        if held:
            yield [each for each in questions if fold_of[each.id] != fold], held


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _descend(slope: Callable[[Floats], Floats], start: Floats, *, lowest: Floats, highest: Floats) -> Floats:
    """Adam (Kingma and Ba 2014) within bounds."""
    weights, mean, square = start.copy(), np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, _STEPS + 1):
        slopes = slope(weights)
        mean, square = 0.9 * mean + 0.1 * slopes, 0.99 * square + 0.01 * slopes**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
        weights = np.clip(weights - _RATE * (1 - step / (_STEPS + 1)) * move, lowest, highest)
    return weights
