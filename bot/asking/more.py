"""``/xemthem``: the whole khoản or Điều of the last quote, then the parts before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot import texts
from bot.answering.answer import Answer, remark, with_amending
from bot.asking.finding import elsewhere, stands, with_block
from bot.asking.sight import Sight, View
from bot.department import Command, Department, Outcome, Request, told
from bot.messages import Choice, Choices, Reply
from index import Quote, fold

if TYPE_CHECKING:
    from index import Library

_BEFORE: Final = "truoc"
_AFTER: Final = "sau"


class More:
    """What is shown becomes what the conversation stands at: follow-ups mean it, and one reads on from it."""

    def __init__(self, library: Library, sight: Sight, *, public_url: str | None) -> None:
        self._library = library
        self._sight = sight
        self._public_url = public_url

    def department(self) -> Department:
        names, words = ("xemthem",), ("xem them", "xem tiep", "doc tiep")
        return Department(commands=(Command(names=names, answer=self.read, rank=self._sight.rank, phrases=words),))

    def read(self, request: Request) -> Outcome:
        view, focus = self._sight.of(request), request.conversation.focus
        if focus is None or not stands(self._library, focus, visible=view.own):
            return told(texts.NOTHING_TO_READ, writes=view.checks)
        if view.is_above(focus.directive.id):
            return Outcome(elsewhere(self._public_url), writes=view.checks)
        direction = fold(request.arguments)
        part = self._part(focus, direction, view)
        if part is None:
            refusal = texts.NOTHING_BEFORE if direction == _BEFORE else texts.NOTHING_AFTER
            return Outcome(with_block(remark(refusal), _choices(without=direction or _AFTER)), writes=view.checks)
        quotes, blocks = with_amending([part], view.standings)
        shown = Answer(answered=True, reply=Reply(blocks=blocks), quotes=quotes)
        conversation = request.conversation.model_copy(update={"focus": part})
        return Outcome(with_block(shown, _choices()), conversation=conversation, writes=view.checks)

    def _part(self, focus: Quote, direction: str, view: View) -> Quote | None:
        """Without a direction the whole around the focus; who has all of that reads on."""
        if direction not in (_BEFORE, _AFTER) and (whole := self._library.unit_of(focus, visible=view.shown)):
            return whole
        before, after = self._library.neighbours(focus, visible=view.shown)
        return before if direction == _BEFORE else after


def _choices(*, without: str = "") -> Choices:
    """Where one may go from here."""
    ways = ((texts.READ_BEFORE, _BEFORE), (texts.READ_AFTER, _AFTER))
    reading = tuple(Choice(label=label, send=f"/xemthem {way}") for label, way in ways if way != without)
    return Choices(choices=(*reading, Choice(label=texts.ORIGINAL, send="/vanbangoc")))
