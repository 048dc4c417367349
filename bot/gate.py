"""What stands before every other answer: one-time codes, and people who are not linked."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from bot import texts
from bot.department import Outcome, Request, told
from bot.people.joining import how_to_link
from bot.people.linking import Linking
from index import fold

logger = logging.getLogger(__name__)

_OPEN: Final = frozenset({"start", "batdau", "toi", "xoa", "moi", "giupdo", "trogiup", "help"})
"""Commands that show nothing of any directive."""
_QUIET: Final = timedelta(hours=1)


def group_intro(organization: str) -> str:
    """What a group is told first."""
    return texts.GROUP_INTRO.format(organization=organization)


class Gate:
    """``public_answers``: people who are not linked may ask about what is public."""

    def __init__(self, linking: Linking, *, public_answers: bool) -> None:
        self._linking = linking
        self._public_answers = public_answers
        self._logged: dict[tuple[str, str], datetime] = {}

    def stop(self, request: Request) -> Outcome | None:
        """None lets the message pass."""
        if (linked := self._linking.answer(request)) is not None:
            return linked
        private = request.incoming.private
        if request.asker.is_linked or self._public_answers or (request.task and private):
            return None
        if _is_open(request.text):
            return None
        self._log(request)
        return told(how_to_link(private=private, public_answers=self._public_answers))

    def _log(self, request: Request) -> None:
        """Once an hour for each account, whose name on the platform stays out of the log."""
        account, now = (request.incoming.channel, request.incoming.sender), request.now
        self._logged = {each: at for each, at in self._logged.items() if now - at < _QUIET}
        if account in self._logged:
            return
        self._logged[account] = now
        where = request.incoming.channel, request.incoming.message
        logger.warning("%s/%s: refused, as the account is not linked", *where)


def _is_open(text: str) -> bool:
    """Of somebody who is not linked, a pending step can only be one of these commands."""
    word = text.split()[0] if text else ""
    return word.startswith("/") and fold(word[1:]).partition("@")[0] in _OPEN
