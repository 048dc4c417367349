"""Outcomes by hand."""

from __future__ import annotations

from bot.quality.figures import Measured, parts_of
from bot.quality.scoring import RIGHT, Outcome


def outcome(name: str, *, right: bool = True, kind: str = "plain", held: bool = False, **other: object) -> Outcome:
    """One with everything right, or refused."""
    if kind.startswith("refuse"):
        scores = {"refused": float(right)}
    else:
        scores = {**dict.fromkeys(RIGHT, float(right)), "refused": float(not right)}
    quoted = right != kind.startswith("refuse")
    said = {"citation": "Hướng dẫn 04-HD/ĐU, mục 1" if quoted else None, "quote": "Mỗi tháng." if quoted else None}
    return Outcome(id=name, kind=kind, held=held, **{"scores": scores, "ms": 5.0, **said, **other})


def measured(*outcomes: Outcome, **other: object) -> Measured:
    return Measured(questions="set", snapshot="s", encoder="built-in", parts=parts_of(outcomes), **other)
