"""``/nhiemvu``: an administrator says which duties the digest may speak of, as they are read or corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import texts
from bot.administration.directives import Naming, meant
from bot.answering.answer import Answer
from bot.answering.confirming import says_no
from bot.department import Command, Department, Outcome, Rank, Request, Task, Write, told
from bot.digest.duties.deciding import Duties, Judged, View, decide, duties_now, judged_anew
from bot.digest.duties.dues import read_correction
from bot.digest.duties.wording import decided_words, duty_lines, duty_quote, state_words
from bot.messages import Block, Choice, Choices, Reply, Text
from bot.validity.naming import NamingOf
from bot.validity.register import Register
from index import Due, fold

if TYPE_CHECKING:
    from bot.state.database import Database
    from index import Library

PAGE: Final = 5

_CORRECTING: Final = "duty.correct"
_PATIENCE: Final = timedelta(minutes=15)
_STEP: Final = re.compile(r"(?P<verb>co|bo|rut|doi|sua) (?P<key>\S+)(?:\s+(?P<rest>.*))?", re.DOTALL)
_TURN: Final = re.compile(r"(?P<words>.*?)\s*\btrang (?P<page>\d{1,6})", re.IGNORECASE)
_VIEWS: Final[dict[str, View]] = {
    "": "waiting", "khong han": "undated", "khong co han": "undated", "chua ro han": "undated",
    "da xac nhan": "confirmed", "da bo": "dropped",
}  # fmt: skip
_CANCEL: Final = Choice(label=texts.CANCEL, send=texts.CANCEL)


@dataclass(frozen=True)
class _View:
    """One of the lists. ``words``: what is typed for it; ``name``: a value of `_VIEWS`, None for that of a paper."""

    name: View | None
    words: str
    listed: tuple[Judged, ...]


class DutyRoom:
    """``naming``: what may be named in a chat; duties of other papers are decided on elsewhere."""

    def __init__(self, library: Library, database: Database, register: Register, *, naming: NamingOf) -> None:
        self._library = library
        self._database = database
        self._register = register
        self._naming = naming

    def department(self) -> Department:
        command = Command(
            names=("nhiemvu",),
            answer=self._obey,
            rank=Rank.ADMINISTRATOR,
            private=True,
            phrases=("nhiem vu cho xac nhan", "cac nhiem vu cho xac nhan"),
        )
        return Department(commands=(command,), tasks={_CORRECTING: self._take_correction})

    def _obey(self, request: Request) -> Outcome:
        duties, naming, arguments = self._duties(), self._naming(request), request.arguments.strip()
        step = _STEP.fullmatch(arguments)
        if step is None:
            return Outcome(_answer(self._list(arguments, duties, naming)))
        rest = (step["rest"] or "").strip()
        one = duties.among(naming.named).get(step["key"])
        if one is None:
            return told(texts.DUTY_GONE)
        match step["verb"]:
            case "sua" if rest:
                return self._correct(rest, one, request, duties, naming)
            case "doi" | "sua":
                return self._ask(one, request, duties, naming, rest=rest)
            case "rut":
                return self._decided(one, Judged(one.directive, one.duty), request, duties, naming, rest=rest)
            case verb:
                becomes = _becoming(one, request, duties, confirmed=verb == "co", who=one.who, due=one.due)
                return self._decided(one, becomes, request, duties, naming, rest=rest)

    def _duties(self) -> Duties:
        return duties_now(self._library, self._database, self._register)

    # -- the lists -----------------------------------------------------------------------------------------------------

    def _list(self, arguments: str, duties: Duties, naming: Naming, *, back: Sequence[Choice] = ()) -> list[Block]:
        """``arguments``: which list and page. ``back``: a choice before all others."""
        shown, turned = duties.among(naming.named), _TURN.fullmatch(arguments)
        view = self._view(turned["words"] if turned else arguments, shown)
        hidden = naming.hidden() if len(shown.judged) < len(duties.judged) else ()
        if not view.listed:
            return [Text(text=_nothing(view)), *hidden, *_offered([*back, *_other_views(shown, view)])]
        pages = -(-len(view.listed) // PAGE)
        page = min(max(int(turned["page"]) if turned else 1, 1), pages)
        blocks: list[Block] = [Text(text=_opening(view, shown, page=page, pages=pages)), *hidden]
        choices = list(back)
        for place, one in enumerate(view.listed[(page - 1) * PAGE : page * PAGE], start=1):
            blocks += self._item(one, duties, naming, place=place, with_state=view.name is None)
            choices += _steps(one, place, here=_page_of(view, page))
        if page < pages:
            choices.append(Choice(label=texts.DIRECTIVES_NEXT, send=f"/nhiemvu {_page_of(view, page + 1)}"))
        return [*blocks, *_offered([*choices, *_other_views(shown, view)])]

    def _view(self, words: str, shown: Duties) -> _View:
        """Words that name no list mean a paper."""
        name = _VIEWS.get(" ".join(fold(words).split()))
        if name:
            return _View(name, texts.DUTIES_TYPED[name], shown.listed(name))
        papers = meant(self._library, words, among=frozenset(one.directive.id for one in shown.judged))
        return _View(None, words[:60], shown.among(paper.id for paper in papers).judged)

    def _item(
        self, one: Judged, duties: Duties, naming: Naming, *, place: int | None = None, with_state: bool = True
    ) -> list[Block]:
        lines = duty_lines(one, duties)
        if place:
            lines[0] = texts.DUTY_PLACE.format(place=place, line=lines[0])
        if with_state:
            lines.append(texts.DUTY_STATE.format(state=state_words(one, duties)))
        quote = duty_quote(one, duties, visible=naming.named)
        return [Text(text="\n".join(lines), directives=(one.directive.id,)), *([quote] if quote else [])]

    # -- deciding ------------------------------------------------------------------------------------------------------

    def _decided(
        self, was: Judged, becomes: Judged | None, request: Request, duties: Duties, naming: Naming, *, rest: str = ""
    ) -> Outcome:
        """``rest``: the list that is gone on with."""
        if becomes is None:
            return told(texts.DUTY_GONE)
        said = Text(text=decided_words(was, becomes, duties), directives=(was.directive.id,))
        back = [] if becomes.decision is None else [_taking_back(becomes, rest)]
        after = self._list(rest, duties.with_decision(becomes), naming, back=back)
        return Outcome(_answer([said, *after]), writes=(_deciding(request, duties, was, becomes),))

    def _ask(self, one: Judged, request: Request, duties: Duties, naming: Naming, *, rest: str) -> Outcome:
        """How it is to be corrected: the next message says it. ``rest``: the list that is gone on with then."""
        blocks = [*self._item(one, duties, naming), Text(text=texts.DUTY_ASK), *_offered([_CANCEL])]
        return Outcome(_answer(blocks), task=_task(one, request, rest))

    def _take_correction(self, request: Request) -> Outcome | None:
        """A question is none, and is answered as any other."""
        if not (request.task and request.asker.is_administrator and request.incoming.private and request.text):
            return None
        if says_no(request.text):
            return told(texts.CANCELLED)
        duties, naming = self._duties(), self._naming(request)
        one = duties.among(naming.named).get(request.task.facts.get("key", ""))
        if one is None:
            return told(texts.DUTY_GONE)
        if request.text.endswith("?"):
            return None
        rest = request.task.facts.get("rest", "")
        return self._correct(request.text, one, request, duties, naming, rest=rest)

    def _correct(
        self, typed: str, one: Judged, request: Request, duties: Duties, naming: Naming, *, rest: str = ""
    ) -> Outcome:
        correction = read_correction(typed, today=duties.today)
        if isinstance(correction, str):
            return Outcome(_answer([Text(text=correction), *_offered([_CANCEL])]), task=_task(one, request, rest))
        who, due = correction.of(one.who, one.due)
        becomes = _becoming(one, request, duties, confirmed=True, who=who, due=due)
        return self._decided(one, becomes, request, duties, naming, rest=rest)


def _becoming(
    one: Judged, request: Request, duties: Duties, *, confirmed: bool, who: str, due: Due | None
) -> Judged | None:
    return judged_anew(one, duties, confirmed=confirmed, who=who, due=due, by=request.asker.code, now=request.now)


def _deciding(request: Request, duties: Duties, was: Judged, becomes: Judged) -> Write:
    def write(db: Connection) -> None:
        decide(db, duties, was, becomes, by=request.asker.code, now=request.now)

    return write


def _task(one: Judged, request: Request, rest: str) -> Task:
    return Task(name=_CORRECTING, until=request.now + _PATIENCE, facts={"key": one.duty.key, "rest": rest})


def _opening(view: _View, shown: Duties, *, page: int, pages: int) -> str:
    count = len(view.listed)
    opening = texts.DUTIES_OPENING[view.name] if view.name else texts.DUTIES_OF
    past = texts.DUTIES_PAST.format(count=len(shown.past)) if view.name == "waiting" and shown.past else ""
    turning = texts.DIRECTIVES_PAGE.format(page=page, pages=pages) if pages > 1 else ""
    return "\n".join(filter(None, (opening.format(count=count, words=view.words), past, turning)))


def _nothing(view: _View) -> str:
    return texts.DUTIES_NONE[view.name] if view.name else texts.DUTIES_NONE_OF.format(words=view.words)


def _page_of(view: _View, page: int) -> str:
    return f"{view.words} trang {page}".strip()


def _steps(one: Judged, place: int, *, here: str) -> list[Choice]:
    """``here``: the list that is gone on with."""
    verbs = {"proposed": ("co", "doi", "bo"), "confirmed": ("doi", "rut"), "dropped": ("co", "doi", "rut")}[one.state]
    return [
        Choice(
            label=texts.DUTY_STEPS[verb].format(place=place),
            send=f"/nhiemvu {verb} {one.duty.key} {here}",
        )
        for verb in verbs
    ]


def _other_views(shown: Duties, view: _View) -> list[Choice]:
    """The other lists that hold something."""
    lists = {name: shown.listed(name) for name in dict.fromkeys(_VIEWS.values())}
    return [
        Choice(
            label=texts.DUTIES_LISTS[name].format(count=len(listed)),
            send=f"/nhiemvu {texts.DUTIES_TYPED[name]}".strip(),
        )
        for name, listed in lists.items()
        if listed and name != view.name
    ]


def _taking_back(one: Judged, here: str) -> Choice:
    return Choice(label=texts.DUTY_BACK, send=f"/nhiemvu rut {one.duty.key} {here}".strip())


def _answer(blocks: Sequence[Block]) -> Answer:
    return Answer(answered=False, reply=Reply(blocks=tuple(blocks)))


def _offered(choices: Sequence[Choice]) -> tuple[Block, ...]:
    return (Choices(choices=tuple(choices)),) if choices else ()
