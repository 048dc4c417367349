"""What a caller's check says of a new snapshot before it answers, beside the one that answers until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from index.errors import EncoderMismatch, LibraryDamaged, LibraryMissing, LibraryOutdated
from index.identity import is_within
from index.library import Library
from index.progress import Watch
from index.report import Trial
from index.searching.snapshot import open_snapshot
from index.types import Directive, DirectiveId, Relation, Status
from index.types import RelationKind as Kind
from index.validity import Validity

if TYPE_CHECKING:
    from index.searching.encoder import Encoder

Check = Callable[[Library | None, Library, Watch], Trial]
"""The library that answers (None where there is none that this code could open), the new one, and where progress is
told. Its ``kept`` is not looked at.
"""


def try_out(check: Check, before: Path | None, building: Path, *, encoder: Encoder, reader: str, watch: Watch) -> Trial:
    """``before``, ``building``: folders of the two snapshots. ``reader``: the version of this code."""
    return check(_comparable(before, encoder=encoder, reader=reader), Library(building, encoder, only=building), watch)


def _comparable(folder: Path | None, *, encoder: Encoder, reader: str) -> Library | None:
    """None for one that answers nobody any more, since other code or another encoder made it."""
    try:
        if folder is None or open_snapshot(folder).manifest.reader != reader:
            return None
        return Library(folder, encoder, only=folder)
    except (LibraryMissing, LibraryDamaged, LibraryOutdated, EncoderMismatch):
        return None


class Papers(NamedTuple):
    """What a snapshot holds."""

    directives: Mapping[DirectiveId, Directive]
    relations: Mapping[DirectiveId, tuple[Relation, ...]]


def takes_away(before: Papers, now: Papers, *, today: Date) -> bool:
    """Whether something that somebody reads in the snapshot before must not wait there any longer: a directive that is
    gone, that somebody may not see now, or of which it is known now that it does not hold as it did.
    """
    gone = before.directives.keys() - now.directives.keys()
    return (
        bool(gone)
        or any(_is_narrower(was, now.directives[directive]) for directive, was in before.directives.items())
        or _standings(before, before, today=today) != _standings(now, before, today=today)
    )


def _is_narrower(was: Directive, now: Directive) -> bool:
    said = (was.audience, *was.narrowed)
    return any(not any(is_within(one, audience) for one in said) for audience in (now.audience, *now.narrowed))


def _standings(known: Papers, of: Papers, *, today: Date) -> list[tuple[Status, frozenset[str]]]:
    """Of each of these directives how it stands and what changes it, or would if an administrator said so."""
    validity = Validity(known.directives.values(), known.relations, today=today)
    return [
        (
            validity.standing_of(directive).status,
            frozenset(edge.key for edge in validity.edges_to(directive) if edge.relation.kind is not Kind.IMPLEMENTS),
        )
        for directive in of.directives
    ]
