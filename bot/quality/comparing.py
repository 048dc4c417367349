"""Two runs of a question set: which figures rose and fell, and which questions changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot import texts
from bot.errors import BadUsage, FileMissing
from bot.messages import Frozen
from bot.quality.figures import Measured, PartName
from bot.quality.scoring import Outcome


class Change(Frozen):
    """One share of one row, then and now."""

    part: PartName
    kind: str
    measure: str
    before: float
    now: float


class Comparison(Frozen):
    """``changes``: where the shares differ. ``better``, ``worse``: open questions that turned right or wrong.
    ``others``: those whose first citation or quote changed and whose rightness did not. ``new``, ``gone``: how many
    questions only one of the runs asked, which make figures of other questions.
    """

    changes: tuple[Change, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]
    others: tuple[str, ...]
    new: int
    gone: int


def read_measured(path: Path) -> Measured:
    """What `--json` printed. Raises FileMissing, BadUsage."""
    try:
        return Measured.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileMissing(path=path, detail=error.strerror or "") from error
    except ValidationError as error:
        raise BadUsage(detail=texts.QUALITY_NOT_MEASURED.format(path=path)) from error


def compare(before: Measured, now: Measured) -> Comparison:
    """Only parts and questions that both have."""
    old = {each.id: each for part in before.parts for each in part.outcomes}
    new = {each.id: each for part in now.parts for each in part.outcomes}
    both = [(old[name], new[name]) for name in new if name in old]
    return Comparison(
        changes=tuple(_changes(before, now)),
        better=tuple(one.id for was, one in both if one.is_right and not was.is_right),
        worse=tuple(one.id for was, one in both if was.is_right and not one.is_right),
        others=tuple(one.id for was, one in both if was.is_right == one.is_right and _differs(was, one)),
        new=len(new.keys() - old.keys()),
        gone=len(old.keys() - new.keys()),
    )


def _changes(before: Measured, now: Measured) -> Iterator[Change]:
    for part in now.parts:
        other = before.part(part.name)
        for row in part.rows:
            was = other.row(row.kind) if other else None
            for measure, figure in row.shares.items():
                old = was.shares.get(measure) if was else None
                if old and abs(old.value - figure.value) > 1e-9:
                    yield Change(part=part.name, kind=row.kind, measure=measure, before=old.value, now=figure.value)


def _differs(one: Outcome, other: Outcome) -> bool:
    return (one.citation, one.quote, one.scores) != (other.citation, other.quote, other.scores)
