"""Which files hold one and the same directive, and which only bear the same number.

The same text in several files is one directive with several sources. A text version stands for its scan where nearly
all words agree. Two different texts under one number are two directives: nobody but a person can tell which is right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from index.comparing import agree, changes
from index.language.text import key, syllables
from index.reading.names import slug
from index.report import Trouble
from index.searching.catalog import Entry
from index.types import Directive, DirectiveId, Reading, Scan

_AGREEING = 0.97
"""Of the words: what recognition misreads on a fair scan, with its stamps and page numbers, is less."""
_MEMBER = "member"
"""For whom a directive is where nothing is said, as whoever reads the audience has it."""
_DIGIT = re.compile(r"\d")


class United(NamedTuple):
    """``entries``: each directive once, by file. ``troubles``: what to look at."""

    entries: tuple[Entry, ...]
    troubles: tuple[Trouble, ...]


def text_digest(text: str) -> str:
    """The same for two texts that differ only in spaces, dashes, capitals and the placing of tone marks."""
    return sha256(" ".join(key(text).split()).encode(errors="surrogatepass")).hexdigest()


def unite(entries: Iterable[Entry]) -> United:
    """The directives of all files. What comes out does not depend on the order of the entries."""
    troubles: list[Trouble] = []
    groups = [_Group(members, troubles) for members in _same_directive(sorted(entries, key=_rank))]
    troubles += _perhaps_one(groups)
    named = _named(groups, troubles)
    done = [_renamed(group, named) for group in groups]
    done.sort(key=lambda entry: (entry.reading.directive.file, entry.reading.directive.id))
    return United(tuple(done), tuple(troubles))


def is_within(audience: str | None, other: str | None) -> bool:
    """Whether everybody whom the first names is named by the other; None is said for members."""
    one, two = _normal(audience or _MEMBER), _normal(other or _MEMBER)
    if one == two or two == "public":
        return True
    if two == _MEMBER:
        return one != "public"
    kind, _, cell = one.partition(":")
    return kind == "secretary" and cell != "" and two in (kind, f"cell:{cell}")


def narrowest(audiences: Iterable[str | None]) -> tuple[str | None, ...]:
    """Of several audiences those that hold none of the others within themselves: only who is in all of them may see
    what all of them are said of. None where nothing is said of any.
    """
    every = sorted(set(audiences), key=str)
    if every == [None]:
        return (None,)
    said = {_normal(audience or _MEMBER): audience or _MEMBER for audience in every}
    return tuple(
        words for one, words in said.items() if not any(is_within(other, one) for other in said if other != one)
    )


class _Group:
    """The entries of one directive, the best first; ``entry``: what is kept of them."""

    def __init__(self, members: Sequence[Entry], troubles: list[Trouble]) -> None:
        self.members = members
        self.entry = _merged(members)
        directive = self.entry.reading.directive
        for source in directive.sources:
            troubles.append(_trouble("two_sources", source, directive, other=directive.file))
        audiences = {each.reading.directive.audience for each in members}
        if len(audiences) > 1:
            names = ", ".join(sorted(filter(None, {directive.audience, *directive.narrowed})))
            troubles.append(
                _trouble("two_audiences", directive.file, directive, other=", ".join(directive.sources), audience=names)
            )


def _trouble(code: str, path: str, directive: Directive, **facts: str) -> Trouble:
    return Trouble(path=path, code=code, facts={"number": directive.number or "", **facts})


def _rank(entry: Entry) -> tuple[bool, bool, int, bool, bool, str, str]:
    """Better first: what is no draft, text before a scan, what could be read of it, what has a sidecar, PDF before what
    can be changed, then by name.
    """
    directive, file = entry.reading.directive, entry.reading.directive.file
    unknown, sidecar = _known(directive).count(""), entry.digest.partition(".")[2]
    is_pdf = file.lower().endswith(".pdf")
    return directive.draft, _is_scan(entry), unknown, not sidecar, not is_pdf, file, directive.id


def _is_scan(entry: Entry) -> bool:
    return bool(entry.reading.printed.scans)


def _same_directive(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in groups; the best of a group is its first."""
    alike: defaultdict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        directive = entry.reading.directive
        alike[slug(directive.number or ""), directive.draft, directive.attached_to is not None].append(entry)
    groups: list[list[Entry]] = []
    for members in alike.values():
        groups += _by_text(members) if len(members) > 1 else [members]
    return groups


def _by_text(entries: Sequence[Entry]) -> list[list[Entry]]:
    same: defaultdict[str, list[list[Entry]]] = defaultdict(list)
    for entry in entries:
        _join(entry, same[text_digest(entry.reading.printed.text)])
    groups: list[list[Entry]] = []
    for members in chain.from_iterable(same.values()):  # texts stand before scans
        home = next((each for each in groups if _is_scan_of(members[0], each[0])), None)
        if home is None:
            groups.append(members)
        else:
            home += members
    return groups


def _join(entry: Entry, groups: list[list[Entry]]) -> None:
    home = next((each for each in groups if _may_be_one(entry, each[0])), None)
    if home is None:
        groups.append([entry])
    else:
        home.append(entry)


def _known(directive: Directive) -> tuple[str, str, str]:
    """What tells two papers of one number apart; empty where it could not be read."""
    day = directive.date.isoformat() if directive.date else ""
    return slug(directive.type_name or ""), slug(directive.issuer or ""), day


def _may_be_one(one: Entry, other: Entry) -> bool:
    """Nothing that is known of both differs."""
    pairs = zip(_known(one.reading.directive), _known(other.reading.directive), strict=True)
    return all(mine == its or not (mine and its) for mine, its in pairs)


def _is_scan_of(scan: Entry, text: Entry) -> bool:
    """Whether the text version says what was scanned. Where the recognition is sure of another figure, it does not: the
    one may be a corrected issue of the other.
    """
    if not _is_scan(scan) or _is_scan(text) or not scan.reading.directive.number or not _may_be_one(scan, text):
        return False
    printed, read = (syllables(key(each.reading.printed.text)) for each in (text, scan))
    return agree(printed, read, share=_AGREEING) and not _other_figure(printed, read, scan.reading.printed.scans)


def _other_figure(printed: Sequence[str], read: Sequence[str], scans: Iterable[Scan]) -> bool:
    doubted = {part for scan in scans for word in scan.weak_words for part in syllables(key(word))}
    for change in changes(printed, read):
        said = list(filter(_DIGIT.search, printed[change.start : change.end]))
        seen = list(filter(_DIGIT.search, read[change.other_start : change.other_end]))
        if said and seen and said != seen and not doubted.intersection(seen):
            return True
    return False


def _merged(members: Sequence[Entry]) -> Entry:
    """The best of them, with what the others add: sources, a narrower audience, marks, an administrator's relations."""
    best = members[0]
    directives = [each.reading.directive for each in members]
    if len(members) == 1:
        return best
    audience, *narrowed = narrowest(each.audience for each in directives)
    changed = best.reading.directive.model_copy(
        update={
            "sources": tuple(sorted({each.file for each in directives} - {directives[0].file})),
            "audience": audience,
            "narrowed": tuple(narrowed),
            "sample": any(each.sample for each in directives),
            "circulation": next((each.circulation for each in directives if each.circulation), None),
        }
    )
    relations = list(best.reading.relations)
    for entry in members[1:]:
        relations += [each for each in entry.reading.relations if each.span is None and each not in relations]
    reading = best.reading.model_copy(update={"directive": changed, "relations": tuple(relations)})
    return best._replace(reading=reading)


def _named(groups: Sequence[_Group], troubles: list[Trouble]) -> Mapping[tuple[str, DirectiveId], DirectiveId]:
    """By file and the name it was read with, the name of its directive. The best of several different texts keeps the
    name; the others get one of their own from their file, which another text of the same file keeps.
    """
    bearers: defaultdict[DirectiveId, list[_Group]] = defaultdict(list)
    for group in groups:
        bearers[group.entry.reading.directive.id].append(group)
    named: dict[tuple[str, DirectiveId], DirectiveId] = {}
    for name, bearing in bearers.items():
        bearing.sort(key=lambda group: _rank(group.entry))
        files: list[str] = []
        for group in bearing:
            directive = group.entry.reading.directive
            own = name
            if files:
                place = f"{directive.file}#{files.count(directive.file)}" if directive.file in files else directive.file
                own = DirectiveId(f"{name}.{sha256(place.encode()).hexdigest()[:8]}")
                troubles.append(_trouble("two_texts", directive.file, directive, other=files[0]))
            files.append(directive.file)
            named |= {(each.reading.directive.file, each.reading.directive.id): own for each in group.members}
            named[directive.file, own] = own
            group.entry = _under(group.entry, own)
    return named


def _perhaps_one(groups: Sequence[_Group]) -> Iterator[Trouble]:
    """Different texts under one number of which too little could be read to tell whether they are one paper."""
    best: dict[Hashable, _Group] = {}
    for group in sorted(groups, key=lambda group: _rank(group.entry)):
        directive = group.entry.reading.directive
        first = best.setdefault((slug(directive.number or ""), directive.attached_to is not None), group)
        other = first.entry.reading.directive
        if directive.number and directive.id != other.id and _may_be_one(group.entry, first.entry):
            yield _trouble("two_texts", directive.file, directive, other=other.file)


def _under(entry: Entry, name: DirectiveId) -> Entry:
    directive = entry.reading.directive
    if directive.id == name:
        return entry
    reading = _with(entry.reading, id=name)
    passages = tuple(passage.model_copy(update={"directive": name}) for passage in entry.passages)
    return entry._replace(reading=reading, passages=passages)


def _renamed(group: _Group, named: Mapping[tuple[str, DirectiveId], DirectiveId]) -> Entry:
    """The decision with which it was issued, under the name that this has now."""
    directive = group.entry.reading.directive
    if directive.attached_to is None:
        return group.entry
    to = named.get((directive.file, directive.attached_to), directive.attached_to)
    return group.entry._replace(reading=_with(group.entry.reading, attached_to=to))


def _with(reading: Reading, **fields: object) -> Reading:
    return reading.model_copy(update={"directive": reading.directive.model_copy(update=fields)})


def _normal(audience: str) -> str:
    """The name of a cell but for case, spaces and composition."""
    kind, colon, cell = unicodedata.normalize("NFC", audience).partition(":")
    return f"{kind}{colon}{' '.join(cell.split()).casefold()}" if colon else audience
