"""What stands before every other answer: one-time codes, and people who are not linked."""

from __future__ import annotations

from typing import Final

from bot.department import Outcome, Request, told
from bot.people.joining import how_to_link
from bot.people.linking import Linking
from index import fold

_OPEN: Final = frozenset({"start", "batdau", "toi", "xoa", "moi", "giupdo", "trogiup", "help"})
"""Commands that show nothing of any directive."""


class Gate:
    """``public_answers``: people who are not linked may ask about what is public."""

    def __init__(self, linking: Linking, *, public_answers: bool) -> None:
        self._linking = linking
        self._public_answers = public_answers

    def stop(self, request: Request) -> Outcome | None:
        """None lets the message pass."""
        if (linked := self._linking.answer(request)) is not None:
            return linked
        if request.asker.is_linked or self._public_answers or request.task:
            return None
        return None if _is_open(request.text) else told(how_to_link())


def _is_open(text: str) -> bool:
    """Of somebody who is not linked, a pending step can only be one of these commands."""
    word = text.split()[0] if text else ""
    return word.startswith("/") and fold(word[1:]).partition("@")[0] in _OPEN
