"""Who may see which directive: the one place where audiences are read.

A directive's audience is an administrator's override, else what its sidecar or text says, else ``member``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from bot.messages import Frozen
from bot.state.members import Member, Role
from bot.state.overrides import Override
from index import Directive, DirectiveId

DEFAULT_AUDIENCE: Final = "member"
Ceiling = Literal["public", "member"]
"""The most that a channel or a group may show."""


class Asker(Frozen):
    """``member`` None: not linked. ``everything``: the person who runs the program, at the console."""

    member: Member | None = None
    everything: bool = False

    @property
    def is_linked(self) -> bool:
        return self.everything or self.member is not None

    @property
    def is_administrator(self) -> bool:
        return self.everything or (self.member is not None and self.member.role is Role.ADMINISTRATOR)

    @property
    def code(self) -> str:
        """For the audit log."""
        return self.member.code if self.member else "console" if self.everything else "guest"


class Rights(Frozen):
    """``own``: what the asker may see; ``shown``: the part of it that may be shown here."""

    own: frozenset[DirectiveId]
    shown: frozenset[DirectiveId]


def may_see(asker: Asker, audience: str) -> bool:
    if audience == "public" or asker.is_administrator:
        return True
    member = asker.member
    if member is None:
        return False
    kind, named, cell = audience.partition(":")
    match kind:
        case "member" if not named:
            return True
        case "committee" if not named:
            return member.role is Role.COMMITTEE
        case "cell":
            return _same_cell(cell, member.cell)
        case "secretary":
            return member.role is Role.SECRETARY and (not named or _same_cell(cell, member.cell))
        case _:
            return False


def is_within(audience: str, ceiling: Ceiling) -> bool:
    return audience == "public" or audience == ceiling


def audience_of(directive: Directive, override: Override | None) -> str:
    return (override and override.audience) or directive.audience or DEFAULT_AUDIENCE


def rights(
    directives: Iterable[Directive], overrides: Sequence[Override], asker: Asker, *, ceiling: Ceiling | None
) -> Rights:
    """A withdrawn directive is nobody's, whatever the library holds.

    An override holds for its directive. One of the same file under another id, which may be this paper read anew or
    another paper of that name, withdraws and narrows but never widens: only who may see both is shown it. So does one
    of a further file that holds the same text, and one whose file is another directive of the library now: two texts
    may bear one number, and which of them keeps the id may change.
    """
    return rights_among(audiences_of(directives, overrides), asker, ceiling=ceiling)


def audiences_of(
    directives: Iterable[Directive], overrides: Sequence[Override]
) -> Mapping[DirectiveId, tuple[str, ...]]:
    """Of each directive that is not withdrawn the audiences that must all hold, as in `rights`."""
    directives = tuple(directives)
    said = _Said(directives, overrides)
    return {directive.id: said.audiences(directive) for directive in directives if not said.is_gone(directive)}


def rights_among(audiences: Mapping[DirectiveId, tuple[str, ...]], asker: Asker, *, ceiling: Ceiling | None) -> Rights:
    own = frozenset(each for each, every in audiences.items() if all(may_see(asker, one) for one in every))
    if ceiling is None:
        return Rights(own=own, shown=own)
    shown = frozenset(each for each in own if all(is_within(one, ceiling) for one in audiences[each]))
    return Rights(own=own, shown=shown)


class _Said:
    """What overrides say of the directives of a library."""

    def __init__(self, directives: Iterable[Directive], overrides: Sequence[Override]) -> None:
        self._by_id = {override.directive: override for override in overrides}
        self._by_file: defaultdict[str, list[Override]] = defaultdict(list)
        for override in overrides:
            self._by_file[override.file].append(override)
        self._owners: defaultdict[str, set[DirectiveId]] = defaultdict(set)
        for directive in directives:
            for file in directive.files:
                self._owners[file].add(directive.id)

    def is_gone(self, directive: Directive) -> bool:
        own = self._by_id.get(directive.id)
        of_files = (override for file in directive.files for override in self._by_file.get(file, ()))
        return bool(own and own.withdrawn) or any(override.withdrawn for override in of_files)

    def audiences(self, directive: Directive) -> tuple[str, ...]:
        """All of them must hold."""
        own = self._by_id.get(directive.id)
        by_paper = (directive.audience or DEFAULT_AUDIENCE, *filter(None, directive.narrowed))
        if own is None:
            return (*by_paper, *self._narrowing(directive, directive.files))
        owners = self._owners.get(own.file)
        if owners and directive.id not in owners:  # it was said of what is another directive now
            return (*by_paper, audience_of(directive, own), *self._narrowing(directive, directive.files))
        by_paper = (own.audience,) if own.audience else by_paper
        return (*by_paper, *self._narrowing(directive, directive.sources))

    def _narrowing(self, directive: Directive, files: Iterable[str]) -> Iterator[str]:
        for file in files:
            for override in self._by_file.get(file, ()):
                if override.audience and override.directive != directive.id:
                    yield override.audience


def _same_cell(one: str, other: str) -> bool:
    """But for case and spaces; never without accents, which tell ``Hòa`` from ``Hóa``."""
    return normal_cell(one) == normal_cell(other)


def normal_cell(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
