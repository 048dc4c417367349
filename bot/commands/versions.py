"""``versions``: the earlier wordings of directives that were issued anew, for the person at the server, who may also
have them erased.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from bot import texts
from bot.commands.batch import print_json
from index import find_numbers, fold

if TYPE_CHECKING:
    from bot.settings import Settings
    from index import Difference, Directive, DirectiveId, DocumentNumber, Version


class Changed(BaseModel):
    """Words that stand otherwise than in the version before, and the headings of their place."""

    model_config = ConfigDict(frozen=True)

    path: tuple[str, ...]
    before: str
    after: str


class Listed(BaseModel):
    """One version, as programs read it. ``until``: None for the one that answers. ``words_changed``: against the
    version before it; None for the first, and where no number was asked. ``changes``: with ``--diff``, of the last.
    """

    model_config = ConfigDict(frozen=True)

    version: int
    file: str
    since: datetime | None
    until: datetime | None
    words_changed: int | None = None
    changes: tuple[Changed, ...] | None = None


class Versions(BaseModel):
    model_config = ConfigDict(frozen=True)

    directive: str
    number: str | None
    title: str
    versions: tuple[Listed, ...]


def list_versions(settings: Settings, number: str | None, *, diff: bool, as_json: bool) -> bool:
    """Every directive with earlier versions, or those of one in full; False where the one that is asked has none."""
    from index import versions

    library = settings.library_dir
    kept = versions(library, unreadable=_say_unreadable).values()
    found = [each for each in kept if number is None or _is_meant(each[-1].directive, number)]
    for each in found:
        changes = _changes(library, each) if number is not None else []
        listed = _listed(each, changes, diff=diff)
        if as_json:
            print_json(listed)
        else:
            lines = _in_full(listed, changes[-1:] if diff else [], zone=settings.zone) if number else None
            print("\n".join(lines or [_in_short(listed, zone=settings.zone)]))
    if not found and not as_json:
        print(texts.VERSIONS_NONE if number is None else texts.VERSIONS_NONE_OF.format(number=number))
    return bool(found) or number is None


def forget(settings: Settings, typed: str, *, sure: bool) -> bool:
    """Erases the earlier wordings of the directives of this number or id, after asking where not ``sure``; False where
    there are none, or the answer is not yes.
    """
    from index import forget_versions, versions

    broken: dict[DirectiveId, str] = {}
    kept = versions(settings.library_dir, unreadable=lambda name, _: broken.update({name: f"- {name}"}))
    lines = {name: line for name, line in broken.items() if name == typed}
    lines |= {name: _name(each[-1].directive) for name, each in kept.items() if _is_named(each[-1].directive, typed)}
    if not lines:
        print(texts.VERSIONS_NONE_OF.format(number=typed))
        return False
    if not sure and not _agreed(lines.values()):
        print(texts.VERSIONS_FORGET_KEPT)
        return False
    count = forget_versions(settings.library_dir, lines)
    _record(settings, tuple(lines), count)
    print(texts.VERSIONS_FORGOTTEN.format(count=count))
    return True


def _agreed(lines: Iterable[str]) -> bool:
    print("\n".join((texts.VERSIONS_FORGET_LIST, *lines)))
    print(texts.VERSIONS_FORGET_ASK, end="", flush=True)
    return sys.stdin.readline().strip().lower() in texts.VERSIONS_FORGET_YES


def _record(settings: Settings, directives: Sequence[str], count: int) -> None:
    """Where there is a state."""
    from bot import app
    from bot.state import audit

    if not app.has_state(settings):
        return
    database = app.open_database(settings)
    try:
        with database.transaction() as db:
            now = datetime.now(UTC)
            facts = {"directives": ", ".join(directives), "count": count}
            audit.record(db, actor="console", action="versions.forget", now=now, **facts)
    finally:
        database.close()


def _name(directive: Directive) -> str:
    line = texts.VERSIONS_OF.format(number=directive.number or texts.UNNUMBERED, title=directive.title)
    return f"- {line} ({directive.id})"


def _say_unreadable(directive: DirectiveId, number: int) -> None:
    print(texts.VERSION_UNREADABLE.format(directive=directive, number=number), file=sys.stderr)


def _is_meant(directive: Directive, typed: str) -> bool:
    """As `_is_named`, or by words of its title."""
    words = fold(typed).strip()
    near = not find_numbers(typed) and words in fold(f"{directive.number or ''} {directive.title}")
    return bool(words) and (near or _is_named(directive, typed))


def _is_named(directive: Directive, typed: str) -> bool:
    """By its number however it is typed, or its id."""
    own = find_numbers(directive.number or "")
    same = any(_is_same(said, each) for said in find_numbers(typed) for each in own)
    return same or fold(typed).strip() == fold(directive.id)


def _is_same(said: DocumentNumber, number: DocumentNumber) -> bool:
    """Nobody need say the issuer."""
    if said.symbol:
        return said.symbol == number.symbol
    return (said.type, said.number.lstrip("0")) == (number.type, number.number.lstrip("0"))


def _changes(library: Path, versions: Sequence[Version]) -> list[list[Difference]]:
    """Between each version and the next."""
    from index import differences, wording

    printed = [wording(library, version) for version in versions]
    return [differences(before, after) for before, after in pairwise(printed)]


def _listed(versions: Sequence[Version], changes: Sequence[Sequence[Difference]], *, diff: bool) -> Versions:
    from index import words_changed

    counts = [None, *map(words_changed, changes)] if changes else [None] * len(versions)
    last = (
        tuple(Changed(path=each.path, before=each.before, after=each.after) for each in changes[-1]) if changes else ()
    )
    listed = tuple(
        Listed(
            version=version.number,
            file=version.directive.file,
            since=version.since,
            until=version.until,
            words_changed=count,
            changes=last if diff and version is versions[-1] else None,
        )
        for version, count in zip(versions, counts, strict=True)
    )
    directive = versions[-1].directive
    return Versions(directive=directive.id, number=directive.number, title=directive.title, versions=listed)


def _in_short(listed: Versions, *, zone: tzinfo) -> str:
    dates = ", ".join(_day(each.since or each.until, zone) for each in listed.versions)
    line = texts.VERSIONS_LINE_GONE if listed.versions[-1].until else texts.VERSIONS_LINE
    number = listed.number or texts.UNNUMBERED
    return line.format(number=number, title=listed.title, count=len(listed.versions), dates=dates)


def _in_full(listed: Versions, diff: Iterable[Sequence[Difference]], *, zone: tzinfo) -> list[str]:
    lines = [texts.VERSIONS_OF.format(number=listed.number or texts.UNNUMBERED, title=listed.title)]
    for each in listed.versions:
        changed = "" if each.words_changed is None else texts.VERSION_CHANGED.format(count=each.words_changed)
        period = _period(each, zone)
        lines.append(texts.VERSION_LINE.format(number=each.version, file=each.file, period=period, changed=changed))
    for found in diff:
        before, after = listed.versions[-2:]
        lines.append(texts.VERSIONS_DIFF.format(before=before.version, after=after.version))
        lines += _difference_lines(found) or [texts.VERSIONS_SAME_WORDS]
    return lines


def _difference_lines(found: Sequence[Difference]) -> list[str]:
    lines: list[str] = []
    path: tuple[str, ...] | None = None
    for each in found:
        if each.path and each.path != path:
            lines.append(texts.VERSIONS_PLACE.format(path=" › ".join(each.path)))
        path = each.path
        gone = f"[-{each.before}-]" if each.before else ""
        come = f"{{+{each.after}+}}" if each.after else ""
        words = " ".join(filter(None, (each.lead, gone, come, each.rest)))
        lines.append(f"    … {words} …")
    return lines


def _period(each: Listed, zone: tzinfo) -> str:
    if each.until is None:
        now = texts.VERSION_NOW if each.since else texts.VERSION_NOW_SINCE_START
        return now.format(since=_day(each.since, zone))
    was = texts.VERSION_PERIOD if each.since else texts.VERSION_SINCE_START
    return was.format(since=_day(each.since, zone), until=_day(each.until, zone))


def _day(time: datetime | None, zone: tzinfo) -> str:
    return f"{time.astimezone(zone):%d/%m/%Y}" if time else ""
