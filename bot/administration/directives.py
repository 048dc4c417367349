"""Which directive an administrator means, by its number, some words of its title, or ``#`` and its id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import Answer
from bot.answering.citation import full_name_of, shorten
from bot.department import Outcome, told
from bot.messages import Choice, Choices, Reply, Text
from index import Directive, DirectiveId, fold

if TYPE_CHECKING:
    from index import Library

_MOST: Final = 8
_LABEL: Final = 120


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


def ask_which(command: str, argument: str, candidates: Sequence[Directive], *, rest: str = "") -> Outcome:
    """The question back where none or several fit; ``rest``: what stands behind the directive in the command."""
    if not candidates:
        return told(texts.ADMIN_NO_DIRECTIVE.format(argument=argument[:60]))
    shown = tuple(
        Choice(label=shorten(full_name_of(each), _LABEL), send=f"/{command} #{each.id} {rest}".rstrip())
        for each in candidates[:_MOST]
    )
    more = len(candidates) - _MOST
    text = "\n".join(
        filter(None, (texts.ADMIN_WHICH_DIRECTIVE, texts.ADMIN_MORE_DIRECTIVES.format(count=more) if more > 0 else ""))
    )
    return Outcome(Answer(answered=False, reply=Reply(blocks=(Text(text=text), Choices(choices=shown)))))
