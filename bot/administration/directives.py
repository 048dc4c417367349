"""Which directive an administrator means, by its number, some words of its title, or ``#`` and its id; and how far this
chat may name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import Answer
from bot.answering.citation import full_name_of, shorten
from bot.department import Outcome, told
from bot.messages import Block, Choice, Choices, Link, Reply, Text
from bot.people.access import Asker, Ceiling, rights
from bot.state.overrides import Override
from index import Directive, DirectiveId, fold

if TYPE_CHECKING:
    from index import Library

_MOST: Final = 8
_LABEL: Final = 120


@dataclass(frozen=True)
class Naming:
    """``named``: what may be named in this chat, withdrawn or not. ``whole``: the chat has no ceiling."""

    named: frozenset[DirectiveId]
    whole: bool
    public_url: str | None

    def may_name(self, directive: Directive) -> bool:
        return directive.id in self.named

    def name(self, directive: Directive) -> str:
        return full_name_of(directive) if self.may_name(directive) else texts.ADMIN_THIS_DIRECTIVE

    def hidden(self) -> tuple[Block, ...]:
        """What is said instead of names."""
        link = (Link(label=texts.OPEN_PAGE, url=self.public_url),) if self.public_url else ()
        return (Text(text=texts.ADMIN_HIDDEN_DIRECTIVES), *link)


def naming_under(
    ceiling: Ceiling | None, directives: Sequence[Directive], overrides: Sequence[Override], *, public_url: str | None
) -> Naming:
    """What an administrator may read the name of where this is the most that is shown."""
    back = [override.model_copy(update={"withdrawn": False}) for override in overrides]
    shown = rights(directives, back, Asker(everything=True), ceiling=ceiling).shown
    return Naming(named=shown, whole=ceiling is None, public_url=public_url)


def meant(library: Library, argument: str, *, among: frozenset[DirectiveId] | None = None) -> tuple[Directive, ...]:
    """Those that fit; an id fits one at most. ``among``: None for the whole library."""
    if argument.startswith("#"):
        return tuple(each for each in library.list(visible=among) if each.id == argument[1:])
    if numbered := library.find(argument, visible=among):
        return numbered
    words = _words(argument)
    return tuple(each for each in library.list(visible=among) if words and words <= _words(each.title))


def is_exact(library: Library, argument: str) -> bool:
    """Whether a directive is named, and not only described."""
    return argument.startswith("#") or bool(library.find(argument))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


def ask_which(
    command: str, argument: str, candidates: Sequence[Directive], *, naming: Naming, rest: str = ""
) -> Outcome:
    """The question back where none or several fit; ``rest``: what stands behind the directive in the command."""
    if not candidates:
        return told(texts.ADMIN_NO_DIRECTIVE.format(argument=argument[:60]))
    named = [each for each in candidates if naming.may_name(each)]
    hidden = naming.hidden() if len(named) < len(candidates) else ()
    if not named:
        return Outcome(Answer(answered=False, reply=Reply(blocks=hidden)))
    candidates = named
    shown = tuple(
        Choice(label=shorten(full_name_of(each), _LABEL), send=f"/{command} #{each.id} {rest}".rstrip())
        for each in candidates[:_MOST]
    )
    more = len(candidates) - _MOST
    text = "\n".join(
        filter(None, (texts.ADMIN_WHICH_DIRECTIVE, texts.ADMIN_MORE_DIRECTIVES.format(count=more) if more > 0 else ""))
    )
    return Outcome(Answer(answered=False, reply=Reply(blocks=(Text(text=text), *hidden, Choices(choices=shown)))))
